"""What came in and what became of it, by fate and reason: the stops of the flow's diagram."""

from tasks.report.html.charts import Chart, Room
from tasks.report.html.flow_chart import Link, Node, draw_flow
from tasks.report.html.plain_filters import shorten
from tasks.report.html.report_data import Fates, ReportData

_QUARANTINED = "quarantined"
# More branches than these are too thin to be followed.
_FLOW_REASONS = 12
# Pixels that a letter takes, on average.
_LETTER = 7


def draw_fates(name: str, data: ReportData, room: Room, *, with_reasons: bool) -> Chart:
    """Returns the flow from sources to fates, and on to the reasons of quarantine."""
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
        _add_reasons(nodes, links, data, 2, room)
    nodes = [node for node in nodes if node.value]
    return draw_flow(name, "What came in and what became of it", nodes, links, room)


def draw_reasons(name: str, data: ReportData, room: Room) -> Chart:
    """Returns the flow from quarantine to its reasons, where there is no room for all in one."""
    count = data.fates.quarantined
    nodes = [
        Node(
            key=_QUARANTINED,
            column=0,
            order=0,
            label=_QUARANTINED,
            color="var(--quarantine)",
            value=count,
        )
    ]
    links: list[Link] = []
    _add_reasons(nodes, links, data, 1, room)
    return draw_flow(name, "Why documents are in quarantine", nodes, links, room)


def _add_reasons(
    nodes: list[Node], links: list[Link], data: ReportData, column: int, room: Room
) -> None:
    for order, (code, value) in enumerate(_largest_reasons(data)):
        nodes.append(
            Node(
                key=f"reason {code}",
                column=column,
                order=order,
                label=_fit(code, value, room.right),
                color="var(--quarantine)",
                value=value,
            )
        )
        links.append(Link(source=_QUARANTINED, target=f"reason {code}", value=value))


def _fit(name: str, count: int, pixels: int) -> str:
    """Cuts a name so that it has room beside its node, with the count behind it."""
    longest = pixels // _LETTER - len(f"  {count:,}")
    return shorten(name, longest)


def _fates(fates: Fates) -> tuple[tuple[str, str, int], ...]:
    return (
        ("articles", "article", fates.originals),
        ("copies", "copy", fates.copies),
        ("revisions", "revision", fates.revisions),
        (_QUARANTINED, "quarantine", fates.quarantined),
    )


def _largest_reasons(data: ReportData) -> list[tuple[str, int]]:
    counts = [(reason.code, reason.firsts) for reason in data.reasons if reason.firsts]
    rest = counts[_FLOW_REASONS:]
    others = [(f"{len(rest)} others", sum(count for _, count in rest))] if rest else []
    return counts[:_FLOW_REASONS] + others
