"""Gathers what a report says.

What it says of the whole warehouse is summed up of what is remembered of each published file
(`tasks.report.html.counted_parts`). Rows are read only of what the run processed. Outlets, reasons,
sources and currencies beyond the largest are summed up as others.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from math import inf

import pyarrow as pa
import pyarrow.compute as pc

from schemas.code_meanings import ask, describe_code
from schemas.suites import MONEY_SUITE, RECORDS_SUITE
from schemas.tables import ARTICLES, MONEY, QUARANTINE, RUNS
from tasks.inspect.warehouse_tables import Tables
from tasks.publish.parts import PublishedParts
from tasks.report.html.counted_parts import AMOUNTS_SCHEMA, EXAMPLES, CountedParts
from tasks.report.html.coverage import gather_coverage, sum_outlets
from tasks.report.html.currencies import sum_amounts
from tasks.report.html.report_data import (
    CheckData,
    Count,
    DocumentLink,
    Fates,
    ReasonData,
    ReportData,
    RunSummary,
    Speed,
)
from tasks.report.html.warned import gather_warnings
from tasks.report.runs import Run
from tasks.storage.locations import list_files
from tasks.storage.parquet import read_table
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse
from tasks.validate.profile_files import count_warnings

_SOURCES = 8
_ROWS = 12
_SLOWEST = 8
_NEW_OUTLETS = 10


def gather_data(
    warehouse: Warehouse,
    run: Run,
    batches: Sequence[str],
    runs: int,
    counted: CountedParts,
    seen: StagedView,
) -> ReportData:
    """Gathers the data of a run's report, and remembers what it counted.

    Args:
        warehouse: as the run left it, and held.
        run: its row, which is in runs/ already.
        batches: the batch_ids that it processed.
        runs: how many of the last runs it is compared with, itself included.
        counted: what is counted of its published files.
        seen: what was seen of staged/.
    """
    history = read_history(warehouse, runs, until=run.run_id)
    # One that vanished while the run was at work is none.
    batches = [batch for batch in batches if batch in seen.records]
    name = warehouse.root.resolve().name
    if run.outcome == "held_back":
        # What is staged now and what was published before do not add up.
        speed = _speed(Tables(warehouse, batches, ()))
        return ReportData(name=name, run=run, history=history, speed=speed)
    articles, money = counted.of(ARTICLES.name), PublishedParts(warehouse).of(MONEY.name)
    tables = Tables(warehouse, batches, counted.of_batches(batches))
    outlets = sum_outlets(warehouse, counted)
    by_batch = _Fates(counted, seen)
    data = ReportData(
        name=name,
        run=run,
        history=history,
        speed=_speed(tables),
        sources=_largest_sources(by_batch.of_sources()),
        this_run=by_batch.of(*batches),
        reasons=_reasons(counted, tables, batches),
        warnings=gather_warnings(tables),
        coverage=gather_coverage(warehouse, counted, outlets, tables, batches),
        date_sources=_sum_counts(part["published_source"] for part in articles.values()),
        precisions=_sum_counts(part["published_precision"] for part in articles.values()),
        languages=_sum_counts(part["language"] for part in articles.values()),
        currencies=sum_amounts(counted.sum_up(MONEY.name, "amounts", AMOUNTS_SCHEMA)),
        quotes=sum(part["quotes"] for part in money),
        new_outlets=_new_outlets(outlets, run),
        checks=_checks(warehouse, run, seen, sum(part["rows"] for part in money)),
    )
    counted.keep()
    return data


def find_examples(tables: Tables) -> list[DocumentLink]:
    """Returns the documents of staged batches that a report on them explains.

    All but those that only fail a check, which is not known yet.

    Args:
        tables: with the batches.
    """
    refused = tables.rows(
        "SELECT batch_id, raw_path, raw_offset FROM staged WHERE len(reasons) > 0"
        " QUALIFY row_number() OVER (PARTITION BY reasons[1] ORDER BY raw_path, raw_offset)"
        " <= $examples",
        examples=EXAMPLES,
    )
    return [
        *_speed(tables).slowest,
        *(example for warning in gather_warnings(tables) for example in warning.examples),
        *(_link(batch_id, path, offset, "") for batch_id, path, offset in refused),
    ]


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


class _Fates:
    """What became of the documents of batches.

    What was staged and is neither published nor in quarantine is an earlier revision.
    """

    def __init__(self, counted: CountedParts, seen: StagedView) -> None:
        self._seen = seen
        self._articles: Counter[str] = Counter()
        self._copies: Counter[str] = Counter()
        self._quarantined: Counter[str] = Counter()
        for part in counted.of(ARTICLES.name).values():
            for batch_id, (articles, copies) in part["batches"].items():
                self._articles[batch_id] += articles
                self._copies[batch_id] += copies
        for part in counted.of(QUARANTINE.name).values():
            self._quarantined.update(part["batches"])

    def of(self, *batches: str) -> Fates:
        """Returns what became of the documents of some batches together."""
        articles, quarantined = (
            sum(counts[batch] for batch in batches)
            for counts in (self._articles, self._quarantined)
        )
        return Fates(
            articles=articles,
            copies=sum(self._copies[batch] for batch in batches),
            revisions=sum(map(self._seen.rows, batches)) - articles - quarantined,
            quarantined=quarantined,
        )

    def of_sources(self) -> dict[str, Fates]:
        """Returns the same of all documents by the first folder in raw/."""
        by_source: dict[str, list[str]] = defaultdict(list)
        for batch in self._seen.records:
            by_source[self._seen.footer(batch)["source"] or "raw"].append(batch)
        return {source: self.of(*batches) for source, batches in by_source.items()}


def _largest_sources(by_source: dict[str, Fates]) -> tuple[tuple[str, Fates], ...]:
    ordered = sorted(by_source.items(), key=lambda item: (-item[1].documents, item[0]))
    if len(ordered) <= _SOURCES:
        return tuple(ordered)
    rest = ordered[_SOURCES:]
    others = sum((fates for _, fates in rest), Fates())
    return (*ordered[:_SOURCES], (f"{len(rest):,} others", others))


def _new_outlets(outlets: pa.Table, run: Run) -> tuple[str, ...]:
    """Returns the names of the largest outlets that are new; none where all are."""
    if run.added_count == run.article_count:
        return ()
    is_new = pc.is_in(outlets["outlet_id"], pa.array(run.new_outlets, pa.string()))
    order = [("articles", "descending"), ("outlet_id", "ascending")]
    names: list[str] = outlets.filter(is_new).sort_by(order)["name"][:_NEW_OUTLETS].to_pylist()
    return tuple(names)


def _reasons(
    counted: CountedParts, tables: Tables, batches: Collection[str]
) -> tuple[ReasonData, ...]:
    """Returns the reasons of quarantine, each with documents of this run where it has some."""
    documents: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    examples: dict[str, list[DocumentLink]] = defaultdict(list)
    of_run = tables.rows(
        "SELECT reasons[1] AS code, batch_id, raw_path, raw_offset, detail FROM quarantine"
        " WHERE list_contains($batches, batch_id) QUALIFY row_number() OVER"
        " (PARTITION BY code ORDER BY raw_path, raw_offset) <= $examples"
        " ORDER BY code, raw_path, raw_offset",
        batches=list(batches),
        examples=EXAMPLES,
    )
    for code, *example in of_run:
        examples[code].append(_link(*example))
    others: dict[str, list[DocumentLink]] = defaultdict(list)
    for part in counted.of(QUARANTINE.name).values():
        for code, (having, having_first) in part["reasons"].items():
            documents[code] += having
            firsts[code] += having_first
        for code, some in part["examples"].items():
            others[code] += (_link(*example) for example in some if example[0] not in batches)
    return tuple(
        ReasonData(
            code=code,
            meaning=describe_code(code),
            documents=documents[code],
            firsts=firsts[code],
            examples=(*examples[code], *sorted(others[code], key=_place))[:EXAMPLES],
        )
        for code in sorted(documents, key=lambda code: (-firsts[code], -documents[code], code))
    )


def _link(batch_id: str, raw_path: str, raw_offset: int | None, detail: str) -> DocumentLink:
    return DocumentLink(batch_id=batch_id, raw_path=raw_path, raw_offset=raw_offset, words=detail)


def _place(link: DocumentLink) -> tuple[str, float]:
    return link.raw_path, inf if link.raw_offset is None else link.raw_offset


def _sum_counts(parts: Iterable[Iterable[tuple[str | None, int]]]) -> tuple[Count, ...]:
    """Sums up how many rows have a value, the most frequent first, all but these together."""
    counts: Counter[str | None] = Counter()
    for part in parts:
        counts.update(dict(part))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0] is None, item[0]))
    rest = ordered[_ROWS:]
    others = [Count(f"{len(rest):,} others", sum(rows for _, rows in rest))] if rest else []
    return (*(Count(name, rows) for name, rows in ordered[:_ROWS]), *others)


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


def _checks(
    warehouse: Warehouse, run: Run, seen: StagedView, amounts: int
) -> tuple[CheckData, ...]:
    """Counts what every expectation judged: records that extraction and normalization accepted."""
    failed = Counter(count_warnings(warehouse, seen))
    rejected = 0
    for verdict in seen.found_in_verdicts():
        failed.update(verdict["failed"])
        rejected += verdict["rows"]
    records = run.article_count + run.earlier_revision_count + rejected
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
            failed=failed[entry.check.name],
        )
        for entry, rows in judged
    )
