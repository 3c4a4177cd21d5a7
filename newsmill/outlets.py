"""`newsmill outlets`: which publishers are not registered yet, and registering them."""

import csv
import io
import itertools
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from newsmill.failures import EXIT_USAGE
from newsmill.next_command import next_command
from newsmill.options import existing_warehouse, registry_option, warehouse_option
from newsmill.terminal import echo
from schemas.settings import DEFAULT_REGISTRY

if TYPE_CHECKING:
    from schemas.outlets import Outlet, Registry
    from tasks.inspect.unknown_outlets import UnknownOutlet

# Below this, unlike names come up: "Anadolu Agency" and "Bahrain News Agency" score 53.
_MIN_LIKENESS = 82.0


class RegistryFaultsError(click.ClickException):
    """Faults of a registry file, a line each."""

    exit_code = EXIT_USAGE

    def show(self, file: IO[str] | None = None) -> None:
        """Prints the faults as compilers do, so that editors can jump to them."""
        click.echo(self.message, file=file, err=file is None)


@click.group()
def outlets() -> None:
    """See which outlets are not registered, and register them."""


@outlets.command()
@warehouse_option
@registry_option
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line, of all.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, of all.")
def unknown(
    warehouse: Path, registry: Path | None, limit: int, as_json: bool, as_csv: bool
) -> None:
    """List the unregistered outlets of WAREHOUSE by number of documents.

    Below each stands the command that registers it; look it through, and complete it.
    """
    from tasks.inspect.unknown_outlets import count_unknown_outlets

    counted = count_unknown_outlets(existing_warehouse(warehouse))
    known = _load(registry)
    if as_json or as_csv:
        _print_rows([asdict(outlet) for outlet in counted], as_json=as_json)
        return
    if not counted:
        echo("every outlet is registered")
        return
    for outlet in counted[:limit]:
        _print_unknown(outlet, known, warehouse=warehouse, registry=registry)
    if len(counted) > limit:
        echo(f"{len(counted) - limit:,} more; see them with --limit {len(counted)}")


def _print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            echo(json.dumps(row, ensure_ascii=False))
        return
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([list(rows[0]), *(row.values() for row in rows)] if rows else [])
    echo(out.getvalue(), nl=False)


def _print_unknown(
    outlet: "UnknownOutlet", known: "Registry", *, warehouse: Path, registry: Path | None
) -> None:
    count = f"{outlet.documents:,}"
    if outlet.outlet_id is None:
        echo(f"{count:>7}  of no outlet that anything tells")
        echo(f"         {next_command('explain', outlet.example, warehouse=warehouse)}\n")
        return
    printed = f", printed as {outlet.text!r}" if outlet.text not in (None, outlet.name) else ""
    echo(f"{count:>7}  {outlet.name}  {outlet.outlet_id}{printed}")
    if perhaps := ", ".join(_suggest(outlet.name, known)) if outlet.name else "":
        echo(f"         perhaps {perhaps}")
    echo(f"         {next_command(*_adding(outlet, known), registry=registry)}\n")


def _adding(outlet: "UnknownOutlet", registry: "Registry") -> list[str]:
    """Returns the command that registers an outlet with what its documents tell."""
    words = ["outlets", "add", _free_id(outlet, registry)]
    words += ["--name", outlet.name or outlet.text or ""]
    for option in ("domain", "country", "language"):
        if value := getattr(outlet, option):
            words += [f"--{option}", value]
    return words


def _free_id(outlet: "UnknownOutlet", registry: "Registry") -> str:
    """Returns a slug of the name, else of the domain, that no registered outlet has."""
    decomposed = unicodedata.normalize("NFKD", (outlet.name or "").replace("ı", "i")).casefold()
    parts = re.findall("[a-z0-9]+", "".join(filter(str.isascii, decomposed)))
    host = (outlet.domain or "").partition("/")[0].casefold()
    if len("".join(parts)) < sum(map(str.isalnum, outlet.name or "")):
        # Of a name in another script, a slug would keep some digits at most.
        parts = re.findall("[a-z0-9]+", host.rpartition(".")[0]) or parts
    slug = "-".join(parts) or "outlet"
    numbers = (f"{slug}-{number}" for number in itertools.count(2))
    return next(one for one in itertools.chain([slug], numbers) if one not in registry.outlets)


@outlets.command()
@click.argument("outlet_id")
@click.option("--name", required=True, help="The name to publish.")
@click.option("--alias", "aliases", multiple=True, help="Another printed name; repeat it.")
@click.option("--domain", "domains", multiple=True, help="A domain, the current one first.")
@click.option("--country", help="ISO 3166-1 alpha-2, like AZ.")
@click.option("--language", "languages", multiple=True, help="ISO 639-1, the main one first.")
@click.option("--timezone", help="IANA zone of its printed times, like Asia/Baku.")
@click.option("--date-order", help="DMY, MDY or YMD.")
@click.option("--kind", help="newspaper, agency, broadcaster, ...")
@click.option("--parent", help="outlet_id of the organisation it belongs to.")
@click.option(
    "--registry",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_REGISTRY,
    show_default=True,
    help="Your own outlet registry; it is made where there is none.",
)
def add(registry: Path, **cells: str | tuple[str, ...] | None) -> None:
    """Add OUTLET_ID to your own registry; nothing is written that `check` would refuse."""
    from schemas.outlets import COLUMNS, LIST_SEPARATOR

    plural = {
        name: LIST_SEPARATOR.join(value) if isinstance(value, tuple) else value or ""
        for name, value in cells.items()
    }
    before = _read(registry) if registry.exists() else _csv_line(COLUMNS)
    row = [plural.get(column, "") for column in next(csv.reader([before.split("\n", 1)[0]]))]
    after = before + ("" if before.endswith("\n") else "\n") + _csv_line(row)
    _refuse_faults(registry, after)
    registry.write_text(after, encoding="utf-8")
    echo(f"{registry}: added {plural['outlet_id']}")
    echo(f"Next: {next_command('backfill', '--from', 'staged', registry=registry)}")


@outlets.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Check a registry FILE; faults are printed with their line numbers."""
    source = _read(file)
    _refuse_faults(file, source)
    count = max(len(list(csv.reader(io.StringIO(source)))) - 1, 0)
    echo(f"{file}: {count:,} outlets, no faults")


def _refuse_faults(file: Path, source: str) -> None:
    from schemas.outlet_faults import find_faults
    from schemas.outlets import load_registry

    faults = sorted(find_faults(source, load_registry()), key=lambda fault: fault.line)
    if faults:
        raise RegistryFaultsError(
            "\n".join(f"{file}:{fault.line}: {fault.text}" for fault in faults)
        )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegistryFaultsError(f"{file}: not UTF-8 at byte {error.start}") from error


def _load(overlay: Path | None) -> "Registry":
    from schemas.outlets import RegistryError, load_registry

    try:
        return load_registry(overlay=overlay)
    except RegistryError as error:
        raise RegistryFaultsError(str(error)) from error


def _suggest(name: str, registry: "Registry") -> list[str]:
    """Returns the ids of registered outlets with a similar name, the likest first."""
    from rapidfuzz import fuzz, process

    from schemas.outlets import fold_name

    found = process.extract(fold_name(name), list(registry.by_alias), scorer=fuzz.ratio, limit=5)
    alike: dict[str, Outlet] = {
        outlet.outlet_id: outlet
        for key, score, _ in found
        if score >= _MIN_LIKENESS
        for outlet in registry.by_alias[key]
    }
    return list(alike)


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
