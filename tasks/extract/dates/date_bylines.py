"""Visible dates: printed bylines, `<time>` and microdata, by how near the title they stand."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree

from schemas import date_markup as markup
from schemas.date_sources import DateSource
from tasks.extract.dates.date_boxes import BoxKinds, class_words, is_longer
from tasks.extract.dates.date_labels import class_kind, has_label, label_kind, label_spans
from tasks.extract.dates.date_walk import (
    Node,
    find_title_element,
    is_shown,
    texts_after,
    texts_before,
    texts_of,
)
from tasks.extract.evidence import DateClue, DateKind, Stand
from tasks.extract.page.parsed_page import Page
from tasks.printed.dates.date_shapes import find_dates, fold, is_relative_day, may_hold_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_LINE, _MAX_BLOCK, _MAX_STAMP_TEXT = 200, 160, 120
# A text node of this length is a paragraph of the story, not a byline. Below the sixth paragraph
# dates are the story's.
_PARAGRAPH, _PARAGRAPHS_READ = 160, 6
# More words beside the date than this are a sentence.
_MAX_OTHER_WORDS = 7
_SHORT_TEXT, _MAX_OPENING_LINES = 24, 12
_NO_BLOCK = frozenset({"body", "article", "main"})
_MAX_TIMES, _MAX_SCATTERED = 40, 60
# Far from the title only whole dates count: a table of results has thousands of other numbers.
_MAY_BE_FULL = re.compile(r"\d{4}|\d[./-]\s?\d{1,2}[./-]\s?\d\d|[年년]")
_STAMP_ATTRIBUTES = ("datetime", "content", "title", *markup.STAMP_ATTRIBUTES)
_MARKS = frozenset({"itemprop", "datetime", *markup.STAMP_ATTRIBUTES})
_POSITIONS = {
    Stand.AFTER_TITLE: "after the title",
    Stand.BEFORE_TITLE: "before the title",
    Stand.ELSEWHERE: "elsewhere",
    Stand.SCATTERED: "on the page",
}
# As `itertext`, in half its time.
_TEXTS = etree.XPath("descendant-or-self::text()", smart_strings=False)
_MICRODATA = frozenset({"datePublished", "dateModified", "dateCreated"})
_ITEMPROPS = {
    "datepublished": DateKind.PUBLISHED,
    "datemodified": DateKind.MODIFIED,
    "datecreated": DateKind.CREATED,
}


class VisibleDates:
    """The dates that a reader sees on a page; each block of it is read once.

    How near the title a date stands is counted in the stamps and paragraphs between.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._title = find_title_element(page)
        self._boxes = BoxKinds(self._title)
        self._ranks: dict[HtmlElement, int] = {}
        self._marked: set[HtmlElement] = set()
        self._printed: set[HtmlElement] = set()
        self._short: dict[HtmlElement, bool] = {}
        self._rank = 0

    def near_title(self) -> Iterator[DateClue]:
        """Yields the stamps near the title, and those of `<time>` and microdata anywhere.

        Sources: `time` and `microdata` for attributes, `byline` for printed stamps, `text` for
        dates in sentences.
        """
        if self._title is not None:
            yield from self._near(texts_after(self._title), Stand.AFTER_TITLE)
            yield from self._near(texts_before(self._title), Stand.BEFORE_TITLE)
        yield from self._read_marked(self._marked_elements(), Stand.ELSEWHERE)

    def _marked_elements(self) -> "Iterator[HtmlElement]":
        elements = self._page.elements
        yield from islice(elements.tagged["time"], _MAX_TIMES)
        dates = (element for element, mark in elements.marked if mark in _MICRODATA)
        yield from islice(dates, _MAX_TIMES)

    def scattered(self) -> Iterator[DateClue]:
        """Yields the printed stamps of the rest of the page, as source `body`."""
        self._rank = 0
        found = (
            clue
            for whole, holder in texts_of(self._page)
            for text in _lines_of(whole)
            if len(text) < _MAX_STAMP_TEXT and may_hold_date(text)
            for clue in self._read_printed(text, holder, DateSource.BODY, Stand.SCATTERED)
            if clue.source is DateSource.BODY
        )
        yield from islice(found, _MAX_SCATTERED)

    def _near(self, nodes: Iterable[Node], stand: Stand) -> Iterator[DateClue]:
        self._rank = 0
        paragraphs = 0
        for text, holder in nodes:
            if len(text) > _PARAGRAPH:
                paragraphs += 1
                self._rank += 1
                if paragraphs > _PARAGRAPHS_READ:
                    return
                continue
            if holder.tag == "time" or not _MARKS.isdisjoint(holder.keys()):
                yield from self._read_marked((holder,), stand)
            if may_hold_date(text) or is_relative_day(text):
                yield from self._read_printed(text, holder, DateSource.BYLINE, stand)

    def _read_marked(self, elements: "Iterable[HtmlElement]", stand: Stand) -> Iterator[DateClue]:
        """Reads the attributes in which `<time>` and microdata keep their stamps."""
        for element in elements:
            stamp = _stamp_of(element)
            if stamp is None or element in self._marked:
                continue
            self._marked.add(element)
            itemprop = _ITEMPROPS.get((element.get("itemprop") or "").lower())
            rank = self._rank_of(self._block_of(element))
            kind = self._kind(element, itemprop or _label_around(element), rank, stand)
            yield DateClue(
                text=stamp,
                source=DateSource.MICRODATA if itemprop else DateSource.TIME,
                position=f"{element.tag} {_POSITIONS[stand]}",
                kind=kind,
                name=element.tag,
                stand=stand,
                rank=rank,
            )

    def _read_printed(
        self, text: str, holder: "HtmlElement", source: DateSource, stand: Stand
    ) -> Iterator[DateClue]:
        """Reads the dates of the block that a text stands in, so that a line in pieces is whole."""
        block = self._block_of(holder)
        line = self._line_of(block, text)
        if line is None or (source is DateSource.BODY and not _MAY_BE_FULL.search(line)):
            return
        spans = find_dates(line)
        if not spans:
            return
        is_prose = _is_sentence(text) and not has_label(line)
        rank = self._rank if is_prose else self._rank_of(block)
        for span, label in label_spans(line, spans):
            kind = self._kind(holder, label or class_kind(class_words(block)), rank, stand)
            yield DateClue(
                text=span.text,
                source=DateSource.TEXT if is_prose else source,
                position=f"{block.tag} {_POSITIONS[stand]}",
                kind=kind,
                name=block.tag,
                stand=stand,
                rank=rank,
            )

    def _line_of(self, block: "HtmlElement", text: str) -> str | None:
        """Returns the text of a block, once; of a long one only the text node that was met."""
        if not self._is_short(block):
            return " ".join(text[:_MAX_LINE].split())
        if block in self._printed:
            return None
        self._printed.add(block)
        return " ".join(" ".join(cast("list[str]", _TEXTS(block))).split())

    def _kind(
        self, element: "HtmlElement", told: DateKind | None, rank: int, stand: Stand
    ) -> DateKind:
        """Returns what the box says, else the label; a stamp under the title is the article's."""
        box = self._boxes.kind_of(element)
        is_nearest = rank == 0 and stand is Stand.AFTER_TITLE
        if box is not DateKind.UNKNOWN and not (is_nearest and box is DateKind.RELATED):
            return box
        return told or DateKind.UNKNOWN

    def _rank_of(self, block: "HtmlElement") -> int:
        if block not in self._ranks:
            self._ranks[block] = self._rank
            self._rank += 1
        return self._ranks[block]

    def _block_of(self, holder: "HtmlElement") -> "HtmlElement":
        """Returns the largest element around that is no longer than a byline, without the title."""
        block = holder
        current = holder.getparent()
        while current is not None and self._is_short(current):
            block = current
            current = current.getparent()
        return block

    def _is_short(self, element: "HtmlElement") -> bool:
        if element not in self._short:
            self._short[element] = (
                element.tag not in _NO_BLOCK
                and not self._boxes.holds_title(element)
                and not is_longer(element, _MAX_BLOCK)
            )
        return self._short[element]


