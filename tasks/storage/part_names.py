"""How the parts of a partition are named: in values, as `2024-03.68`, and by their files."""

import re
from pathlib import Path

# The part of a partition that has but one.
WHOLE = "0"
_FORM = re.compile(r"part-([0-9a-f]+)\.parquet")


def value_of_part(period: str, part: str) -> str:
    """Returns what names a part of a partition: `2024-03`, or `2024-03.68` for one of several."""
    return period if part == WHOLE else f"{period}.{part}"


def period_of(value: str) -> str:
    """Returns the partition that a value names a part of: the month or day."""
    return value.partition(".")[0]


def part_of(value: str) -> str:
    """Returns the part that a value names."""
    return value.partition(".")[2] or WHOLE


def file_name(part: str) -> str:
    """Returns the name of the file that holds a part."""
    return f"part-{part}.parquet"


def value_of_file(path: Path) -> str | None:
    """Returns what names the part that a published file holds; None where it is no part's file."""
    named = _FORM.fullmatch(path.name)
    return value_of_part(path.parent.name.partition("=")[2], named[1]) if named else None
