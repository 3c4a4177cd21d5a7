"""How all pages print values: the filters that know nothing of what is shown."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup, escape

# Between a number and its unit, which belong on one line.
_SPACE = "\N{NO-BREAK SPACE}"
_MINUTE = 60
_KILO = 1_000
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


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


def shorten(text: str, longest: int) -> str:
    """The beginning of a text, with an ellipsis where something was cut."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def mark_code(text: str) -> Markup:
    """A text with what stands between backticks as code; all else is only printed."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    code = Markup("<code>{}</code>")
    return Markup("").join(
        code.format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


PLAIN_FILTERS: dict[str, Callable[..., Any]] = {
    "bytes": format_bytes,
    "code": mark_code,
    "day": format_day,
    "instant": format_instant,
    "number": format_number,
    "percent": format_percent,
    "seconds": format_seconds,
    "share": format_share,
    "shorten": shorten,
}
