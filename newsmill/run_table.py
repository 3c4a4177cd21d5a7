"""The tables that commands print."""

from collections.abc import Mapping
from pathlib import Path

from rich.table import Table

from newsmill.console import SafeConsole
from newsmill.next_command import next_command
from tasks.report.runs import Run, describe_changes
from tasks.report.summary import Summary, summarize
from tasks.storage.warehouse import Warehouse

HELD_BACK = "Held back by the audit: what was processed waits"


def print_run(raw: Path, warehouse: Warehouse, run: Run | None, title: str | None = None) -> None:
    """Prints what a run did and what the warehouse holds now.

    Args:
        raw: the raw folder.
        warehouse: as the run left it.
        run: its row; None where it had nothing to do, or was held back.
        title: of the table; None for what the row says.
    """
    console = SafeConsole()
    summary = summarize(warehouse, run.accounts if run else None)
    title = title or _title(run)
    table = Table(title=title, show_header=False, title_justify="left", min_width=60)
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in _rows(summary, run):
        table.add_row(name, value)
    where = warehouse.root.as_posix()
    table.add_row("written to", f"{where}/articles, {where}/money, {where}/quarantine")
    console.print(table)
    if run is not None and (report := warehouse.report(run.run_id)).exists():
        # A path in two lines cannot be opened.
        console.print(f"Report: {report.as_posix()}", highlight=False, soft_wrap=True)
    query = "SELECT outlet_name, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC"
    console.print("Next:")
    examples = [summary.example] if summary.example else []
    for command in (
        next_command("sql", query, warehouse=warehouse.root),
        *(next_command("explain", name, raw=raw, warehouse=warehouse.root) for name in examples),
        next_command("status", raw=raw, warehouse=warehouse.root),
    ):
        console.print(f"  {command}", highlight=False, markup=False, soft_wrap=True)


def _title(run: Run | None) -> str:
    if run is None:
        return "Nothing new"
    return f"{run.processed_count:,} documents processed"


def _rows(summary: Summary, run: Run | None) -> list[tuple[str, str]]:
    accounts = summary.accounts
    rows = [
        ("documents", f"{accounts.documents:,}"),
        ("articles", f"{accounts.articles:,}"),
        ("earlier revisions", f"{accounts.revisions:,}"),
        ("quarantined", f"{accounts.quarantined:,}"),
        *((f"  {reason}", f"{count:,}") for reason, count in summary.reasons.items()),
        *([("waiting to be published", f"{accounts.waiting:,}")] if accounts.waiting else ()),
        ("outlets", _outlets(summary)),
        ("published", _dates(summary)),
        ("languages", f"{summary.languages:,}"),
        ("money", f"{summary.mentions:,} mentions, {summary.quotes:,} quotes"),
    ]
    if run is not None:
        rate = run.processed_count / max(run.step_seconds.get("process", 0.0), 1e-9)
        rows += [
            ("seconds", f"{run.seconds:.1f} ({_steps(run.step_seconds)})"),
            ("documents/s", f"{rate:,.0f} while processing"),
            *([("changed", changed)] if (changed := describe_changes(run)) else ()),
            ("passed over", _counts(run.skipped_counts) or "nothing"),
            *(("audit", finding) for finding in run.findings),
        ]
    return rows


def _outlets(summary: Summary) -> str:
    unknown = summary.unknown_outlet
    return f"{summary.outlets:,}" + (f"; articles without one: {unknown:,}" if unknown else "")


def _dates(summary: Summary) -> str:
    if summary.first_date is None:
        return "-"
    return (
        f"{summary.first_date} to {summary.last_date} ({summary.day_only:,} known to the day only)"
    )


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


def _steps(seconds: Mapping[str, float]) -> str:
    return ", ".join(f"{step} {value:.1f}" for step, value in seconds.items())
