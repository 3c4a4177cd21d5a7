"""Profiles: what the audit knows of a batch without reading its records again.

A profile is a count for each landing day, outlet, measure and value, made once when the batch gets
its verdict. The profiles of a landing month lie in one file, so that the audit reads the months
that it compares and nothing else, however much the warehouse holds.

| measure | value | counts |
|---|---|---|
| `documents`, `accepted` | | records, and those of them that may be published |
| `reason` | reason code | rejected records |
| `check:warning` | check | records that fail a check which only warns |
| `language` | language code | accepted records |
| `words` | step of a histogram | accepted records |
| `untitled`, `day_only`, `future`, `old` | | accepted records |
| `garbled`, `repeated`, `unregistered` | | accepted records |
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.drift import CHECK_WARNING, LENGTH_STEPS_PER_OCTAVE, OLD_DAYS
from schemas.reasons import Reason
from tasks.storage.locations import list_files
from tasks.storage.parquet import read_table
from tasks.storage.records import staged_states
from tasks.storage.warehouse import Warehouse, write_table

PROFILE_SCHEMA = pa.schema(
    [
        ("batch_id", pa.string()),
        ("state", pa.string()),
        ("source", pa.string()),
        ("landing_date", pa.date32()),
        ("outlet", pa.string()),
        ("host", pa.string()),
        ("country", pa.string()),
        ("measure", pa.string()),
        ("value", pa.string()),
        ("count", pa.int64()),
        ("example", pa.string()),
    ]
)
# Earlier versions called the state of a batch its stamp.
EARLIER_PROFILE_SCHEMA = PROFILE_SCHEMA.set(1, pa.field("stamp", pa.string()))
# What a profile reads of a staged record.
PROFILED = (
    "batch_id",
    "fate",
    "reasons",
    "url",
    "article_id",
    "outlet_id",
    "outlet_country",
    "title",
    "language",
    "text",
    "word_count",
    "published_date",
    "published_precision",
    "raw_path",
    "landing_date",
)
UNKNOWN_MONTH = "unknown"
_KEYS = ["batch_id", "landing_date", "outlet", "host", "country"]
_HOST = r"(?i)^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(?:www\.)?(?P<host>[^/:?#]+)"
# UTF-8 read as Latin-1 or Windows-1252 (the lead bytes of Latin, Greek, Cyrillic, Hebrew and Arabic
# letters, each before a continuation byte), or bytes that no charset gave a letter.
_GARBLED = "\ufffd|[ÂÃÎÏÐÑ×ØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# A text may quote such a word; a page read in a wrong charset has one in every line.
_GARBLED_MIN = 3


def profile_records(
    staged: pa.Table,
    failed: Mapping[int, Iterable[str]],
    sources: Mapping[str, str],
    others: Mapping[str, Mapping[int, Iterable[str]]],
) -> pd.DataFrame:
    """Counts what the audit compares.

    Erased documents are not counted: they say nothing of their outlet or of the day's crawl.

    Args:
        staged: staged records of one or more batches, with the columns PROFILED.
        failed: the checks that a record is rejected for, by its row number in `staged`.
        sources: the source of each batch.
        others: measures of checks that do not reject: the checks that a record failed, by row.

    Returns:
        A row a count: the columns of PROFILE_SCHEMA but `state`.
    """
    frame = _frame(staged)
    rejected = frame["fate"].ne("accepted") | frame.index.isin(list(failed))
    rows = [(row, "reason", code) for row, codes in _reasons(staged, failed) for code in codes]
    rows += [
        (row, measure, name)
        for measure, by_row in others.items()
        for row, names in by_row.items()
        for name in names
    ]
    counted = [
        _values(frame.index, "documents"),
        pd.DataFrame(rows, columns=["row", "measure", "value"]),
    ]
    counted += _count_accepted(frame[~rejected])
    erased = [codes == [Reason.ERASED.value] for codes in staged["reasons"].to_pylist()]
    remaining = frame[~np.array(erased, dtype=bool)]
    return _sum_up(remaining, pd.concat(counted, ignore_index=True), sources)


def _frame(staged: pa.Table) -> pd.DataFrame:
    hosts = pc.struct_field(pc.extract_regex(staged["url"], _HOST), "host")
    frame: pd.DataFrame = (
        staged.select(PROFILED).drop_columns(["url", "reasons", "text"]).to_pandas()
    )
    frame["host"] = pc.utf8_lower(hosts).to_pandas().fillna("")
    frame["outlet"] = frame["outlet_id"].fillna("")
    frame["country"] = frame["outlet_country"].fillna("")
    frame["text_hash"] = pd.util.hash_array(staged["text"].to_numpy(zero_copy_only=False))
    garbled = pc.count_substring_regex(staged["text"], _GARBLED)
    frame["garbled"] = pc.fill_null(pc.greater_equal(garbled, _GARBLED_MIN), False).to_numpy()
    return frame


def _reasons(
    staged: pa.Table, failed: Mapping[int, Iterable[str]]
) -> Iterator[tuple[int, list[str]]]:
    for row, codes in enumerate(staged["reasons"].to_pylist()):
        if codes or row in failed:
            yield row, [*codes, *failed.get(row, ())]


def _count_accepted(accepted: pd.DataFrame) -> Iterator[pd.DataFrame]:
    steps = np.floor(np.log2(accepted["word_count"].clip(lower=1)) * LENGTH_STEPS_PER_OCTAVE)
    landed, published = (
        pd.to_datetime(accepted[name]) for name in ("landing_date", "published_date")
    )
    age = (landed - published).dt.days
    flags = {
        "untitled": accepted["title"].isna(),
        "future": age < -1,
        "old": age >= OLD_DAYS,
        "day_only": accepted["published_precision"].eq("day"),
        "garbled": accepted["garbled"],
        "repeated": _is_repeated(accepted),
        "unregistered": accepted["outlet"].eq("") | accepted["outlet"].str.startswith("~"),
    }
    yield _values(accepted.index, "accepted")
    yield _values(accepted.index, "language", accepted["language"].fillna("unknown"))
    yield _values(accepted.index, "words", steps.astype("Int64").astype("string"))
    for name, flag in flags.items():
        yield _values(accepted.index[flag], name)


def _is_repeated(accepted: pd.DataFrame) -> pd.Series:
    """Tells whether another article of the outlet and day has the same text, in these batches."""
    groups = accepted.groupby(["landing_date", "outlet", "host", "text_hash"], dropna=False)
    return groups["article_id"].transform("nunique").gt(1)


def _values(rows: pd.Index, measure: str, values: "pd.Series | str" = "") -> pd.DataFrame:
    return pd.DataFrame({"row": rows, "measure": measure, "value": values})


def _sum_up(frame: pd.DataFrame, counted: pd.DataFrame, sources: Mapping[str, str]) -> pd.DataFrame:
    keyed = counted.merge(frame[[*_KEYS, "raw_path"]], left_on="row", right_index=True)
    groups = keyed.groupby([*_KEYS, "measure", "value"], dropna=False, sort=True)
    summed = groups["raw_path"].agg(count="size", example="min").reset_index()
    return summed.assign(source=summed["batch_id"].map(sources).fillna(""))


def landing_month(day: date | None) -> str:
    """Returns the month that a landing day's profiles lie in."""
    return UNKNOWN_MONTH if day is None or pd.isna(day) else f"{day:%Y-%m}"


