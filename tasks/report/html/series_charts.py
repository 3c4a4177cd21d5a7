"""Charts over days and runs: coverage as a heat map, and small trend lines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tasks.report.html.charts import Chart, Room

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_ROW = 22
# A plot of this width has room for weeks at its axis.
_WIDE = 500
# Pixels that a letter takes at most of the room for names, on average.
_LETTER = 7
# Shades a reader can tell apart; 0 is drawn as an empty cell.
SHADES = 5
_NICE_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Cell:
    """The articles of an outlet, as it is printed, on one of its days."""

    outlet: str
    day: date
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
    name: str, cells: Sequence[Cell], outlets: Sequence[str], days: Sequence[date], room: Room
) -> Chart:
    """Returns the articles by outlet and day; days without any are empty.

    Args:
        name: of the chart.
        cells: the counts above 0.
        outlets: the rows, from the top.
        days: the columns, every day of them.
        room: for names at the left; in a narrow one cells have no words of their own.
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
                    "day": cell.day.isoformat(),
                    "articles": cell.articles,
                    "words": f"{cell.outlet}, {cell.day:%-d %B %Y}: {cell.articles:,}",
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
                    "x": _days_axis(days, is_wide=is_wide),
                    "y": _outlets_axis(outlets, room.left),
                    "color": _shades(cells),
                    "description": {"field": "words"},
                },
            },
        ],
    }
    return Chart(
        name=name,
        title="Articles by outlet and day of publication",
        description=f"{len(outlets)} rows, {days[0]} to {days[-1]}; the totals are in a table.",
        spec=spec,
    )


def _days_axis(days: Sequence[date], *, is_wide: bool) -> dict[str, Any]:
    marked = [day for day in days if day.day == 1 or (is_wide and day.day in {8, 15, 22})]
    return {
        "field": "day",
        "type": "ordinal",
        "scale": {"domain": [day.isoformat() for day in days], "paddingInner": 0.1},
        "axis": {
            "values": [day.isoformat() for day in marked],
            "labelExpr": "utcFormat(toDate(datum.value), '%-d %b')",
            "labelAngle": 0,
            "orient": "top",
        },
    }


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
