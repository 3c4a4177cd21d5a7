"""The registry as a table: every cell holds what docs/registry.md says it holds."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tldextract
from babel import Locale

from schemas.outlets import COLUMNS, EMBEDDED_REGISTRY, fold_name, split_alias

KINDS = {
    "newspaper",
    "agency",
    "broadcaster",
    "government",
    "think_tank",
    "blog",
    "aggregator",
    "magazine",
    "online",
}
DATE_ORDERS = {"", "DMY", "MDY", "YMD"}
DEPTH = {
    "AZ": 40,
    "AM": 40,
    "GE": 30,
    "TR": 40,
    "RU": 60,
    "IR": 30,
    "KZ": 25,
    "UZ": 12,
    "KG": 10,
    "TJ": 6,
    "TM": 5,
}

Row = dict[str, str]


def read_table(path: Path = EMBEDDED_REGISTRY) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


ROWS = read_table()


def cells_of(row: Row, column: str) -> list[str]:
    return row[column].split("|") if row[column] else []


def names_of(row: Row) -> list[str]:
    return [row["name"], *(split_alias(alias)[1] for alias in cells_of(row, "aliases"))]


def countries_by_zone() -> dict[str, set[str]]:
    """Reads which countries keep which zone from the time zone database's own two tables."""
    countries: dict[str, set[str]] = defaultdict(set)
    for table in ("zone.tab", "zone1970.tab"):
        for line in (files("tzdata.zoneinfo") / table).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                codes, _, zone = line.split("\t")[:3]
                countries[zone].update(codes.split(","))
    return countries


def assigned_countries() -> set[str]:
    """Reads the ISO 3166-1 codes that the time zone database ships with."""
    table = (files("tzdata.zoneinfo") / "iso3166.tab").read_text(encoding="utf-8")
    return {line.split("\t")[0] for line in table.splitlines() if not line.startswith("#")}


def wrong(found: Iterator[str]) -> str:
    """Joins what is wrong, so that one failing run names every row to correct."""
    return "\n".join(found)


def test_table_is_read_with_the_columns_of_the_loader() -> None:
    assert tuple(ROWS[0]) == COLUMNS
    assert all(None not in row and None not in row.values() for row in ROWS)


def test_table_covers_the_world() -> None:
    assert len(ROWS) >= 400
    assert len({row["country"] for row in ROWS} - {""}) >= 80


@pytest.mark.parametrize("country", DEPTH)
def test_table_is_deep_where_the_project_promises_depth(country: str) -> None:
    assert sum(row["country"] == country for row in ROWS) >= DEPTH[country]


def test_ids_are_unique_slugs_in_order() -> None:
    ids = [row["outlet_id"] for row in ROWS]
    assert ids == sorted(set(ids))
    assert not [key for key in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)]


def test_every_outlet_has_a_name() -> None:
    assert not [row["outlet_id"] for row in ROWS if not fold_name(row["name"])]


def test_no_cell_has_stray_space_or_repeats_itself() -> None:
    def found() -> Iterator[str]:
        for row in ROWS:
            for column, cell in row.items():
                values = [split_alias(value)[1] for value in cell.split("|")]
                if any(value != " ".join(value.split()) for value in values):
                    yield f"{row['outlet_id']}: space in {column}: {cell!r}"
                if len(set(values)) < len(values) or (cell and "" in values):
                    yield f"{row['outlet_id']}: empty or repeated value in {column}: {cell!r}"

    assert wrong(found()) == ""


def test_a_printed_name_means_one_outlet() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for name in names_of(row):
            owners[fold_name(name)].add(row["outlet_id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1 or not name} == {}


def test_alias_languages_exist() -> None:
    languages = Locale("en").languages
    tags = {split_alias(alias)[0] for row in ROWS for alias in cells_of(row, "aliases")}
    assert tags - {None} - set(languages) == set()


def test_a_domain_is_registrable_or_a_host_below_one_and_belongs_to_one_outlet() -> None:
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    owners: dict[str, str] = {}

    def found() -> Iterator[str]:
        for row in ROWS:
            for domain in cells_of(row, "domains"):
                host = domain.partition("/")[0]
                if not extract(host).top_domain_under_public_suffix:
                    yield f"{row['outlet_id']}: {domain} is not registrable"
                if host != host.lower() or host.startswith("www.") or domain.endswith("/"):
                    yield f"{row['outlet_id']}: {domain} is not written as a bare host"
                if owners.setdefault(domain, row["outlet_id"]) != row["outlet_id"]:
                    yield f"{row['outlet_id']}: {domain} belongs to {owners[domain]}"

    assert wrong(found()) == ""


def test_countries_exist() -> None:
    assert {row["country"] for row in ROWS} - {""} - assigned_countries() == set()


def test_languages_are_known_two_letter_codes() -> None:
    languages = Locale("en").languages
    used = {language for row in ROWS for language in cells_of(row, "languages")}
    assert {code for code in used if len(code) != 2 or code not in languages} == set()


def test_zones_exist_and_are_kept_in_the_outlets_country() -> None:
    countries = countries_by_zone()

    def found() -> Iterator[str]:
        for row in ROWS:
            zone = row["timezone"]
            if not zone:
                continue
            ZoneInfo(zone)
            if row["country"] and row["country"] not in countries[zone]:
                yield f"{row['outlet_id']}: {zone} is not kept in {row['country']}"

    assert wrong(found()) == ""


def test_date_orders_and_kinds_are_known() -> None:
    assert {row["date_order"] for row in ROWS} <= DATE_ORDERS
    assert {row["kind"] for row in ROWS} <= KINDS


def test_parents_exist_and_form_no_circle() -> None:
    parents = {row["outlet_id"]: row["parent"] for row in ROWS}
    assert {parent for parent in parents.values() if parent} <= set(parents)
    for outlet_id in parents:
        seen = [outlet_id]
        while parent := parents[seen[-1]]:
            assert parent not in seen, f"circle: {seen}"
            seen.append(parent)


def test_since_and_until_are_dates_in_order() -> None:
    for row in ROWS:
        for column in ("since", "until"):
            assert re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", row[column]), row["outlet_id"]
        if row["since"] and row["until"]:
            assert row["since"] <= row["until"], row["outlet_id"]