def write_profiles(
    warehouse: Warehouse, profiles: pd.DataFrame, states: Mapping[str, str], months: Collection[str]
) -> None:
    """Writes the profiles of batches in place of their earlier ones.

    Args:
        warehouse: where they are written.
        profiles: what `profile_records` counted.
        states: the state that each batch was profiled in.
        months: the months that earlier profiles of these batches lie in.
    """
    # pandas makes floats of a column of days in which one is unknown.
    landed = profiles["landing_date"].astype(object)
    profiles = profiles.assign(landing_date=landed.where(landed.notna(), None))
    table = pa.Table.from_pandas(
        profiles.assign(state=profiles["batch_id"].map(states)),
        PROFILE_SCHEMA,
        preserve_index=False,
    ).replace_schema_metadata()
    by_month = np.array([landing_month(day) for day in profiles["landing_date"]], dtype="object")
    here = [path.stem for path in list_files(warehouse.records, "*.parquet")]
    for month in sorted({*months, *by_month}):
        kept = _read_month(warehouse, month)
        kept = kept.filter(
            pc.invert(pc.is_in(kept["batch_id"], pa.array(list(states), pa.string())))
        )
        kept = kept.filter(pc.is_in(kept["batch_id"], pa.array(here, pa.string())))
        merged = pa.concat_tables([kept, table.filter(by_month == month)])
        write_table(_path(warehouse, month), [merged], PROFILE_SCHEMA, {})


def read_counts(warehouse: Warehouse, months: Iterable[str]) -> pd.DataFrame:
    """Reads the counts of some landing months, summed over the batches that are staged now.

    Args:
        warehouse: where the profiles are.
        months: as `landing_month` names them. Profiles of another state than their batch now has
            are passed over.

    Returns:
        The columns source, landing_date, outlet, host, country, measure, value, count, example.
    """
    table = pa.concat_tables([_read_month(warehouse, month) for month in sorted(set(months))])
    batches = pc.unique(table["batch_id"]).to_pylist()
    states = staged_states(warehouse, batches)
    current = pa.table(
        {"batch_id": batches, "current": [states.get(batch_id, "") for batch_id in batches]}
    )
    table = table.join(current, "batch_id")
    table = table.filter(pc.equal(table["state"], table["current"]))
    keys = ["source", "landing_date", "outlet", "host", "country", "measure", "value"]
    summed = table.group_by(keys).aggregate([("count", "sum"), ("example", "min")])
    names = {"count_sum": "count", "example_min": "example"}
    frame: pd.DataFrame = summed.to_pandas().rename(columns=names)
    return frame


def count_warnings(warehouse: Warehouse) -> dict[str, int]:
    """Returns how many staged records fail each check that only warns."""
    months = [path.stem for path in list_files(warehouse.profiles, "*.parquet")]
    if not months:
        return {}
    counts = read_counts(warehouse, months)
    warned = counts[counts["measure"].eq(CHECK_WARNING)].groupby("value")["count"].sum()
    return {str(check): int(count) for check, count in warned.items()}


def _read_month(warehouse: Warehouse, month: str) -> pa.Table:
    path = _path(warehouse, month)
    if not path.exists():
        return PROFILE_SCHEMA.empty_table()
    table = read_table(path)
    return table.rename_columns(PROFILE_SCHEMA.names).replace_schema_metadata()


def _path(warehouse: Warehouse, month: str) -> Path:
    return warehouse.profiles / f"{month}.parquet"
