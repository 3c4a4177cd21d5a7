"""Hosts that say nothing, or something else than usual, about who publishes there.

Facts about public services, beside the public suffix list's private section, which lists only the
services whose owners asked for it.
"""

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

# Anybody's channel or page below a shared host: the first part of the path is the outlet's.
HOSTED_BY_PATH = frozenset(
    {
        "facebook.com",
        "instagram.com",
        "linkedin.com",
        "medium.com",
        "ok.ru",
        "sites.google.com",
        "t.me",
        "telegram.me",
        "telegra.ph",
        "tiktok.com",
        "twitter.com",
        "vk.com",
        "x.com",
        "youtube.com",
        "zen.yandex.ru",
        "dzen.ru",
    }
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
        "feedburner.com",
        "feedly.com",
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
