"""The text of an article: what trafilatura is handed, how it is called, what is kept of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor

from tasks.extract.page.parsed_page import Page, parse_html
from tasks.extract.text import pruning
from tasks.extract.text.bodies import Body, find_body, isolate_body
from tasks.extract.text.body_text import read_body, share_rules
from tasks.extract.text.embedded_bodies import find_embedded_body
from tasks.extract.text.formulas import flatten_pictures
from tasks.extract.text.furniture import drop_comments, drop_dead_tags, drop_furniture
from tasks.extract.text.leads import find_lead
from tasks.extract.text.markup import plain_markup, rename_odd_elements
from tasks.extract.text.running_text import mark_running_text
from tasks.extract.text.stop_words import share_stop_words
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
# trafilatura deletes what Python calls unprintable. That is spelling in Persian and the scripts of
# India, and what holds emojis together. It leaves letters alone: these are Meroitic hieroglyphs.
_ZERO_WIDTH_NON_JOINER, _ZERO_WIDTH_JOINER = "\u200c", "\u200d"
_HIDDEN = str.maketrans({_ZERO_WIDTH_NON_JOINER: "\U00010980", _ZERO_WIDTH_JOINER: "\U00010981"})
_SHOWN = {ord(letter): chr(joiner) for joiner, letter in _HIDDEN.items()}

share_rules()
share_stop_words()


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
    drop_dead_tags(tree, page.elements)
    shown = collect_shown_text(tree)
    drop_furniture(tree, page.elements)
    mark_running_text(tree)
    text = "\n".join(_extract_lines(page, titles))
    return ArticleText(text, count_unread(shown, text))


def _extract_lines(page: Page, titles: frozenset[str]) -> list[str]:
    tree = page.tree
    body = find_body(tree, titles)
    lines = _extract_body(body, titles) if body is not None else []
    is_whole = body is not None and body.is_headed and _chars(lines) >= _WHOLE_SHARE * body.chars
    if _chars(lines) < _SHORT_CHARS and not is_whole:
        lines = _extract_from(tree, titles)
    if _chars(lines) < _SHORT_CHARS:
        lines = _rescued(page, titles, lines, only_data=is_whole)
    return [*find_lead(page, titles, lines), *lines]


def _extract_body(body: Body, titles: frozenset[str]) -> list[str]:
    tree = isolate_body(body)
    # Each of the walks to come would make the elements anew, were they not held until the last.
    held = list(tree.iter())
    _prepare(tree)
    has_joiners = _hide_joiners(tree)
    text = read_body(tree, _FAST)
    del held
    if text is None:
        return _extract_from(isolate_body(body), titles)
    return tidy_lines(_lines_of(text, has_joiners=has_joiners), titles)


def _extract_from(tree: "HtmlElement", titles: frozenset[str]) -> list[str]:
    _prepare(tree)
    return tidy_lines(_run_trafilatura(tree, _FAST), titles)


def _prepare(tree: "HtmlElement") -> None:
    rename_odd_elements(tree)
    flatten_pictures(tree)
    plain_markup(tree)
    pruning.unname_bulk(tree)
    pruning.prune(tree)


def _rescued(page: Page, titles: frozenset[str], lines: list[str], *, only_data: bool) -> list[str]:
    """Looks again at the page as it came: little cost, for few pages need it.

    In the data that scripts would have filled the page with, then by trafilatura's rules for whole
    pages, unless `only_data` says that what the page shows was found. Its whole chain counts the
    stop words of all languages, and is asked last.
    """
    untouched = parse_html(page.html)
    rename_odd_elements(untouched)
    drop_comments(untouched)
    best = lines
    embedded = find_embedded_body(untouched, page.structured)
    if embedded is not None:
        best = _better(best, _extract_from(embedded, titles))
    if only_data:
        return best
    plain = tidy_lines(_run_trafilatura(untouched, _FAST), titles)
    # In haste it pours all that a page says into one line where it finds no body.
    best = _better(best, plain) if len(plain) > 1 else best
    if _chars(best) >= _SHORT_CHARS:
        return best
    return _better(best, tidy_lines(_run_trafilatura(untouched, _THOROUGH), titles))


def _better(lines: list[str], found: list[str]) -> list[str]:
    return found if _chars(found) > _RESCUE_RATIO * _chars(lines) else lines


def _chars(lines: list[str]) -> int:
    return sum(map(len, lines))


def _run_trafilatura(tree: "HtmlElement", options: Extractor) -> list[str]:
    has_joiners = _hide_joiners(tree)
    document = bare_extraction(tree, options=options)
    if has_joiners:
        _translate_texts(tree, _SHOWN)  # the lead is read from it
    # A dictionary comes only where it is asked for.
    text = document.text if isinstance(document, Document) else None
    return _lines_of(text or "", has_joiners=has_joiners)


def _lines_of(text: str, *, has_joiners: bool) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    return [line.translate(_SHOWN) for line in lines] if has_joiners else lines


def _hide_joiners(tree: "HtmlElement") -> bool:
    """Puts letters that no page has for the joiners of a tree's texts, and tells if it has any."""
    text = tree.text_content()
    if _ZERO_WIDTH_JOINER not in text and _ZERO_WIDTH_NON_JOINER not in text:
        return False
    _translate_texts(tree, _HIDDEN)
    return True


def _translate_texts(tree: "HtmlElement", table: dict[int, str]) -> None:
    for element in tree.iter():
        if element.text:
            element.text = element.text.translate(table)
        if element.tail:
            element.tail = element.tail.translate(table)
