"""Listings of source code: their line numbers are the page's, not the code's."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_DIGITS = 5
_NUMBERS = ("span", "a", "i", "b", "td")
_CELLS = ("td", "th")
_LAYOUT = ("table", "thead", "tbody", "tr", "td", "th", "code")


def drop_line_numbers(tree: "HtmlElement") -> None:
    """Drops the line numbers of listings, which would become a part of each line.

    Numbers stand in elements of their own within the listing, or in a table's cell beside it. Such
    a table is layout.
    """
    for listing in list(tree.iter("pre")):
        if listing.getparent() is None:
            continue
        cell = next(listing.iterancestors(*_CELLS), None)
        if _is_counted(" ".join(map(str, listing.itertext())).split(), minimum=1):
            row = cell.getparent() if cell is not None else None
            if cell is not None and row is not None and sum(1 for _ in row.iter("pre")) > 1:
                cell.drop_tree()
                _unlay(row)
            continue
        for numbers in _numbers_in(listing):
            for number in numbers:
                number.drop_tree()


def _numbers_in(listing: "HtmlElement") -> Iterator[list["HtmlElement"]]:
    """Yields the elements alike that number most of the lines; other numbers are the code's."""
    lines = listing.text_content().strip().count("\n") + 1
    alike: dict[tuple[str, str, str], list[HtmlElement]] = defaultdict(list)
    for part in listing.iter(*_NUMBERS):
        if len(part) == 0 and _is_number(part.text):
            key = (str(part.tag), part.get("class", ""), part.get("style", ""))
            alike[key].append(part)
    for numbers in alike.values():
        if 2 * len(numbers) < lines:
            continue
        if _is_counted([(number.text or "").strip() for number in numbers], minimum=2):
            yield numbers


def _is_number(text: str | None) -> bool:
    bare = (text or "").strip()
    return bare.isdecimal() and len(bare) <= _MAX_DIGITS


def _is_counted(words: Sequence[str], minimum: int) -> bool:
    """Tells whether words are nothing but numbers that follow each other."""
    if len(words) < minimum or not all(map(_is_number, words)):
        return False
    return all(int(later) == int(number) + 1 for number, later in pairwise(words))


def _unlay(row: "HtmlElement") -> None:
    """Makes blocks of the table around a listing."""
    for around in (*row.iter(*_CELLS), row, *row.iterancestors()):
        if around.tag not in _LAYOUT:
            return
        around.tag = "div"
        if around.tag == "table":
            return
