"""The fetch log: one row for each request, in Parquet files by UTC day.

It is for people who ask what was asked of a host and when. No promise rests on it: the rows since
the last file go with a process that is killed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.collect.exchange import Answer, FetchError, Request

KEPT_DAYS = 60
# The folder of the log, below that of the state.
FETCH_LOG = "fetches"
_ROWS_AT_ONCE = 50_000
_PREFIX = "day="


@dataclass(frozen=True, slots=True)
class Fetch:
    """A request and what came of it.

    Attributes:
        at: UTC instant at which it began.
        host: as politeness counts.
        kind: page, feed, sitemap or robots.
        url: what was asked.
        status: of the answer; None where there was none.
        outcome: of a request without a usable answer.
        detail: of the outcome, for people.
        body_bytes: of the answer, as sent.
        seconds: until its last byte.
        ip_address: of the server.
    """

    at: datetime
    host: str
    kind: str
    url: str
    status: int | None
    outcome: str | None
    detail: str | None
    body_bytes: int
    seconds: float
    ip_address: str | None


SCHEMA = pa.schema(
    [
        pa.field("at", pa.timestamp("ms", "UTC"), nullable=False),
        pa.field("host", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("url", pa.string(), nullable=False),
        pa.field("status", pa.int16()),
        pa.field("outcome", pa.string()),
        pa.field("detail", pa.string()),
        pa.field("body_bytes", pa.int64(), nullable=False),
        pa.field("seconds", pa.float32(), nullable=False),
        pa.field("ip_address", pa.string()),
    ]
)
_NAMES = tuple(field.name for field in fields(Fetch))
_cells = attrgetter(*_NAMES)


def fetch_of(
    host: str, request: Request, reply: Answer | FetchError, at: datetime, seconds: float
) -> Fetch:
    """Returns the row of a request."""
    answer = reply if isinstance(reply, Answer) else None
    error = reply if isinstance(reply, FetchError) else None
    return Fetch(
        at=at,
        host=host,
        kind=request.kind.value,
        url=request.url,
        status=None if answer is None else answer.status,
        outcome=None if error is None else error.outcome.value,
        detail=None if error is None else error.detail,
        body_bytes=0 if answer is None else len(answer.body),
        seconds=seconds,
        ip_address=None if answer is None else answer.ip_address,
    )


class FetchLog:
    """Gathers rows and writes them, a file a day and call of `write`.

    Attributes:
        counts: requests by kind and by status or outcome, since the log was made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: list[Fetch] = []
        self.counts: Counter[tuple[str, str]] = Counter()

    def add(self, fetch: Fetch) -> None:
        """Takes in a row."""
        self._rows.append(fetch)
        self.counts[fetch.kind, str(fetch.outcome or fetch.status)] += 1
        if len(self._rows) >= _ROWS_AT_ONCE:
            self.write(fetch.at)

    def write(self, now: datetime) -> None:
        """Writes what was gathered, and removes days that are older than KEPT_DAYS."""
        by_day: dict[date, list[Fetch]] = {}
        for row in self._rows:
            by_day.setdefault(row.at.astimezone(UTC).date(), []).append(row)
        self._rows.clear()
        for day, rows in by_day.items():
            columns = dict(zip(_NAMES, zip(*map(_cells, rows), strict=True), strict=True))
            folder = self._folder / f"{_PREFIX}{day}"
            folder.mkdir(parents=True, exist_ok=True)
            temporary = folder / ".fetches.tmp"
            pq.write_table(pa.table(columns, schema=SCHEMA), temporary, compression="zstd")
            temporary.rename(folder / f"fetches-{now:%Y%m%dT%H%M%S%f}.parquet")
        oldest = now.date() - timedelta(days=KEPT_DAYS)
        for folder in list(self._days(before=oldest)):
            for file in folder.iterdir():
                file.unlink()
            folder.rmdir()

    def _days(self, before: date) -> Iterator[Path]:
        return (folder for day, folder in _days_of(self._folder) if day < before)


def log_files(folder: Path, since: date) -> list[Path]:
    """Returns the files of the log from a UTC day on, sorted.

    Args:
        folder: of the log.
        since: the first day.
    """
    days = (found for day, found in _days_of(folder) if day >= since)
    return sorted(file for found in days for file in found.glob("[!.]*.parquet"))


def _days_of(folder: Path) -> Iterator[tuple[date, Path]]:
    for found in folder.glob(f"{_PREFIX}*"):
        try:
            day = date.fromisoformat(found.name.removeprefix(_PREFIX))
        except ValueError:
            continue
        yield day, found
