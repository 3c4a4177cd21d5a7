"""Names and hosts that may be the outlet's, as a page prints them. Nothing is decided here."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.extract.evidence import OutletClue, OutletSource
from tasks.extract.outlets.outlet_nodes import (
    MAX_NAME,
    make_clue,
    read_publisher,
    shorten,
    tidy,
)
from tasks.extract.page.parsed_page import Page
from tasks.printed.phrases import any_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_TITLE_PARTS = 4
_MAX_LABELS = 4
_MAX_HOSTS = 4
_COUNTED_SOURCES = (
    OutletSource.HOST_OF_LINKS,
    OutletSource.HOST_OF_MAIL,
    OutletSource.HOST_OF_SHARES,
)
# The first feed is the whole site's; the rest are its sections'.
_MAX_FEEDS = 3

_META_SOURCES = {
    "og:site_name": OutletSource.OG_SITE_NAME,
    "application-name": OutletSource.APPLICATION_NAME,
    "apple-mobile-web-app-title": OutletSource.APP_TITLE,
    "al:ios:app_name": OutletSource.APP_NAME,
    "al:android:app_name": OutletSource.APP_NAME,
    "twitter:app:name:iphone": OutletSource.APP_NAME,
    "twitter:site": OutletSource.HANDLE,
    "publisher": OutletSource.PUBLISHER,
    "dc.publisher": OutletSource.PUBLISHER,
    "dcterms.publisher": OutletSource.PUBLISHER,
    "citation_publisher": OutletSource.PUBLISHER,
    "copyright": OutletSource.COPYRIGHT,
    "dc.rights": OutletSource.COPYRIGHT,
    "twitter:domain": OutletSource.HOST,
    "og:url": OutletSource.HOST,
    "og:image": OutletSource.HOST_OF_IMAGE,
    "og:locale": OutletSource.LOCALE,
    "content-language": OutletSource.LOCALE,
}
_HOST_LINKS = {
    "canonical": OutletSource.HOST,
    "alternate": OutletSource.HOST_OF_ALTERNATE,
    "icon": OutletSource.HOST_OF_IMAGE,
}
_ADDRESSES = frozenset({OutletSource.HOST, OutletSource.HOST_OF_IMAGE})
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")

_EAST_ASIAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
TITLE_SEPARATOR = re.compile(
    r"\s+[|\-–—·•:»«/~]+\s+|\s*[|｜]\s*|\s+[-–—]+\s*|："
    rf"|(?<=[{_EAST_ASIAN}”》])[-_–—]+|(?<![-_–—])[-_–—]+(?=[{_EAST_ASIAN}])"
)
_COPYRIGHT_SIGNS = ("©", "&copy;", "&#169;")
# A footer stands within the last part of the source, scripts behind it included.
_FOOTER_SPAN = 80_000
_MAX_COPYRIGHTS = 3
_COPYRIGHT_SPAN = 240
_CODE = re.compile(r"<(?:script|style)|\*/|\\n|\"\s*[,}]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>?")
_ABOUT = re.compile(rf"{any_of('outlets', 'about')}\s+(?P<name>.{{2,60}})$", re.IGNORECASE)
_SLASHES_OF_FRONT_PAGE = 3
# What a pattern begins with is searched for fast: what stands before is looked at from there.
_INNER_ADDRESS = re.compile(
    r"[Hh](?:(?<=[=/].)|(?<=%3D.)|(?<=%3d.))(?i:ttps?(?::|%3A)(?:/|%2F){2})"
    r"(?P<host>[\w.-]+\.\w{2,})"
)
_HOME_PATHS = frozenset({"", "/"})
_INNER_PATH = re.compile(r"https?://[^/?#\s]*/[^?#\s]")


def collect_outlet_clues(page: Page) -> tuple[OutletClue, ...]:
    """Collects what a page prints about who publishes it.

    Names come from JSON-LD, metas, the title's ends, feed and search titles, logos and copyright
    lines; hosts from the addresses that the page gives for itself and those it links to; its
    country from the publisher's postal address and the locales it declares.

    Returns:
        The clues in the order of the positions listed above. What a kind of position repeats
        stands once.
    """
    clues: dict[tuple[OutletSource, str], OutletClue] = {}
    for clue in _read_positions(page):
        if clue.text and len(clue.text) <= MAX_NAME:
            clues.setdefault((clue.source, clue.text), clue)
    return tuple(clues.values())


def _read_positions(page: Page) -> Iterator[OutletClue]:
    for node in page.structured.json_ld:
        yield from read_publisher(node)
    for name, content in page.structured.metas:
        if source := _META_SOURCES.get(name):
            text = shorten(content) if source in _ADDRESSES else tidy(content)
            yield make_clue(text, source, f"meta {name}")
    yield make_clue(page.tree.get("lang", ""), OutletSource.LOCALE, "html lang")
    elements = page.elements.tagged
    headings = [heading for heading in page.elements.headings if heading.tag == "h1"]
    yield from _from_title(page, elements["title"], headings)
    for base in elements["base"]:
        yield make_clue(shorten(base.get("href", "")), OutletSource.BASE, "base href")
    yield from _from_links(elements["link"])
    yield from _from_anchors(elements["a"])
    yield from _from_copyright(page.html)


def _from_title(
    page: Page, titles: Sequence["HtmlElement"], headings: Sequence["HtmlElement"]
) -> Iterator[OutletClue]:
    """Takes the title's ends: what stands before or after the headline is often the outlet."""
    # Drawings have titles too; the page's own comes first.
    text = tidy(titles[0].text_content()) if titles else ""
    parts = [part.strip() for part in TITLE_SEPARATOR.split(text) if part.strip()] or [text]
    if len(parts) == 1:
        return
    headlines = _headlines(page, text, headings)
    tails = [part for part in parts[-_MAX_TITLE_PARTS:][::-1] if part is not parts[0]]
    for number, part in enumerate(tails, start=1):
        if part.casefold() not in headlines:
            position = f"title, part {number} from the end"
            yield make_clue(part, OutletSource.TITLE_SUFFIX, position)
    if parts[0].casefold() not in headlines:
        yield make_clue(parts[0], OutletSource.TITLE_PREFIX, "title, first part")


