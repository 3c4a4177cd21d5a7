"""What `newsmill collect` and `newsmill status` print of collecting."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.table import Table

    from tasks.collect.reporting.backfills import BackfillStanding
    from tasks.collect.reporting.backlog import FullOutlet
    from tasks.collect.reporting.runs import CollectRun
    from tasks.collect.reporting.standing import CollectStanding

_SHOWN_TROUBLES = 20
_SHOWN_FAILURES = 20
_SHOWN_FULL = 20


def standing_as_json(standing: "CollectStanding") -> dict[str, Any]:
    """Returns how collecting stands as `--json` prints it."""
    backfills = [_backfill_as_json(one) for one in standing.backfills]
    known = asdict(replace(standing, backfills=()))
    return {**known, "backlog_hours": standing.backlog_hours, "backfills": backfills}


def _backfill_as_json(standing: "BackfillStanding") -> dict[str, Any]:
    order = standing.order
    return {
        "backfill": standing.number,
        "since": str(order.window.since),
        "until": str(order.window.until),
        "outlets": list(order.outlets),
        "takes_undated": order.takes_undated,
        "is_over": standing.is_over,
        "over_at": standing.over_at,
        "catalogues": {"known": standing.known, "read": standing.read, "waiting": standing.waiting},
        "endings": {ending.value: count for ending, count in standing.endings.items()},
        "addresses": dict(standing.counts),
        "failed": [{"url": url, "problem": problem} for url, problem in standing.failed],
        "pages_waiting": standing.pages,
    }


def print_standing(standing: "CollectStanding") -> None:
    """Prints what was collected, what waits, and what a person should look at."""
    from newsmill.console import SafeConsole

    console = SafeConsole()
    for position, table in enumerate(standing_tables(standing, "Collected")):
        if position:
            console.print()
        console.print(table)


def standing_tables(standing: "CollectStanding", title: str) -> "Iterator[Table]":
    """Yields what was collected, and the sources that a person should look at, if there are any."""
    from rich.table import Table

    from tasks.collect.reporting.troubles import to_minute

    account = standing.account
    table = Table("addresses", "ever", title=title, title_justify="left")
    table.columns[1].justify = "right"
    for outcome, count in sorted(account.outcomes.items(), key=lambda entry: -entry[1]):
        table.add_row(outcome.value, f"{count:,}")
    table.add_row("waiting", f"{account.waiting:,}")
    table.add_row("found", f"{account.found:,}", end_section=True)
    for kind, count in standing.sources.items():
        table.add_row(f"sources: {kind.value}", f"{count:,}")
    table.add_row("polls answered 304", f"{standing.unmodified_share:.0%}")
    table.add_row("backlog", f"{standing.backlog_hours:,.1f} h")
    if standing.heard_at is not None:
        table.add_row("last heard of (UTC)", to_minute(standing.heard_at))
    yield table
    if standing.full_outlets:
        yield _full(standing.full_outlets)
    if standing.troubles:
        yield troubles_of(standing)
    if standing.backfills:
        yield _backfills(standing.backfills)


def _full(outlets: "Sequence[FullOutlet]") -> "Table":
    """Returns the outlets that have had their pages for today, for a terminal of 80 columns."""
    from rich.table import Table

    table = Table(title="Full for today (max_pages_per_day)", title_justify="left")
    table.add_column("outlet", overflow="fold")
    table.add_column("pages")
    for name in ("stored", "wait"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in outlets[:_SHOWN_FULL]:
        table.add_row(one.outlet, one.kind, f"{one.stored:,}", f"{one.waiting:,}")
    if len(outlets) > _SHOWN_FULL:
        table.caption = f"{len(outlets) - _SHOWN_FULL:,} more"
    return table


def print_run(run: "CollectRun") -> None:
    """Prints what a run did."""
    from newsmill.console import SafeConsole

    console = SafeConsole()
    console.print(_counts(run))
    if run.standing.full_outlets:
        console.print()
        console.print(_full(run.standing.full_outlets))
    if run.standing.troubles:
        console.print()
        console.print(troubles_of(run.standing))


def _counts(run: "CollectRun") -> "Table":
    from rich.table import Table

    account, outcomes = run.standing.account, run.outcomes()
    table = Table("addresses", "this run", "ever", title="Collected", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for outcome, count in sorted(account.outcomes.items(), key=lambda entry: -entry[1]):
        table.add_row(outcome.value, f"{outcomes.get(outcome.value, 0):,}", f"{count:,}")
    table.add_row("waiting", "", f"{account.waiting:,}")
    table.add_row("found", f"{sum(outcomes.values()):,}", f"{account.found:,}", end_section=True)
    for name, value in _facts(run):
        table.add_row(name, value, "")
    return table


def _facts(run: "CollectRun") -> "Iterator[tuple[str, str]]":
    requests = run.collected.requests
    for kind in sorted({kind for kind, _ in requests}):
        count = sum(count for (of, _), count in requests.items() if of == kind)
        yield f"requests: {kind}", f"{count:,}"
    yield "files sealed", f"{len(run.collected.sealed) + len(run.recovery.sealed):,}"
    yield "seconds", f"{run.seconds:,.1f}"
    for lost in run.recovery.lost:
        yield "LOST", lost


def troubles_of(standing: "CollectStanding") -> "Table":
    """Returns the sources that a person should look at, for a terminal of 80 columns."""
    from rich.table import Table
    from rich.text import Text

    table = Table("trouble", "source", "since (UTC)", title_justify="left")
    table.title = "Sources to look at"
    table.columns[1].overflow = "fold"
    troubles = standing.troubles
    for trouble in troubles[:_SHOWN_TROUBLES]:
        words = ": ".join(part for part in (trouble.outlet, trouble.detail) if part)
        source = Text(f"{trouble.url}\n").append(words, style="dim")
        table.add_row(trouble.trouble.value, source, trouble.since_text)
    if len(troubles) > _SHOWN_TROUBLES:
        table.caption = f"{len(troubles) - _SHOWN_TROUBLES:,} more"
    return table


def _backfills(standings: "Sequence[BackfillStanding]") -> "Table":
    """Returns how backfills stand, for a terminal of 80 columns."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Backfills", title_justify="left")
    table.add_column("days and outlets", overflow="fold")
    for name in ("catalogues\nread", "not read", "pages\nthat wait"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in standings:
        days = Text(f"{one.days}\n").append(one.outlets, style="dim")
        read = f"{one.read:,} of {one.known:,}"
        table.add_row(days, read, f"{len(one.failed):,}", one.waits)
    return table


def print_backfill(standing: "BackfillStanding") -> None:
    """Prints what a backfill has read, and what it could not."""
    from rich.table import Table

    from newsmill.console import SafeConsole

    table = Table(
        "catalogues, and addresses in them",
        "ever",
        title=f"Backfill of {standing.days}",
        title_justify="left",
    )
    table.columns[1].justify = "right"
    for ending, count in sorted(standing.endings.items()):
        table.add_row(f"catalogues: {ending.value}", f"{count:,}")
    table.add_row("catalogues: waiting", f"{standing.waiting:,}", end_section=True)
    for what, count in sorted(standing.counts.items()):
        table.add_row(what, f"{count:,}")
    console = SafeConsole()
    console.print()
    console.print(table)
    for url, problem in standing.failed[:_SHOWN_FAILURES]:
        console.print(f"not read: {url} ({problem})")
