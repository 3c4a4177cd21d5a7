"""How pages print what was extracted: the filters of the templates, the plain ones included."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from tasks.inspect.explained_amounts import print_dollars, words_around
from tasks.inspect.explanation import Explanation
from tasks.report.html.plain_filters import (
    PLAIN_FILTERS,
    format_instant,
    format_number,
    format_seconds,
)

_LINEAGE = (
    ("raw_digest", "SHA-256"),
    ("form", "form"),
    ("url", "fetched from"),
    ("fetched_at", "fetched"),
    ("landing_date", "landed"),
    ("faults", "faults"),
    ("batch_id", "batch"),
    ("seconds", "CPU time"),
    ("pipeline_version", "newsmill"),
    ("reference_version", "reference data"),
)


def format_dollars(value: float | None) -> str:
    """2,468,534; nothing where there is no value."""
    return "" if value is None else format_number(value)


def format_amount(value: Decimal) -> str:
    """All digits that are not zeros at the end: 4,200,000 or 0.000123."""
    return f"{value.normalize():,f}"


def show_context(row: dict[str, Any], text: str) -> str:
    """The words around an amount; a quote is not part of the text."""
    if row["start"] is None:
        return "an exchange rate"
    before, behind = words_around(text, row["start"], row["end"])
    return f"{before}{text[row['start'] : row['end']]}{behind}".replace("\n", " ")


def list_lineage(item: Explanation) -> list[tuple[str, str]]:
    """Where a record came from and what made it, as far as that is known."""
    data = [("document", item.name)]
    for column, label in _LINEAGE:
        value = item.record[column]
        match value:
            case None | []:
                continue
            case datetime():
                data.append((label, format_instant(value)))
            case float():
                data.append((label, format_seconds(value)))
            case list():
                data.append((label, ", ".join(value)))
            case _:
                data.append((label, str(value)))
    return data


FILTERS: dict[str, Callable[..., Any]] = PLAIN_FILTERS | {
    "amount": format_amount,
    "context": show_context,
    "dollars": format_dollars,
    "lineage": list_lineage,
    "worth": print_dollars,
}
