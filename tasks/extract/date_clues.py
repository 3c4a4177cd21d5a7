"""Collects the dates of a page with their places; which one is the publication is not decided here."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from schemas import date_words_markup as markup
from tasks.extract.date_bylines import scattered_clues, visible_clues
from tasks.extract.evidence import DateClue, DateKind
from tasks.extract.page import Page
from tasks.extract.structured_data import JsonLdNode, types_of

_MAX_STAMP = 80
_HAS_DATE_DIGITS = re.compile(r"\d{3}|\d[^\d]{1,20}\d")
_LETTERS_ONLY = re.compile(r"[^a-z]")
_URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2]|[1-9](?=\2\D?\d))\2(0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)/(0[1-9]|1[0-2])(?=/|$)"
    r"|(?<!\d)(0[1-9]|[12]\d|3[01])[-_./](0[1-9]|1[0-2])[-_./]((?:19|20)\d\d)(?!\d)"
    r"|/((?:19|20)\d\d)/([a-z]{3})/(\d{1,2})/"
)


def collect_date_clues(page: Page) -> tuple[DateClue, ...]:
    """Returns every date that a page gives, as printed, in the order of the places searched.

    Places: JSON-LD in all graphs, metas, microdata and `<time>`, bylines near the title, the page's
    own addresses, HTTP headers and feeds. Where none of these gives a day of publication, the short
    texts of the whole page are searched too.

    Args:
        page: the parsed page; its tree is only read.
    """
    clues = [
        *_json_ld_clues(page),
        *_meta_clues(page),
        *visible_clues(page),
        *_url_clues(page),
        *_origin_clues(page),
    ]
    if not any(clue.kind is DateKind.PUBLISHED and clue.source != "url" for clue in clues):
        clues.extend(scattered_clues(page))
    return tuple(dict.fromkeys(clues))


def _json_ld_clues(page: Page) -> Iterator[DateClue]:
    own = {_path(url) for url in _own_urls(page)} - {""}
    for node in page.structured.json_ld:
        types = types_of(node)
        name = types[0] if types else ""
        for key, value in node.items():
            kind = _json_ld_kind(name, key.lower())
            if kind is None or not isinstance(value, (str, int)) or isinstance(value, bool):
                continue
            text = str(value).strip()
            if not text or len(text) > _MAX_STAMP or not _HAS_DATE_DIGITS.search(text):
                continue
            if kind is not DateKind.EVENT and _is_of_another_page(node, own):
                kind = DateKind.RELATED
            yield DateClue(text=text, source="json_ld", place=f"{name}.{key}", kind=kind)


_JSON_LD_KEYS = {
    "datepublished": DateKind.PUBLISHED,
    "published": DateKind.PUBLISHED,
    "uploaddate": DateKind.PUBLISHED,
    "datemodified": DateKind.MODIFIED,
    "updated": DateKind.MODIFIED,
    "lastreviewed": DateKind.MODIFIED,
    "datecreated": DateKind.CREATED,
    "startdate": DateKind.EVENT,
    "coveragestarttime": DateKind.EVENT,
    "commenttime": DateKind.COMMENT,
}


def _json_ld_kind(type_name: str, key: str) -> DateKind | None:
    kind = _JSON_LD_KEYS.get(key)
    if kind is None or kind in {DateKind.EVENT, DateKind.COMMENT}:
        return kind
    if markup.COMMENT_TYPE.search(type_name):
        return DateKind.COMMENT
    if markup.EVENT_TYPE.search(type_name):
        return DateKind.EVENT
    if markup.ARTICLE_TYPE.search(type_name) or markup.PAGE_TYPE.search(type_name):
        return kind
    return DateKind.UNKNOWN if markup.MEDIA_TYPE.search(type_name) else None


def _own_urls(page: Page) -> Iterator[str]:
    if page.origin.url:
        yield page.origin.url
    yield from (href for rel, href in page.structured.links if rel == "canonical")
    yield from page.structured.meta("og:url")


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.path.rstrip("/").rsplit("/", 1)[-1].lower()


def _is_of_another_page(node: JsonLdNode, own: set[str]) -> bool:
    """Says whether a node names an address with another last segment than the page's addresses."""
    for key in ("mainEntityOfPage", "url", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http", "/")) and "#" not in value:
            path = _path(value)
            return bool(path and own) and path not in own
    return False


def _meta_clues(page: Page) -> Iterator[DateClue]:
    for name, content in page.structured.metas:
        if len(content) > _MAX_STAMP or not _HAS_DATE_DIGITS.search(content):
            continue
        plain = _LETTERS_ONLY.sub("", name)
        if markup.META_IGNORED.search(plain):
            continue
        for kind, pattern in (
            (DateKind.MODIFIED, markup.META_MODIFIED),
            (DateKind.CREATED, markup.META_CREATED),
            (DateKind.PUBLISHED, markup.META_PUBLISHED),
        ):
            if pattern.search(plain):
                source = "meta" if markup.META_STRONG.search(plain) else "meta_other"
                yield DateClue(text=content, source=source, place=f"meta {name}", kind=kind)
                break


def _url_clues(page: Page) -> Iterator[DateClue]:
    for url in dict.fromkeys(_own_urls(page)):
        match = _URL_DATE.search(url.lower())
        if match:
            yield DateClue(
                text=match[0].strip("/"), source="url", place="url", kind=DateKind.PUBLISHED
            )


def _origin_clues(page: Page) -> Iterator[DateClue]:
    for name, text in page.origin.feed_dates:
        kind = (
            DateKind.MODIFIED if markup.META_MODIFIED.search(name.lower()) else DateKind.PUBLISHED
        )
        yield DateClue(text=text, source="feed", place=f"feed {name}", kind=kind)
    for name, text in page.origin.headers:
        if name == "last-modified":
            yield DateClue(
                text=text, source="header", place=f"header {name}", kind=DateKind.MODIFIED
            )
        elif name == "date":
            yield DateClue(
                text=text, source="header", place=f"header {name}", kind=DateKind.PAGE_CLOCK
            )
