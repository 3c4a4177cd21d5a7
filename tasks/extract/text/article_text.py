"""The text of an article: what trafilatura is handed, how it is called, what is kept of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from tasks.extract.page.parsed_page import Page, parse_html
from tasks.extract.text import pruning
from tasks.extract.text.bodies import isolate_body
from tasks.extract.text.embedded_bodies import find_embedded_body
from tasks.extract.text.furniture import drop_comments, drop_dead_tags, drop_furniture
from tasks.extract.text.leads import find_lead
from tasks.extract.text.running_text import mark_running_text
from tasks.extract.text.text_lines import tidy_lines
from tasks.extract.text.unread_text import collect_shown_text, count_unread

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Less text than this is worth a second, slower look at the untouched page.
_SHORT_CHARS = 300
_RESCUE_RATIO = 1.5
# Short news below its headline stays short, where so much of its paragraphs was extracted.
_WHOLE_SHARE = 0.8

# Building an extractor reads a file of options, so it is built once, not per page.
# No metadata (ours comes from the structured data), no comments (they are not the article).
_FAST = Extractor(output_format="python", fast=True, comments=False)
_THOROUGH = Extractor(output_format="python", fast=False, comments=False)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article's text.

    Attributes:
        text: paragraphs separated by one newline.
        unread_chars: characters of running text that the page shows and the text lacks.
    """

    text: str
    unread_chars: int


def extract_text(page: Page, titles: frozenset[str]) -> ArticleText:
    """Extracts the article's text. Consumes the page's tree.

    Args:
        page: the page; everything else must have been read from its tree before.
        titles: the squashed candidates for the headline, which is not part of the text.
    """
    tree = page.tree
    drop_dead_tags(tree)
    shown = collect_shown_text(tree)
    drop_furniture(tree)
    mark_running_text(tree)
    text = "\n".join(_extract_lines(page, titles))
    return ArticleText(text, count_unread(shown, text))


def _extract_lines(page: Page, titles: frozenset[str]) -> list[str]:
    tree = page.tree
    body = isolate_body(tree, titles)
    lines = _extract_from(body.tree, titles) if body is not None else []
    is_whole = body is not None and body.is_headed and _chars(lines) >= _WHOLE_SHARE * body.chars
    if _chars(lines) < _SHORT_CHARS and not is_whole:
        lines = _extract_from(tree, titles)
    if _chars(lines) < _SHORT_CHARS:
        lines = _rescued(page, titles, lines, only_data=is_whole)
    return [*find_lead(page, titles, lines), *lines]


def _extract_from(tree: "HtmlElement", titles: frozenset[str]) -> list[str]:
    pruning.unname_bulk(tree)
    pruning.prune(tree)
    return tidy_lines(_run_trafilatura(tree, _FAST), titles)


def _rescued(page: Page, titles: frozenset[str], lines: list[str], *, only_data: bool) -> list[str]:
    """Looks again at the page as it came: little cost, for few pages need it.

    In the data that scripts would have filled the page with, then by trafilatura's whole chain,
    unless `only_data` says that what the page shows was found.
    """
    untouched = parse_html(page.html)
    drop_comments(untouched)
    found: list[list[str]] = []
    embedded = find_embedded_body(untouched, page.structured)
    if embedded is not None:
        found.append(_extract_from(embedded, titles))
    if not only_data:
        found.append(tidy_lines(_run_trafilatura(untouched, _THOROUGH), titles))
    best = lines
    for other in found:
        if _chars(other) > _RESCUE_RATIO * _chars(best):
            best = other
    return best


def _chars(lines: list[str]) -> int:
    return sum(map(len, lines))


def _run_trafilatura(tree: "HtmlElement", options: Extractor) -> list[str]:
    document = bare_extraction(tree, options=options)
    # A dictionary comes only where it is asked for.
    text = document.text if isinstance(document, Document) else None
    return [line for line in (text or "").split("\n") if line.strip()]
