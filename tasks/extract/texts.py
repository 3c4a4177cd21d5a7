"""The text of an article, by trafilatura."""

from typing import TYPE_CHECKING

from trafilatura import bare_extraction

from tasks.extract import pruning
from tasks.extract.chunks import join_pieces
from tasks.extract.leads import find_lead
from tasks.extract.lines import tidy_lines
from tasks.extract.page import Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def extract_text(page: Page, titles: frozenset[str]) -> str:
    """Returns the article's text, paragraphs separated by one newline. Consumes the page's tree."""
    tree = page.tree
    pruning.drop_dead_elements(tree)
    pruning.drop_related_links(tree)
    pruning.drop_captions(tree)
    pruning.drop_promotions(tree)
    pruning.unhide_bulk(tree)
    join_pieces(tree)
    lines = tidy_lines(_run_trafilatura(tree), titles)
    lead = find_lead(page, titles, lines)
    return "\n".join([*lead, *lines])


def _run_trafilatura(tree: "HtmlElement") -> list[str]:
    document = bare_extraction(
        tree, fast=True, with_metadata=False, include_comments=False, include_tables=True
    )
    if document is None or not document.text:
        return []
    return [line for line in document.text.split("\n") if line.strip()]
