"""Hosts that say nothing, or something else than usual, about who publishes there.

Facts about public services, beside the public suffix list's private section, which lists only the
services whose owners asked for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# Anybody's site below a shared domain: the sub-domain is the outlet's.
HOSTED_BY_SUBDOMAIN = frozenset(
    {
        "beehiiv.com",
        "blog.hu",
        "blogfa.com",
        "blogg.se",
        "bloglovin.com",
        "blogs.com",
        "blogsky.com",
        "canalblog.com",
        "diary.ru",
        "e-monsite.com",
        "free.fr",
        "ghost.io",
        "hatenadiary.com",
        "jimdo.com",
        "livejournal.com",
        "medium.com",
        "mihanblog.com",
        "narod.ru",
        "over-blog.com",
        "persianblog.ir",
        "seesaa.net",
        "squarespace.com",
        "substack.com",
        "tilda.ws",
        "tumblr.com",
        "typepad.com",
        "ucoz.ru",
        "webnode.com",
        "weebly.com",
        "wordpress.com",
    }
)

# Google gave Blogger a domain in each country; the list of suffixes has dropped them.
BLOGGER_LABEL = "blogspot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """How a shared host tells its publishers' channels apart by path.

    Attributes:
        aliases: other hosts of the same platform.
        skipped: parts of a path before a channel's name that are no part of it.
        namespaces: parts before a name that belong to it, because names repeat in each of them.
        functions: first parts that are pages of the platform. `PLATFORM_FUNCTIONS` are so anywhere.
        sign: what each channel's name begins with; empty where names begin with anything.
        has_channels: whether addresses name channels at all.
    """

    aliases: tuple[str, ...] = ()
    skipped: frozenset[str] = frozenset()
    namespaces: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    sign: str = ""
    has_channels: bool = True


# Anybody's channel or page below a shared host: a part of the path is the outlet's.
HOSTED_BY_PATH: Mapping[str, Platform] = {
    "ameblo.jp": Platform(),
    "blog.naver.com": Platform(),
    "bsky.app": Platform(skipped=frozenset({"profile"})),
    "dzen.ru": Platform(
        aliases=("zen.yandex.ru", "zen.yandex.com"),
        skipped=frozenset({"media"}),
        namespaces=frozenset({"id"}),
        functions=frozenset({"a", "b", "t", "topic", "suite"}),
    ),
    # A page's number (`permalink.php?id=…`, `pages/…`) would be a second id beside its name.
    "facebook.com": Platform(
        namespaces=frozenset({"groups"}),
        functions=frozenset(
            {"l", "marketplace", "media", "notes", "p", "pages", "people", "public"}
        ),
    ),
    "instagram.com": Platform(
        skipped=frozenset({"stories"}),
        functions=frozenset({"accounts", "p", "reel", "reels", "tv"}),
    ),
    "linkedin.com": Platform(
        namespaces=frozenset({"company", "in", "school", "showcase"}),
        functions=frozenset({"learning", "newsletters", "posts", "pub", "pulse"}),
    ),
    "medium.com": Platform(functions=frozenset({"m", "p", "r", "topic"})),
    "mp.weixin.qq.com": Platform(has_channels=False),
    "note.com": Platform(),
    "odysee.com": Platform(sign="@"),
    "ok.ru": Platform(namespaces=frozenset({"group", "profile"}), functions=frozenset({"dk"})),
    "open.spotify.com": Platform(has_channels=False),
    "rumble.com": Platform(skipped=frozenset({"c", "user"})),
    "rutube.ru": Platform(namespaces=frozenset({"channel"}), functions=frozenset({"play"})),
    "sites.google.com": Platform(
        skipped=frozenset({"site", "view"}),
        namespaces=frozenset({"a"}),
        functions=frozenset({"new"}),
    ),
    "substack.com": Platform(sign="@"),
    "t.me": Platform(
        aliases=("telegram.me", "telegram.dog"),
        skipped=frozenset({"s"}),
        namespaces=frozenset({"c"}),
        functions=frozenset(
            {"addemoji", "addlist", "addstickers", "addtheme", "bg", "boost", "invoice", "iv"}
            | {"joinchat", "proxy", "setlanguage", "socks"}
        ),
    ),
    "telegra.ph": Platform(aliases=("graph.org", "te.legra.ph"), has_channels=False),
    "threads.net": Platform(aliases=("threads.com",), sign="@"),
    "tiktok.com": Platform(sign="@"),
    "vk.com": Platform(
        aliases=("vk.ru", "vkontakte.ru"), functions=frozenset({"im", "market", "al_feed", "write"})
    ),
    "weibo.com": Platform(aliases=("weibo.cn",), namespaces=frozenset({"u", "n"})),
    "x.com": Platform(aliases=("twitter.com",), functions=frozenset({"i", "intent", "statuses"})),
    "youtube.com": Platform(
        aliases=("youtube-nocookie.com",),
        skipped=frozenset({"c", "user"}),
        namespaces=frozenset({"channel"}),
        functions=frozenset({"attribution_link", "clip", "playlist", "post", "redirect", "v"}),
    ),
}

# Pages that platforms have under names that no channel can take.
PLATFORM_FUNCTIONS = frozenset(
    {"about", "ads", "business", "channels", "contact", "dialog", "discover", "download", "embed"}
    | {"events", "explore", "feed", "gaming", "hashtag", "help", "home", "jobs", "legal", "live"}
    | {"login", "logout", "messages", "music", "news", "notifications", "oauth", "photo", "photos"}
    | {"plugins", "policies", "post", "posts", "privacy", "register", "results", "search"}
    | {"settings", "share", "sharer", "shorts", "signin", "signup", "story", "tag", "tags", "terms"}
    | {"topics", "trending", "video", "videos", "wall", "watch", "web"}
)

# Feeds, shorteners, counters and content networks: an address there is not the outlet's own.
NOT_AN_OUTLET = frozenset(
    {
        "addthis.com",
        "addtoany.com",
        "akamaihd.net",
        "amazonaws.com",
        "ampproject.org",
        "apple.com",
        "apple.news",
        "bit.ly",
        "cloudflare.com",
        "cloudfront.net",
        "creativecommons.org",
        "disqus.com",
        "example.com",
        "example.org",
        "doubleclick.net",
        "fb.com",
        "fb.me",
        "fb.watch",
        "feedburner.com",
        "feedly.com",
        "flip.it",
        "flipboard.com",
        "gmail.com",
        "goo.gl",
        "google-analytics.com",
        "google.com",
        "googleapis.com",
        "googletagmanager.com",
        "googleusercontent.com",
        "gravatar.com",
        "gstatic.com",
        "hotmail.com",
        "imgur.com",
        "jquery.com",
        "jsdelivr.net",
        "list-manage.com",
        "mail.ru",
        "ogp.me",
        "outlook.com",
        "pinterest.com",
        "reddit.com",
        "schema.org",
        "twimg.com",
        "typekit.net",
        "unpkg.com",
        "vimeo.com",
        "w3.org",
        "whatsapp.com",
        "wikimedia.org",
        "wikipedia.org",
        "wp.com",
        "wp.me",
        "xmlns.com",
        "yandex.ru",
        "yahoo.co.jp",
        "youtu.be",
    }
)

# Archives, proxies and readers: whose page one shows stands in the address or on the page.
WRAPPERS = frozenset(
    {"12ft.io", "13ft.io", "1ft.io", "archive.fo", "archive.is", "archive.li", "archive.md"}
    | {"archive.ph", "archive.today", "archive.vn", "arquivo.pt", "duckduckgo.com"}
    | {"freedium-mirror.cfd", "freedium.cfd", "freezepage.com", "getpocket.com", "ghostarchive.org"}
    | {"instapaper.com", "megalodon.jp", "microsofttranslator.com", "outline.com", "perma.cc"}
    | {"printfriendly.com", "r.jina.ai", "removepaywall.com", "removepaywalls.com", "smry.ai"}
    | {"timetravel.mementoweb.org", "translate.goog", "translate.yandex.com", "turbopages.org"}
    | {"translate.yandex.ru", "txtify.it", "wayback.archive-it.org", "web.archive.org"}
    | {"webarchive.nationalarchives.gov.uk", "webarchive.org.uk", "webcitation.org"}
)

# Country codes that are sold and used as something else than a country.
GENERIC_COUNTRY_CODES = frozenset(
    {"ac", "ag", "ai", "as", "bz", "cc", "cd", "cf", "co", "cx", "dj", "eu", "fm", "ga", "gd", "gg"}
    | {"gq", "im", "io", "la", "ly", "me", "ms", "mu", "nu", "pw", "sc", "sh", "st", "sx", "tk"}
    | {"tm", "to", "tv", "vc", "vg", "ws"}
)

# Locales that sites of other countries choose too: beside American English, British; and the
# European, Taiwanese and Mexican standards of languages whose likely region is another.
EXPORTED_LOCALES = frozenset({"en-GB", "es-MX", "pt-PT", "zh-TW"})

# RFC 2606 and RFC 6761 reserve these for documentation and tests: no list of suffixes has them.
RESERVED_SUFFIXES = frozenset({"example", "test"})

# Country-code domains in the countries' own scripts (IANA's root zone database).
_SCRIPT_CODES = {
    "AE": "امارات",
    "AM": "հայ",
    "BD": "বাংলা",
    "BG": "бг",
    "BH": "البحرين",
    "BY": "бел",
    "CN": "中国 中國",
    "DZ": "الجزائر",
    "EG": "مصر",
    "GE": "გე",
    "GR": "ελ",
    "HK": "香港",
    "IL": "ישראל",
    "IN": "भारत भारतम् भारोत ভারত ভাৰত ભારત ਭਾਰਤ ଭାରତ இந்தியா భారత్ ಭಾರತ ഭാരതം بھارت بارت ڀارت",
    "IQ": "عراق",
    "IR": "ایران",
    "JO": "الاردن",
    "KR": "한국",
    "KZ": "қаз",
    "LA": "ລາວ",
    "LK": "ලංකා இலங்கை",
    "MA": "المغرب",
    "MK": "мкд",
    "MN": "мон",
    "MO": "澳門 澳门",
    "MR": "موريتانيا",
    "MY": "مليسيا",
    "OM": "عمان",
    "PK": "پاکستان پاكستان",
    "PS": "فلسطين",
    "QA": "قطر",
    "RS": "срб",
    "RU": "рф",
    "SA": "السعودية",
    "SD": "سودان",
    "SG": "新加坡 சிங்கப்பூர்",
    "SY": "سورية",
    "TH": "ไทย",
    "TN": "تونس",
    "TW": "台湾 台灣",
    "UA": "укр",
    "YE": "اليمن",
}
COUNTRY_OF_SCRIPT_CODE: dict[str, str] = {
    code: country for country, codes in _SCRIPT_CODES.items() for code in codes.split()
}
