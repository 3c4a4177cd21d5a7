"""How a warehouse stands, as OpenMetrics text for a scraper.

The format: https://prometheus.io/docs/specs/om/open_metrics_spec/, written by prometheus_client.
"""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from tasks.inspect.standing import LastRun, Standing


def write_openmetrics(standing: Standing) -> str:
    """Returns the standing as OpenMetrics text.

    All are gauges: a row of runs/ is about one run, and the warehouse's counts can go down.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_StandingCollector(standing))
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text.decode()


class _StandingCollector(Collector):
    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from _of_warehouse(self._standing)
        if self._standing.last_runs:
            yield from _of_run(self._standing.last_runs[0])


def _of_warehouse(standing: Standing) -> Iterator[GaugeMetricFamily]:
    accounts = standing.accounts
    yield _labelled(
        "newsmill_documents",
        "Documents of the warehouse by fate; those that wait are processed and not published.",
        "fate",
        {
            "article": accounts.articles,
            "revision": accounts.revisions,
            "quarantined": accounts.quarantined,
            "waiting": accounts.waiting,
        },
    )
    yield _labelled(
        "newsmill_quarantined_documents",
        "Quarantined documents by reason; a document may have several.",
        "reason",
        standing.quarantined_by_reason,
    )
    yield _labelled(
        "newsmill_waiting_batches",
        "Batches that a run has to do, by why.",
        "state",
        {
            "new_or_changed": standing.new_or_changed_batches,
            "without_verdict": standing.batches_without_verdict,
            "of_other_versions": standing.batches_of_other_versions,
        },
    )
    yield GaugeMetricFamily(
        "newsmill_records_of_other_references",
        "Records made with other outlets or rates than those in use now.",
        value=standing.records_of_other_references,
    )
    yield GaugeMetricFamily(
        "newsmill_held_back_findings",
        "Findings of the audit that hold publishing back.",
        value=len(standing.held_back),
    )


def _of_run(run: LastRun) -> Iterator[GaugeMetricFamily]:
    yield _labelled(
        "newsmill_last_run_step_seconds",
        "Wall time of the last run by step.",
        "step",
        run.step_seconds,
        unit="seconds",
    )
    for name, value, text, unit in (
        ("started_timestamp_seconds", run.started_at.timestamp(), "When it began.", "seconds"),
        ("documents", run.processed_count, "Documents that it read.", ""),
        ("raw_bytes", run.raw_bytes, "Size of the files that it read.", "bytes"),
        ("partitions", run.partitions_written, "Partitions that it rewrote.", ""),
        ("findings", len(run.findings), "What the audit found.", ""),
    ):
        yield GaugeMetricFamily(
            f"newsmill_last_run_{name}", f"Of the last run: {text}", value=value, unit=unit
        )


def _labelled(
    name: str, text: str, label: str, values: dict[str, int] | dict[str, float], unit: str = ""
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=[label], unit=unit)
    for value, count in values.items():
        family.add_metric([value], count)
    return family