def _lines_of(text: str) -> list[str]:
    """Returns the first lines of a text that was saved without markup, else the text itself."""
    if len(text) < _MAX_STAMP_TEXT or "\n" not in text:
        return [text]
    return text.split("\n", _MAX_OPENING_LINES)[:_MAX_OPENING_LINES]


def _stamp_of(element: "HtmlElement") -> str | None:
    if element.tag == "meta":
        return None
    stamp = next((value for name in _STAMP_ATTRIBUTES if (value := element.get(name))), "").strip()
    return stamp if stamp and len(stamp) <= _MAX_BLOCK and may_hold_date(stamp) else None


def _label_around(element: "HtmlElement") -> DateKind | None:
    """Reads the label before an element and the class names on it and around it."""
    names = class_words(element)
    if element.get("pubdate") is not None:
        return DateKind.PUBLISHED
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        lead = before.tail or (before.text_content() if is_shown(before) else "")
    else:
        lead = parent.text or "" if parent is not None else ""
        names = f"{names} {class_words(parent)}" if parent is not None else names
    return label_kind(fold(lead[-_SHORT_TEXT * 2 :])) or class_kind(names)


def _is_sentence(text: str) -> bool:
    """Says whether a text has many words beside its dates."""
    words = len(text.split())
    if words <= _MAX_OTHER_WORDS:
        return False
    dated = sum(len(span.text.split()) for span in find_dates(text[:_MAX_LINE]))
    return words - dated > _MAX_OTHER_WORDS
