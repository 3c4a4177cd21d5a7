"""`newsmill status`: what is new, stale, held back and quarantined, and how the last runs went."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmill.next_command import next_command
from newsmill.options import (
    existing_warehouse,
    rates_option,
    raw_option,
    registry_option,
    state_option,
    warehouse_option,
)
from newsmill.terminal import echo

if TYPE_CHECKING:
    from rich.table import Table

    from tasks.collect.reporting.standing import CollectStanding
    from tasks.inspect.standing import LastRun, Standing

_SHOWN_FINDINGS = 10


@click.command()
@raw_option
@warehouse_option
@registry_option
@rates_option
@state_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
@click.option("--openmetrics", is_flag=True, help="Print OpenMetrics text for a scraper.")
def status(
    raw: Path,
    warehouse: Path,
    registry: Path | None,
    rates: tuple[Path, ...],
    state: Path,
    as_json: bool,
    openmetrics: bool,
) -> None:
    """Show what is new in RAW, what a run left undone, what is quarantined, and what is collected.

    What is collected is shown where STATE is there.
    """
    from tasks.inspect.standing import describe_standing
    from tasks.normalize.reference import ReferenceSource, load_reference
    from tasks.storage.warehouse import Warehouse

    if as_json and openmetrics:
        raise click.UsageError("--json and --openmetrics exclude each other")
    reference = load_reference(ReferenceSource(overlay=registry, rates=rates))
    standing = describe_standing(raw, Warehouse(existing_warehouse(warehouse)), reference.version)
    collecting = _read_collecting(state)
    if openmetrics:
        echo(_as_openmetrics(standing, collecting), nl=False)
    elif as_json:
        # Days and instants, as ISO 8601 has them.
        shown = _as_json(standing, collecting)
        echo(json.dumps(shown, indent=2, default=lambda when: when.isoformat()))
    else:
        _print(standing, collecting)
        if standing.records_of_other_references:
            command = next_command(
                *("backfill", "--from", "staged"),
                raw=raw,
                warehouse=warehouse,
                registry=registry,
                rates=rates,
            )
            echo(f"To make with these outlets and rates what was made with others:\n  {command}")


def _read_collecting(state: Path) -> "CollectStanding | None":
    """Returns how collecting stands; None where nobody collects on this machine."""
    from newsmill.collect import missing_extra

    if not state.is_dir() or missing_extra():
        return None
    from datetime import UTC, datetime

    from tasks.collect.memory.state import read_state
    from tasks.collect.reporting.standing import describe_collecting

    try:
        with read_state(state) as opened:
            return describe_collecting(opened, datetime.now(UTC).timestamp())
    except FileNotFoundError:
        return None


def _as_openmetrics(standing: "Standing", collecting: "CollectStanding | None") -> str:
    from tasks.inspect.metrics import write_openmetrics

    text = write_openmetrics(standing)
    if collecting is None:
        return text
    from tasks.collect.reporting.metrics import write_collect_metrics

    return text.removesuffix(_END_OF_METRICS) + write_collect_metrics(collecting)


_END_OF_METRICS = "# EOF\n"


def _as_json(standing: "Standing", collecting: "CollectStanding | None") -> dict[str, Any]:
    from newsmill.collected_tables import standing_as_json

    shown = asdict(standing)
    return {
        **shown.pop("accounts"),
        "waiting": standing.accounts.waiting,
        **shown,
        "sources": standing_as_json(collecting) if collecting else None,
    }


def _print(standing: "Standing", collecting: "CollectStanding | None") -> None:
    from newsmill.collected_tables import standing_tables
    from newsmill.console import SafeConsole

    console = SafeConsole()
    sources = standing_tables(collecting, "Sources") if collecting else ()
    of_warehouse = (_work(standing), _held_back(standing), _quarantine(standing), _runs(standing))
    for table in (*of_warehouse, *sources):
        if table is not None:
            console.print(table)
            console.print()


def _work(standing: "Standing") -> "Table":
    from rich.table import Table

    accounts = standing.accounts
    table = Table(title="Standing", show_header=False, title_justify="left", min_width=60)
    files = f"{standing.new_or_changed_files:,} files, {standing.new_or_changed_batches:,} batches"
    table.add_row("new or changed in raw", files if standing.new_or_changed_batches else "nothing")
    for name, count in (
        ("gone from raw", standing.raw_files_gone),
        ("pruned from raw", standing.pruned_files),
        ("left by an interrupted run", standing.batches_without_verdict),
        ("stale: made by other versions", standing.batches_of_other_versions),
    ):
        if count:
            table.add_row(name, f"{count:,} {'files' if 'raw' in name else 'batches'}")
    if standing.records_of_other_references:
        records = f"{standing.records_of_other_references:,} records"
        table.add_row("made with other outlets or rates", records)
    passed_over = ", ".join(f"{count:,} {name}" for name, count in standing.passed_over.items())
    if passed_over:
        table.add_row("passed over in raw", passed_over)
    days = standing.unpublished_days
    if days:
        table.add_row("landed, not published", f"{len(days):,} days, {days[0]} to {days[-1]}")
    for name in ("documents", "articles", "revisions", "quarantined"):
        table.add_row(name, f"{getattr(accounts, name):,}")
    if accounts.waiting:
        why = "for a decision" if standing.held_back else "to be published"
        table.add_row(f"waiting {why}", f"{accounts.waiting:,}")
    return table


def _held_back(standing: "Standing") -> "Table | None":
    from rich.table import Table

    if not standing.held_back:
        return None
    table = Table("landed", "outlet", "measure", "found", "expected", title_justify="left")
    table.title = (
        "Held back by the audit: publish with `newsmill run --accept`, once you have looked"
    )
    for finding in standing.held_back[:_SHOWN_FINDINGS]:
        subject = finding["outlet"] or f"raw/{finding['source'] or ''}"
        cells = (finding["landing_date"], subject, *(finding[name] for name in _FINDING_CELLS))
        table.add_row(*(str(cell) for cell in cells))
    if len(standing.held_back) > _SHOWN_FINDINGS:
        table.caption = f"{len(standing.held_back) - _SHOWN_FINDINGS:,} more with --json"
    return table


_FINDING_CELLS = ("measure", "value", "expected")


def _quarantine(standing: "Standing") -> "Table | None":
    from rich.table import Table

    if not standing.quarantined_by_reason:
        return None
    table = Table("reason", "documents", "outlets with most", title_justify="left", min_width=60)
    table.title = "Quarantined"
    table.columns[1].justify = "right"
    for reason, count in standing.quarantined_by_reason.items():
        outlets = {
            outlet: reasons[reason]
            for outlet, reasons in standing.quarantined_by_outlet.items()
            if reason in reasons
        }
        most = sorted(outlets.items(), key=lambda entry: (-entry[1], entry[0]))
        table.add_row(reason, f"{count:,}", ", ".join(f"{name} {n:,}" for name, n in most[:3]))
    return table


def _runs(standing: "Standing") -> "Table | None":
    from rich.table import Table

    if not standing.last_runs:
        return None
    table = Table(title="Last runs", title_justify="left", min_width=60)
    rows = [_run_cells(run) for run in standing.last_runs]
    # What no run has to tell takes no room: on 80 columns nothing is cut.
    told = [number for number in range(len(_RUN_COLUMNS)) if {row[number] for row in rows} != {"-"}]
    for number in told:
        is_count = number >= _FIRST_COUNT
        table.add_column(_RUN_COLUMNS[number], justify="right" if is_count else "left")
    for row in rows:
        table.add_row(*(row[number] for number in told))
    return table


_RUN_COLUMNS = ("started (UTC)", "outcome", "read", "published", "waiting", "audit", "took")
_FIRST_COUNT = _RUN_COLUMNS.index("read")


def _run_cells(run: "LastRun") -> tuple[str, ...]:
    return (
        f"{run.started_at:%Y-%m-%d %H:%M}",
        run.outcome.replace("_", " "),
        f"{run.processed_count:,}",
        f"{run.document_count:,}",
        f"{run.waiting_count:,}" if run.waiting_count else "-",
        f"{len(run.findings):,}" if run.findings else "-",
        f"{run.seconds:,.0f} s",
    )
