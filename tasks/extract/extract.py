"""The extract step: everything that later steps need of one document."""

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.extract.addresses import collect_addresses
from tasks.extract.authors import collect_authors
from tasks.extract.evidence import Extraction
from tasks.extract.languages import resolve_language
from tasks.extract.page import Page, decode_html, parse_page
from tasks.extract.squashing import squash
from tasks.extract.tags import collect_tags
from tasks.extract.texts import extract_text
from tasks.extract.titles import choose_title, collect_titles
from tasks.read.document import Document, Form, Refusal


def extract_document(document: Document, limits: Limits) -> Extraction | Refusal:
    """Extracts all that a document says.

    Returns:
        An extraction, with `refusal` set where the page holds no article; a bare refusal only where
        nothing could be extracted at all.
    """
    page = parse_page(document, limits)
    if isinstance(page, Refusal):
        return page
    return extract_page(page)


def extract_page(page: Page) -> Extraction:
    """Extracts a parsed page; the text comes last, because it consumes the tree."""
    titles = collect_titles(page)
    title = choose_title(titles, page.structured)
    authors = collect_authors(page)
    tags = collect_tags(page.structured)
    urls = collect_addresses(page)
    text = extract_text(page, frozenset(squash(clue.text) for clue in titles))
    language = resolve_language(page, text)
    return Extraction(
        form=Form.HTML,
        text=text,
        title=title.text if title else None,
        title_source=title.source if title else None,
        authors=authors,
        language=language,
        tags=tags,
        urls=urls,
        titles=titles,
        refusal=None if text else Reason.TEXT_MISSING,
    )
