"""`newsmill import`: pages of archives that others have collected."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmill.collect import collected_raw_option, need_extra, need_outlets
from newsmill.failures import EXIT_NEEDS_PERSON
from newsmill.options import DayType, configured, need_ordered, registry_option, state_option
from newsmill.terminal import echo

if TYPE_CHECKING:
    from rich.table import Table

    from tasks.collect.importing.outcomes import ImportedArchive
    from tasks.collect.importing.run import ImportRun


@click.group("import")
def import_archives() -> None:
    """Take pages out of archives that others have collected."""
    need_extra()


@import_archives.command("cc-news")
@click.argument("archives", nargs=-1, required=True, metavar="FILES|PATHS...")
@click.option(
    "--hosts",
    "--sources",
    "sources",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=configured("sources"),
    show_default="sources.toml",
    help="Sources file: whose pages are taken, and which.",
)
@collected_raw_option
@state_option
@registry_option
@click.option("--since", type=DayType(), help="First day (UTC) of fetching.")
@click.option("--until", type=DayType(), help="Last day (UTC) of fetching.")
@click.option("--only", multiple=True, metavar="OUTLET", help="Only this outlet; repeat it.")
@click.option(
    "--base",
    metavar="FOLDER|ADDRESS",
    help="What the entries of lists are below; without it, the folder of the list.",
)
def cc_news(
    archives: tuple[str, ...], since: date | None, until: date | None, **given: Any
) -> None:
    """Import the outlets' pages of Common Crawl's CC-NEWS, or of other WARC files, into RAW.

    Each of FILES|PATHS is a WARC file, a folder of them, an address (http, https), or a list such
    as warc.paths.gz with one of these a line. Of each address the first page is stored, with the
    day of its fetch; what was collected or imported before is not stored again. One that was
    interrupted goes on when it is called again.

    Exit status: 0 done, 2 usage or the sources file, 3 an archive is damaged or cannot be had.
    """
    need_ordered(since, until)
    run = _import(archives, since, until, **given)
    _print(run)
    if not all(archive.is_whole for archive in run.archives):
        raise SystemExit(EXIT_NEEDS_PERSON)


def _import(
    archives: tuple[str, ...],
    since: date | None,
    until: date | None,
    *,
    sources: Path,
    raw: Path,
    state: Path,
    registry: Path | None,
    only: tuple[str, ...],
    base: str | None,
) -> "ImportRun":
    from importlib.metadata import version

    from flows.clock import SystemClock
    from schemas.outlets import load_registry
    from schemas.sources import read_sources
    from tasks.collect.exchange import FetchError
    from tasks.collect.importing.named_archives import NamedArchivesError
    from tasks.collect.importing.run import import_archives as run_import
    from tasks.collect.importing.selection import FetchDays
    from tasks.collect.memory.state import open_state
    from tasks.collect.running.equipment import Equipment

    known = load_registry(overlay=registry)
    wanted = read_sources(sources, known)
    for warning in wanted.warnings:
        echo(warning, err=True)
    need_outlets(wanted, only)
    with open_state(state) as opened:
        equipment = Equipment(
            sources=wanted,
            registry=known,
            raw=raw,
            folder=state,
            state=opened,
            clock=SystemClock(),
            version=version("newsmill"),
            only=frozenset(only) or None,
        )
        try:
            return run_import(archives, equipment, FetchDays(since, until), base=base, tell=_tell)
        except (NamedArchivesError, FetchError) as error:
            raise click.UsageError(str(error)) from error


def _tell(archive: "ImportedArchive") -> None:
    """Says on standard error what came of an archive."""
    from tasks.collect.importing.outcomes import ImportOutcome

    imported = archive.count.outcomes[ImportOutcome.IMPORTED]
    said = f"{imported:,} of {archive.count.records:,} records imported"
    echo(f"{archive.name}: {archive.problem or said}", err=True)
    for damage in archive.damages:
        echo(f"{archive.name}, {damage}", err=True)


def _print(run: "ImportRun") -> None:
    from newsmill.console import SafeConsole

    SafeConsole().print(_counts(run))


def _counts(run: "ImportRun") -> "Table":
    from rich.table import Table

    count = run.total()
    table = Table("records", "", "what it means", title="Imported", title_justify="left")
    table.columns[1].justify = "right"
    for outcome, number in sorted(count.outcomes.items(), key=lambda entry: -entry[1]):
        table.add_row(outcome.value, f"{number:,}", outcome.description)
    table.add_row("read", f"{count.records:,}", "", end_section=True)
    for outlet, number in sorted(count.by_outlet.items(), key=lambda entry: -entry[1]):
        table.add_row("", f"{number:,}", f"imported of {outlet}")
    table.add_section()
    damaged = sum(bool(archive.damages) for archive in run.archives)
    failed = sum(archive.problem is not None for archive in run.archives)
    for name, number, meaning in (
        ("archives", len(run.archives), "read"),
        ("", damaged, "of them damaged: what is whole is imported"),
        ("", failed, "of them could not be had"),
        ("", len(run.finished), "read to their ends before"),
        ("files", len(run.sealed), "written"),
    ):
        if name or number:
            table.add_row(name, f"{number:,}", meaning)
    for lost in run.recovery.lost:
        table.add_row("LOST", "", lost)
    return table
