"""How Parquet files are laid out: chosen by measurement, with benchmarks/reading.py."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.tables import PUBLISHED as PUBLISHED_TABLES
from schemas.tables import STAGED as STAGED_TABLE

_NOT_COMPARED = frozenset(
    column.name
    for table in (*PUBLISHED_TABLES, STAGED_TABLE)
    for column in table.columns
    if not column.is_compared
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file is compressed with, and how its rows are grouped.

    Attributes:
        codec: a compression that pyarrow knows.
        level: of compression.
        keeps_arrow_schema: beside Parquet's own, which says all of our published types. It is two
            thirds of a footer, and every query parses it of every file.
        row_group_size: in rows, at most; readers skip groups by their statistics.
        has_digests: of the whole file and of its footer; see `tasks.storage.file_digests`.
    """

    codec: str
    level: int
    keeps_arrow_schema: bool = True
    # Each group costs a reader of few columns as much as thousands of rows do; larger ones would
    # keep a reader of one week from skipping the rest of a big month.
    row_group_size: int = 32_768
    has_digests: bool = True


# Written in every run and read a few times: level 6 takes a seventh off, in three times the time.
STAGED = Layout("zstd", 1)
# Read far more often than written, mostly for their text, which DuckDB unpacks from LZ4 in half the
# time that zstd takes. This level takes a quarter less space than Snappy, what is usual.
PUBLISHED = Layout("lz4", 4, keeps_arrow_schema=False)


def compared_columns(names: Iterable[str]) -> list[str]:
    """Returns the columns by whose smallest and largest value readers skip rows."""
    return [name for name in names if name not in _NOT_COMPARED]
