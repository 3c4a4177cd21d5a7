"""Names and hosts that may be the outlet's, as a page prints them. Nothing is decided here."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tasks.extract.evidence import OutletClue
from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import ARTICLE_TYPES, JsonLdNode, types_of
from tasks.printed.squashing import as_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_NAME = 120
_MAX_TITLE_PARTS = 4
_TAGS = ("title", "h1", "base", "link", "a")
_MAX_LABELS = 4
_MAX_HOSTS = 4
# The first feed is the whole site's; the rest are its sections'.
_MAX_FEEDS = 3

# schema.org types of who publishes, as opposed to whom an article is about.
_PUBLISHER_TYPES = frozenset({"NewsMediaOrganization", "Organization", "WebSite", "Corporation"})
_PUBLISHER_KEYS = ("publisher", "isPartOf", "sourceOrganization", "copyrightHolder", "provider")
_NAME_KEYS = ("name", "alternateName", "legalName")

_META_SOURCES = {
    "og:site_name": "og:site_name",
    "application-name": "application-name",
    "apple-mobile-web-app-title": "app_title",
    "al:ios:app_name": "app_name",
    "al:android:app_name": "app_name",
    "twitter:app:name:iphone": "app_name",
    "twitter:site": "handle",
    "publisher": "publisher",
    "dc.publisher": "publisher",
    "dcterms.publisher": "publisher",
    "citation_publisher": "publisher",
    "copyright": "copyright",
    "dc.rights": "copyright",
    "twitter:domain": "host",
    "og:url": "host",
    "og:image": "host_of_image",
    "og:locale": "locale",
    "content-language": "locale",
}
_HOST_LINKS = {"canonical": "host", "alternate": "host_of_alternate", "icon": "host_of_image"}
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")

_EAST_ASIAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
TITLE_SEPARATOR = re.compile(
    r"\s+[|\-–—·•:»«/~]+\s+|\s*[|｜]\s*|\s+[-–—]+\s*|："
    rf"|(?<=[{_EAST_ASIAN}”》])[-_–—]+|[-_–—]+(?=[{_EAST_ASIAN}])"
)
_COPYRIGHT_SIGNS = ("©", "&copy;", "&#169;")
# A footer stands within the last part of the source, scripts behind it included.
_FOOTER_SPAN = 80_000
_MAX_COPYRIGHTS = 3
_COPYRIGHT_SPAN = 240
_CODE = re.compile(r"<(?:script|style)|\*/|\\n|\"\s*[,}]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>?")
_ABOUT = re.compile(r"(?:About|Über|À propos d[eu]|Sobre|О)\s+(?P<name>.{2,60})$", re.IGNORECASE)
_SLASHES_OF_FRONT_PAGE = 3
_INNER_ADDRESS = re.compile(
    r"(?:[=/]|%3D)https?(?::|%3A)(?:/|%2F){2}(?P<host>[\w.-]+\.\w{2,})", re.IGNORECASE
)
_HOME_PATHS = frozenset({"", "/"})


def collect_outlet_clues(page: Page) -> tuple[OutletClue, ...]:
    """Collects what a page prints about who publishes it.

    Names come from JSON-LD, metas, the title's ends, feed and search titles, logos and copyright
    lines; hosts from the addresses that the page gives for itself and those it links to; its
    country from the publisher's postal address and the locales it declares.

    Returns:
        The clues in the order of the places listed above; what a kind of place repeats stands once.
    """
    places: dict[tuple[str, str], str] = {}
    for text, source, place in _read_places(page):
        if text and len(text) <= _MAX_NAME:
            places.setdefault((source, text), place)
    return tuple(
        OutletClue(text=text, source=source, place=place)
        for (source, text), place in places.items()
    )


_Found = tuple[str, str, str]


def _read_places(page: Page) -> Iterator[_Found]:
    for node in page.structured.json_ld:
        yield from _from_json_ld(node)
    for name, content in page.structured.metas:
        if source := _META_SOURCES.get(name):
            text = _shorten(content) if source.startswith("host") else as_line(content)
            yield text, source, f"meta {name}"
    yield page.tree.get("lang", ""), "locale", "html lang"
    elements: dict[str, list[HtmlElement]] = {tag: [] for tag in _TAGS}
    for element in page.tree.iter(*_TAGS):
        elements[element.tag].append(element)
    yield from _from_title(page, elements["title"], elements["h1"])
    for base in elements["base"]:
        yield _shorten(base.get("href", "")), "base", "base href"
    yield from _from_links(elements["link"])
    yield from _from_anchors(elements["a"])
    yield from _from_copyright(page.html)


def _from_json_ld(node: JsonLdNode) -> Iterator[_Found]:
    kinds = types_of(node)
    for kind in kinds:
        if kind in ARTICLE_TYPES or kind in {"WebPage", "ItemPage"}:
            for key in _PUBLISHER_KEYS:
                yield from _from_organisation(node.get(key), "publisher", f"{kind}.{key}")
            for key in ("url", "mainEntityOfPage"):
                yield from _hosts_in(node.get(key), f"{kind}.{key}")
        if kind in _PUBLISHER_TYPES:
            source = "website" if kind == "WebSite" else "organisation"
            yield from _from_organisation(node, source, kind)


def _from_organisation(value: Any, source: str, place: str) -> Iterator[_Found]:
    if isinstance(value, str):
        if not value.startswith("http"):
            yield as_line(value), source, place
    elif isinstance(value, list):
        for item in value:
            yield from _from_organisation(item, source, place)
    elif isinstance(value, dict):
        for key in _NAME_KEYS:
            if isinstance(name := value.get(key), str):
                # An alternate name is also printed, but after the name itself.
                yield as_line(name), source if key == "name" else "alternate", f"{place}.{key}"
        yield from _hosts_in(value.get("url"), f"{place}.url")
        yield from _countries_in(value.get("address"), f"{place}.address")


def _countries_in(value: Any, place: str) -> Iterator[_Found]:
    """Reads where an organisation's postal addresses are."""
    for address in value if isinstance(value, list) else [value]:
        country = address.get("addressCountry") if isinstance(address, dict) else None
        if isinstance(country, dict):
            country = country.get("name")
        if isinstance(country, str):
            yield as_line(country), "address_country", f"{place}.addressCountry"


