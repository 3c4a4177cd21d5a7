"""`newsmill quarantine`: what was refused, and processing it again."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from newsmill.options import existing_warehouse, warehouse_option
from newsmill.run import RunOptions, execute_run, with_run_options
from newsmill.terminal import echo


class ReasonCode(click.ParamType[str]):
    """A code that quarantine/reasons can hold."""

    name = "CODE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Checks a code; fails with the codes that are like it."""
        from difflib import get_close_matches

        from schemas.code_meanings import known_codes

        known = known_codes()
        if value not in known:
            like = get_close_matches(str(value), sorted(known))
            advice = f"did you mean {' or '.join(like)}?" if like else "see docs/columns.md"
            self.fail(f"{value!r} is no reason code; {advice}", param, ctx)
        return str(value)


@click.group()
def quarantine() -> None:
    """See the documents that became no article, and process them again."""


@quarantine.command("list")
@warehouse_option
@click.option("--reason", type=ReasonCode(), help="Only documents with this code.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def list_documents(warehouse: Path, reason: str | None, as_json: bool) -> None:
    """List the quarantined documents, each with its reasons and what was found."""
    from rich.text import Text

    from newsmill.console import SafeConsole
    from tasks.storage.quarantined import list_quarantined
    from tasks.storage.warehouse import Warehouse

    documents = list_quarantined(Warehouse(existing_warehouse(warehouse)), reason)
    if as_json:
        echo(json.dumps([asdict(document) for document in documents], indent=2))
        return
    if not documents:
        echo(_describe_none(reason))
        return
    console = SafeConsole()
    # Lines rather than a table, so that a path can be copied; as Text, because square brackets in a
    # page's words are no markup.
    for document in documents:
        offset = "" if document.raw_offset is None else f"#{document.raw_offset}"
        outlet = document.outlet_name or document.outlet_id or ""
        known = "  ".join(filter(None, (outlet, " ".join(document.detail.split()))))
        console.print(Text(document.raw_path + offset, style="bold"), soft_wrap=True)
        reasons = (", ".join(document.reasons), "yellow")
        console.print(Text.assemble("  ", reasons, f"  {known}"), soft_wrap=True)
    plural = "" if len(documents) == 1 else "s"
    console.print(f"{len(documents):,} document{plural}", style="dim", highlight=False)


@quarantine.command()
@click.option("--reason", type=ReasonCode(), required=True, help="The code to try again.")
@with_run_options
def replay(reason: str, **options: Any) -> None:
    """Process the batches with documents quarantined under a code again, from RAW.

    With today's code, outlets and rates. What is new in RAW is processed too, as in every run.
    """
    from tasks.storage.quarantined import list_quarantined
    from tasks.storage.warehouse import Warehouse

    given = RunOptions(**options)
    warehouse = Warehouse(existing_warehouse(given.warehouse))
    before = len(list_quarantined(warehouse, reason))
    if not before:
        echo(_describe_none(reason))
        return
    execute_run(given, "raw", reason)
    echo(f"{reason}: {before} before, {len(list_quarantined(warehouse, reason))} now")


def _describe_none(reason: str | None) -> str:
    return f"no document is quarantined{f' under {reason}' if reason else ''}"
