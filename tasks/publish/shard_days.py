"""What a shard says of the days of its articles, and of what is quarantined."""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tasks.publish.joined_outlets import MADE_OF_NAME

DAY = np.dtype(
    [
        ("day", "<i4"),
        # Where its rows are in their section.
        ("first", "<i8"),
        ("rows", "<i8"),
        # When the first and the last of them were published; zero where they are no articles.
        ("earliest", "<i8"),
        ("latest", "<i8"),
        # How many of them have an outlet whose id was made of a name.
        ("named", "<i8"),
        ("digest", "V32"),
    ]
)
# The two sections that have days, and the field of a row that says its day.
ARTICLES, OTHERS = "articles", "others"
DAY_OF = {ARTICLES: "published_date", OTHERS: "landing_date"}

Days = npt.NDArray[np.void]
Rows = npt.NDArray[np.void]
Dates = npt.NDArray[np.int32]
NO_DATES: Dates = np.zeros(0, "<i4")


def describe_days(rows: Rows, section: str, emptied: Dates = NO_DATES) -> Days:
    """Describes the days of rows that are sorted by them, as rows of `DAY`.

    Args:
        rows: of the section.
        section: `ARTICLES` or `OTHERS`.
        emptied: days without rows, which come last.
    """
    values = np.ascontiguousarray(rows[DAY_OF[section]])
    instants = rows["published_at"] if section == ARTICLES else np.zeros(len(rows), "<i8")
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]][: len(values)])
    days = np.zeros(len(starts) + len(emptied), DAY)
    days["day"] = np.concatenate([values[starts], emptied])
    own = days[: len(starts)]
    if len(starts):
        ends = np.r_[starts[1:], len(rows)]
        own["first"], own["rows"] = starts, ends - starts
        own["earliest"] = np.minimum.reduceat(instants, starts)
        own["latest"] = np.maximum.reduceat(instants, starts)
        named = (rows["outlet"] == MADE_OF_NAME).astype(np.int64)
        own["named"] = np.add.reduceat(named, starts)
        content = np.ascontiguousarray(rows).view(np.uint8).data
        size = rows.dtype.itemsize
        digests = [
            hashlib.sha256(content[start * size : end * size]).digest()
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        own["digest"] = np.frombuffer(b"".join(digests), "V32")
    return days


def runs_of(days: Days) -> Iterator[Days]:
    """Yields days that lie one behind the other in the file together."""
    if len(days):
        gaps = np.flatnonzero(days["first"][1:] != days["first"][:-1] + days["rows"][:-1]) + 1
        yield from np.split(days, gaps)
