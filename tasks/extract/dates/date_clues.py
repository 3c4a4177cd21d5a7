"""Collects the dates of a page with their positions; which one is the publication comes later."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from schemas import date_markup as markup
from schemas.date_sources import DateSource
from schemas.row_fields import RowRole
from tasks.extract.dates.date_bylines import VisibleDates
from tasks.extract.dates.date_walk import is_own_headline, own_titles
from tasks.extract.evidence import DateClue, DateKind, Stand
from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import JsonLdNode, types_of
from tasks.read.document import Origin

_MAX_STAMP, _MAX_VALUES = 80, 5
_HAS_DATE_DIGITS = re.compile(r"\d(?:\d\d|[^\d]{1,20}\d)")
# Its subtypes too, as `WebPageElement`.
_WEB_PAGE = "WebPage"
_LETTERS_ONLY = re.compile(r"[^a-z]")
# "…-20241202105634-nt.html": a whole time stamp in one run of digits, maybe with a counter behind.
_URL_STAMP = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=(?:[01]\d|2[0-3])[0-5]\d)\d{4,12}(?!\d)"
)
_YEAR = r"(?<!\d)((?:199|20[0-4])\d)"
_URL_DATE = re.compile(
    rf"{_YEAR}([/_.-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|{_YEAR}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(0[1-9]|[12]\d|3[01])([-_./])(0[1-9]|1[0-2])\9((?:199|20[0-4])\d)(?!\d)"
    rf"|{_YEAR}/([a-z]{{3}})/(\d{{1,2}})(?=/|$)"
    rf"|{_YEAR}-(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|{_YEAR}/(0[1-9]|1[0-2])(?=/|$)"
)


def collect_date_clues(page: Page) -> tuple[DateClue, ...]:
    """Returns every date that a page gives, as printed, in the order of the positions searched.

    Positions: JSON-LD in all graphs, metas, microdata and `<time>`, bylines near the title, the
    page's own addresses, HTTP headers and feeds. Where none of these gives a day of publication,
    the short texts of the whole page are searched too.

    Args:
        page: the parsed page; its tree is only read.
    """
    visible = VisibleDates(page)
    clues = [
        *_json_ld_clues(page),
        *_meta_clues(page),
        *visible.near_title(),
        *_url_clues(_own_urls(page)),
        *_origin_clues(page.origin),
    ]
    if not any(map(_may_be_enough, clues)):
        clues.extend(_script_clues(page))
        clues.extend(visible.scattered())
    return tuple(dict.fromkeys(clues))


def _may_be_enough(clue: DateClue) -> bool:
    """Says whether a clue is a publication's, so that the rest of the page need not be searched."""
    if clue.kind is DateKind.PUBLISHED:
        return clue.source is not DateSource.URL
    is_nearest = clue.rank == 0 and clue.source in {DateSource.BYLINE, DateSource.TIME}
    return (
        is_nearest and clue.kind is DateKind.UNKNOWN and _YEAR_PRINTED.search(clue.text) is not None
    )


_YEAR_PRINTED = re.compile(r"\d{4}")


def _json_ld_clues(page: Page) -> Iterator[DateClue]:
    nodes = page.structured.json_ld
    foreign = _foreign_nodes(page)
    is_live = any(_type(node) == "LiveBlogPosting" for node in nodes)
    for node in nodes:
        name = _type(node)
        for key, value in node.items():
            kind = _json_ld_kind(name, key.lower())
            if kind is None:
                continue
            if kind is not DateKind.EVENT and id(node) in foreign:
                kind = DateKind.RELATED
            elif is_live and name == "BlogPosting":
                kind = DateKind.COMMENT  # an entry of the live blog
            for text in _stamps_in(value):
                yield DateClue(
                    text=text,
                    source=DateSource.JSON_LD,
                    position=f"{name}.{key}",
                    kind=kind,
                    name=f"{name}.{key}",
                    stand=Stand.WEB_PAGE if name.startswith(_WEB_PAGE) else None,
                )


def _foreign_nodes(page: Page) -> set[int]:
    """Returns the ids of other stories' nodes: another address, or a headline not the page's.

    Where no article would be left, the first one is the page's own under another address (an AMP or
    a print page) or headline.
    """
    nodes = page.structured.json_ld
    own = {_path(url) for url in _own_urls(page)} - {""}
    foreign = {id(node) for node in nodes if _is_of_another_page(node, own)}
    articles = [node for node in nodes if markup.ARTICLE_TYPE.search(_type(node))]
    titles = own_titles(page) if len(articles) > 1 else set()
    others = {
        id(node)
        for node in articles
        if (headline := node.get("headline")) and not is_own_headline(str(headline), titles)
    }
    if len(others) < sum("headline" in node for node in articles):
        foreign |= others
    if articles and foreign.issuperset(map(id, articles)):
        foreign.discard(id(articles[0]))
    return foreign


def _type(node: JsonLdNode) -> str:
    types = types_of(node)
    return types[0] if types else ""


def _stamps_in(value: object) -> Iterator[str]:
    """Yields the printed texts of a node's value that may be dates, in a list too."""
    for item in value[:_MAX_VALUES] if isinstance(value, list) else (value,):
        if (text := _stamp(item)) is not None:
            yield text


