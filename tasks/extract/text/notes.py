"""Notes to an article's text that a template puts below its body."""

from collections.abc import Iterator
from copy import copy
from itertools import islice
from typing import TYPE_CHECKING

from tasks.extract.text.text_phrases import NOTES_CLASS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Children of a box among which notes are looked for.
_MAX_INNER = 3


def copy_notes_below(body: "HtmlElement") -> "list[HtmlElement]":
    """Returns copies of the boxes below a body, or in a box there, that hold notes to its text."""
    notes = [copy(box) for box in _boxes_below(body) if _is_of_notes(box.get("class"))]
    for note in notes:
        note.tail = None
        note.attrib.pop("class")
    return notes


def _boxes_below(body: "HtmlElement") -> "Iterator[HtmlElement]":
    for around in (body, *body.iterancestors()):
        for sibling in around.itersiblings():
            yield sibling
            yield from islice(sibling.iterchildren(), _MAX_INNER)


def _is_of_notes(name: str | None) -> bool:
    # Part of the words, which is looked for in a tenth of the time.
    return name is not None and "otes" in name and NOTES_CLASS.search(name) is not None
