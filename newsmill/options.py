"""Options that several commands share."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schemas.settings import DEFAULT_REGISTRY

if TYPE_CHECKING:
    from schemas.configuration import Configuration


class DayType(click.ParamType[date]):
    """A calendar day, as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Reads a day; fails with one clear line."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as YYYY-MM-DD, 2024-03-01", param, ctx)


@cache
def need_ordered(since: date | None, until: date | None) -> None:
    """Sees to it that a window of days begins before it ends.

    Raises:
        click.UsageError: it does not.
    """
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}")


def configuration() -> "Configuration":
    """Returns what newsmill.toml and the environment say, which options overrule.

    Raises:
        click.UsageError: a value there cannot be meant.
    """
    from pydantic import ValidationError

    from schemas.configuration import Configuration

    try:
        return Configuration()
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise click.UsageError(
            f"in newsmill.toml or a NEWSMILL_ variable: {'; '.join(faults)}"
        ) from None


def configured(name: str) -> Callable[[], Any]:
    """Returns a default for an option: the setting of that name, looked up when it is needed."""
    return lambda: getattr(configuration(), name)


class Folder(click.ParamType[Path]):
    """A folder of this machine, or of a store: s3://BUCKET/FOLDER."""

    name = "directory"

    def __init__(self, *, exists: bool = False) -> None:
        self._exists = exists
        self._on_disk = click.Path(exists=exists, file_okay=False, readable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Makes a location of what was written; fails where it is not there, but should be."""
        from tasks.storage.locations import LocationError, is_on_disk, parse_location

        try:
            folder = parse_location(value)
        except LocationError as error:
            self.fail(str(error), param, ctx)
        if is_on_disk(folder):
            return Path(self._on_disk.convert(folder, param, ctx))
        if self._exists and not folder.is_dir():
            self.fail(f"nothing lies in {folder}", param, ctx)
        return folder


raw_option = click.option(
    "--raw",
    type=Folder(exists=True),
    default=configured("raw"),
    show_default="raw",
    help="Folder of raw pages; it is only read.",
)
warehouse_option = click.option(
    "--warehouse",
    type=Folder(),
    default=configured("warehouse"),
    show_default="warehouse",
    help="Folder of the published dataset.",
)


registry_option = click.option(
    "--registry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=configured("registry"),
    show_default=f"{DEFAULT_REGISTRY}, where there is one",
    help="Your own outlet registry, laid over the embedded one.",
)
rates_option = click.option(
    "--rates",
    multiple=True,
    default=configured("rates"),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own exchange rates (see `newsmill rates`), asked before the embedded ones.",
)


notify_option = click.option(
    "--notify",
    multiple=True,
    metavar="ADDRESS",
    default=lambda: configuration().addresses,
    help="Who is told of a run that is held back or fails: https://…, mailto:… and others.",
)
state_option = click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    default=configured("collect_state"),
    show_default="collect-state",
    help="Folder of what the collector remembers; on a local disk.",
)


def sources_option(*, exists: bool, about: str) -> Callable[[Callable[..., Any]], Any]:
    """Returns the option that names the sources file.

    Args:
        exists: whether it has to be there.
        about: what it is to the command.
    """
    return click.option(
        "--sources",
        type=click.Path(exists=exists, dir_okay=False, path_type=Path),
        default=configured("sources"),
        show_default="sources.toml",
        help=about,
    )


def existing_warehouse(path: Path) -> Path:
    """Returns the warehouse's path.

    Raises:
        click.UsageError: there is none yet.
    """
    if not (path / "staged").is_dir():
        raise click.UsageError(
            f"there is no warehouse at {path} yet; make one with: newsmill run --warehouse {path}"
        )
    return path
