"""One HTML page, decoded and parsed once; every extractor works on this."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.extract.structured_data import StructuredData
from tasks.read.document import Origin

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page.

    Attributes:
        html: the decoded source.
        tree: the lxml tree of it. Clue extractors only read it; the text extractor comes last and
            may consume it.
        structured: the page's JSON-LD nodes, metas and links, read once.
        origin: lineage, URL, HTTP headers, feed dates.
    """

    html: str
    tree: "HtmlElement"
    structured: StructuredData
    origin: Origin
