"""Where sites keep a news sitemap or feed that they name nowhere.

Paths of content systems and of the sitemap tools in wide use; each is tried once, when sources are
looked for, and never again where it answers 404.
"""

# The more specific first: a news sitemap is worth more than an index of all pages.
SITEMAP_PATHS: tuple[str, ...] = (
    "/news-sitemap.xml",  # Yoast SEO and Rank Math, WordPress
    "/sitemap-news.xml",  # Google News sitemap plug-ins
    "/news_sitemap.xml",
    "/sitemap_news.xml",
    "/googlenews.xml",
    "/google-news-sitemap.xml",
    "/sitemap/news.xml",
    "/sitemaps/news.xml",
    "/feeds/sitemap_news.xml",
    "/arc/outboundfeeds/news-sitemap/?outputType=xml",  # Arc XP
    "/arc/outboundfeeds/sitemap-news/?outputType=xml",
    "/sitemap_index.xml",  # Yoast SEO
    "/sitemap-index.xml",
    "/wp-sitemap.xml",  # WordPress since 5.5
    "/sitemap.xml",  # sitemaps.org
)
FEED_PATHS: tuple[str, ...] = (
    "/feed/",  # WordPress
    "/rss.xml",  # Drupal and others
    "/rss",
    "/feed.xml",  # Jekyll
    "/atom.xml",
    "/index.xml",  # Hugo
    "/feeds/posts/default",  # Blogger
    "/arc/outboundfeeds/rss/?outputType=xml",  # Arc XP
)
