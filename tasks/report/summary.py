"""What a warehouse holds, in a few numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.tables import ARTICLES, MONEY
from tasks.publish.accounting import Accounts, read_accounts
from tasks.report.runs import count_reasons
from tasks.storage import Warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a warehouse holds.

    Attributes:
        accounts: documents by fate.
        reasons: quarantined documents by reason, the most frequent first.
        outlets: distinct outlets among the articles; unknown_outlet: articles without one.
        first_date, last_date: days of the earliest and the latest article.
        mentions: amounts of money in the texts; quotes: exchange rates on the pages.
        day_only: articles of which only the day of publication is known.
        languages: distinct languages among the articles.
        example: the raw path of an article, None where there is none.
    """

    accounts: Accounts
    reasons: dict[str, int]
    outlets: int
    unknown_outlet: int
    first_date: date | None
    last_date: date | None
    day_only: int
    languages: int
    mentions: int
    quotes: int
    example: str | None


def summarize(warehouse: Warehouse) -> Summary:
    """Reads the summary of a warehouse from its published files."""
    articles = _read(
        warehouse,
        ARTICLES.name,
        ["outlet_id", "published_date", "published_precision", "language", "raw_path"],
    )
    kinds = _read(warehouse, MONEY.name, ["kind"])["kind"]
    dates = pc.min_max(articles["published_date"]).as_py()
    return Summary(
        accounts=read_accounts(warehouse),
        reasons=count_reasons(warehouse),
        outlets=pc.count_distinct(articles["outlet_id"]).as_py(),
        unknown_outlet=articles["outlet_id"].null_count,
        first_date=dates["min"],
        last_date=dates["max"],
        day_only=_count(articles["published_precision"], "day"),
        languages=pc.count_distinct(articles["language"]).as_py(),
        mentions=_count(kinds, "mention"),
        quotes=_count(kinds, "quote"),
        example=articles["raw_path"][0].as_py() if articles.num_rows else None,
    )


def _count(column: pa.ChunkedArray, value: str) -> int:
    return int(pc.sum(pc.equal(column, value)).as_py() or 0)


def _read(warehouse: Warehouse, dataset: str, columns: Sequence[str]) -> pa.Table:
    schema = {table.name: table.schema for table in (ARTICLES, MONEY)}[dataset]
    empty = pa.schema([schema.field(name) for name in columns]).empty_table()
    parts = [
        pq.read_table(path, columns=list(columns), partitioning=None).replace_schema_metadata()
        for path in warehouse.partitions(dataset).values()
    ]
    return pa.concat_tables([empty, *parts], promote_options="permissive")
