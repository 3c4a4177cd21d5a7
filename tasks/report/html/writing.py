"""Writes a run's report, the explanations it leads to, and the list of reports."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import Limits
from schemas.tables import RUNS
from tasks.inspect.explanation import Record, explain_records, record_keys
from tasks.inspect.second_reading import DocumentKey, ReadingOrder, SecondReading
from tasks.inspect.warehouse_tables import Tables
from tasks.publish.duplicates import WINDOW
from tasks.publish.fetches import find_fetches
from tasks.report.html.charts import Drawings
from tasks.report.html.counted_parts import CountedParts
from tasks.report.html.gathering import gather_data, read_history
from tasks.report.html.pages import (
    HISTORY_RUNS,
    draw_charts,
    show_explanation,
    show_index,
    show_report,
)
from tasks.report.html.report_data import DocumentLink, ReasonData, ReportData
from tasks.report.runs import Run, read_run
from tasks.storage.locations import list_files, remove_folder
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, replaced

# At some 300 kB each with its explanations: a month of daily runs, some MB.
KEPT_REPORTS = 30
_LISTED_RUNS = 200
# So far from an article lie those that it repeats or that repeat it. Days are those of the outlets,
# whose clocks may be a day and two hours apart.
_REACH = timedelta(hours=int(WINDOW / timedelta(hours=1))) + timedelta(days=2)


def write_report(
    warehouse: Warehouse,
    run: Run,
    batches: Sequence[str],
    raw: Path,
    limits: Limits,
    own: OwnFields = NO_OWN_FIELDS,
    seen: StagedView | None = None,
    known: Mapping[DocumentKey, SecondReading] | None = None,
) -> ReportData:
    """Writes the report of a run and whatever it links to, then lists it.

    The explanations come first and the list last, each file whole or not at all: whatever is
    listed is there.

    Args:
        warehouse: as the run left it, the run's row included, and held.
        run: that row.
        batches: the batch_ids that were processed.
        raw: the raw folder, for what was cut of the examples' pages.
        limits: what a document may cost, as in the run.
        own: a user's own names of fields, as then.
        seen: what was seen of staged/ before; None to look now.
        known: examples that were read again before; None to read all of them now.

    Returns:
        What it says; it lies at `warehouse.report(run.run_id)`.
    """
    order = ReadingOrder(raw=raw, limits=limits, own=own, quickly=True)
    seen = seen or StagedView(warehouse)
    counted = CountedParts(warehouse)
    with Drawings() as drawings:
        data = gather_data(warehouse, run, batches, HISTORY_RUNS, counted, seen)
        # Charts are drawn in a process of their own, and no example is in them.
        with ThreadPoolExecutor(max_workers=1) as beside:
            drawn = beside.submit(draw_charts, data, drawings)
            data = _explain_examples(warehouse, data, counted, seen, order, known)
            drawn.result()
        _write(warehouse.report(run.run_id), show_report(data, drawings))
        _drop_old_reports(warehouse)
        _write_index(warehouse, data.name, drawings)
    return data


def renew_index(warehouse: Warehouse) -> None:
    """Lists the reports that are there, once some were removed."""
    has_runs = bool(list_files(warehouse.dataset(RUNS.name), "*.parquet"))
    if has_runs and list_files(warehouse.report("").parent, "*.html"):
        _write_index(warehouse, warehouse.root.resolve().name, Drawings())


def _write_index(warehouse: Warehouse, name: str, drawings: Drawings) -> None:
    folder = warehouse.report("").parent
    history = read_history(warehouse, _LISTED_RUNS)
    written = {report.name for report in list_files(folder, "*.html")}
    reports = (warehouse.report(listed.run_id).name for listed in history)
    pages = [page if page in written else None for page in reports]
    page = warehouse.collecting_page.name
    collecting = page if page in written else None
    index = show_index(name, history, pages, KEPT_REPORTS, drawings, collecting)
    _write(folder / "index.html", index)


def make_up_report(
    warehouse: Warehouse,
    raw: Path,
    limits: Limits,
    own: OwnFields = NO_OWN_FIELDS,
    seen: StagedView | None = None,
) -> ReportData | None:
    """Writes the report of the last run that changed something, where it has none.

    That run ended while it wrote its report, or somebody removed it. Which batches it processed is
    not known any more: the report tells nothing of their speed.

    Args:
        warehouse: which nothing has changed since.
        raw: the raw folder.
        limits: what a document may cost.
        own: a user's own names of fields.
        seen: what was seen of staged/ before; None to look now.

    Returns:
        What the report says; None where there is one, or nothing to report.
    """
    rows = list_files(warehouse.dataset(RUNS.name), "*.parquet")[-KEPT_REPORTS:]
    run = next((run for run in map(read_run, reversed(rows)) if run.has_changed), None)
    if run is None or warehouse.report(run.run_id).exists():
        return None
    return write_report(warehouse, run, [], raw, limits, own, seen)


def _explain_examples(
    warehouse: Warehouse,
    data: ReportData,
    counted: CountedParts,
    seen: StagedView,
    order: ReadingOrder,
    known: Mapping[DocumentKey, SecondReading] | None,
) -> ReportData:
    """Writes a page for each document that the report speaks of, and returns it with the links."""
    folder = warehouse.report(data.run.run_id).with_suffix("")
    examples = [link for each in (*data.reasons, *data.warnings) for link in each.examples]
    documents = {link.name: link for link in (*examples, *data.speed.slowest)}
    keys = record_keys(warehouse, [link.key for link in documents.values()])
    around = partial(_open_around, warehouse, counted, seen)
    explained = explain_records(warehouse, around, keys, order, known)
    pages = {}
    for name, explanation in zip(documents, explained, strict=True):
        page = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.html"
        _write(page, show_explanation([explanation], back=f"../{folder.name}.html"))
        pages[name] = f"{folder.name}/{page.name}"
    return replace(
        data,
        reasons=_with_links(data.reasons, pages),
        warnings=_with_links(data.warnings, pages),
        speed=replace(data.speed, slowest=_linked(data.speed.slowest, pages)),
    )


def _open_around(
    warehouse: Warehouse, counted: CountedParts, seen: StagedView, records: Sequence[Record]
) -> Tables:
    """Opens the files in which the articles of some records lie, their copies and revisions.

    Revisions that failed their checks are missed where they lie in other batches.
    """
    own = {record["batch_id"] for record in records}
    ids = [record["article_id"] for record in records if record["article_id"]]
    fetches = find_fetches(warehouse, ids, seen)
    if fetches is None:
        return Tables(warehouse, list(seen.records))
    told = (record["published_date"] for record in records if record["published_date"])
    files = set(counted.of_batches(own))
    for day in fetches.days.union(told):
        files.update(counted.of_days(day - _REACH, day + _REACH))
    return Tables(warehouse, sorted(fetches.batches | own), files)


def _with_links(reasons: Iterable[ReasonData], pages: Mapping[str, str]) -> tuple[ReasonData, ...]:
    return tuple(replace(reason, examples=_linked(reason.examples, pages)) for reason in reasons)


def _linked(links: Iterable[DocumentLink], pages: Mapping[str, str]) -> tuple[DocumentLink, ...]:
    return tuple(replace(link, page=pages[link.name]) for link in links)


def _drop_old_reports(warehouse: Warehouse) -> None:
    folder = warehouse.report("").parent
    others = {"index.html", warehouse.collecting_page.name}
    reports = [path for path in list_files(folder, "*.html") if path.name not in others]
    for report in reports[:-KEPT_REPORTS]:
        report.unlink()
        remove_folder(report.with_suffix(""))


def _write(path: Path, page: str) -> None:
    with replaced(path) as temporary:
        temporary.write_text(page, encoding="utf-8")
