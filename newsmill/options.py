"""Options that several commands share."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click


class Day(click.ParamType[date]):
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


DEFAULT_REGISTRY = Path("registry.csv")

raw_option = click.option(
    "--raw",
    type=click.Path(exists=True, file_okay=False, readable=True, path_type=Path),
    default=Path("raw"),
    show_default=True,
    help="Folder of raw pages; it is only read.",
)
warehouse_option = click.option(
    "--warehouse",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("warehouse"),
    show_default=True,
    help="Folder of the published dataset.",
)


registry_option = click.option(
    "--registry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=lambda: DEFAULT_REGISTRY if DEFAULT_REGISTRY.exists() else None,
    show_default=f"{DEFAULT_REGISTRY}, where there is one",
    help="Your own outlet registry, laid over the embedded one.",
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
