"""Charts over time and runs: coverage as a heat map, and small trend lines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from tasks.report.html.charts import Chart, Room
from tasks.report.html.periods import Periods

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_ROW = 22
# A plot of this width has room for weeks at its axis.
_WIDE = 500
# Pixels that a letter takes at most of the room for names, on average.
_LETTER = 7
# Shades a reader can tell apart; 0 is drawn as an empty cell.
SHADES = 5
_NICE_STEPS = (1, 2, 5)
# Names that have room at the axis.
_NAMED_WIDE, _NAMED_NARROW = 12, 4


@dataclass(frozen=True, slots=True)
class Cell:
    """The articles of an outlet, as it is printed, in the period that begins on a day."""

    outlet: str
    start: date
    articles: int


def shade_edges(largest: int) -> tuple[int, ...]:
    """Returns the smallest count of each shade, at most five: 1, 2, 3 or 1, 10, 50, 200, 1000."""
    if largest <= SHADES:
        return tuple(range(1, max(largest, 1) + 1))
    nice = [step * 10**power for power in range(12) for step in _NICE_STEPS]
    fitting = [number for number in nice if number < largest]
    chosen = [round(rank * (len(fitting) - 1) / (SHADES - 1)) for rank in range(SHADES)]
    return tuple(dict.fromkeys(fitting[position] for position in chosen))


def draw_heat_map(
    name: str,
    cells: Sequence[Cell],
    outlets: Sequence[str],
    periods: Periods,
    room: Room,
    title: str = "",
) -> Chart:
    """Returns the articles by outlet and period; those without any are empty.

    Args:
        name: of the chart.
        cells: the counts above 0.
        outlets: the rows, from the top.
        periods: the columns.
        room: for names at the left; in a narrow one cells have no words of their own.
        title: of the chart, where it is not about articles by their day of publication.
    """
    plot = room.width - room.left - room.right
    is_wide = plot >= _WIDE
    rows = {outlet: row for row, outlet in enumerate(outlets)}
    spec = {
        "$schema": _SCHEMA,
        "width": plot,
        "height": _ROW * len(outlets),
        "autosize": "none",
        "padding": {"left": room.left, "right": room.right, "top": 24, "bottom": 2},
        "data": {
            "values": [
                {
                    "row": rows[cell.outlet],
                    "start": cell.start.isoformat(),
                    "articles": cell.articles,
                    "words": f"{cell.outlet}, {periods.name(cell.start)}: {cell.articles:,}",
                }
                for cell in cells
            ]
        },
        "layer": [
            {
                "data": {"values": [{"row": row} for row in rows.values()]},
                "mark": {"type": "rule", "color": "var(--line)", "aria": False},
                "encoding": {"y": {"field": "row", "type": "ordinal"}},
            },
            {
                "mark": {"type": "rect", "aria": is_wide},
                "encoding": {
                    "x": _time_axis(periods, is_wide=is_wide),
                    "y": _outlets_axis(outlets, room.left),
                    "color": _shades(cells),
                    "description": {"field": "words"},
                },
            },
        ],
    }
    return Chart(
        name=name,
        title=title or f"Articles by outlet and {periods.unit} of publication",
        description=f"{len(outlets)} rows, {periods.name(periods.starts[0])} to "
        f"{periods.name(periods.starts[-1])}; the totals are in a table.",
        spec=spec,
    )


def _time_axis(periods: Periods, *, is_wide: bool) -> dict[str, Any]:
    starts = [start.isoformat() for start in periods.starts]
    marked, written = _marks(periods, is_wide=is_wide)
    return {
        "field": "start",
        "type": "ordinal",
        "scale": {"domain": starts, "paddingInner": 0.1},
        "axis": {
            "values": [start.isoformat() for start in marked],
            "labelExpr": f"utcFormat(toDate(datum.value), '{written}')",
            "labelAngle": 0,
            "orient": "top",
        },
    }


def _marks(periods: Periods, *, is_wide: bool) -> tuple[list[date], str]:
    """Returns the periods that are named at the axis, and how."""
    columns, named = len(periods.starts), _NAMED_WIDE if is_wide else _NAMED_NARROW
    match periods.unit:
        case "day":
            days = {1, 8, 15, 22} if is_wide else {1}
            return [start for start in periods.starts if start.day in days], "%-d %b"
        case "month":
            step = _every(columns, named, (1, 3, 6, 12))
            return [start for start in periods.starts if (start.month - 1) % step == 0], "%b %Y"
        case "year":
            step = _every(columns, named, (1, 2, 5, 10))
            return [start for start in periods.starts if start.year % step == 0], "%Y"


def _every(columns: int, named: int, steps: Sequence[int]) -> int:
    """Returns the smallest step at which no more than so many columns are named."""
    return next((step for step in steps if columns <= step * named), steps[-1])


def _outlets_axis(outlets: Sequence[str], room: int) -> dict[str, Any]:
    longest = room // _LETTER
    names = [name if len(name) <= longest else f"{name[: longest - 1]}…" for name in outlets]
    return {
        "field": "row",
        "type": "ordinal",
        "scale": {"domain": list(range(len(outlets))), "paddingInner": 0.1},
        "axis": {
            "labelColor": "var(--ink)",
            "labelLimit": 0,
            "labelExpr": f"{json.dumps(names)}[datum.value]",
            "offset": 6,
        },
    }


def _shades(cells: Sequence[Cell]) -> dict[str, Any]:
    edges = shade_edges(max((cell.articles for cell in cells), default=1))
    return {
        "field": "articles",
        "type": "quantitative",
        "scale": {
            "type": "threshold",
            "domain": list(edges[1:]),
            "range": [f"var(--shade-{shade})" for shade in shades_of(edges)],
        },
        "legend": None,
    }


def shades_of(edges: Sequence[int]) -> list[int]:
    """Returns which shades stand for the ranges that begin at these counts, darkest last."""
    return [round(1 + rank * (SHADES - 1) / max(len(edges) - 1, 1)) for rank in range(len(edges))]


def ranges_of(edges: Sequence[int]) -> list[str]:
    """Returns what each shade stands for: 1, 2 to 4, 5 and more."""
    ranges = []
    for low, high in pairwise(edges):
        ranges.append(f"{low:,}" if high == low + 1 else f"{low:,} to {high - 1:,}")
    return [*ranges, f"{edges[-1]:,} and more" if edges[-1] > 1 else "1"]


def draw_trend(name: str, title: str, values: Sequence[float], color: str) -> Chart:
    """Returns a line over the last runs, the oldest first, without axes; its end is marked."""
    last = len(values) - 1
    base = {"x": {"field": "run", "type": "quantitative", "axis": None}}
    height = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"zero": False, "nice": False},
    }
    spec = {
        "$schema": _SCHEMA,
        "width": 150,
        "height": 34,
        "padding": {"left": 0, "right": 5, "top": 5, "bottom": 5},
        "data": {"values": [{"run": run, "value": value} for run, value in enumerate(values)]},
        "layer": [
            {
                "mark": {
                    "type": "line",
                    "color": color,
                    "strokeWidth": 2,
                    "strokeJoin": "round",
                    "aria": False,
                },
                "encoding": base | {"y": height},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 44, "opacity": 1, "color": color},
                "transform": [{"filter": f"datum.run == {last}"}],
                "encoding": base | {"y": height},
            },
        ],
    }
    listed = ", ".join(f"{value:,.4g}" for value in values)
    return Chart(name=name, title=title, description=f"The last runs: {listed}.", spec=spec)
