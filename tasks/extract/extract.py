"""The extract step: everything that later steps need of one document."""

from dataclasses import replace

from schemas.settings import Limits
from tasks.extract.bylines.authors import collect_authors
from tasks.extract.bylines.credits import collect_credits
from tasks.extract.dates.date_clues import collect_date_clues
from tasks.extract.dumps.text_dump import extract_text_dump
from tasks.extract.evidence import Extraction
from tasks.extract.outlets.outlet_clues import collect_outlet_clues
from tasks.extract.page.page_addresses import collect_addresses
from tasks.extract.page.page_description import resolve_description
from tasks.extract.page.page_kinds import find_refusal
from tasks.extract.page.page_language import resolve_language
from tasks.extract.page.page_section import resolve_section
from tasks.extract.page.page_tags import collect_tags
from tasks.extract.page.parsed_page import Page, parse_page
from tasks.extract.stated import with_stated
from tasks.extract.text.article_text import extract_text
from tasks.extract.text.titles import choose_title, collect_front_links, collect_titles
from tasks.printed.squashing import squash
from tasks.printed.ticker_lines import collect_quotes
from tasks.read.bytes.charsets import decode_text
from tasks.read.document import ContentForm, Document, Refusal


def extract_document(document: Document, limits: Limits) -> Extraction | Refusal:
    """Extracts all that a document says.

    Returns:
        An extraction, with `refusal` set where the document holds no article; a bare refusal only
        where nothing could be extracted at all: an empty document, nesting beyond the limit.
    """
    if document.form is ContentForm.TEXT:
        found = extract_text_dump(decode_text(document.content), document.origin)
    else:
        page = parse_page(document, limits)
        if isinstance(page, Refusal):
            return page
        found = extract_page(page)
    return with_stated(found, document.origin)


def extract_page(page: Page) -> Extraction:
    """Extracts a parsed page. Consumes its tree: the text comes last."""
    dates = collect_date_clues(page)
    outlets = collect_outlet_clues(page)
    credits = collect_credits(page)
    quotes = collect_quotes(page.html)
    content = extract_content(page)
    return replace(content, dates=dates, outlets=outlets, credits=credits, quotes=quotes)


def extract_content(page: Page) -> Extraction:
    """Extracts what readers read: title, authors, text, and what follows from them.

    The clues for dates, outlets, wires and quotes are left to `extract_page`. Consumes the tree.
    """
    titles = collect_titles(page)
    title = choose_title(titles, page.structured, collect_front_links(page))
    keys = frozenset(squash(clue.text) for clue in (*titles, *filter(None, [title])))
    authors = collect_authors(page, keys)
    found = extract_text(page, keys)
    headline = title.text if title else None
    refusal, detail = find_refusal(page, headline, found.text)
    section = resolve_section(page.structured, headline, page.origin.url)
    description = resolve_description(page.structured, headline, keys, found.text)
    return Extraction(
        form=ContentForm.HTML,
        text=found.text,
        unread_chars=found.unread_chars,
        title=headline,
        title_source=title.source.value if title else None,
        section=section.value,
        section_source=section.source,
        description=description.value,
        description_source=description.source,
        authors=authors,
        language=resolve_language(page, found.text),
        tags=collect_tags(page.structured),
        urls=collect_addresses(page),
        titles=titles,
        refusal=refusal,
        refusal_detail=detail,
    )
