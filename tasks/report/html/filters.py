"""How pages print values: the filters of the templates."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tasks.inspect.explained_amounts import print_dollars, words_around
from tasks.inspect.explanation import Explanation

# Between a number and its unit, which belong on one line.
_SPACE = "\N{NO-BREAK SPACE}"
_MINUTE = 60
_KILO = 1_000
_UNITS = ("bytes", "kB", "MB", "GB", "TB")
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


def format_number(value: float) -> str:
    """12,345; 3.2 below ten where it is no whole number."""
    small = 10
    return f"{value:,.1f}" if value < small and value != int(value) else f"{value:,.0f}"


def format_seconds(value: float) -> str:
    """850 ms, 13.7 s, 4 min 05 s, 2 h 10 min."""
    if value < 1:
        return f"{value * _KILO:,.0f}{_SPACE}ms"
    if value < _MINUTE:
        return f"{value:.1f}{_SPACE}s"
    minutes, seconds = divmod(round(value), _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    if hours:
        return f"{hours:,}{_SPACE}h {minutes:02}{_SPACE}min"
    return f"{minutes}{_SPACE}min {seconds:02}{_SPACE}s"


def format_bytes(value: float) -> str:
    """103 kB, 1.2 GB."""
    for unit in _UNITS[:-1]:
        if value < _KILO:
            return f"{format_number(value)}{_SPACE}{unit}"
        value /= _KILO
    return f"{format_number(value)}{_SPACE}{_UNITS[-1]}"


def format_percent(value: float) -> str:
    """30 %, 0.4 %; what is given is in percent."""
    return f"{format_number(value)}{_SPACE}%"


def format_share(part: float, whole: float) -> str:
    """The percent that a part is of the whole, for widths."""
    return f"{100 * part / whole if whole else 0:.1f}"


def format_instant(value: datetime) -> str:
    """22 November 2026, 16:30 UTC."""
    return f"{value.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def format_day(value: date) -> str:
    """22 November 2026."""
    return f"{value:%-d %B %Y}"


def format_dollars(value: float | None) -> str:
    """2,468,534; nothing where there is no value."""
    return "" if value is None else format_number(value)


def format_amount(value: Decimal) -> str:
    """All digits that are not zeros at the end: 4,200,000 or 0.000123."""
    return f"{value.normalize():,f}"


def shorten(text: str, longest: int) -> str:
    """The beginning of a text, with an ellipsis where something was cut."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


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


FILTERS: dict[str, Callable[..., Any]] = {
    "amount": format_amount,
    "bytes": format_bytes,
    "context": show_context,
    "day": format_day,
    "dollars": format_dollars,
    "instant": format_instant,
    "lineage": list_lineage,
    "number": format_number,
    "percent": format_percent,
    "seconds": format_seconds,
    "share": format_share,
    "shorten": shorten,
    "worth": print_dollars,
}
