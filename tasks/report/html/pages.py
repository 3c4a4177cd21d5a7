"""Fills the templates: pages that hold all they need, load nothing and run nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import jinja2
from markupsafe import Markup

from tasks.inspect.explanation import Explanation
from tasks.report.html.charts import Chart, Drawings, Room
from tasks.report.html.filters import (
    FILTERS,
    format_number,
    format_percent,
    format_seconds,
    shorten,
)
from tasks.report.html.flow_chart import Link, Node, draw_flow
from tasks.report.html.report_data import Fates, ReportData, RunSummary
from tasks.report.html.series_charts import draw_heat_map, draw_trend, shade_edges, shades_of

_WIDE_FLOW = Room(width=1024, left=150, right=230)
_NARROW_FLOW = Room(width=343, left=112, right=128)
_WIDE_MAP = Room(width=1024, left=210, right=8)
_NARROW_MAP = Room(width=343, left=112, right=4)
# Runs that a trend line shows.
HISTORY_RUNS = 20
# More branches than these are too thin to be followed.
_FLOW_REASONS = 12
# Pixels that a letter takes, on average.
_LETTER = 7
_STEP_TONES = ("source", "article", "revision", "copy", "quarantine")
_STANDING_TONES = {
    "article": "good",
    "earlier revision": "revision",
    "quarantined": "warn",
    "not published": "muted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """A number at the head of a page, with how it moved since the run before."""

    label: str
    value: str
    tone: str
    delta: str = ""
    trend: Markup | str = ""


def show_report(data: ReportData, drawings: Drawings) -> str:
    """Returns the report of a run as a page."""
    trends = _trends(data.history)
    charts = {} if data.is_held_back else _charts(data)
    drawn = drawings.draw([*trends, *charts.values()])
    coverage = data.coverage
    edges = shade_edges(max((cell.articles for cell in coverage.cells), default=1))
    steps = list(data.run.step_seconds.items())
    return _fill(
        "report.html",
        data=data,
        measures=_measures(data.history, drawn[: len(trends)]),
        charts=dict(zip(charts, drawn[len(trends) :], strict=True)),
        shades=list(zip(_ranges(edges), shades_of(edges), strict=True)),
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
) -> str:
    """Returns the list of runs as a page.

    Args:
        name: of the warehouse.
        history: the last runs, the oldest first, at least one.
        pages: the report of each, relative to the list; None where it has none any more.
        kept: how many reports are kept.
        drawings: draws the charts.
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
    )


def _fill(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__ or ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= FILTERS
    style = files(__package__ or "").joinpath("templates", "style.css").read_text("utf-8")
    environment.globals["style"] = Markup(style)  # noqa: S704 - our own style sheet
    return environment


def _series(
    history: Sequence[RunSummary],
) -> tuple[tuple[str, str, list[float], Callable[[float], str]], ...]:
    """Returns what is measured of each run: a label, a tone, the values and how one is printed."""
    return (
        ("documents", "source", [run.document_count for run in history], format_number),
        ("articles", "article", [run.article_count for run in history], format_number),
        (
            "of all quarantined",
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


def _measures(history: Sequence[RunSummary], trends: Sequence[Markup]) -> list[_Measure]:
    """Returns the measures of the last run, each with its line over the runs before."""
    series = _series(history)
    return [
        _Measure(
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
    coverage = data.coverage
    charts = {
        "flow": _flow("flow", data, _WIDE_FLOW, with_reasons=True),
        "flow_narrow": _flow("flow-narrow", data, _NARROW_FLOW, with_reasons=False),
    }
    if coverage.days:
        outlets = [outlet.name for outlet in coverage.outlets]
        for name, room in (("heat", _WIDE_MAP), ("heat_narrow", _NARROW_MAP)):
            charts[name] = draw_heat_map(
                name.replace("_", "-"), coverage.cells, outlets, coverage.days, room
            )
    return charts


def _flow(name: str, data: ReportData, room: Room, *, with_reasons: bool) -> Chart:
    nodes = [
        Node(
            key=f"source {source}",
            column=0,
            order=order,
            label=_fit(source, fates.documents, room.left),
            color="var(--source)",
            value=fates.documents,
        )
        for order, (source, fates) in enumerate(data.sources)
    ]
    links = []
    for order, (label, tone, count) in enumerate(_fates(data.fates)):
        node = Node(
            key=label, column=1, order=order, label=label, color=f"var(--{tone})", value=count
        )
        nodes.append(node)
        links += [
            Link(source=f"source {source}", target=label, value=value)
            for source, fates in data.sources
            if (value := _fates(fates)[order][2])
        ]
    if with_reasons:
        for order, (code, value) in enumerate(_largest_reasons(data)):
            nodes.append(
                Node(
                    key=f"reason {code}",
                    column=2,
                    order=order,
                    label=_fit(code, value, room.right),
                    color="var(--quarantine)",
                    value=value,
                )
            )
            links.append(Link(source="quarantined", target=f"reason {code}", value=value))
    nodes = [node for node in nodes if node.value]
    said = ", ".join(f"{node.label} {node.value:,}" for node in nodes)
    return draw_flow(name, nodes, links, room, said)


def _fit(name: str, count: int, pixels: int) -> str:
    """Cuts a name so that it has room beside its node, with the count behind it."""
    longest = pixels // _LETTER - len(f"  {count:,}")
    return shorten(name, longest)


def _fates(fates: Fates) -> tuple[tuple[str, str, int], ...]:
    return (
        ("articles", "article", fates.originals),
        ("copies", "copy", fates.copies),
        ("revisions", "revision", fates.revisions),
        ("quarantined", "quarantine", fates.quarantined),
    )


def _largest_reasons(data: ReportData) -> list[tuple[str, int]]:
    counts = [(reason.code, reason.firsts) for reason in data.reasons if reason.firsts]
    rest = counts[_FLOW_REASONS:]
    others = [(f"{len(rest)} others", sum(count for _, count in rest))] if rest else []
    return counts[:_FLOW_REASONS] + others


def _ranges(edges: Sequence[int]) -> list[str]:
    """Returns what each shade stands for: 1, 2 to 4, 5 and more."""
    ranges = []
    for low, high in pairwise(edges):
        ranges.append(f"{low:,}" if high == low + 1 else f"{low:,} to {high - 1:,}")
    return [*ranges, f"{edges[-1]:,} and more" if edges[-1] > 1 else "1"]
