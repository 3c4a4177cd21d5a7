"""Into which parts the rows of a partition are divided: a pure function of the rows.

A partition of more rows than a limit is several files, its parts. Each holds a range of outlet_ids;
the articles of one outlet that is larger than a part are divided by ranges of their ids. A row's
key is a number of 128 bits: how its outlet_id begins, then how its article_id begins (in
quarantine, a digest of where the document lies). A range is halved where it holds too many rows,
always in the middle of its numbers, never in that of its rows. So a row that comes, goes or changes
touches the part in whose range it lies, or the two that this part is halved into; no other part
depends on it. Cuts by counting rows would move all later ones.

A part is named by the first key of its range in hexadecimal digits, without the zeros at the end:
`68` begins with the outlets that begin with "h". Names sort as ranges do. A partition that is not
divided is the part `0`, as is the one that begins with the rows without an outlet.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tasks.storage.part_names import WHOLE

Keys = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.intp]

_BITS = 64
_DIGITS = _BITS // 4


def divide(heads: Keys, tails: Keys, limit: int) -> Iterator[tuple[str, Positions]]:
    """Yields the parts of a partition by name, with the positions of their rows, ascending.

    Args:
        heads: of each row, how its outlet_id begins (`tasks.publish.joined_outlets.outlet_head`).
        tails: of each row, the first 64 bits of its own id.
        limit: the most rows of a part. Rows with one key are never divided.
    """
    if len(heads) <= limit:
        yield WHOLE, np.arange(len(heads))
        return
    order = np.lexsort((tails, heads))
    columns = (heads[order], tails[order])
    for name, rows in _halve(columns, slice(0, len(order)), limit):
        yield name, np.sort(order[rows])


def _halve(
    columns: tuple[Keys, Keys], rows: slice, limit: int, start: tuple[int, int] = (0, 0)
) -> Iterator[tuple[str, slice]]:
    """Yields the parts of rows that are in the order of their keys.

    Args:
        columns: the two halves of keys, sorted.
        rows: the rows that are divided.
        limit: the most rows of a part.
        start: the first key of the range that they are in.
    """
    # The first bit in which their keys differ: where only one half of a range has rows, it is
    # halved again at once.
    level = 0 if columns[0][rows.start] != columns[0][rows.stop - 1] else 1
    first, last = int(columns[level][rows.start]), int(columns[level][rows.stop - 1])
    if rows.stop - rows.start <= limit or first == last:
        yield _name(start), rows
        return
    bit = (first ^ last).bit_length() - 1
    head = int(columns[0][rows.start])
    halves = [value >> bit << bit for value in (first, last)]
    found = np.searchsorted(columns[level][rows], np.uint64(halves[1]))
    middle = rows.start + int(found)
    for half, part in zip(
        halves, (slice(rows.start, middle), slice(middle, rows.stop)), strict=True
    ):
        yield from _halve(columns, part, limit, (head, half) if level else (half, 0))


def _name(start: tuple[int, int]) -> str:
    digits = "".join(f"{half:0{_DIGITS}x}" for half in start)
    return digits.rstrip("0") or WHOLE
