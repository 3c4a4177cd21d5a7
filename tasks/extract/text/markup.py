"""Markup made plain: what a text extractor would misread becomes what it reads rightly.

Elements with names that no XML has become spans, tables that lay out a page become boxes, quotation
marks are written, marks beside headings go, and spaces stand around the blocks of list items and
quotations, so that no two words run together.
"""

import re
from itertools import islice
from typing import TYPE_CHECKING

from tasks.printed.squashing import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CELLS = ("td", "th")
_ROWS = ("thead", "tbody", "tfoot", "tr")
_BLOCKS = ("p", "ul", "ol", "table", "blockquote", "pre", *_HEADINGS)
# The names that an element can be made with, of those that HTML and its authors give.
_NAME = re.compile(r"[a-zA-Z_][\w.-]*", re.ASCII)
_MIN_FRAME_CHARS = 200
_MIN_PROSE_CHARS = 500
_MIN_PARAGRAPHS = 2
_MIN_SHARE = 0.5


def rename_odd_elements(tree: "HtmlElement") -> None:
    """Makes spans of what is called like no element of XML, where trafilatura gives up a page.

    Word leaves tags in pages ("o:p", "st1:place"), and unclosed tags run into others ("b<br").
    """
    odd = {tag for element in tree.iter() if not _NAME.fullmatch(tag := str(element.tag))}
    if not odd:
        return
    for element in tree.iter():
        if element.tag in odd:
            element.tag = "span"


def unlay_tables(tree: "HtmlElement") -> None:
    """Makes boxes of the tables that are the frame of a page or text.

    One cell holds most of their text, in several blocks or as long as prose, or they have a single
    column. Data are spread.
    """
    for table in list(tree.iter("table")):
        rows = [part for part in table.iter(*_ROWS) if next(part.iterancestors("table")) is table]
        cells = [[cell for cell in row if cell.tag in _CELLS] for row in rows if row.tag == "tr"]
        most = _MIN_SHARE * len(table.text_content())
        if not (_is_column(cells) or any(_is_frame(cell, most) for row in cells for cell in row)):
            continue
        for part in (table, *rows):
            part.tag = "div"
        for row in cells:
            for cell in row:
                cell.tag = (
                    "p" if next(cell.iterdescendants("div", *_BLOCKS), None) is None else "div"
                )
                if cell.tag == "p":  # names of cells say how they look
                    cell.attrib.clear()


def _is_column(cells: "list[list[HtmlElement]]") -> bool:
    return all(len(row) == 1 for row in cells)


def _is_frame(cell: "HtmlElement", most: float) -> bool:
    chars = len(cell.text_content())
    if chars < max(most, _MIN_FRAME_CHARS):
        return False
    blocks = islice(cell.iter(*_BLOCKS), _MIN_PARAGRAPHS)
    return chars >= _MIN_PROSE_CHARS or sum(1 for _ in blocks) == _MIN_PARAGRAPHS


def plain_markup(tree: "HtmlElement") -> None:
    """Writes quotation marks, drops marks beside headings, keeps boxes in items apart."""
    for quotation in list(tree.iter("q")):
        quotation.tag = "span"
        quotation.text = f"“{quotation.text or ''}"
        if len(quotation):
            quotation[-1].tail = f"{quotation[-1].tail or ''}”"
        else:
            quotation.text += "”"
    for heading in tree.iter(*_HEADINGS):
        for link in list(heading.iter("a")):
            if len(link) == 0 and link.text and not squash(link.text):
                link.drop_tree()
    for outer in tree.iter("li", "blockquote"):
        for box in outer.iter("div"):
            _space_before(box)
            box.tail = f" {box.tail or ''}"
            if outer.tag == "blockquote" and len(box) == 0:
                box.tag = "p"


def _space_before(box: "HtmlElement") -> None:
    before, parent = box.getprevious(), box.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''} "
    elif parent is not None and parent.text:
        parent.text += " "
