"""`newsmill collect backfill`: fill raw/ with articles of the past."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmill.collect import (
    SOURCES_HELP,
    DurationType,
    call_flow,
    collected_raw_option,
    import_flow,
    need_sound,
)
from newsmill.collected_tables import print_backfill, print_run
from newsmill.options import (
    DayType,
    configuration,
    need_ordered,
    notify_option,
    registry_option,
    sources_option,
    state_option,
)
from newsmill.terminal import echo

if TYPE_CHECKING:
    from tasks.collect.memory.backfills import Order


@click.command()
@sources_option(exists=True, about=SOURCES_HELP)
@collected_raw_option
@state_option
@registry_option
@click.option("--since", type=DayType(), required=True, help="First day of publication.")
@click.option("--until", type=DayType(), required=True, help="Last day of publication.")
@click.option("--only", multiple=True, metavar="OUTLET", help="Only this outlet; repeat it.")
@click.option("--undated", is_flag=True, help="Also take addresses of which no day is known.")
@click.option("--for", "seconds", type=DurationType(), help="Work on it for so long, like 12m.")
@click.option("--later", is_flag=True, help="Only order it: other runs of the collector do it.")
@notify_option
@click.option("-v", "--verbose", is_flag=True, help="Show Prefect's log.")
def backfill(
    since: date,
    until: date,
    only: tuple[str, ...],
    undated: bool,
    notify: tuple[str, ...],
    verbose: bool,
    **options: Any,
) -> None:
    """Collect articles of the past, from sitemaps and the archive pages of feeds.

    What is due of the present comes first, and is asked meanwhile. Killed at any moment, it goes on
    with the same command. Where a collector is at work with STATE, that one does it.
    """
    from tasks.collect.memory.backfills import Order
    from tasks.collect.planning.window import Window

    need_ordered(since, until)
    is_quiet = verbose and not options["later"]
    need_sound(options["sources"], options["registry"], only, is_quiet=is_quiet)
    order = Order(Window(since, until), tuple(sorted(set(only))), undated)
    state: Path = options["state"]
    if _leave_to_others(state, order, is_later=options.pop("later")):
        return
    from newsmill.run import start_prefect

    start_prefect(import_flow, is_verbose=verbose)
    from flows.collect import CollectRequest

    request = CollectRequest(**options, warehouse=configuration().warehouse, backfill=order)
    print_run(call_flow(request, notify))
    _print_standing(state, order)


def _leave_to_others(state: Path, order: "Order", *, is_later: bool) -> bool:
    """Orders a backfill where this process does not do it itself."""
    from tasks.collect.memory.backfills import order_beside
    from tasks.collect.memory.database import StateHeldError
    from tasks.collect.memory.state import open_state

    try:
        with open_state(state) as opened:
            if is_later:
                with opened.transaction():
                    opened.backfills.order(order)
    except StateHeldError:
        order_beside(state, order)
        echo(f"ordered: the collector that works with {state} begins within five minutes")
        return True
    if is_later:
        echo("ordered: newsmill collect --for or --follow works on it; collect status tells it")
    return is_later


def _print_standing(state: Path, order: "Order") -> None:
    from tasks.collect.memory.state import read_state
    from tasks.collect.reporting.backfills import describe_backfill

    with read_state(state) as opened:
        standing = describe_backfill(opened.backfills, order)
    if standing is not None:
        print_backfill(standing)
