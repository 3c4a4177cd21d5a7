"""`newsmill collect`: fill raw/ from feeds, sitemaps and lists of addresses."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmill.collected_tables import print_run, print_standing, standing_as_json
from newsmill.options import (
    Folder,
    configuration,
    configured,
    notify_option,
    registry_option,
    sources_option,
    state_option,
)
from newsmill.terminal import echo

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flows.collect import CollectRequest
    from schemas.sources import Sources
    from tasks.collect.reporting.alarms import Alarm
    from tasks.collect.reporting.runs import CollectRun

_EXTRA = ("httpcore2", "feedparser", "protego")


class DurationType(click.ParamType[float]):
    """A time span like 12m, in seconds."""

    name = "DURATION"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Reads a span; fails with one clear line."""
        from schemas.source_values import read_duration

        try:
            return value if isinstance(value, float) else read_duration(value)
        except ValueError as error:
            self.fail(f"{value!r} is not {error}", param, ctx)


SOURCES_HELP = "What is collected (docs/collecting.md)."
collected_raw_option = click.option(
    "--raw",
    type=Folder(),
    default=configured("raw"),
    show_default="raw",
    help="Folder of raw pages: on a disk, or s3://BUCKET/FOLDER.",
)


@click.group(invoke_without_command=True)
# Whether it is there is asked below: subcommands have options of their own.
@sources_option(exists=False, about=SOURCES_HELP)
@collected_raw_option
@state_option
@registry_option
@click.option("--for", "seconds", type=DurationType(), help="Collect for so long, like 12m.")
@click.option("--follow", is_flag=True, help="Collect until Ctrl-C; files are sealed every 15 min.")
@click.option("--only", multiple=True, metavar="OUTLET", help="Only this outlet; repeat it.")
@notify_option
@click.option("-v", "--verbose", is_flag=True, help="Show Prefect's log.")
@click.pass_context
def collect(
    context: click.Context,
    /,
    seconds: float | None,
    follow: bool,
    notify: tuple[str, ...],
    verbose: bool,
    **options: Any,
) -> None:
    """Ask the outlets of SOURCES what is new, and store their pages in RAW.

    Without --for and --follow each source that is due is asked once, and the run ends with their
    pages. Exit status: 0 done, 1 a fault, 2 usage or the sources file.
    """
    need_extra()
    if context.invoked_subcommand is not None:
        return
    if not options["sources"].exists():
        raise click.UsageError(
            f"there is no {options['sources']}; make one: newsmill sources add URL"
        )
    if seconds is not None and follow:
        raise click.UsageError("--for and --follow exclude each other")
    need_sound(options["sources"], options["registry"], options["only"], is_quiet=verbose)
    from newsmill.run import start_prefect

    start_prefect(import_flow, is_verbose=verbose)
    from flows.collect import CollectRequest

    request = CollectRequest(
        **options,
        warehouse=configuration().warehouse,
        seconds=seconds,
        is_once=seconds is None and not follow,
    )
    print_run(call_flow(request, notify))


def missing_extra() -> list[str]:
    """Returns the packages that collecting needs and are not installed."""
    return [name for name in _EXTRA if find_spec(name) is None]


def need_extra() -> None:
    """Sees to it that what collecting needs is installed.

    Raises:
        click.UsageError: it is not.
    """
    if missing := missing_extra():
        lacking = ", ".join(missing)
        raise click.UsageError(
            f"collecting needs an extra ({lacking} missing): pip install 'newsmill[collect]'"
        )


def need_sound(
    sources: Path, registry: Path | None, only: "Collection[str]", *, is_quiet: bool
) -> None:
    """Sees to it that a sources file can be run, and prints its warnings.

    Args:
        sources: the file.
        registry: an outlet registry that is laid over the embedded one.
        only: outlets to which the run is limited; none for all.
        is_quiet: the run's log has the warnings, and is shown.

    Raises:
        click.UsageError: the file lacks outlets of `only`.
        SourcesError: it has faults.
    """
    from schemas.outlets import load_registry
    from schemas.sources import read_sources

    known = read_sources(sources, load_registry(overlay=registry))
    need_outlets(known, only)
    for warning in known.warnings if not is_quiet else ():
        echo(warning, err=True)


