"""Loading the registry: lookups, overlays, errors."""

from pathlib import Path

import pytest

from schemas.outlets import (
    EMBEDDED_REGISTRY,
    Outlet,
    RegistryError,
    build_registry,
    fold_name,
    load_registry,
    split_alias,
)

HEADER = "outlet_id,name,aliases,domains,country,languages,timezone,date_order,kind,parent"


@pytest.fixture
def write(tmp_path: Path):
    def write_rows(*rows: str, name: str = "registry.csv", header: str = HEADER) -> Path:
        file = tmp_path / name
        file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return file

    return write_rows


def test_a_row_becomes_an_outlet(write) -> None:
    file = write(
        "turtle,Turtle News,ru:Черепаха|TN,turtle.az|en.turtle.az,AZ,az|ru,Asia/Baku,DMY,agency,"
    )
    outlet = load_registry(file).outlets["turtle"]
    assert outlet == Outlet(
        outlet_id="turtle",
        name="Turtle News",
        aliases=("Черепаха", "TN"),
        domains=("turtle.az", "en.turtle.az"),
        country="AZ",
        languages=("az", "ru"),
        timezone="Asia/Baku",
        date_order="DMY",
        kind="agency",
    )


def test_hosts_are_found_by_the_longest_match(write) -> None:
    file = write(
        "big,Big,,big.co.uk,,,,,,",
        "big-sport,Big Sport,,sport.big.co.uk,,,,,,",
        "big-azeri,Big Azeri,,big.co.uk/azeri,,,,,,",
    )
    registry = load_registry(file)

    def found(host: str, path: str = "") -> str | None:
        outlet = registry.find_host(host, path)
        return outlet.outlet_id if outlet else None

    assert found("big.co.uk") == "big"
    assert found("www2.news.big.co.uk") == "big"
    assert found("live.sport.big.co.uk") == "big-sport"
    assert found("big.co.uk", "/azeri/story-1") == "big-azeri"
    assert found("big.co.uk", "/azeris/story-1") == "big"
    assert found("notbig.co.uk") is None
    assert found("co.uk") is None


def test_names_are_found_however_they_are_printed(write) -> None:
    registry = load_registry(write("uz,Über Zeitung,UZ,uz.de,,,,,,"))
    for printed in ("über zeitung", "UBER-ZEITUNG", "Die Über  Zeitung", "U.Z."):
        assert [outlet.outlet_id for outlet in registry.find_alias(printed)] == ["uz"]
    assert registry.find_alias("Zeitung") == ()


def test_an_overlay_replaces_rows_and_wins_hosts_and_names(write) -> None:
    base = write("one,One,Uno,one.com,,,,,,", "two,Two,,two.com,,,,,,", name="base.csv")
    overlay = write("two,Second,,second.com,,,,,,", "three,Three,One,one.com,,,,,,", name="own.csv")
    registry = load_registry(base, overlay)
    assert registry.outlets["two"].name == "Second"
    assert registry.find_host("two.com") is None
    assert registry.by_host["one.com"].outlet_id == "three"
    assert [outlet.outlet_id for outlet in registry.find_alias("One")] == ["three"]
    assert [outlet.outlet_id for outlet in registry.find_alias("Uno")] == ["one"]


def test_the_digest_follows_every_byte_it_was_read_from(write) -> None:
    base = write("one,One,,,,,,,,", name="base.csv")
    overlay = write("two,Two,,,,,,,,", name="own.csv")
    digests = {load_registry(base).digest, load_registry(base, overlay).digest}
    overlay.write_text(overlay.read_text() + "three,Three,,,,,,,,\n")
    digests.add(load_registry(base, overlay).digest)
    assert len(digests) == 3
    assert load_registry(base).digest == load_registry(base).digest


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        (["one,One"], "outlet_id,title", "line 1: unknown columns: title"),
        (["One"], "name", "line 1: missing columns: outlet_id"),
        (["one,One,extra"], "outlet_id,name", "line 2: 3 cells, the header has 2"),
        ([",One"], "outlet_id,name", "line 2: outlet_id and name must not be empty"),
        (["one,One", "one,Two"], "outlet_id,name", "line 3: outlet_id one is used twice"),
        (['one,"One'], "outlet_id,name", "unexpected end of data"),
    ],
)
def test_errors_name_the_file_and_the_line(write, rows, header, message) -> None:
    file = write(*rows, header=header)
    with pytest.raises(RegistryError, match=message) as raised:
        load_registry(file)
    assert str(file) in str(raised.value)


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "registry.csv"
    file.write_bytes("outlet_id,name\none,Über\n".encode("latin-1"))
    with pytest.raises(RegistryError, match="not UTF-8 at byte"):
        load_registry(file)


def test_the_embedded_registry_loads() -> None:
    registry = load_registry()
    assert EMBEDDED_REGISTRY.exists()
    assert registry.find_host("www.reuters.com".removeprefix("www."))
    assert len(registry.outlets) >= 400


def test_folding_keeps_scripts_apart_and_drops_what_printing_changes() -> None:
    assert fold_name("The  Example-Times") == fold_name("EXAMPLE TIMES")
    assert fold_name("Bakı Xəbər") == fold_name("BAKI XƏBƏR")
    assert fold_name("Пример") != fold_name("Primer")


def test_an_alias_may_carry_its_language() -> None:
    assert split_alias("ru:Пример") == ("ru", "Пример")
    assert split_alias("sr-Latn:Primer") == ("sr-Latn", "Primer")
    assert split_alias("Example: the paper") == (None, "Example: the paper")


def test_two_outlets_of_one_name_are_both_found() -> None:
    star = [Outlet(outlet_id=key, name="Star") for key in ("star-a", "star-b")]
    assert [outlet.outlet_id for outlet in build_registry([star], "").find_alias("Star")] == [
        "star-a",
        "star-b",
    ]
