"""What is wrong with a user's own outlet registry, line by line, before a run depends on it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from schemas.outlets import (
    Outlet,
    Registry,
    RegistryError,
    fold_name,
    load_registry,
    outlet_of_row,
    read_rows,
)

KINDS = frozenset(
    {"newspaper", "agency", "broadcaster", "government", "think_tank", "blog", "aggregator"}
    | {"magazine", "online"}
)
DATE_ORDERS = frozenset({"DMY", "MDY", "YMD"})
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_DOMAIN = re.compile(r"^(?!www\.)(?:[a-z0-9\u0080-\uffff-]+\.)+[^\W\d_A-Z][\w-]+(?:/[\w~%.-]+)*$")
_COUNTRY = re.compile(r"^[A-Z]{2}$")
_LANGUAGE = re.compile(r"^[a-z]{2}$")
_PERIOD = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")


def _is_zone(value: str) -> bool:
    return value in available_timezones()


def _is_period(value: str) -> bool:
    if not _PERIOD.match(value):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to correct: the line of the file (from 1) and what is wrong there."""

    line: int
    text: str


def refuse_faults(path: Path) -> None:
    """Refuses a registry file that has faults: a run with it would quarantine good articles.

    Raises:
        RegistryError: the file has faults; each is a line of the message, `FILE:LINE: WHAT`.
        OSError: it cannot be read.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path}: not UTF-8 at byte {error.start}") from error
    faults = sorted(find_faults(source, load_registry()), key=lambda fault: fault.line)
    if faults:
        raise RegistryError("\n".join(f"{path}:{fault.line}: {fault.text}" for fault in faults))


def find_faults(source: str, embedded: Registry) -> Iterator[Fault]:
    """Yields the faults of a registry file.

    Args:
        source: the file's content.
        embedded: the registry that the file will be laid over, for parents and for hosts that
            belong to another outlet there.
    """
    owners: dict[str, str] = {}
    rows: list[tuple[int, Outlet]] = []
    try:
        for line, row in read_rows(source):
            outlet = outlet_of_row(row)
            rows.append((line, outlet))
            yield from (Fault(line, text) for text in _faults_of(outlet))
            yield from (Fault(line, text) for text in _claim(outlet, owners))
    except RegistryError as error:
        match = re.match(r"line (\d+): (.*)", str(error))
        yield Fault(int(match[1]), match[2]) if match else Fault(1, str(error))
        return
    known = {outlet.outlet_id for _, outlet in rows} | set(embedded.outlets)
    for line, outlet in rows:
        if outlet.parent and outlet.parent not in known:
            yield Fault(line, f"parent {outlet.parent!r} is no outlet_id here or in the registry")
        for domain in outlet.domains:
            owner = embedded.by_host.get(domain)
            if owner and owner.outlet_id not in {outlet.outlet_id, outlet.parent}:
                advice = f"use outlet_id {owner.outlet_id} to change it"
                yield Fault(
                    line, f"domain {domain} is {owner.outlet_id}'s in the registry; {advice}"
                )


# (cells, whether one is right, what is right)
_RULES: tuple[
    tuple[str, Callable[[Outlet], Iterable[str | None]], Callable[[str], object], str], ...
] = (
    ("outlet_id", lambda o: [o.outlet_id], _SLUG.match, "a slug of a-z, 0-9 and hyphens"),
    ("name", lambda o: [o.name], fold_name, "a name"),
    ("domain", lambda o: o.domains, _DOMAIN.match, "a bare host like example.com"),
    ("country", lambda o: [o.country], _COUNTRY.match, "an ISO 3166-1 alpha-2 code like AZ"),
    ("language", lambda o: o.languages, _LANGUAGE.match, "an ISO 639-1 code like az"),
    ("timezone", lambda o: [o.timezone], _is_zone, "an IANA zone like Asia/Baku"),
    ("date_order", lambda o: [o.date_order], DATE_ORDERS.__contains__, "DMY, MDY or YMD"),
    ("kind", lambda o: [o.kind], KINDS.__contains__, f"one of {', '.join(sorted(KINDS))}"),
    ("since", lambda o: [o.since], _is_period, "a date like 2019, 2019-04 or 2019-04-30"),
    ("until", lambda o: [o.until], _is_period, "a date like 2019, 2019-04 or 2019-04-30"),
)


def _faults_of(outlet: Outlet) -> Iterator[str]:
    for column, cells_of, is_right, right in _RULES:
        for cell in cells_of(outlet):
            if cell is not None and not is_right(cell):
                yield f"{column} {cell!r} is not {right}"
    if outlet.since and outlet.until and outlet.since > outlet.until:
        yield f"since {outlet.since} is after until {outlet.until}"


def _claim(outlet: Outlet, owners: dict[str, str]) -> Iterator[str]:
    """Notes what an outlet claims, and yields what another one of the file has claimed before."""
    names = {f"name {fold_name(name)}": f"name {name!r}" for name in (outlet.name, *outlet.aliases)}
    claims = {f"id {outlet.outlet_id}": f"outlet_id {outlet.outlet_id!r}"}
    claims |= names | {f"domain {domain}": f"domain {domain}" for domain in outlet.domains}
    for key, printed in claims.items():
        if key in owners:
            yield f"{printed} is {owners[key]}'s already"
        owners.setdefault(key, outlet.outlet_id)
