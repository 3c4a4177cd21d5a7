"""Where pages keep dates: names of metas, JSON-LD types and properties, words in class names.

Names are matched in lower case with everything but letters taken out, because `article:published_time`,
`article.published` and `og:article:published_time` are one thing said in several ways.
"""

import re

# Names of metas whose date is none of the article's: caches, clocks, validity, identifiers.
META_IGNORED = re.compile(
    r"expir|render|generat|version|robots|appid|image|pages|url|title|viewport|verif|start|end$|event"
    r"|now|today|revisit|deploy|build|copyright|articleid|creatorid|tags|keywords|description"
)
META_MODIFIED = re.compile(r"modif|moddate|updat|lastmod|revis|lastchange|reviewed")
META_CREATED = re.compile(r"creat|written")
META_PUBLISHED = re.compile(
    r"publi|pubdate|pubday|pubtime|issued|releasedate|posted|uploaddate|date|available|time"
)
# Standards for news: Open Graph's article namespace, schema.org, Dublin Core, Parse.ly, Sailthru, ...
META_STRONG = re.compile(
    r"publishedtime|datepublished|issued|parselypubdate|publishdate|publishtime"
)

ARTICLE_TYPE = re.compile(
    r"(?:article|posting|report|review|recipe|howto|story|statement|hentry)$", re.I
)
PAGE_TYPE = re.compile(
    r"(?:webpage|itempage|creativework|document|aboutpage|qapage|dataset)$", re.I
)
MEDIA_TYPE = re.compile(r"(?:videoobject|audioobject|podcastepisode|mediaobject|episode)$", re.I)
COMMENT_TYPE = re.compile(r"(?:comment|usercomments|answer|question)$", re.I)
EVENT_TYPE = re.compile(r"(?:event|offer|broadcastservice)$", re.I)

# Words in class, id and role of an element or what holds it.
COMMENT_BOX = re.compile(r"comment|kommentar|disqus|reply|replies|respond|forum-post|opinion-list")
RELATED_BOX = re.compile(
    r"related|sidebar|side-bar|recommend|most-?(?:read|viewed|popular)|popular|trending|teaser"
    r"|more-(?:news|stories|from|articles|on)|latest|recent|see-?also|also-?read|read-?(?:more|next)"
    r"|carousel|slider|swiper|newsfeed|news-?list|aside|widget|promo|outbrain|taboola|ticker|next-post"
    r"|prev-post|previous-post|post-nav|pagination|archive|calendar|you-may|similar|tweet|twitter"
    r"|instagram|embed|weather|footer|card-list|list-item|topics|playlist|further|weitere|mehr-zum"
)
CLOCK_BOX = re.compile(
    r"current-?(?:date|time)|today|clock|date-?now|top-?bar|topbar|masthead|site-header|header-date"
    r"|header__date|page-header__date|navbar|main-nav|server-?time|fecha-?actual|heute"
)
MODIFIED_BOX = re.compile(r"modif|updat|lastmod|aktualis|revised|edited|maj\b|actualiz")
PUBLISHED_BOX = re.compile(
    r"publi|posted|entry-date|post-date|pubdate|article-?date|article__date|byline|dateline|created"
    r"|story-?date|news-?date|datum|fecha|timestamp|meta-date|date-?time|release"
)
PRINT_BOX = re.compile(r"print-?(?:edition|issue|info|date)|printed|magazine-issue")
