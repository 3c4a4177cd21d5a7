"""`newsmill sources`: what is collected: checking, finding and adding it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.collect import need_extra
from newsmill.failures import EXIT_NEEDS_PERSON
from newsmill.options import registry_option, sources_option, state_option
from newsmill.terminal import echo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.sources import Sources
    from tasks.collect.adding_sources import NewSources
    from tasks.collect.discovery import FoundSource

_DEFAULT_DELAY_S = 1.0
new_sources_option = sources_option(
    exists=False, about="The sources file; it is made where there is none."
)
contact_option = click.option(
    "--contact", help="For a new file: a page about you, or an e-mail address, for site owners."
)


@click.group()
def sources() -> None:
    """See what is collected, find the feeds of a site, and add outlets."""
    need_extra()


@sources.command()
@sources_option(exists=True, about="What is collected (docs/collecting.md).")
@state_option
@registry_option
def check(sources: Path, state: Path, registry: Path | None) -> None:
    """Check SOURCES, and tell which of them need a person.

    Exit status: 0 all is well, 2 the file has faults, 3 a source fails, is silent or denied.
    """
    from datetime import UTC, datetime

    from newsmill.collected_tables import troubles_of
    from newsmill.console import SafeConsole
    from schemas.outlets import load_registry
    from schemas.sources import read_sources
    from tasks.collect.memory.state import read_state
    from tasks.collect.reporting.standing import describe_collecting

    known = read_sources(sources, load_registry(overlay=registry))
    for warning in known.warnings:
        echo(warning, err=True)
    urls = sum(len(outlet.feeds) + len(outlet.sitemaps) for outlet in known.outlets)
    echo(f"{sources}: {len(known.outlets):,} outlets, {urls:,} sources, no faults")
    try:
        with read_state(state) as opened:
            standing = describe_collecting(opened, datetime.now(UTC).timestamp())
    except FileNotFoundError:
        echo(f"nothing was collected yet: newsmill collect --sources {sources}")
        return
    if standing.troubles:
        SafeConsole().print(troubles_of(standing))
    if any(trouble.needs_person for trouble in standing.troubles):
        raise SystemExit(EXIT_NEEDS_PERSON)


@sources.command()
@click.argument("url")
@new_sources_option
@contact_option
@registry_option
def discover(url: str, sources: Path, contact: str | None, registry: Path | None) -> None:
    """Show the feeds and sitemaps of the site at URL, as an outlet of a sources file."""
    from tasks.collect.adding_sources import add_sources

    found = _find(url, _known(sources, registry), contact)
    for one in found:
        newest = f", the newest {one.newest}" if one.newest else ""
        echo(f"# {one.url}: {one.entries:,} entries{newest} ({one.found_by.value})")
    echo(add_sources("", [_outlet_of(url, found, registry)]), nl=False)


@sources.command()
@click.argument("url")
@new_sources_option
@contact_option
@registry_option
def add(url: str, sources: Path, contact: str | None, registry: Path | None) -> None:
    """Add the site at URL to SOURCES, with its feeds and news sitemaps."""
    known = _known(sources, registry)
    found = _find(url, known, contact)
    _append(sources, known, [_outlet_of(url, found, registry)], contact, registry)


@sources.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@new_sources_option
@contact_option
@registry_option
def import_opml(file: Path, sources: Path, contact: str | None, registry: Path | None) -> None:
    """Add the feeds of an OPML FILE to SOURCES, an outlet for each site; no site is asked."""
    from schemas.outlets import load_registry
    from tasks.collect.adding_sources import group_subscriptions
    from tasks.collect.opml import OpmlError, parse_opml

    known = _known(sources, registry)
    try:
        subscriptions = parse_opml(file.read_bytes())
    except OpmlError as error:
        raise click.UsageError(f"{file}: {error}") from error
    new = group_subscriptions(subscriptions, load_registry(overlay=registry))
    _append(sources, known, new, contact, registry)


def _known(path: Path, registry: Path | None) -> "Sources | None":
    from schemas.outlets import load_registry
    from schemas.sources import read_sources

    return read_sources(path, load_registry(overlay=registry)) if path.exists() else None


def _find(url: str, known: "Sources | None", contact: str | None) -> "Sequence[FoundSource]":
    from importlib.metadata import version

    from flows.clock import SystemClock
    from tasks.collect.client import Identity
    from tasks.collect.exchange import FetchError
    from tasks.collect.running.finding_sources import find_sources

    who = known.contact if known else contact
    if who is None:
        raise click.UsageError("who asks? Say --contact, a page about you or an e-mail address")
    try:
        found = find_sources(
            url,
            Identity(who, version("newsmill")),
            SystemClock(),
            delay_s=_DEFAULT_DELAY_S,
            allowed=known.allowed if known else (),
        )
    except FetchError as error:
        raise click.ClickException(f"{url}: {error.detail}") from error
    if not found:
        raise click.ClickException(f"{url}: no feed and no sitemap was found")
    return found


def _outlet_of(url: str, found: "Sequence[FoundSource]", registry: Path | None) -> "NewSources":
    """Returns an outlet with all feeds, and with the news sitemaps, or else the other ones."""
    from schemas.outlets import load_registry
    from tasks.collect.adding_sources import NewSources, outlet_id_of
    from tasks.collect.exchange import RequestKind

    feeds = tuple(one.url for one in found if one.kind is RequestKind.FEED)
    sitemaps = [one for one in found if one.kind is not RequestKind.FEED]
    news = [one for one in sitemaps if one.is_news] or sitemaps
    name = outlet_id_of(url, load_registry(overlay=registry))
    return NewSources(name, {"feeds": feeds, "sitemaps": tuple(one.url for one in news)})


def _append(
    path: Path,
    known: "Sources | None",
    new: "Sequence[NewSources]",
    contact: str | None,
    registry: Path | None,
) -> None:
    """Adds sources to a file; nothing is written that could not be read again."""
    from tempfile import TemporaryDirectory

    from schemas.outlets import load_registry
    from schemas.sources import SourcesError, read_sources
    from tasks.collect.adding_sources import add_sources

    if known is None and contact is None:
        raise click.UsageError(f"{path} is new: say --contact, for the owners of the sites")
    before = (
        path.read_text(encoding="utf-8-sig")
        if known
        else f"[defaults]\ncontact = {_toml(contact)}\n"
    )
    text = add_sources(before, new)
    if text == before:
        echo(f"{path} has them already")
        return
    with TemporaryDirectory() as folder:
        trial = Path(folder) / path.name
        trial.write_text(text, encoding="utf-8")
        try:
            added = read_sources(trial, load_registry(overlay=registry))
        except SourcesError as error:
            raise click.ClickException(str(error).replace(str(trial), str(path))) from error
    path.write_text(text, encoding="utf-8")
    echo(f"{path}: {_count(added) - _count(known):,} sources added, {_count(added):,} now")


def _count(sources: "Sources | None") -> int:
    outlets = sources.outlets if sources else ()
    return sum(len(outlet.feeds) + len(outlet.sitemaps) for outlet in outlets)


def _toml(text: str | None) -> str:
    # JSON's strings are TOML's basic strings.
    return json.dumps(text or "", ensure_ascii=False)
