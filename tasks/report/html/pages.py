"""Fills the templates: pages that hold all they need, load nothing and run nothing."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from tasks.inspect.explanation import Explanation
from tasks.report.html.charts import Chart, Drawings, Room
from tasks.report.html.environment import make_environment
from tasks.report.html.fates_chart import draw_fates, draw_reasons
from tasks.report.html.filters import FILTERS
from tasks.report.html.measure import Measure
from tasks.report.html.plain_filters import format_number, format_percent, format_seconds
from tasks.report.html.report_data import ReportData, RunSummary
from tasks.report.html.series_charts import (
    draw_heat_map,
    draw_trend,
    ranges_of,
    shade_edges,
    shades_of,
)

_WIDE_FLOW = Room(width=1024, left=150, right=230)
_NARROW_FLOW = Room(width=343, left=112, right=128)
_NARROW_REASONS = Room(width=343, left=112, right=196)
_WIDE_MAP = Room(width=1024, left=210, right=8)
_NARROW_MAP = Room(width=343, left=112, right=4)
# Runs that a trend line shows.
HISTORY_RUNS = 20
_STEP_TONES = ("source", "article", "revision", "copy", "quarantine")
_STANDING_TONES = {
    "article": "good",
    "earlier revision": "revision",
    "quarantined": "warn",
    "not published": "muted",
}


def draw_charts(data: ReportData, drawings: Drawings) -> None:
    """Draws the charts of a report, which shows them as they are drawn then."""
    drawings.draw([*_trends(data.history), *_charts(data).values()])


def show_report(data: ReportData, drawings: Drawings) -> str:
    """Returns the report of a run as a page."""
    trends, charts = _trends(data.history), _charts(data)
    drawn = drawings.draw([*trends, *charts.values()])
    coverage = data.coverage
    edges = shade_edges(max((cell.articles for cell in coverage.cells), default=1))
    steps = list(data.run.step_seconds.items())
    return _fill(
        "report.html",
        data=data,
        measures=_measures(data.history, drawn[: len(trends)]),
        charts=dict(zip(charts, drawn[len(trends) :], strict=True)),
        shades=list(zip(ranges_of(edges), shades_of(edges), strict=True)),
        steps=[
            (step, seconds, _STEP_TONES[position % len(_STEP_TONES)])
            for position, (step, seconds) in enumerate(steps)
        ],
        rate=data.history[-1].documents_per_second,
        failed=[check for check in data.checks if check.failed],
    )


def show_explanation(explained: Sequence[Explanation], back: str | None = None) -> str:
    """Returns explanations of documents as one page.

    Args:
        explained: the records that one word names, at least one.
        back: the page that leads here, relative to this one.
    """
    return _fill("explanation.html", explained=explained, back=back, tones=_STANDING_TONES)


def show_index(
    name: str,
    history: Sequence[RunSummary],
    pages: Sequence[str | None],
    kept: int,
    drawings: Drawings,
    collecting: str | None = None,
) -> str:
    """Returns the list of runs as a page.

    Args:
        name: of the warehouse.
        history: the last runs, the oldest first, at least one.
        pages: the report of each, relative to the list; None where it has none any more.
        kept: how many reports are kept.
        drawings: draws the charts.
        collecting: the page about collecting, relative to the list; None where there is none.
    """
    shown = history[-HISTORY_RUNS:]
    rows = list(zip(history, pages, strict=True))[::-1]
    return _fill(
        "index.html",
        name=name,
        last=history[-1],
        measures=_measures(shown, drawings.draw(_trends(shown))),
        rows=rows,
        kept=kept,
        collecting=collecting,
    )


def _fill(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> jinja2.Environment:
    return make_environment(FILTERS)


def _series(
    history: Sequence[RunSummary],
) -> tuple[tuple[str, str, list[float], Callable[[float], str]], ...]:
    """Returns what is measured of each run: a label, a tone, the values and how one is printed."""
    return (
        ("documents", "source", [run.document_count for run in history], format_number),
        ("articles", "article", [run.article_count for run in history], format_number),
        (
            "of the documents are in quarantine",
            "quarantine",
            [r.quarantined_share for r in history],
            format_percent,
        ),
        ("took", "revision", [run.seconds for run in history], format_seconds),
        ("documents a second", "copy", [r.documents_per_second for r in history], format_number),
    )


def _trends(history: Sequence[RunSummary]) -> list[Chart]:
    """Returns a line over the runs for each measure; nothing where there is one run."""
    if len(history) == 1:
        return []
    return [
        draw_trend(f"trend-{position}", label, values, f"var(--{tone})")
        for position, (label, tone, values, _) in enumerate(_series(history))
    ]


def _measures(history: Sequence[RunSummary], trends: Sequence[Markup]) -> list[Measure]:
    """Returns the measures of the last run, each with its line over the runs before."""
    series = _series(history)
    return [
        Measure(
            label=label,
            value=shown(values[-1]),
            tone=tone,
            delta=_delta(values[-2], values[-1], shown) if len(values) > 1 else "",
            trend=trend,
        )
        for (label, tone, values, shown), trend in zip(
            series, trends or [Markup()] * len(series), strict=True
        )
    ]


def _delta(before: float, now: float, shown: Callable[[float], str]) -> str:
    if shown(before) == shown(now):
        return "as before"
    return f"{shown(abs(now - before))} {'more' if now > before else 'less'} than before"


def _charts(data: ReportData) -> dict[str, Chart]:
    if data.is_held_back:
        return {}
    coverage = data.coverage
    charts = {
        "flow": draw_fates("flow", data, _WIDE_FLOW, with_reasons=True),
        "flow_narrow": draw_fates("flow-narrow", data, _NARROW_FLOW, with_reasons=False),
    }
    if data.reasons:
        charts["reasons_narrow"] = draw_reasons("reasons-narrow", data, _NARROW_REASONS)
    if coverage.periods:
        outlets = [outlet.name for outlet in coverage.outlets]
        for name, room in (("heat", _WIDE_MAP), ("heat_narrow", _NARROW_MAP)):
            charts[name] = draw_heat_map(
                name.replace("_", "-"), coverage.cells, outlets, coverage.periods, room
            )
    return charts
