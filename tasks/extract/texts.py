"""The text of an article, by trafilatura: what it is handed, how it is called, what is kept of it."""

from typing import TYPE_CHECKING

from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from tasks.extract import pruning
from tasks.extract.bodies import isolate_body
from tasks.extract.leads import find_lead
from tasks.extract.lines import tidy_lines
from tasks.extract.page import Page, parse_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Less text than this is worth a second, slower look at the untouched page.
_SHORT_CHARS = 300
_RESCUE_RATIO = 1.5

# Building an extractor reads a configuration file's worth of options: once, not once a page.
# No metadata (ours comes from the structured data), no comments (they are not the article).
_FAST = Extractor(output_format="python", fast=True, comments=False)
_THOROUGH = Extractor(output_format="python", fast=False, comments=False)


def extract_text(page: Page, titles: frozenset[str]) -> str:
    """Returns the article's text, paragraphs separated by one newline. Consumes the page's tree.

    Args:
        page: the page; everything else must have been read from its tree before.
        titles: the squashed candidates for the headline, which is not part of the text.
    """
    tree = page.tree
    pruning.drop_dead_elements(tree)
    body = isolate_body(tree)
    lines = _extract_from(body, titles) if body is not None else []
    if sum(map(len, lines)) < _SHORT_CHARS:
        lines = _extract_from(tree, titles)
    if sum(map(len, lines)) < _SHORT_CHARS:
        lines = _rescued(page, titles, lines)
    return "\n".join([*find_lead(page, titles, lines), *lines])


def _extract_from(tree: "HtmlElement", titles: frozenset[str]) -> list[str]:
    pruning.unname_bulk(tree)
    pruning.prune(tree)
    return tidy_lines(_run_trafilatura(tree, _FAST), titles)


def _rescued(page: Page, titles: frozenset[str], lines: list[str]) -> list[str]:
    """Runs trafilatura's whole chain on the page as it came: little cost, for few pages need it."""
    rescued = tidy_lines(_run_trafilatura(parse_html(page.html), _THOROUGH), titles)
    found = sum(map(len, lines))
    return rescued if sum(map(len, rescued)) > _RESCUE_RATIO * found else lines


def _run_trafilatura(tree: "HtmlElement", options: Extractor) -> list[str]:
    document = bare_extraction(tree, options=options)
    if document is None or not document.text:
        return []
    return [line for line in document.text.split("\n") if line.strip()]