def _hosts_in(value: Any, place: str) -> Iterator[_Found]:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    if isinstance(value, str) and value.startswith("http"):
        yield _shorten(value), "host", place


def _from_title(
    page: Page, titles: Sequence["HtmlElement"], headings: Sequence["HtmlElement"]
) -> Iterator[_Found]:
    """Takes the title's ends: what stands before or after the headline is often the outlet."""
    # Drawings have titles too; the page's own comes first.
    text = as_line(titles[0].text_content()) if titles else ""
    parts = [part.strip() for part in TITLE_SEPARATOR.split(text) if part.strip()] or [text]
    if len(parts) == 1:
        return
    headlines = _headlines(page, text, headings)
    tails = [part for part in parts[-_MAX_TITLE_PARTS:][::-1] if part is not parts[0]]
    for number, part in enumerate(tails, start=1):
        if part.casefold() not in headlines:
            yield part, "title_suffix", f"title, part {number} from the end"
    if parts[0].casefold() not in headlines:
        yield parts[0], "title_prefix", "title, first part"


def _headlines(page: Page, title: str, headings: Sequence["HtmlElement"]) -> str:
    """Returns what the page's headings say, to tell a headline's part from an outlet's name."""
    found = [as_line(heading.text_content()) for heading in headings]
    found += [
        headline
        for node in page.structured.json_ld
        if isinstance(headline := node.get("headline"), str)
    ]
    # Shared titles may carry the outlet's name too.
    found = found or [shared for shared in page.structured.meta("og:title") if shared != title]
    return " ".join(found).casefold()


