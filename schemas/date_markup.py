"""Where pages keep dates: names of metas, JSON-LD types and properties, words in class names.

Names are matched in lower case with everything but letters taken out: `article:published_time`,
`article.published` and `og:article:published_time` are one thing said in several ways.
"""

import re

# Names of metas whose date is none of the article's: caches, clocks, validity, identifiers.
META_IGNORED = re.compile(
    r"expir|render|generat|version|robots|appid|image|pages|url|title|viewport|verif|start|end$|event"
    r"|now|today|revisit|deploy|build|copyright|articleid|creatorid|publishid|validat|tags|keywords"
    r"|description|gentime|section|author"
)
META_MODIFIED = re.compile(r"modif|moddate|updat|lastmod|revis|lastchange|reviewed")
META_CREATED = re.compile(r"creat|written")
META_PUBLISHED = re.compile(
    r"publi|pubdate|pubday|pubtime|issued|releasedate|posted|uploaddate|date|available|time"
)
# Standards for news: Open Graph's article namespace, schema.org, Dublin Core, Parse.ly, ...
META_STRONG = re.compile(
    r"publishedtime|datepublished|issued|parselypubdate|publishdate|publishtime"
)

# Attributes in which scripts find the stamp that they print in the reader's zone.
STAMP_ATTRIBUTES = (
    "data-timestamp", "data-time", "data-datetime", "data-epoch", "data-date", "data-unix",
    "data-unixtime", "data-unix-time", "data-utime", "data-utc", "data-utc-time", "data-ts",
    "data-iso", "data-iso-date", "data-published", "data-published-at", "data-publish-date",
    "data-publishdate", "data-pubdate", "data-published-date", "data-date-time", "data-date-utc",
    "data-livestamp", "data-created", "data-time-stamp", "data-publication-date", "epoch-time",
)  # fmt: skip

# Keys of publication in the data of scripts, in JSON or in a string of escaped JSON.
SCRIPT_STAMP = re.compile(
    r"""["'](date_?published|published?_?(?:at|on|date|time)|publication_?date(?:time)?|pub_?date"""
    r"""|first_?published?_?(?:at|date)?)\\?["']\s*:\s*\\?["']?([^"'\\,}<>]{8,40})""",
    re.I,
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

# Words in class, id and role of an element or what holds it. Each is a whole name or begins one at
# a hyphen, so that "has-sidebar", "no-comments" and "entry-footer" are not meant.
COMMENT_BOX = re.compile(
    r"(?<![\w-])(?:comments?(?:$|\s|-?(?:list|area|body|content|section|wrap|item|text|author|meta|date|box))"
    r"|kommentare?|disqus|repl(?:y|ies)|respond|user-?comments?)(?![\w])"
)
RELATED_BOX = re.compile(
    r"(?<![\w-])(?:side-?bar|related[\w-]*|recommend\w*|most-?(?:read|viewed|popular)[\w-]*|popular[\w-]*"
    r"|trending[\w-]*|also-?read|read-?(?:more|next|also)|more-(?:stories|from|articles|news)"
    r"|latest(?=$|\s)|latest-?(?:news|posts|articles|stories)|recent-?(?:posts|news|articles|comments)|see-?also"
    r"|carousel|swiper[\w-]*|newsfeed|outbrain|taboola|ticker|next-post|prev-post|previous-post"
    r"|post-nav\w*|nav-links|pagination|you-may[\w-]*|similar[\w-]*|twitter-tweet|instagram-media"
    r"|weather|site-footer|page-footer|footer|colophon|playlist|teaser-list|teasers)(?![\w])"
    r"|related-|-related|recommended|mostread|read_also|sidebar-(?:left|right|widget|content|inner|box)"
)
CLOCK_BOX = re.compile(
    r"current-?(?:date|time)|today|clock|date-?now|top-?bar|topbar|masthead|site-header|header-date"
    r"|header__date|page-header__date|navbar|main-nav|server-?time|fecha-?actual"
)
# A bare "updated" is what hAtom calls the stamp of every post, changed or not.
MODIFIED_BOX = re.compile(
    r"modif|last-?mod|last-?updat|updat\w*-?(?:at|on|date|time|stamp)|(?:date|time)-?updat|aktualis"
    r"|revised|edited|maj\b|actualiz"
)
PUBLISHED_BOX = re.compile(
    r"publi|posted|entry-date|post-date|pubdate|article-?date|article__date|byline|dateline|created"
    r"|story-?date|news-?date|datum|fecha|timestamp|meta-date|date-?time|release"
)
PRINT_BOX = re.compile(r"print-?(?:edition|issue|info|date)|printed|magazine-issue")
