"""Running text that a page shows and the extracted text lacks: a guard against silent loss.

It is measured before any step of extraction goes by names or shapes, so that a loss in any of them
is seen. What pages print around articles is left out: links, headings, captions, menus, footers,
comments, notices, related stories.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from tasks.extract.text.furniture import is_hidden
from tasks.extract.text.text_phrases import AROUND_ARTICLES

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    # The named boxes around an element, None where it holds no running text.
    _Boxes = dict[HtmlElement, tuple[HtmlElement, ...] | None]

# Only so much comes from libxml2 to Python: shorter pieces are labels and buttons. To measure the
# node that is looked at costs less than to ask for it, as `string-length(.)` does.
_MIN_CHARS = 40
_PIECES = etree.XPath(f"/html/body/descendant::text()[string-length() >= {_MIN_CHARS}]")
# Characters by which a piece is found again in the text; few pieces have more spaces among them.
_START, _LOOK, _LOOK_FURTHER = 60, 90, 300
_MIN_UNREAD = 200
# What the text extractor leaves out of a word: soft hyphens, joiners, marks of direction.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# fmt: off
_NO_PROSE = frozenset({
    "a", "address", "button", "caption", "dialog", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "label", "noscript", "option", "select", "template",
    "textarea", "time",
})
# fmt: on
_PAGE_TAGS = frozenset({"html", "body"})
_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’»)\]」』]*(?:\s|$)")
_NAME_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+")


@dataclass(frozen=True, slots=True)
class ShownText:
    """A piece of running text as the page shows it.

    Attributes:
        start: its beginning, without spaces and signs that are not seen.
        text: all of it.
        boxes: the elements around it whose names say that they hold no article.
    """

    start: str
    text: str
    boxes: "tuple[HtmlElement, ...]"


def collect_shown_text(tree: "HtmlElement") -> list[ShownText]:
    """Returns the pieces of running text that a page shows, in its order.

    Args:
        tree: the page without scripts, menus and other elements that never hold text; it is left as
            it is.
    """
    known: _Boxes = {}
    shown = []
    for piece in cast("list[etree._ElementUnicodeResult]", _PIECES(tree)):
        # Nearly every sentence ends so, and looking for it takes a tenth of the expression.
        if ". " not in piece and _SENTENCE.search(piece) is None:
            continue
        holder = cast("HtmlElement", piece.getparent())
        boxes = _boxes_around(holder.getparent() if piece.is_tail else holder, known)
        if boxes is not None:
            start = _without_spaces(piece[:_LOOK])
            if len(start) < _START:
                start = _without_spaces(piece[:_LOOK_FURTHER])
            if start:
                shown.append(ShownText(start[:_START], piece, boxes))
    return shown


def count_unread(shown: list[ShownText], text: str) -> int:
    """Returns how many characters of a page's running text an extracted text lacks.

    A box that the text was taken from holds the article, whatever its name says. A few lines are a
    notice or a form more often than a part of an article, and count as nothing.
    """
    printed = _without_spaces(text)
    unread: list[ShownText] = []
    read_boxes: set[HtmlElement] = set()
    for piece in shown:
        if piece.start in printed:
            read_boxes.update(piece.boxes)
        else:
            unread.append(piece)
    lost = (piece.text for piece in unread if read_boxes.issuperset(piece.boxes))
    chars = sum(len(" ".join(text.split())) for text in lost)
    return chars if chars >= _MIN_UNREAD else 0


def _without_spaces(text: str) -> str:
    joined = "".join(text.split())
    if not joined.isascii():
        for (
            sign
        ) in _UNSEEN:  # each costs a hundredth of a regular expression, and few texts have any
            joined = joined.replace(sign, "")
    return joined


def _boxes_around(
    element: "HtmlElement | None", known: "_Boxes"
) -> "tuple[HtmlElement, ...] | None":
    """Returns the named boxes around a text, None where it is no running text of the page's."""
    chain = []
    while element is not None and element not in known and element.tag not in _PAGE_TAGS:
        chain.append(element)
        element = element.getparent()
    boxes = () if element is None else known.get(element, ())
    for around in reversed(chain):
        if boxes is not None:
            boxes = _with(around, boxes)
        known[around] = boxes
    return boxes


def _with(
    around: "HtmlElement", boxes: "tuple[HtmlElement, ...]"
) -> "tuple[HtmlElement, ...] | None":
    if around.tag in _NO_PROSE or is_hidden(around):
        return None
    name, identifier = around.get("class"), around.get("id")
    if (name and _is_around_articles(name)) or (identifier and _is_around_articles(identifier)):
        return (around, *boxes)
    return boxes


@lru_cache(maxsize=8_192)
def _is_around_articles(name: str) -> bool:
    return any(word.lower() in AROUND_ARTICLES for word in _NAME_WORD.findall(name))
