"""`newsmill notify`: tells people something, at the addresses of the setting `notify`."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.collect import missing_extra
from newsmill.options import configuration, notify_option, state_option, warehouse_option
from newsmill.telling import tell_people
from newsmill.terminal import echo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.notifications import Delivery

_TEST = "This is a test. newsmill tells you here of runs that are held back, fail or are missing."


@click.command()
@click.argument("text", required=False)
@notify_option
@warehouse_option
@state_option
@click.option("--test", is_flag=True, help="Send a test, and say what became of it.")
@click.option(
    "--if-silent",
    is_flag=True,
    help="Send only where no run has ended for `silent_after_h` hours, or none of the collector's"
    " schedule for `collect_silent_after_h`.",
)
def notify(
    text: str | None,
    notify: tuple[str, ...],
    warehouse: Path,
    state: Path,
    test: bool,
    if_silent: bool,
) -> None:
    """Tell people TEXT, as a service that failed does, or that no run has ended in time.

    Exit status: 0 delivered, or nothing to say; 1 not delivered everywhere.
    """
    if (text is not None) + test + if_silent != 1:
        raise click.UsageError("give a TEXT, --test or --if-silent: one of them")
    if not notify:
        raise click.UsageError("nobody is to be told: name addresses in `notify` (newsmill.toml)")
    if if_silent:
        deliveries = [*_tell_silence(notify, warehouse), *_tell_silent_collecting(notify, state)]
    else:
        deliveries = tell_people(notify, str(warehouse), text or _TEST, is_quiet=True)
    for delivery in deliveries:
        echo(f"{delivery.address}: {delivery.fault or 'delivered'}", err=bool(delivery.fault))
    if any(delivery.fault for delivery in deliveries):
        sys.exit(1)


def _tell_silence(addresses: "Sequence[str]", warehouse: Path) -> "list[Delivery]":
    """Tells that no run has ended in time, each time that it is asked."""
    text = _describe_silence(warehouse)
    return [] if text is None else tell_people(addresses, str(warehouse), text, is_quiet=True)


def _tell_silent_collecting(addresses: "Sequence[str]", state: Path) -> "list[Delivery]":
    """Tells that the collector's schedule has stopped, once; nothing where nobody collects."""
    if not state.is_dir() or missing_extra():
        return []
    from tasks.collect.memory.state import read_state
    from tasks.collect.reporting.silence import describe_silence, note_silence_told

    try:
        with read_state(state) as opened:
            hours = configuration().collect_silent_after_h
            text = describe_silence(opened, datetime.now(UTC).timestamp(), hours)
    except FileNotFoundError:
        return []
    if text is None:
        return []
    deliveries = tell_people(addresses, f"collecting with {state}", text, is_quiet=True)
    if any(not delivery.fault for delivery in deliveries):
        note_silence_told(state)
    return deliveries


def _describe_silence(warehouse: Path) -> str | None:
    """Says since when no run has ended; None where one ended in time."""
    from tasks.inspect.standing import read_last_runs
    from tasks.storage.warehouse import Warehouse

    hours = configuration().silent_after_h
    runs = read_last_runs(Warehouse(warehouse), 1)
    if not runs:
        return "No run has ended here yet."
    ended = runs[0].started_at + timedelta(seconds=runs[0].seconds)
    if datetime.now(UTC) - ended < timedelta(hours=hours):
        return None
    return f"No run has ended for {hours:g} hours; the last did on {ended:%Y-%m-%d %H:%M} UTC."
