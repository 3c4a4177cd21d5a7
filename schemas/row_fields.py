"""What the fields of a crawler's export mean: one row of JSON lines, CSV or Parquet per document.

Names are compared without case, spaces and signs: `date_publish`, `DatePublish` and `date-publish`
are one. Of several that mean the same the first listed counts.
"""

import re
from functools import cache

from schemas.described import DescribedEnum

_SIGNS = re.compile(r"[\W_]+")


class RowRole(DescribedEnum):
    """What a field holds."""

    HTML = "html", "The page, as HTML."
    TEXT = "text", "The text alone, where there is no page."
    CONTENT = "content", "A page or a text, as its own beginning tells."
    URL = "url", "The address that it was fetched from."
    FETCHED_AT = "fetched_at", "The instant of the fetch."
    HEADERS = "headers", "The answer's HTTP headers, as an object or a list of pairs."
    PUBLISHED = "published", "The publication, as the crawler found it: one clue among others."
    TITLE = "title", "The title, likewise."
    AUTHORS = "authors", "The authors, likewise."


# Newsmill's own names, then those of news-please (maintext, date_publish, date_download), cc_news,
# Media Cloud, Scrapy's and trafilatura's users, FineWeb and Common Crawl.
NAMES: dict[RowRole, tuple[str, ...]] = {
    RowRole.HTML: ("html", "raw_html", "html_content", "page_html", "content_html", "html_source"),
    RowRole.TEXT: (
        "text",
        "maintext",
        "main_text",
        "plain_text",
        "full_text",
        "article_text",
        "article_body",
        "body_text",
        "raw_text",
    ),
    RowRole.CONTENT: ("content", "body", "article", "story", "page", "raw"),
    RowRole.URL: (
        "url",
        "link",
        "page_url",
        "article_url",
        "source_url",
        "original_url",
        "target_uri",
        "warc_target_uri",
        "uri",
        "permalink",
        "href",
    ),
    RowRole.FETCHED_AT: (
        "fetched_at",
        "date_download",
        "download_date",
        "downloaded_at",
        "crawl_date",
        "crawled_at",
        "scraped_at",
        "retrieved_at",
        "accessed_at",
        "fetch_time",
        "warc_date",
    ),
    RowRole.HEADERS: ("headers", "response_headers"),
    RowRole.PUBLISHED: (
        "date_publish",
        "publish_date",
        "date_published",
        "published_date",
        "published_at",
        "publication_date",
        "published",
        "pub_date",
        "publish_time",
        "date",
    ),
    RowRole.TITLE: ("title", "headline", "article_title"),
    RowRole.AUTHORS: ("authors", "author", "byline", "creator"),
}
# Datasets cut out of Common Crawl call the day of the crawl `date`; these fields tell them.
CRAWL_DATASET = frozenset({"dump", "file_path"})
# What holds the fields of a row one level deeper, as datatrove writes them.
NESTED = "metadata"


@cache
def fold_field(name: str) -> str:
    """Returns a field's name as it is compared."""
    return _SIGNS.sub("", name).casefold()


@cache
def roles() -> dict[str, tuple[RowRole, int]]:
    """Returns the role of each folded name, and its rank among the names of that role."""
    return {
        fold_field(name): (role, rank)
        for role, names in NAMES.items()
        for rank, name in enumerate(names)
    }


@cache
def fields_by_role(names: tuple[str, ...]) -> dict[RowRole, tuple[str, ...]]:
    """Returns the fields of a row by their role, the one that counts first.

    Args:
        names: of the row's fields, as written.
    """
    found: dict[RowRole, list[tuple[int, str]]] = {}
    is_crawl = {name.casefold() for name in names} >= CRAWL_DATASET
    for name in names:
        role, rank = roles().get(fold_field(name), (None, 0))
        if role is RowRole.PUBLISHED and is_crawl and fold_field(name) == "date":
            role = RowRole.FETCHED_AT
        if role is not None:
            found.setdefault(role, []).append((rank, name))
    return {role: tuple(name for _, name in sorted(fields)) for role, fields in found.items()}
