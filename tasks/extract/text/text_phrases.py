"""What pages say around an article, in the words they use for it: declarations only."""

import re

from schemas.languages.compiled_tables import entries
from tasks.printed.phrases import any_of, any_plain, any_word_of
from tasks.printed.small_letters import SmallPattern

# Class names, as templates write them; they are English on localized sites too.
CAPTION_CLASS = SmallPattern(
    r"caption|photo-?credit|image-?credit|img-?credit|picture-?credit|media-?credit|image__credit"
    r"|bildunterschrift|bildnachweis|imagecopyright|copyright|image-source|photo-info",
)
# Containers of readers' comments: the plural, or a word for the container behind the singular.
COMMENTS_CLASS = SmallPattern(
    r"(?:^|[\s_-])(?:comments|commentlist|comment[_-]?(?:list|section|area|thread|box|wrapper|form)"
    rf"|disqus(?:[_-]thread)?|{any_plain('page', 'comment_boxes')})"
    r"(?:$|[\s_-](?!(?:open|closed|off|on)\b))",
)
PROMOTION_CLASS = SmallPattern(
    r"(?<![a-z])(?:newsletters?|subscri(?:be|ption)s?|sign-?up|paywall-?(?:box|banner|teaser)"
    r"|app-?promo|donat(?:e|ion)s?|line-clamp|pull-?quotes?|promos?|inline-?teasers?)(?![a-z])",
)
RELATED_CLASS = SmallPattern(
    r"(?<![a-z])(?:read-?more|related|recirc(?:ulation)?|recommend(?:ed|s|ations?)?|also-?read"
    r"|most-?read|trending)(?![a-z])",
)
# A picture beside text, as in "text-image", is no picture.
TEXT_CLASS = SmallPattern(r"(?:^|[\s_-])(?:text|txt|content|body|copy)(?:$|[\s_-])")
PICTURE_CLASS = SmallPattern(
    r"(?:^|[\s_-])(?:image|img|photo|picture|figure|gallery|slideshow)(?:$|[\s_-])",
)
# Boxes around an article that hold sentences, by the words of their names.
FURNITURE_CLASS = SmallPattern(
    r"(?<![a-z])(?:captions?|credits?|copyrights?|bio|biography|authors?|bylines?|meta|newsletter"
    r"|promo|related|comments?|footer|cookies?|consent|gdpr|disclaimer|legal|audio|audioplayer"
    r"|player|share|sharing|social|tooltip|hidden|invisible|d-none|sr-only|screen-reader|visually"
    r"|modal|popup|overlay|banner|teasers?|cards?|alert|error|success|affiliate|note|notice"
    r"|subscri(?:be|ption)|sign-?up|donat(?:e|ion)|sidebar|widgets?|menu|nav|navigation|breadcrumbs?"
    r"|ads?|advert|advertisement|sponsor(?:ed)?|recommend(?:ed|ations?)|mediainfo|gallery|summary"
    r"|paywall-(?:box|banner|teaser))(?![a-z])",
)
# Notes to the text, and boxes of advice in it ("Tip", "Warning") as documentation has them: theirs
# are the names of what else is furniture ("aside", "footer").
NOTES_CLASS = re.compile(
    r"(?<![a-z])(?:(?:foot|end|side)-?notes?|doc-(?:foot|end)notes?|admonition|callout)(?![a-z])",
    re.IGNORECASE,
)
# The words that name boxes around articles. Each names parts of articles, too: they are for
# counting what was left out, never for leaving it out.
# fmt: off
AROUND_ARTICLES = frozenset({
    "about", "account", "ad", "ads", "advert", "advertisement", "affiliate", "alert", "also",
    "audio", "audioplayer", "author", "authors", "banner", "bio", "biography", "bottom",
    "breadcrumb", "breadcrumbs", "breaking", "byline", "bylines", "caption", "captions", "card",
    "cards", "carousel", "comment", "commentlist", "comments", "consent", "cookie", "cookies",
    "copyright", "copyrights", "credit", "credits", "description", "descriptions", "disclaimer",
    "disclosure", "disclosures", "disqus", "donate", "donation", "donations", "error",
    "excerpt", "excerpts", "fact", "factbox", "facts", "feed", "feedback", "footer", "gallery",
    "gdpr", "header", "hidden", "imprint", "info", "invisible", "latest", "legal", "login",
    "mediainfo", "menu", "message", "messages", "meta", "modal", "more", "msg", "nav",
    "navigation", "newsletter", "newsletters", "next", "note", "notice", "offer", "offers",
    "onetrust", "overlay", "paywall", "player", "popover", "popup", "product", "products",
    "profile", "promo", "promos", "pullquote", "reader", "recirc", "recirculation", "recommend",
    "recommendation", "recommendations", "recommended", "recommends", "register", "related",
    "search", "share", "sharing", "shop", "sidebar", "signup", "similar", "slide", "slider",
    "sliders", "slides", "snackbar", "social", "sponsor", "sponsored", "sr", "stream",
    "subscribe", "subscription", "success", "suggested", "suggestions", "summary", "swiper",
    "tab", "tabs", "tag", "tags", "teaser", "teasers", "toast", "tooltip", "topic", "topics",
    "trending", "visually", "widget", "widgets", *entries("page", "comment_boxes"),
})
# fmt: on
LEAD_CLASS = SmallPattern(
    r"(?:^|[\s_-])(?:lead|lede|standfirst|dek|deck|sub-?headline|sub-?head(?:ing)?|sub-?title"
    r"|subtitulo|summary|excerpt|intro|introduction|vorspann|anrei(?:ss|ß)er|chapo|chapeau"
    r"|entradilla|sumario|bajada|copete|sommario|occhiello|ingress|manchet|abstract|description"
    r"|strapline|preamble|lid|teaser)"
    r"(?:[_-]*(?:text|txt|paragraph|p|copy|content))?(?:$|\s|_+[a-z]*\d)",
)