def _stamp(value: object) -> str | None:
    """Returns the printed text of a JSON value that may be a date."""
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return None
    text = str(value).strip()
    return text if len(text) <= _MAX_STAMP and _HAS_DATE_DIGITS.search(text) else None


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
    several = _repeated_microdata(page)
    for name, content in page.structured.metas:
        if len(content) > _MAX_STAMP or not _HAS_DATE_DIGITS.search(content):
            continue
        plain = _LETTERS_ONLY.sub("", name)
        kind = _meta_kind(plain)
        if kind is None:
            continue
        source = DateSource.META if markup.META_STRONG.search(plain) else DateSource.META_OTHER
        if name in several:
            source, kind = DateSource.MICRODATA, DateKind.RELATED
        yield DateClue(text=content, source=source, position=f"meta {name}", kind=kind, name=name)


def _meta_kind(plain: str) -> DateKind | None:
    if markup.META_IGNORED.search(plain):
        return None
    for kind, pattern in (
        (DateKind.MODIFIED, markup.META_MODIFIED),
        (DateKind.CREATED, markup.META_CREATED),
        (DateKind.PUBLISHED, markup.META_PUBLISHED),
    ):
        if pattern.search(plain):
            return kind
    return None


def _repeated_microdata(page: Page) -> set[str]:
    """Returns the itemprops that the page gives several values: those of a list of stories."""
    values: dict[str, set[str]] = {}
    for name, content in page.structured.metas:
        if name in _MICRODATA_NAMES:
            values.setdefault(name, set()).add(content)
    return {name for name, contents in values.items() if len(contents) > 1}


_MICRODATA_NAMES = frozenset({"datepublished", "datemodified", "datecreated"})


def collect_origin_clues(origin: Origin) -> tuple[DateClue, ...]:
    """Returns the dates that came with a document: in its address, feed and headers."""
    return (*_url_clues([origin.url] if origin.url else []), *_origin_clues(origin))


def _script_clues(page: Page) -> Iterator[DateClue]:
    """Yields the stamps that scripts carry under a key of publication, for pages built by a script.

    Several days are those of a list of stories: then none of them is the page's.
    """
    if not any(spelling in page.html for spelling in _SPELLINGS_OF_PUB):
        return  # all keys speak of publishing
    found = dict.fromkeys(_script_stamps(page.html))
    days = {text[: len("2024-03-28")] for _, text in found}
    kind = DateKind.PUBLISHED if len(days) == 1 else DateKind.RELATED
    for key, text in found:
        if _HAS_DATE_DIGITS.search(text):
            yield DateClue(
                text=text, source=DateSource.SCRIPT, position=f"script {key}", kind=kind, name=key
            )


_SPELLINGS_OF_PUB = ("pub", "Pub", "PUB")
_PUB = re.compile("[pP][uU][bB]")
# From the quotation mark that opens a key: "pub…", "datePub…", "date_pub…", "first_pub…".
_PUB_IN_KEY = tuple(map(len, ('"', '"date', '"date_', '"first_')))


def _script_stamps(source: str) -> Iterator[tuple[str, str]]:
    """Yields what `SCRIPT_STAMP` finds, a fifth of whose time it takes to look for "pub"."""
    end = 0
    for pub in _PUB.finditer(source):
        for before in _PUB_IN_KEY:
            start = pub.start() - before
            if start >= end and (stamp := markup.SCRIPT_STAMP.match(source, start)):
                yield stamp[1], stamp[2]
                end = stamp.end()


def _url_clues(urls: Iterable[str]) -> Iterator[DateClue]:
    for url in dict.fromkeys(urls):
        if clue := _url_clue(url):
            yield clue


def _url_clue(url: str) -> DateClue | None:
    """Returns the date in an address: a whole one as printed, else a year and month."""
    # An archive's address holds the page's behind the day of the copy.
    page = url[url.rfind("http") :].lower()
    match = _URL_STAMP.search(page) or _URL_DATE.search(page)
    if match is None:
        return None
    text = "-".join(match.groups()) if match.re is _URL_STAMP else match[0].strip("/")
    if "-" in text:
        text = text.replace("/", "-")
    return DateClue(text=text, source=DateSource.URL, position="url", kind=DateKind.PUBLISHED)


def _origin_clues(origin: Origin) -> Iterator[DateClue]:
    for name, text in origin.feed_dates:
        kind = (
            DateKind.MODIFIED if markup.META_MODIFIED.search(name.lower()) else DateKind.PUBLISHED
        )
        yield DateClue(
            text=text, source=DateSource.FEED, position=f"feed {name}", kind=kind, name=name
        )
    for role, text in origin.stated:
        if role is RowRole.PUBLISHED:
            yield DateClue(
                text=text,
                source=DateSource.ROW,
                position="row",
                kind=DateKind.PUBLISHED,
                name=role.value,
            )
    for name, text in origin.headers:
        if name == "last-modified":
            yield _header_clue(name, text, DateKind.MODIFIED)
        elif name == "date":
            yield _header_clue(name, text, DateKind.PAGE_CLOCK)


def _header_clue(name: str, text: str, kind: DateKind) -> DateClue:
    return DateClue(
        text=text, source=DateSource.HEADER, position=f"header {name}", kind=kind, name=name
    )
