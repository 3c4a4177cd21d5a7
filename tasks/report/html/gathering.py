"""Gathers what a report says: DuckDB over the few columns that it needs.

What is read grows with the number of rows, what is returned does not: outlets, reasons, sources
and currencies beyond the largest are summed up as others.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields

from schemas.code_meanings import ask, describe_code
from schemas.suites import MONEY_SUITE, RECORDS_SUITE
from schemas.tables import RUNS
from tasks.inspect.warehouse_tables import Tables
from tasks.report.html.coverage import gather_coverage
from tasks.report.html.report_data import (
    CheckData,
    Count,
    CurrencyData,
    DocumentLink,
    Fates,
    ReasonData,
    ReportData,
    RunSummary,
    Speed,
)
from tasks.report.html.warned import gather_warnings
from tasks.report.runs import Run
from tasks.storage.caches import staged_footers
from tasks.storage.locations import list_files
from tasks.storage.parquet import read_table
from tasks.storage.warehouse import Warehouse
from tasks.validate.profile_files import count_warnings

_SOURCES = 8
_ROWS = 12
_EXAMPLES = 2
_SLOWEST = 8
_NEW_OUTLETS = 10


def gather_data(warehouse: Warehouse, run: Run, batches: Sequence[str], runs: int) -> ReportData:
    """Gathers the data of a run's report.

    Args:
        warehouse: as the run left it.
        run: its row, which is in runs/ already.
        batches: the batch_ids that it processed.
        runs: how many of the last runs it is compared with, itself included.
    """
    tables = Tables(warehouse, batches)
    history = read_history(warehouse, runs, until=run.run_id)
    name = warehouse.root.resolve().name
    if run.outcome == "held_back":
        # What is staged now and what was published before do not add up.
        return ReportData(name=name, run=run, history=history, speed=_speed(tables))
    fates, sources = _fates_by_batch(warehouse, tables)
    return ReportData(
        name=name,
        run=run,
        history=history,
        speed=_speed(tables),
        sources=_largest_sources(sources),
        this_run=sum((fates[batch] for batch in batches if batch in fates), Fates()),
        reasons=_reasons(tables, batches),
        warnings=gather_warnings(tables),
        coverage=gather_coverage(tables, batches),
        date_sources=_counts(tables, "published_source"),
        precisions=_counts(tables, "published_precision"),
        languages=_counts(tables, "language"),
        currencies=_currencies(tables),
        quotes=tables.rows("SELECT count(*) FROM money WHERE kind = 'quote'")[0][0],
        new_outlets=_new_outlets(tables, run),
        checks=_checks(warehouse, tables, run),
    )


def read_history(
    warehouse: Warehouse, runs: int, until: str | None = None
) -> tuple[RunSummary, ...]:
    """Returns the last runs, the oldest first; `until` names the last of them."""
    names = [field.name for field in fields(RunSummary)]
    files = list_files(warehouse.dataset(RUNS.name), "*.parquet")
    if until is not None:
        files = [path for path in files if path.stem <= until]
    history = []
    for path in files[-runs:]:
        # By the schema, because rows of earlier versions have fewer columns.
        (row,) = read_table(path, schema=RUNS.schema).to_pylist()
        row["step_seconds"] = dict(row["step_seconds"])
        row["findings"] = tuple(row["findings"])
        history.append(RunSummary(**{name: row[name] for name in names}))
    return tuple(history)


def _fates_by_batch(
    warehouse: Warehouse, tables: Tables
) -> tuple[dict[str, Fates], dict[str, Fates]]:
    """Counts the documents of every batch and of every source.

    What was staged and is neither published nor in quarantine is an earlier revision.
    """
    articles = {
        batch_id: (rows, copies)
        for batch_id, rows, copies in tables.rows(
            "SELECT batch_id, count(*), count(duplicate_of) FROM articles GROUP BY 1"
        )
    }
    quarantined = dict(tables.rows("SELECT batch_id, count(*) FROM quarantine GROUP BY 1"))
    by_batch = {}
    by_source: dict[str, Fates] = defaultdict(Fates)
    footers = staged_footers(warehouse)
    for batch_id, digest in footers.digests(warehouse.records).items():
        found = footers.found(digest)
        published, copies = articles.get(batch_id, (0, 0))
        rejected = quarantined.get(batch_id, 0)
        by_batch[batch_id] = Fates(
            articles=published,
            copies=copies,
            revisions=found["rows"] - published - rejected,
            quarantined=rejected,
        )
        by_source[found["footer"]["source"] or "raw"] += by_batch[batch_id]
    return by_batch, by_source


def _largest_sources(by_source: dict[str, Fates]) -> tuple[tuple[str, Fates], ...]:
    ordered = sorted(by_source.items(), key=lambda item: (-item[1].documents, item[0]))
    if len(ordered) <= _SOURCES:
        return tuple(ordered)
    rest = ordered[_SOURCES:]
    others = sum((fates for _, fates in rest), Fates())
    return (*ordered[:_SOURCES], (f"{len(rest):,} others", others))


def _new_outlets(tables: Tables, run: Run) -> tuple[str, ...]:
    """Returns the names of the largest outlets that are new; none where all are."""
    if run.added_count == run.article_count:
        return ()
    rows = tables.rows(
        "SELECT coalesce(any_value(outlet_name), outlet_id) FROM articles"
        " WHERE list_contains($new, outlet_id)"
        " GROUP BY outlet_id ORDER BY count(*) DESC, outlet_id LIMIT $named",
        new=list(run.new_outlets),
        named=_NEW_OUTLETS,
    )
    return tuple(name for (name,) in rows)


def _reasons(tables: Tables, batches: Sequence[str]) -> tuple[ReasonData, ...]:
    counts = tables.rows(
        "SELECT code, count(*), count(*) FILTER (code = reasons[1]) FROM"
        " (SELECT reasons, unnest(reasons) AS code FROM quarantine)"
        " GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1"
    )
    examples: dict[str, list[DocumentLink]] = defaultdict(list)
    for code, batch_id, raw_path, raw_offset, detail in tables.rows(
        "SELECT reasons[1] AS code, batch_id, raw_path, raw_offset, detail FROM quarantine"
        " QUALIFY row_number() OVER (PARTITION BY code"
        " ORDER BY list_contains($batches, batch_id) DESC, raw_path, raw_offset) <= $examples"
        " ORDER BY code, raw_path, raw_offset",
        batches=list(batches),
        examples=_EXAMPLES,
    ):
        link = DocumentLink(
            batch_id=batch_id, raw_path=raw_path, raw_offset=raw_offset, words=detail
        )
        examples[code].append(link)
    return tuple(
        ReasonData(
            code=code,
            meaning=describe_code(code),
            documents=documents,
            firsts=firsts,
            examples=tuple(examples[code]),
        )
        for code, documents, firsts in counts
    )


def _counts(tables: Tables, column: str) -> tuple[Count, ...]:
    query = f"SELECT {column}, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
    return _with_others([Count(name, rows) for name, rows in tables.rows(query)])


def _with_others(counts: list[Count]) -> tuple[Count, ...]:
    rest = counts[_ROWS:]
    others = [Count(f"{len(rest):,} others", sum(count.rows for count in rest))] if rest else []
    return (*counts[:_ROWS], *others)


def _currencies(tables: Tables) -> tuple[CurrencyData, ...]:
    rows = tables.rows(
        "WITH sizes AS (SELECT currency_code, count(*) AS mentions FROM money"
        " WHERE kind = 'mention' GROUP BY 1),"
        " ranks AS (SELECT currency_code, row_number() OVER (ORDER BY mentions DESC,"
        " currency_code) AS rank, count(*) OVER () AS currencies FROM sizes)"
        " SELECT CASE WHEN rank <= $kept THEN ranks.currency_code"
        " ELSE format('{:,} others', currencies - $kept) END AS code, count(*),"
        " count(*) FILTER (is_ambiguous),"
        " CASE WHEN min(rank) <= $kept THEN median(usd_amount::DOUBLE) END"
        " FROM money JOIN ranks ON money.currency_code IS NOT DISTINCT FROM ranks.currency_code"
        " WHERE kind = 'mention' GROUP BY 1 ORDER BY least(min(rank), $kept + 1)",
        kept=_ROWS,
    )
    return tuple(
        CurrencyData(code=code, mentions=mentions, ambiguous=ambiguous, usd_median=median)
        for code, mentions, ambiguous, median in rows
    )


def _speed(tables: Tables) -> Speed:
    ((median, p95, total),) = tables.rows(
        "SELECT median(seconds), quantile_cont(seconds, 0.95), sum(seconds) FROM staged"
    )
    slowest = tables.rows(
        "SELECT batch_id, raw_path, raw_offset, seconds FROM staged"
        " ORDER BY seconds DESC, raw_path, raw_offset LIMIT $slowest",
        slowest=_SLOWEST,
    )
    return Speed(
        median=median,
        p95=p95,
        total=total,
        slowest=tuple(
            DocumentLink(
                batch_id=batch_id, raw_path=raw_path, raw_offset=raw_offset, seconds=seconds
            )
            for batch_id, raw_path, raw_offset, seconds in slowest
        ),
    )


def _checks(warehouse: Warehouse, tables: Tables, run: Run) -> tuple[CheckData, ...]:
    """Counts what every expectation judged: records that extraction and normalization accepted."""
    failed = count_warnings(warehouse) | dict(
        tables.rows("SELECT unnest(failed) AS name, count(*) FROM verdicts GROUP BY 1")
    )
    ((rejected,),) = tables.rows("SELECT count(*) FROM verdicts")
    records = run.article_count + run.earlier_revision_count + rejected
    ((amounts,),) = tables.rows("SELECT count(*) FROM money")
    judged = [(entry, records) for entry in RECORDS_SUITE]
    judged += [(entry, amounts) for entry in MONEY_SUITE]
    return tuple(
        CheckData(
            name=entry.check.name,
            column=entry.column,
            asks=ask(entry),
            why=entry.check.why,
            severity=entry.check.severity,
            judged=rows,
            failed=failed.get(entry.check.name, 0),
        )
        for entry, rows in judged
    )
