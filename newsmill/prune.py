"""`newsmill prune`: removes raw files that landed long ago and are published."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsmill.options import existing_warehouse, raw_option, warehouse_option
from newsmill.terminal import ask, echo

if TYPE_CHECKING:
    from tasks.erase.pruning import Pruning

_SHOWN = 40
_DAYS = re.compile(r"(\d{1,5})d")
_MEGABYTE = 1_000_000


class Days(click.ParamType[int]):
    """A number of days, as `400d`."""

    name = "DAYS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Reads the number; fails where it is none."""
        found = _DAYS.fullmatch(str(value))
        if found is None:
            self.fail(f"{value!r} is no number of days, such as 400d", param, ctx)
        return int(found[1])


@click.command()
@raw_option
@warehouse_option
@click.option(
    "--keep-raw",
    type=Days(),
    required=True,
    metavar="400d",
    help="How long raw files are kept, by their landing day.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be removed, and remove nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def prune(raw: Path, warehouse: Path, keep_raw: int, dry_run: bool, yes: bool) -> None:
    """Remove raw files that landed long ago and whose documents are all published.

    What was made of them stays, and runs do not miss them. Nothing can be extracted from them
    again: `backfill --from raw` leaves them out, and `backfill --from staged` goes on.
    """
    from tasks.erase.pruning import plan_pruning
    from tasks.erase.pruning import prune as prune_raw
    from tasks.storage.warehouse import Warehouse

    target = Warehouse(existing_warehouse(warehouse))
    before = datetime.now(UTC).date() - timedelta(days=keep_raw)
    plan = plan_pruning(raw, target, before)
    for line in _describe(plan):
        echo(line)
    if dry_run or not plan.paths:
        return
    if not yes:
        ask("Remove these files? They cannot be brought back")
    done = prune_raw(raw, target, before)
    echo(f"removed {sum(place.files for place in done.places):,} files")


def _describe(plan: "Pruning") -> Iterator[str]:
    files = sum(place.files for place in plan.places)
    size = sum(place.size for place in plan.places)
    yield f"to be removed: {files:,} files, {size / _MEGABYTE:,.1f} MB"
    for place in plan.places[:_SHOWN]:
        count = f"{place.files:,} file{'s' if place.files > 1 else ''}"
        yield f"  {place.path}  {count}, {place.size / _MEGABYTE:,.1f} MB, landed {place.last_day}"
    if len(plan.places) > _SHOWN:
        yield f"  and {len(plan.places) - _SHOWN:,} more folders and containers"
    for reason, kept in plan.kept.items():
        yield f"kept: {kept:,} files {reason}"
