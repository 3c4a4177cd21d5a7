"""Profiles: what the audit knows of a batch without reading its records again.

A profile is a count for each landing day, outlet, measure and value, made once when the batch gets
its verdict. Where profiles lie, and who joins them, is told in `profile_files`.

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

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.drift import LENGTH_STEPS_PER_OCTAVE, OLD_DAYS
from schemas.reasons import Reason

# What a profile reads of a staged record, beside what `judged_rows` tells of its text.
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
    "word_count",
    "published_date",
    "published_precision",
    "raw_path",
    "landing_date",
)
_KEYS = ["batch_id", "landing_date", "outlet", "host", "country"]
_HOST = r"(?i)^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(?:www\.)?(?P<host>[^/:?#]+)"


def profile_records(
    staged: pa.Table,
    failed: Mapping[int, Iterable[str]],
    sources: Mapping[str, str],
    others: Mapping[str, Mapping[int, Iterable[str]]],
) -> pd.DataFrame:
    """Counts what the audit compares.

    Erased documents are not counted: they say nothing of their outlet or of the day's crawl.

    Args:
        staged: staged records of one or more batches, as `judged_rows` reads them.
        failed: the checks that a record is rejected for, by its row number in `staged`.
        sources: the source of each batch.
        others: measures of checks that do not reject: the checks that a record failed, by row.

    Returns:
        A row a count: the columns of `profile_files.PROFILE_SCHEMA` but `state`.
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
        staged.select([*PROFILED, "text_hash", "is_garbled"])
        .drop_columns(["url", "reasons"])
        .to_pandas()
    )
    frame["host"] = pc.utf8_lower(hosts).to_pandas().fillna("")
    frame["outlet"] = frame["outlet_id"].fillna("")
    frame["country"] = frame["outlet_country"].fillna("")
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
        "garbled": accepted["is_garbled"],
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
