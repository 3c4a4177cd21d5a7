"""The page about collecting: what a person looks at each morning."""

from functools import cache

import jinja2
from markupsafe import Markup

from tasks.report.collecting.gathering import CollectingData
from tasks.report.html.charts import Chart, Drawings, Room
from tasks.report.html.environment import make_environment
from tasks.report.html.measure import Measure
from tasks.report.html.plain_filters import (
    PLAIN_FILTERS,
    format_number,
    format_percent,
    format_seconds,
)
from tasks.report.html.series_charts import (
    draw_heat_map,
    draw_trend,
    ranges_of,
    shade_edges,
    shades_of,
)

_ROOMS = {
    "heat": Room(width=1024, left=210, right=8),
    "heat_narrow": Room(width=343, left=112, right=4),
}
_TITLE = "Pages stored by outlet and day"


def show_collecting(data: CollectingData, drawings: Drawings) -> str:
    """Returns the page.

    Args:
        data: what it says.
        drawings: draws the charts.
    """
    trends = [
        draw_trend("trend-found", "found by day", data.found, "var(--source)"),
        draw_trend("trend-stored", "stored by day", data.stored, "var(--article)"),
    ]
    maps = _maps(data)
    drawn = drawings.draw([*trends, *maps.values()])
    edges = shade_edges(max((cell.articles for cell in data.cells), default=1))
    return (
        _environment()
        .get_template("collecting.html")
        .render(
            data=data,
            measures=_measures(data, *drawn[:2]),
            maps=dict(zip(maps, drawn[2:], strict=True)),
            shades=list(zip(ranges_of(edges), shades_of(edges), strict=True)),
        )
    )


@cache
def _environment() -> jinja2.Environment:
    return make_environment(PLAIN_FILTERS)


def _measures(data: CollectingData, found: Markup, stored: Markup) -> list[Measure]:
    standing = data.standing
    unmodified = format_percent(100 * standing.unmodified_share)
    wait = format_seconds(3600 * standing.backlog_hours)
    number = format_number
    return [
        Measure(label="found today", value=number(data.found[-1]), tone="source", trend=found),
        Measure(label="stored today", value=number(data.stored[-1]), tone="article", trend=stored),
        Measure(
            label="wait",
            value=number(standing.account.waiting),
            tone="revision",
            delta=f"the last is asked in {wait}" if standing.account.waiting else "",
        ),
        Measure(
            label="feeds and sitemaps",
            value=number(sum(standing.sources.values())),
            tone="copy",
            delta=f"{unmodified} of the polls had no news",
        ),
        Measure(
            label="sources to look at", value=number(len(standing.troubles)), tone="quarantine"
        ),
    ]


def _maps(data: CollectingData) -> dict[str, Chart]:
    if not data.cells:
        return {}
    outlets = [outlet.name for outlet in data.outlets]
    return {
        name: draw_heat_map(name.replace("_", "-"), data.cells, outlets, data.periods, room, _TITLE)
        for name, room in _ROOMS.items()
    }
