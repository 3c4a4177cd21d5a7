"""The text of an article, by trafilatura."""

from typing import TYPE_CHECKING

from trafilatura import bare_extraction

from tasks.extract import pruning
from tasks.extract.chunks import join_pieces
from tasks.extract.leads import find_lead, squash
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
    join_pieces(tree)
    lines = _without_titles(_run_trafilatura(tree), titles)
    lead = find_lead(page, titles, lines)
    if lead is not None:
        lines.insert(0, lead)
    return "\n".join(lines)


def _run_trafilatura(tree: "HtmlElement") -> list[str]:
    document = bare_extraction(
        tree, fast=True, with_metadata=False, include_comments=False, include_tables=True
    )
    if document is None or not document.text:
        return []
    return [line for line in document.text.split("\n") if line.strip()]


def _without_titles(lines: list[str], titles: frozenset[str]) -> list[str]:
    for index, line in enumerate(lines[:4]):
        if squash(line) in titles:
            return lines[index + 1 :]
    return lines