# A line that names who made or owns a picture.
CREDIT_LINE = re.compile(
    rf"(?:\(?{any_of('page', 'pictures')}(?:\(s\))?"
    rf"(?:\s+{any_plain('page', 'picture_joiners')})?\s*[:©/|]"
    rf"|©|\(c\)\s|{any_of('page', 'picture_owners')}\b)",
    re.IGNORECASE,
)

# Whole lines that announce or operate something: related stories, sharing, comments, summaries.
LABEL_LINE = re.compile(
    rf"[■▶►＞›【\[(]?\s*{any_of('page', 'labels')}\s*[】\])]?\s*[:：|>»…]*", re.IGNORECASE
)

# Lines that ask the reader to sign up, subscribe, follow, download or pay.
PROMOTION_LINE = SmallPattern(
    f"{any_word_of('page', 'promotions')}|{any_of('page', 'promotion_patterns')}"
)
# At least one of these is in each line that PROMOTION_LINE finds.
PROMOTION_WORDS = tuple(entries("page", "promotion_words"))

# A notice of cookies speaks of them, and of the site, of consent or of privacy.
COOKIES = SmallPattern(any_word_of("page", "cookies"))
COOKIE_NOTICE = SmallPattern(
    f"{any_word_of('page', 'notices')}|{any_word_of('page', 'consents')}"
    f"|{any_word_of('page', 'privacy')}"
)

# Lines that close an article's frame without belonging to it.
TAIL_LINE = SmallPattern(
    rf"^\W*(?:©|\(c\)|copyright\b)|{any_word_of('page', 'tails')}"
    rf"|{any_of('page', 'tail_patterns')}|^_{{2,}}$|^[*•·–—-]+$"
)

# A line that is nothing but who wrote it.
BYLINE_LINE = re.compile(
    rf"(?i:{any_of('names', 'byline_lines')})"
    rf"\s*:?\s+(?:[A-ZÀ-ÞА-Я][\w.'’-]+[\s,&]*{any_plain('names', 'line_joiners')}?\s*){{1,8}}"
    r"(?:[,|].{0,40})?$"
)
# A line that is nothing but a time stamp and a word for it.
DATE_LINE = re.compile(
    # Two numbers with a dash or point between them are a result or a season.
    r"^\D{0,25}\d{1,4}(?:\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{0,4}(?!\d)|\s*[:/]\s*\d\d(?!\d)|[.h]\d\d(?!\d)"
    r"|\.?\s+\w{3,12}\.?,?\s+\d{4}|,\s+\d{4}).{0,40}$"
    r"|^\w{0,12}\s*\d{4}年\d{1,2}月|^\d+ min(?:ute|uten|utes|\.)?\b.{0,20}$"
)
# A line of short items with the same mark between them: a menu that was printed as text.
MENU_LINE = re.compile(r"(?:[^•|·]{2,25}\s[•|·]\s){2,}[^•|·]{2,25}")
SENTENCE_END = re.compile(r"[.!?…。！？»”\"]\s*$")