def need_outlets(sources: "Sources", only: "Collection[str]") -> None:
    """Sees to it that the outlets that are named are among those of the sources.

    Raises:
        click.UsageError: some are not.
    """
    if unknown := sorted(set(only) - {outlet.id for outlet in sources.outlets}):
        raise click.UsageError(f"the sources file has no outlet {', '.join(unknown)}")


def import_flow() -> None:
    """Imports what runs the flow, which takes seconds."""
    import flows.collect  # noqa: F401


def call_flow(request: "CollectRequest", notify: "Sequence[str]") -> "CollectRun":
    """Runs the flow; people are told of what needs them, and where it fails."""
    from flows.collect import collect as collect_flow
    from flows.collect_alarms import alarms_told
    from newsmill.telling import people_told, tell_people
    from tasks.collect.reporting.alarms import describe_alarms

    subject = f"collecting into {request.raw}"

    def tell(alarms: "Sequence[Alarm]") -> bool:
        deliveries = tell_people(notify, subject, describe_alarms(alarms))
        return any(not delivery.fault for delivery in deliveries)

    with people_told(notify, subject), alarms_told(tell):
        return collect_flow(request)


@collect.command("rebuild-state")
@sources_option(exists=True, about=SOURCES_HELP)
@collected_raw_option
@state_option
@registry_option
def rebuild_state(sources: Path, raw: Path, state: Path, registry: Path | None) -> None:
    """Remember again what is stored in RAW, where the state was lost: no page is fetched twice."""
    from datetime import UTC, datetime

    from schemas.outlets import load_registry
    from schemas.sources import read_sources
    from tasks.collect.archive.rebuilding import rebuild_seen
    from tasks.collect.memory.state import open_state

    group = read_sources(sources, load_registry(overlay=registry)).group
    with open_state(state) as opened:
        found = rebuild_seen(raw / group, opened, datetime.now(UTC).timestamp())
    echo(f"{found.files:,} files, {found.pages:,} pages, {found.new:,} of them not known before")
    for fault in found.faults:
        echo(fault, err=True)


@collect.command("give-up-lost")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@collected_raw_option
@state_option
def give_up_lost(files: tuple[str, ...], raw: Path, state: Path) -> None:
    """Let go of FILES in RAW that are lost, named as in the alarm: it ends.

    What is left of them is sealed as it is. Their pages still count as stored.
    """
    from tasks.collect.archive.recovery import NotLostError
    from tasks.collect.archive.recovery import give_up_lost as let_go
    from tasks.collect.memory.state import open_state

    try:
        with open_state(state) as opened:
            given_up = let_go(raw, opened, files)
    except NotLostError as error:
        raise click.UsageError(str(error)) from error
    for file in given_up:
        echo(f"{file.folder}/{file.name}: given up; its {file.pages:,} pages count as stored")


@collect.command()
@state_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
@click.option("--openmetrics", is_flag=True, help="Print OpenMetrics text for a scraper.")
def status(state: Path, as_json: bool, openmetrics: bool) -> None:
    """Show what was collected, what waits, and which sources need a person; no site is asked."""
    from datetime import UTC, datetime

    from tasks.collect.memory.state import read_state
    from tasks.collect.reporting.standing import describe_collecting

    if as_json and openmetrics:
        raise click.UsageError("--json and --openmetrics exclude each other")
    try:
        with read_state(state) as opened:
            standing = describe_collecting(opened, datetime.now(UTC).timestamp())
    except FileNotFoundError as error:
        raise click.UsageError(f"{error} yet: newsmill collect --state {state}") from error
    if openmetrics:
        from tasks.collect.reporting.metrics import write_collect_metrics

        echo(write_collect_metrics(standing), nl=False)
    elif as_json:
        echo(json.dumps(standing_as_json(standing), indent=2))
    else:
        print_standing(standing)
