"""`newsmill explain`: where a record came from and why it says what it says."""

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmill.options import existing_warehouse, warehouse_option

if TYPE_CHECKING:
    from rich.console import Console

    from tasks.report.explanation import Explanation

_SECTIONS = {
    "document": (
        "raw_path",
        "raw_offset",
        "raw_digest",
        "form",
        "landing_date",
        "fetched_at",
        "faults",
    ),
    "fate": ("fate", "reasons", "detail"),
    "address": ("url", "canonical_url", "article_id"),
    "outlet": ("outlet_name", "outlet_id", "outlet_country", "outlet_text", "outlet_rule", "wire"),
    "date": (
        "published_date",
        "published_at",
        "published_precision",
        "published_text",
        "published_source",
        "modified_at",
    ),
    "content": ("title", "title_source", "authors", "language", "word_count", "tags"),
}
_MONEY = (
    "surface",
    "kind",
    "amount",
    "amount_high",
    "currency_code",
    "currency_rule",
    "usd_amount",
    "usd_status",
)
_EXCERPT = 300


@click.command()
@click.argument("document")
@warehouse_option
def explain(document: str, warehouse: Path) -> None:
    """Show how DOCUMENT became its record: an article_id, a raw path (with #OFFSET), or a URL."""
    from rich.console import Console

    from tasks.report.explanation import explain_document
    from tasks.storage import Warehouse

    target = Warehouse(existing_warehouse(warehouse))
    found = explain_document(target, document)
    if not found:
        raise click.UsageError(
            f"no document {document!r} in {warehouse}; give an article_id, a path below raw/, "
            "or a URL"
        )
    console = Console()
    for explanation in found:
        _print(explanation, console)


def _print(explanation: "Explanation", console: "Console") -> None:
    record = explanation.record
    console.rule(f"{record['raw_path']}" + _offset(record))
    for section, columns in _SECTIONS.items():
        console.print(f"[bold]{section}[/bold]")
        for column in columns:
            if (value := record[column]) not in (None, "", []):
                console.print(f"  {column}: {_show(value)}", highlight=False, markup=False)
    if explanation.failed_checks:
        console.print(f"  failed checks: {', '.join(explanation.failed_checks)}")
    _print_candidates(json.loads(record["candidates"] or "{}"), console)
    _print_money(record["money"] or [], console)
    _print_extraction(json.loads(record["extraction"] or "{}"), console)


def _print_candidates(candidates: dict[str, list[dict[str, Any]]], console: "Console") -> None:
    for subject, rows in candidates.items():
        if rows:
            _print_rows(f"candidates for {subject}", rows, console)


def _print_money(money: list[dict[str, Any]], console: "Console") -> None:
    rows = [{name: row[name] for name in _MONEY} for row in money]
    if rows:
        _print_rows("money", rows, console)


def _print_extraction(extraction: dict[str, Any], console: "Console") -> None:
    for name in ("titles", "credits", "blocks"):
        if rows := extraction.get(name):
            _print_rows(f"{name} found", rows, console)
    if text := extraction.get("text"):
        ending = "…" if len(text) > _EXCERPT else ""
        console.print("[bold]text[/bold]")
        console.print(text[:_EXCERPT] + ending, highlight=False, markup=False)


def _print_rows(title: str, rows: list[dict[str, Any]], console: "Console") -> None:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    names = list(dict.fromkeys(name for row in rows for name in row))
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(_show(row.get(name)) for name in names))
    console.print(table)


def _show(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _offset(record: dict[str, Any]) -> str:
    return "" if record["raw_offset"] is None else f"#{record['raw_offset']}"
