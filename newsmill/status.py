"""`newsmill status`: what is new, what is pending, what is quarantined."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from newsmill.options import existing_warehouse, raw_option, warehouse_option


@click.command()
@raw_option
@warehouse_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def status(raw: Path, warehouse: Path, as_json: bool) -> None:
    """Show what is new in RAW, what a run left undone, and what is quarantined."""
    from tasks.discover.plan import plan_run
    from tasks.report.summary import summarize
    from tasks.stage.records import staged_batches
    from tasks.stage.versions import pipeline_version
    from tasks.storage import Warehouse
    from tasks.validate.verdicts import pending_batches

    target = Warehouse(existing_warehouse(warehouse))
    staged = staged_batches(target)
    plan = plan_run(raw, staged)
    summary = summarize(target)
    facts: dict[str, Any] = {
        "new_or_changed_batches": len(plan.batches),
        "new_or_changed_files": sum(len(batch.files) for batch in plan.batches),
        "raw_files_gone": len(plan.gone),
        "batches_without_verdict": len(pending_batches(target)),
        "batches_of_other_versions": sum(
            metadata["pipeline_version"] != pipeline_version() for metadata in staged.values()
        ),
        **asdict(summary.accounts),
        "quarantined_by_reason": summary.reasons,
        "last_run": _last_run(target.dataset("runs")),
    }
    if as_json:
        click.echo(json.dumps(facts, indent=2, default=str))
    else:
        _print(facts)


def _last_run(folder: Path) -> str | None:
    runs = sorted(folder.glob("*.parquet"))
    return runs[-1].stem if runs else None


def _print(facts: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False)
    for name, value in facts.items():
        if isinstance(value, dict):
            table.add_row(name.replace("_", " "), "")
            for reason, count in value.items():
                table.add_row(f"  {reason}", str(count))
        else:
            table.add_row(name.replace("_", " "), str(value))
    Console().print(table)
