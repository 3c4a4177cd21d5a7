"""Pages written for the tests, in the shapes of real sites, and the way to extract them."""

from schemas.settings import Limits
from tasks.extract.evidence import Extraction
from tasks.extract.extract import extract_document
from tasks.extract.page.parsed_page import Page, parse_page
from tasks.read.document import ContentForm, Document, Origin, Refusal

BODY = (
    "The council of Exampleton voted on Tuesday to rebuild the old bridge over the river, ending a"
    " dispute that had lasted for more than a decade.",
    "Work is to begin in the spring and will take two years, the head of the planning office told"
    " reporters after the session, adding that the ferry would keep running meanwhile.",
    "Residents of the eastern bank, who had asked for a tunnel, said they would study the decision"
    " before they decided whether to appeal against it at the regional court.",
    "The bridge was closed after a flood nine years ago, when two of its six pillars were found to"
    " be cracked, and a first plan to repair it failed for want of money.",
)
HEADLINE = "Exampleton votes to rebuild its old bridge"
LEAD = "After eleven years of argument the town has a plan, a budget and a date to begin."


def paragraphs(*texts: str) -> str:
    """Returns texts as HTML paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def article(body: str | None = None, *, head: str = "", above: str = "", below: str = "") -> str:
    """Returns a page with a headline, an article element, and what stands around it."""
    content = paragraphs(*BODY) if body is None else body
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{HEADLINE} | Example Post</title>{head}"
        f"</head><body><header><nav><a href='/'>Home</a><a href='/town'>Town</a></nav></header>"
        f"<main><h1>{HEADLINE}</h1>{above}<article>{content}</article>{below}</main>"
        f"<footer>Imprint and contact</footer></body></html>"
    )


def document_of(source: str | bytes, url: str | None = None) -> Document:
    """Returns a source as the read step hands it on."""
    content = source.encode() if isinstance(source, str) else source
    origin = Origin(raw_path="a.html", raw_digest="0", url=url)
    return Document(origin=origin, form=ContentForm.HTML, content=content, charset="utf-8")


def page_of(source: str) -> Page:
    """Returns a source as a parsed page."""
    page = parse_page(document_of(source), Limits())
    assert isinstance(page, Page)
    return page


def extract(source: str | bytes, url: str | None = None) -> Extraction:
    """Extracts a source; fails on a bare refusal."""
    extraction = extract_document(document_of(source, url), Limits())
    assert not isinstance(extraction, Refusal), extraction
    return extraction


def lines_of(source: str) -> list[str]:
    """Returns the paragraphs of a source's text."""
    return extract(source).text.split("\n")