def _from_links(links: Sequence["HtmlElement"]) -> Iterator[_Found]:
    feeds = 0
    for link in links:
        rel, href = link.get("rel", "").lower(), link.get("href", "")
        kind = link.get("type", "").lower()
        title = as_line(link.get("title", ""))
        if title and rel == "search":
            yield title, "search", f"link rel={rel}"
        elif title and kind in _FEED_TYPES and feeds < _MAX_FEEDS:
            yield title, "feed", f"link rel={rel}"
            feeds += 1
        source = _HOST_LINKS.get(rel)
        if source and "//" in href:
            yield _shorten(href), source, f"link rel={rel}"


def _from_anchors(anchors: Sequence["HtmlElement"]) -> Iterator[_Found]:
    """Reads what labels the links to the front page, and counts the hosts that links lead to."""
    labels = 0
    hosts: Counter[tuple[str, str]] = Counter()
    for anchor in anchors:
        href = anchor.get("href", "").strip()
        if labels < _MAX_LABELS and _is_home(href) and (label := _label(anchor)):
            yield label, "home_link", f"a href={_shorten(href)}"
            labels += 1
        elif "about" in href and (about := _ABOUT.match(as_line(anchor.text_content()))):
            yield about["name"], "about", "a href=about"
        if ":" in href or href.startswith(("//", "/web/")):
            hosts[_host_in(href)] += 1
    yield from _counted_hosts(hosts)


def _counted_hosts(hosts: Counter[tuple[str, str]]) -> Iterator[_Found]:
    for source in ("host_of_links", "host_of_mail", "host_of_shares"):
        found = [(host, count) for (kind, host), count in hosts.most_common() if kind == source]
        total = sum(count for _, count in found)
        for host, count in found[:_MAX_HOSTS]:
            yield host, source, f"a href, {count} of {total}"


def _host_in(href: str) -> tuple[str, str]:
    """Returns (source, host) of an address that leads away, ("", "") of one that does not."""
    scheme, _, rest = href.partition(":")
    if scheme == "mailto":
        return "host_of_mail", rest.partition("?")[0].rpartition("@")[2].strip().lower()
    if "http" in href[1:] and (match := _INNER_ADDRESS.search(href)):
        # An archive's copy links to copies of its neighbours; a share button carries the address.
        is_archived = href[match.start()] == "/"
        return "host_of_links" if is_archived else "host_of_shares", match["host"].lower()
    if scheme in {"http", "https"} or href.startswith("//"):
        address = href if href.startswith("//") else rest
        return "host_of_links", address[2:].partition("/")[0].partition("?")[0].lower()
    return "", ""


def _is_home(href: str) -> bool:
    if href == "/":
        return True
    if not href.startswith("http") or href.count("/") > _SLASHES_OF_FRONT_PAGE:
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.path in _HOME_PATHS and not parts.query


def _label(anchor: "HtmlElement") -> str:
    for image in anchor.iter("img", "svg"):
        if alt := as_line(image.get("alt") or image.get("title") or image.get("aria-label") or ""):
            return alt
    text = anchor.get("title") or anchor.get("aria-label") or anchor.text_content()
    return as_line(text)


def _from_copyright(html: str) -> Iterator[_Found]:
    """Reads the last copyright lines of the source: footers stand last."""
    end = html[-_FOOTER_SPAN:]
    starts = sorted({start for sign in _COPYRIGHT_SIGNS for start in _places_of(end, sign)})
    for start in starts[-_MAX_COPYRIGHTS:]:
        line = _TAG.sub(" ", _CODE.split(end[start : start + _COPYRIGHT_SPAN])[0])
        line = as_line(line.replace("&nbsp;", " ").replace("&copy;", "©").replace("&#169;", "©"))
        yield line[:_MAX_NAME].strip(), "copyright", "copyright line"


def _places_of(html: str, sign: str) -> Iterator[int]:
    place = html.find(sign)
    while place >= 0:
        yield place
        place = html.find(sign, place + len(sign))


def _shorten(url: str) -> str:
    """Keeps scheme, host and the path's beginning: all that says whose an address is."""
    return url.strip()[:_MAX_NAME]
