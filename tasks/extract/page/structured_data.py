"""What a page says about itself for machines: JSON-LD, meta elements, links."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tasks.extract.page.broken_json import read_json
from tasks.extract.page.page_elements import PageElements

if TYPE_CHECKING:
    from lxml.html import HtmlElement

JsonLdNode = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StructuredData:
    """A page's structured data, in document order.

    Attributes:
        json_ld: every JSON-LD object that has an `@type`, nested ones after their holders.
        metas: (name in lower case, content) of each `<meta>` with `name`, `property`, `itemprop` or
            `http-equiv`.
        links: (rel in lower case, href) of each `<link>`.
    """

    json_ld: tuple[JsonLdNode, ...]
    metas: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    _contents: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        contents: dict[str, list[str]] = {}
        for name, content in self.metas:
            contents.setdefault(name, []).append(content)
        object.__setattr__(self, "_contents", contents)

    def meta(self, *names: str) -> Iterator[str]:
        """Yields the contents of the metas with these names, in the order of the names."""
        for wanted in names:
            yield from self._contents.get(wanted, ())


def types_of(node: JsonLdNode) -> tuple[str, ...]:
    """Returns the `@type` values of a JSON-LD node, without a schema.org prefix."""
    types = node.get("@type") or ()
    values = types if isinstance(types, list) else (types,)
    return tuple(str(value).rsplit("/", 1)[-1] for value in values)


# schema.org types of a page that is one article. Bare WebPage and its kin are left out: sections
# and front pages carry them too.
ARTICLE_TYPES = frozenset(
    {
        "AdvertiserContentArticle",
        "AnalysisNewsArticle",
        "Article",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "SatiricalArticle",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "TechArticle",
    }
)


def nodes_of(structured: StructuredData, types: frozenset[str]) -> Iterator[tuple[str, JsonLdNode]]:
    """Yields (type, node) of the JSON-LD nodes that have one of these types, in document order."""
    for node in structured.json_ld:
        kind = node.get("@type")
        if type(kind) is str and "/" not in kind:  # nearly all: a page has some hundred nodes
            found = kind if kind in types else None
        else:
            found = next((kind for kind in types_of(node) if kind in types), None)
        if found is not None:
            yield found, node


def read_structured_data(elements: PageElements) -> StructuredData:
    """Reads JSON-LD, metas and links from a page's elements; broken JSON-LD is mended if it can be.

    Some templates write the content of a meta into `value`, as of a form's field.
    """
    nodes: list[JsonLdNode] = []
    metas: list[tuple[str, str]] = []
    for script in elements.tagged["script"]:
        if (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            for value in read_json(script.text or ""):
                nodes.extend(_nodes(value))
    for meta in elements.tagged["meta"]:
        # `value` is a common slip, and what some savers of pages make of `content`.
        if content := (meta.get("content") or meta.get("value") or "").strip():
            metas.extend((name.strip().lower(), content) for name in _meta_names(meta))
    links = (
        (link.get("rel", "").strip().lower(), href.strip())
        for link in elements.tagged["link"]
        if (href := link.get("href"))
    )
    return StructuredData(tuple(nodes), tuple(metas), tuple(links))


def _meta_names(meta: "HtmlElement") -> Iterator[str]:
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        if value := meta.get(attribute):
            yield value


def _nodes(value: Any) -> Iterator[JsonLdNode]:
    """Yields the typed objects in a JSON value, outer ones first; the value's depth is not ours."""
    open_values = [value]
    while open_values:
        current = open_values.pop()
        if isinstance(current, list):
            open_values.extend(reversed(current))
        elif isinstance(current, dict):
            if "@type" in current:
                yield current
            open_values.extend(reversed(current.values()))
