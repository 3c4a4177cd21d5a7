"""How collecting stands, as Markdown: what Prefect's UI shows."""

from collections.abc import Iterator
from pathlib import Path

from tasks.collect.reporting.runs import CollectRun
from tasks.collect.reporting.standing import CollectStanding

_SHOWN = 50


def summarize_collecting(run: CollectRun, page: Path | None = None) -> str:
    """Returns what a run did and how collecting stands.

    Args:
        run: the run.
        page: where the report lies; None where none was written.
    """
    return "\n".join(_lines(run, page))


def _lines(run: CollectRun, page: Path | None) -> Iterator[str]:
    standing, account = run.standing, run.standing.account
    outcomes = run.outcomes()
    yield f"Collected {outcomes.get('stored', 0):,} pages in {run.seconds:,.0f} s.\n"
    yield "| addresses | this run | ever |"
    yield "|---|---:|---:|"
    yield f"| found | | {account.found:,} |"
    for outcome, count in sorted(account.outcomes.items(), key=lambda entry: -entry[1]):
        yield f"| {outcome.value} | {outcomes.get(outcome.value, 0):,} | {count:,} |"
    yield f"| waiting | | {account.waiting:,} |"
    yield f"\nRequests: {_requests(run)}. Backlog: {standing.backlog_hours:,.1f} h.\n"
    for full in standing.full_outlets[:_SHOWN]:
        yield (
            f"Full for today: {full.outlet}, {full.stored:,} pages {full.kind};"
            f" {full.waiting:,} wait for tomorrow.\n"
        )
    for lost in run.recovery.lost:
        yield f"LOST: `{lost}` is gone or too short, and its pages count as stored.\n"
    yield from _troubles(standing)
    yield from _backfills(standing)
    if page is not None:
        yield f"\nReport: `{page.resolve()}`. Browsers open no file from a page of a server."


def _requests(run: CollectRun) -> str:
    counts = sorted(run.collected.requests.items())
    return ", ".join(f"{count:,} {kind} {what}" for (kind, what), count in counts) or "none"


def _troubles(standing: CollectStanding) -> Iterator[str]:
    if not standing.troubles:
        yield "All sources answer, and have news."
        return
    yield "| source | outlet | trouble | since | |"
    yield "|---|---|---|---|---|"
    for trouble in standing.troubles[:_SHOWN]:
        cells = (
            trouble.url,
            trouble.outlet,
            trouble.trouble.value,
            trouble.since_text,
            trouble.detail,
        )
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
    if len(standing.troubles) > _SHOWN:
        yield f"\n{len(standing.troubles) - _SHOWN:,} more: `newsmill sources check --state`."


def _backfills(standing: CollectStanding) -> Iterator[str]:
    if not standing.backfills:
        return
    yield "\n| backfill | outlets | catalogues read | failed | pages that wait |"
    yield "|---|---|---:|---:|---:|"
    for one in standing.backfills:
        read = f"{one.read:,} of {one.known:,}"
        yield f"| {one.days} | {one.outlets} | {read} | {len(one.failed):,} | {one.waits} |"
