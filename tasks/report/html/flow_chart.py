"""What came in and what became of it, as a Sankey diagram that Vega lays out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tasks.report.html.charts import Chart, Room

_NODE_WIDTH = 12
_GAP = 20
_MIN_HEIGHT = 260


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A stop of documents.

    Attributes:
        key: its name among the nodes. column: 0 is leftmost. order: within its column.
        label: what is printed. color: of the stop and of what flows into it.
        value: how many documents pass.
    """

    key: str
    column: int
    order: int
    label: str
    color: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Documents that go from one stop to the next."""

    source: str
    target: str
    value: int


def draw_flow(
    name: str, title: str, nodes: Sequence[Node], links: Sequence[Link], room: Room
) -> Chart:
    """Returns the diagram; a node's height and a link's width are shares of all its documents."""
    columns = max(node.column for node in nodes) + 1
    tallest = max(sum(node.column == column for node in nodes) for column in range(columns))
    height = max(_MIN_HEIGHT, tallest * (_GAP + 14))
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": room.width,
        "height": height,
        "padding": {"top": 12, "bottom": 12, "left": 0, "right": 0},
        "autosize": "none",
        "signals": [
            {"name": "gap", "value": _GAP},
            {"name": "left", "value": room.left},
            {
                "name": "step",
                "value": (room.width - room.left - room.right - _NODE_WIDTH) / (columns - 1),
            },
            {"name": "last", "value": columns - 1},
            {"name": "unit", "value": _pixels_per_document(nodes, height)},
        ],
        "data": [_nodes(nodes), _links(links)],
        "marks": [_ribbons(), _bars(), _labels(halo=True), _labels(halo=False)],
    }
    said = ", ".join(f"{node.label} {node.value:,}" for node in nodes)
    return Chart(name=name, title=title, description=said, spec=spec)


def _pixels_per_document(nodes: Sequence[Node], height: int) -> float:
    """Returns the largest unit with which every column fits."""
    columns: dict[int, list[int]] = {}
    for node in nodes:
        columns.setdefault(node.column, []).append(node.value)
    return min(
        (height - _GAP * (len(values) - 1)) / max(sum(values), 1) for values in columns.values()
    )


def _nodes(nodes: Sequence[Node]) -> dict[str, Any]:
    """Stacks each column's nodes with a gap between them, all columns centred."""
    sort = {"field": "order"}
    return {
        "name": "nodes",
        "values": [asdict(node) for node in nodes],
        "transform": [
            {"type": "stack", "groupby": ["column"], "field": "value", "sort": sort},
            {
                "type": "window",
                "groupby": ["column"],
                "sort": sort,
                "ops": ["row_number"],
                "as": ["rank"],
            },
            {
                "type": "joinaggregate",
                "groupby": ["column"],
                "fields": ["value", "value"],
                "ops": ["sum", "count"],
                "as": ["total", "count"],
            },
            {
                "type": "formula",
                "as": "top",
                "expr": "(height - datum.total * unit - (datum.count - 1) * gap)"
                " * (datum.column == last && last > 1 ? 1 : 0.5)"
                " + datum.y0 * unit + (datum.rank - 1) * gap",
            },
            {"type": "formula", "as": "left", "expr": "left + datum.column * step"},
        ],
    }


def _links(links: Sequence[Link]) -> dict[str, Any]:
    """Stacks the links at both of their ends, and draws each as a ribbon between them."""
    return {
        "name": "links",
        "values": [asdict(link) for link in links],
        "transform": [
            {
                "type": "lookup",
                "from": "nodes",
                "key": "key",
                "fields": ["source", "target"],
                "as": ["from", "to"],
            },
            *(
                {
                    "type": "stack",
                    "groupby": [end],
                    "field": "value",
                    "sort": {"field": f"{other}.order"},
                    "as": [f"{end}0", f"{end}1"],
                }
                for end, other in (("source", "to"), ("target", "from"))
            ),
            {"type": "formula", "as": "x0", "expr": f"datum.from.left + {_NODE_WIDTH}"},
            {"type": "formula", "as": "x1", "expr": "datum.to.left"},
            {"type": "formula", "as": "x", "expr": "(datum.x0 + datum.x1) / 2"},
            {"type": "formula", "as": "thick", "expr": "max(datum.value * unit, 1)"},
            {"type": "formula", "as": "y0", "expr": "datum.from.top + datum.source0 * unit"},
            {"type": "formula", "as": "y1", "expr": "datum.to.top + datum.target0 * unit"},
            {
                "type": "formula",
                "as": "path",
                "expr": "'M' + datum.x0 + ',' + datum.y0"
                " + 'C' + datum.x + ',' + datum.y0 + ' ' + datum.x + ',' + datum.y1"
                " + ' ' + datum.x1 + ',' + datum.y1 + 'v' + datum.thick"
                " + 'C' + datum.x + ',' + (datum.y1 + datum.thick)"
                " + ' ' + datum.x + ',' + (datum.y0 + datum.thick)"
                " + ' ' + datum.x0 + ',' + (datum.y0 + datum.thick) + 'Z'",
            },
        ],
    }


def _ribbons() -> dict[str, Any]:
    return {
        "type": "path",
        "from": {"data": "links"},
        "encode": {
            "enter": {
                "path": {"field": "path"},
                "fill": {"field": "to.color"},
                "fillOpacity": {"value": 0.35},
                "description": {
                    "signal": "datum.from.label + ' → ' + datum.to.label"
                    " + ': ' + format(datum.value, ',')"
                },
            }
        },
    }


def _bars() -> dict[str, Any]:
    return {
        "type": "rect",
        "from": {"data": "nodes"},
        "encode": {
            "enter": {
                "x": {"field": "left"},
                "width": {"value": _NODE_WIDTH},
                "y": {"field": "top"},
                "height": {"signal": "max(datum.value * unit, 1)"},
                "cornerRadius": {"value": 2},
                "fill": {"field": "color"},
                "description": {"signal": "datum.label + ': ' + format(datum.value, ',')"},
            }
        },
    }


def _labels(*, halo: bool) -> dict[str, Any]:
    """Names stand beside their nodes: outside of the first column, to the right of the others."""
    stroke = {"stroke": {"value": "var(--paper)"}, "strokeWidth": {"value": 4}} if halo else {}
    return {
        "type": "text",
        "from": {"data": "nodes"},
        "encode": {
            "enter": {
                "x": {"signal": f"datum.left + (datum.column ? {_NODE_WIDTH + 8} : -8)"},
                "y": {"signal": "datum.top + max(datum.value * unit, 1) / 2"},
                "align": {"signal": "datum.column ? 'left' : 'right'"},
                "baseline": {"value": "middle"},
                "fontSize": {"value": 13},
                "fill": {"value": "var(--ink)"},
                "text": {"signal": "datum.label + '  ' + format(datum.value, ',')"},
                "aria": {"value": False},
                **stroke,
            }
        },
    }