def _headlines(page: Page, title: str, headings: Sequence["HtmlElement"]) -> str:
    """Returns what the page's headings say, to tell a headline's part from an outlet's name."""
    found = [tidy(heading.text_content()) for heading in headings]
    found += [
        headline
        for node in page.structured.json_ld
        if isinstance(headline := node.get("headline"), str)
    ]
    # Shared titles may carry the outlet's name too.
    found = found or [shared for shared in page.structured.meta("og:title") if shared != title]
    return " ".join(found).casefold()


def _from_links(links: Sequence["HtmlElement"]) -> Iterator[OutletClue]:
    feeds = 0
    for link in links:
        rel = link.get("rel", "").lower()
        if title := tidy(link.get("title", "")):
            if rel == "search":
                yield make_clue(title, OutletSource.SEARCH, f"link rel={rel}")
            elif feeds < _MAX_FEEDS and link.get("type", "").lower() in _FEED_TYPES:
                yield make_clue(title, OutletSource.FEED, f"link rel={rel}")
                feeds += 1
        source = _HOST_LINKS.get(rel)
        if source and "//" in (href := link.get("href", "")):
            yield make_clue(shorten(href), source, f"link rel={rel}")


def _from_anchors(anchors: Sequence["HtmlElement"]) -> Iterator[OutletClue]:
    """Reads what labels the links to the front page, and counts the hosts that links lead to."""
    labels = 0
    hrefs = [anchor.get("href", "").strip() for anchor in anchors]
    for anchor, href in zip(anchors, hrefs, strict=True):
        if labels < _MAX_LABELS and _is_home(href) and (label := _label(anchor)):
            yield OutletClue(
                text=label,
                source=OutletSource.HOME_LINK,
                position=f"a href={shorten(href)}",
                href=shorten(href),
            )
            labels += 1
        elif "about" in href and (about := _ABOUT.match(tidy(anchor.text_content()))):
            yield make_clue(about["name"], OutletSource.ABOUT, "a href=about")
    yield from _counted_hosts(hrefs)


def _counted_hosts(hrefs: Iterable[str]) -> Iterator[OutletClue]:
    hosts: dict[OutletSource, Counter[str]] = {source: Counter() for source in _COUNTED_SOURCES}
    # Most links of a page are on it twice.
    for href, count in Counter(hrefs).items():
        if (":" in href or href.startswith(("//", "/web/"))) and (found := _host_in(href)):
            source, host = found
            hosts[source][host] += count
    for source, counts in hosts.items():
        total = counts.total()
        for host, count in counts.most_common(_MAX_HOSTS):
            yield OutletClue(
                text=host,
                source=source,
                position=f"a href, {count} of {total}",
                count=count,
                total=total,
            )


def _host_in(href: str) -> tuple[OutletSource, str] | None:
    """Returns the source and the host of an address that leads away, None of one that does not."""
    scheme, _, rest = href.partition(":")
    if scheme == "mailto":
        return OutletSource.HOST_OF_MAIL, rest.partition("?")[0].rpartition("@")[2].strip().lower()
    if href.find("http", 1) > 0 and (match := _INNER_ADDRESS.search(href)):
        # An archive's copy links to copies of its neighbours; a share button carries the address.
        is_archived = href[match.start() - 1] == "/"
        source = OutletSource.HOST_OF_LINKS if is_archived else OutletSource.HOST_OF_SHARES
        return source, match["host"].lower()
    if scheme in {"http", "https"} or href.startswith("//"):
        address = href if href.startswith("//") else rest
        host = address[2:].partition("/")[0].partition("?")[0].lower()
        return OutletSource.HOST_OF_LINKS, host
    return None


def _is_home(href: str) -> bool:
    if href == "/":
        return True
    if not href.startswith("http") or href.count("/") > _SLASHES_OF_FRONT_PAGE:
        return False
    if _INNER_PATH.match(href):
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.path in _HOME_PATHS and not parts.query


def _label(anchor: "HtmlElement") -> str:
    for image in anchor.iter("img", "svg"):
        if alt := tidy(image.get("alt") or image.get("title") or image.get("aria-label") or ""):
            return alt
    text = anchor.get("title") or anchor.get("aria-label") or anchor.text_content()
    return tidy(text)


def _from_copyright(html: str) -> Iterator[OutletClue]:
    """Reads the last copyright lines of the source: footers stand last."""
    end = html[-_FOOTER_SPAN:]
    starts = (
        start
        for sign in _COPYRIGHT_SIGNS
        for start in islice(_offsets_from_end(end, sign), _MAX_COPYRIGHTS)
    )
    for start in sorted(starts)[-_MAX_COPYRIGHTS:]:
        line = _TAG.sub(" ", _CODE.split(end[start : start + _COPYRIGHT_SPAN])[0])
        line = tidy(line.replace("&nbsp;", " ").replace("&copy;", "©").replace("&#169;", "©"))
        yield make_clue(line[:MAX_NAME].strip(), OutletSource.COPYRIGHT, "copyright line")


def _offsets_from_end(html: str, sign: str) -> Iterator[int]:
    offset = html.rfind(sign)
    while offset >= 0:
        yield offset
        offset = html.rfind(sign, 0, offset)
