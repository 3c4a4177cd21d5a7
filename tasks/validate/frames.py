"""The rows of staged batches as the frames that the suites are evaluated on."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.suites import RECORDS_SUITE, columns_of
from schemas.tables import STAGED
from tasks.validate.gx_suites import ROW_KEY

# What frames and `judged_rows` read by themselves: by it records are chosen and columns added.
_ASKED = frozenset(
    {
        "article_id",
        "text",
        "fate",
        "batch_id",
        "raw_path",
        "raw_offset",
        "fetched_at",
        "landing_date",
        "published_at",
        "published_date",
        "published_offset_minutes",
        "money_count",
        "outlet_id",
    }
)
_OF_RECORDS = [name for name in STAGED.schema.names if name in columns_of(RECORDS_SUITE) | _ASKED]
# All that validate reads of a staged record: what extraction found may be ten times as much.
JUDGED = (*_OF_RECORDS, "money")
_DAY = pa.timestamp("us")


def records_frame(staged: pa.Table, known_outlets: frozenset[str] | None = None) -> pd.DataFrame:
    """Returns a row for each accepted record: `row_key` is its number in `staged`.

    Days become timestamps. Columns are added for checks of several columns: `fetched_date_limit`,
    the last day that a page fetched (or landed) then can bear; `outlet_id_origin`: `registry`,
    `derived` or `nowhere`; `published_second` of its minute; `published_days_off` from the day that
    the outlet's clock had; `mentions_uncounted` by `money_count`; `document`, the batch and where
    the document lies.

    Args:
        staged: staged records, as `judged_rows` reads them.
        known_outlets: the outlet_ids of the registry; None where it is switched off.
    """
    table = staged.select(_OF_RECORDS).append_column(ROW_KEY, pa.array(range(staged.num_rows)))
    table = table.append_column("mentions", pa.array(_count_mentions(staged)))
    table = table.filter(pc.equal(table["fate"], "accepted"))
    for name in ("published_date", "landing_date"):
        index = table.schema.get_field_index(name)
        table = table.set_column(index, name, table[name].cast(_DAY))
    frame: pd.DataFrame = table.to_pandas()
    frame["outlet_id_origin"] = [_origin(outlet, known_outlets) for outlet in frame["outlet_id"]]
    return frame.assign(
        fetched_date_limit=_fetched_date_limit(frame),
        published_second=frame["published_at"].dt.second,
        published_days_off=(_local_day(frame) - frame["published_date"]).dt.days,
        mentions_uncounted=frame["mentions"] - frame["money_count"],
        # Of its batch: which batches are judged together must not matter.
        document=frame["batch_id"]
        + "/"
        + frame["raw_path"]
        + "#"
        + frame["raw_offset"].astype("string").fillna(""),
    )


def _fetched_date_limit(frame: pd.DataFrame) -> pd.Series:
    fetched = frame["fetched_at"].dt.tz_localize(None).dt.normalize()
    limit: pd.Series = fetched.fillna(frame["landing_date"]) + pd.Timedelta(days=1)
    return limit


def _local_day(frame: pd.DataFrame) -> pd.Series:
    offset = pd.to_timedelta(frame["published_offset_minutes"], unit="min")
    day: pd.Series = (frame["published_at"].dt.tz_localize(None) + offset).dt.normalize()
    return day


def _count_mentions(staged: pa.Table) -> npt.NDArray[np.int64]:
    money = staged["money"].combine_chunks()
    is_mention = pc.equal(pc.struct_field(pc.list_flatten(money), "kind"), "mention")
    parents = pc.list_parent_indices(money).filter(is_mention).to_numpy()
    return np.bincount(parents, minlength=staged.num_rows)


def _origin(outlet_id: str | None, known: frozenset[str] | None) -> str | None:
    if not isinstance(outlet_id, str):
        return None
    if outlet_id.startswith("~"):
        return "derived"
    return "registry" if known is None or outlet_id in known else "nowhere"


def money_frame(staged: pa.Table) -> pd.DataFrame:
    """Returns a row for each amount in the accepted records; `row_key` is its record's number.

    Columns are added for checks of several columns: `usd_deviation`, the difference of
    `usd_amount` from amount times rate, of sums above a dollar the relative one; `usd_rate_age` in
    days on the day of publication; `span_differs`, 1 where the text does not have `surface` at its
    offsets.

    Args:
        staged: staged records, as `judged_rows` reads them.
    """
    table = staged.select(["published_date", "article_id", "money", "spans_differ"])
    table = table.append_column(ROW_KEY, pa.array(range(staged.num_rows)))
    table = table.filter(pc.equal(staged["fate"], "accepted"))
    money = table["money"].combine_chunks()
    parents = pc.list_parent_indices(money)
    rows = pc.list_flatten(money)
    columns = {name: pc.struct_field(rows, name) for name in _names(rows.type)}
    of_record = {name: pc.take(table[name], parents) for name in (ROW_KEY, "article_id")}
    frame: pd.DataFrame = pa.table({**of_record, **columns}).to_pandas()
    days = pd.to_datetime(pc.take(table["published_date"], parents).to_pandas())
    return frame.assign(
        usd_deviation=_usd_deviation(frame),
        usd_rate_age=(days - pd.to_datetime(frame["usd_rate_date"])).dt.days,
        span_differs=pc.list_flatten(table["spans_differ"]).cast(pa.float64()).to_pandas(),
    )


def _usd_deviation(frame: pd.DataFrame) -> pd.Series:
    amount, rate, usd = (
        pd.to_numeric(frame[name].astype("object"), errors="coerce").astype("float64")
        for name in ("amount", "usd_rate", "usd_amount")
    )
    return (usd - amount * rate).abs() / (amount * rate).abs().clip(lower=1)


def _names(rows: pa.StructType) -> Sequence[str]:
    return [rows.field(index).name for index in range(rows.num_fields)]
