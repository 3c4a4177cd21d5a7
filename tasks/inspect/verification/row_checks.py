"""The rows of published files: what must hold in each, whatever staged/ says."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from schemas.tables import ARTICLES, QUARANTINE
from tasks.inspect.verification.faults import Fault, FaultCode
from tasks.inspect.verification.file_checks import Part
from tasks.normalize.identity import digest_content, identify_article
from tasks.publish.periods import UNKNOWN_MONTH
from tasks.storage.part_names import period_of

_MONTH_LENGTH = len("YYYY-MM")


def check_rows(part: Part) -> Iterator[Fault]:
    """Yields the rows of a file that lie in the wrong partition or order, or misname themselves."""
    yield from _check_partition(part)
    yield from _check_order(part)
    if part.table is ARTICLES:
        yield from _check_identities(part)


def check_money(articles: Part, money: Part) -> Iterator[Fault]:
    """Yields amounts without an article in the same partition, or not printed where they say."""
    keys = zip(*_lists(articles.rows, "article_id", "published_date"), strict=True)
    texts = dict(zip(keys, articles.rows["text"].to_pylist(), strict=True))
    columns = _lists(money.rows, "article_id", "published_date", "start", "end", "surface")
    for row, (article_id, day, start, end, surface) in enumerate(zip(*columns, strict=True)):
        if (article_id, day) not in texts:
            yield Fault(
                code=FaultCode.REFERENCE_BROKEN,
                path=money.path,
                row=row,
                found=f"article_id {article_id} of {day}",
                expected=f"a row of {articles.path}",
            )
            continue
        printed = texts[article_id, day][start:end]
        if start is not None and printed != surface:
            yield Fault(
                code=FaultCode.SURFACE_WRONG,
                path=money.path,
                row=row,
                found=repr(surface),
                expected=f"{printed!r}, which is text[{start}:{end}] of {article_id}",
            )


def _check_partition(part: Part) -> Iterator[Fault]:
    column = "landing_date" if part.table is QUARANTINE else "published_date"
    period = period_of(part.value)
    for row, day in enumerate(part.rows[column].to_pylist()):
        if _partition_of(day, period) != period:
            yield Fault(
                code=FaultCode.ROW_IN_WRONG_PARTITION,
                path=part.path,
                row=row,
                found=f"{column} {day}",
                expected=f"a day of {period}",
            )


def _partition_of(day: date | None, value: str) -> str:
    if day is None:
        return UNKNOWN_MONTH
    return day.isoformat()[: len(value) if value != UNKNOWN_MONTH else _MONTH_LENGTH]


def _check_order(part: Part) -> Iterator[Fault]:
    keys = part.rows.select(part.table.sort)
    ordered = keys.sort_by([(name, "ascending") for name in part.table.sort])
    if keys.equals(ordered):
        return
    pairs = zip(keys.to_pylist(), ordered.to_pylist(), strict=True)
    row, (found, expected) = next(
        (row, pair) for row, pair in enumerate(pairs) if pair[0] != pair[1]
    )
    yield Fault(
        code=FaultCode.ROWS_UNSORTED,
        path=part.path,
        row=row,
        found=_show(found),
        expected=f"{_show(expected)}, by {', '.join(part.table.sort)}",
    )


def _check_identities(part: Part) -> Iterator[Fault]:
    columns = _lists(part.rows, "article_id", "canonical_url", "content_digest", "title", "text")
    for row, (article_id, url, content, title, text) in enumerate(zip(*columns, strict=True)):
        for code, found, expected in (
            (FaultCode.CONTENT_DIGEST_WRONG, content, digest_content(title, text)),
            (FaultCode.ARTICLE_ID_WRONG, article_id, identify_article(url, content)),
        ):
            if found != expected:
                yield Fault(code=code, path=part.path, row=row, found=found, expected=expected)


def _lists(rows: pa.Table, *names: str) -> list[list[Any]]:
    return [rows[name].to_pylist() for name in names]


def _show(values: dict[str, Any]) -> str:
    return " ".join(str(value) for value in values.values())
