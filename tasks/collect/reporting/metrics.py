"""How collecting stands, as OpenMetrics text for a scraper."""

from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from tasks.collect.reporting.standing import CollectStanding
from tasks.collect.reporting.troubles import Trouble


def write_collect_metrics(standing: CollectStanding) -> str:
    """Returns how collecting stands as OpenMetrics text; all are gauges, read from the state."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Standing(standing))
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text.decode()


class _Standing(Collector):
    def __init__(self, standing: CollectStanding) -> None:
        self._standing = standing

    def collect(self) -> Iterator[GaugeMetricFamily]:
        standing = self._standing
        outcomes = GaugeMetricFamily(
            "newsmill_collect_addresses", "Addresses found, by outcome.", labels=["outcome"]
        )
        for outcome, count in standing.account.outcomes.items():
            outcomes.add_metric([outcome.value], count)
        outcomes.add_metric(["waiting"], standing.account.waiting)
        yield outcomes
        troubles = GaugeMetricFamily(
            "newsmill_collect_troubled_sources", "Sources by what is wrong.", labels=["trouble"]
        )
        counted = Counter(trouble.trouble for trouble in standing.troubles)
        for trouble in Trouble:
            troubles.add_metric([trouble.value], counted[trouble])
        yield troubles
        yield _by_source(standing)
        yield from _backfills(standing)
        if standing.heard_at is not None:
            yield GaugeMetricFamily(
                "newsmill_collect_heard_timestamp_seconds",
                "When a run last ended in order, or sealed its files and went on.",
                value=standing.heard_at,
            )
        for name, text, value in (
            ("sources", "Feeds and sitemaps.", sum(standing.sources.values())),
            ("unmodified_ratio", "Polls answered 304, of all.", standing.unmodified_share),
            ("backlog_hours", "Until what waits is asked.", standing.backlog_hours),
            (
                "full_outlets",
                "Outlets that have had their pages for today.",
                len({full.outlet for full in standing.full_outlets}),
            ),
        ):
            yield GaugeMetricFamily(f"newsmill_collect_{name}", text, value=value)


def _by_source(standing: CollectStanding) -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "newsmill_collect_source_trouble",
        "1 for each trouble of each source; those that are well are not listed.",
        labels=["trouble", "outlet", "source", "alarm"],
    )
    for found in standing.troubles:
        alarm = "yes" if found.is_alarm else "no"
        family.add_metric([found.trouble.value, found.outlet, found.url, alarm], 1)
    return family


def _backfills(standing: CollectStanding) -> Iterator[GaugeMetricFamily]:
    # The number tells orders of the same days apart.
    labels = ["backfill", "since", "until"]
    catalogues = GaugeMetricFamily(
        "newsmill_collect_backfill_catalogues",
        "Sitemaps and pages of feeds of a backfill, by how far they are.",
        labels=[*labels, "state"],
    )
    pages = GaugeMetricFamily(
        "newsmill_collect_backfill_pages_waiting",
        "Pages of a backfill's outlets that wait; backfills of the same outlets share them.",
        labels=labels,
    )
    for one in standing.backfills:
        window = one.order.window
        values = [str(one.number), str(window.since), str(window.until)]
        counts = {"read": one.read, "failed": len(one.failed), "waiting": one.waiting}
        for name, count in counts.items():
            catalogues.add_metric([*values, name], count)
        pages.add_metric(values, one.pages)
    yield from (catalogues, pages)
