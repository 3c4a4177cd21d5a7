"""The check of the language files: what is wrong in one is named, with its file and line."""

import json
import re
from pathlib import Path

import pytest

from schemas.languages import compiled_tables
from schemas.languages.compiled_tables import (
    COMPILED,
    FOLDER,
    language_codes,
    read_language,
    read_section,
)
from schemas.languages.compiling import compile_languages, write_compiled
from schemas.languages.declaration import SECTIONS
from schemas.languages.sources import LanguageError


def _write(folder: Path, **files: str) -> Path:
    for code, text in files.items():
        (folder / f"{code}.toml").write_text(text, encoding="utf-8")
    return folder


def _faults(folder: Path, **files: str) -> list[str]:
    with pytest.raises(LanguageError) as caught:
        compile_languages(_write(folder, **files))
    return str(caught.value).splitlines()


def test_the_compiled_tables_are_those_of_the_language_files() -> None:
    """Run `make languages` where this fails."""
    for section, text in compile_languages().items():
        assert (FOLDER / COMPILED / f"{section}.json").read_text(encoding="utf-8") == text


def test_the_names_of_the_compiled_tables_are_the_sections() -> None:
    assert tuple(SECTIONS) == compiled_tables.SECTIONS


def test_every_file_is_the_language_it_says_and_is_read() -> None:
    read = {code for section in SECTIONS for code in read_section(section)}
    assert {path.stem for path in FOLDER.glob("*.toml")} <= read


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('name = "X"\n\n[mony]\n', "xx.toml:3: mony: no such section or key"),
        ('name = "X"\n[page]\nlabel = [\n]\n', "xx.toml:3: page.label: no such section or key"),
        ('name = "X"\n[dumps.shares]\n', "xx.toml:2: dumps.shares: no such section or key"),
        (
            'name = "X"\n[money]\n[money.units]\n# Money.\n"dolar" = "dolar"\n',
            "xx.toml:5: money.units.dolar: 'dolar' is neither a code of ISO 4217 nor a family",
        ),
        (
            'name = "X"\n[money.scales]\n"min" = "1_000, alon"\n',
            "xx.toml:3: money.scales.min: '1_000, alon' is no whole number, nor one with "
            "', alone' behind it",
        ),
        (
            'name = "X"\n[money.countries]\n"abş" = "UX"\n',
            "xx.toml:3: money.countries.abş: 'UX' is no country's code (ISO 3166-1 alpha-2)",
        ),
        (
            'name = "X"\n[dates.months]\n"mart" = 13\n',
            "xx.toml:3: dates.months.mart: 13 is not from 1 to 12",
        ),
        (
            'name = "X"\n[page]\nlabels = [\n  "more",\n  "read{ more",\n]\n',
            "xx.toml:5: page.labels.1: a { without its }",
        ),
        (
            'name = "X"\n[page]\ntail_patterns = [\n  "(",\n]\n',
            "xx.toml:4: page.tail_patterns.0: is no regular expression: missing ), "
            "unterminated subpattern at position 0",
        ),
        (
            'name = "X"\n[dates]\npublished = [\n  "posted",\n  "Posted on",\n]\n',
            "xx.toml:5: dates.published.1: is compared as 'posted on': write it so",
        ),
        (
            'name = "X"\n[dates.ago]\n"saat əvvəl" = "hour"\n',
            "xx.toml:3: dates.ago.saat əvvəl: one # stands where the number does",
        ),
    ],
)
def test_what_the_declaration_does_not_know_is_named(tmp_path: Path, text: str, fault: str) -> None:
    assert _faults(tmp_path, xx=text) == [fault]


def test_a_word_under_two_values_is_an_error(tmp_path: Path) -> None:
    text = 'name = "X"\n[money.units]\n"frank" = "franc"\n"frank" = "CHF"\n'
    (fault,) = _faults(tmp_path, xx=text)
    assert fault.startswith("xx.toml:4: ")


def test_a_word_that_folds_onto_another_value_is_an_error(tmp_path: Path) -> None:
    text = 'name = "X"\n[money.scales]\n"mrd" = 1_000_000\n"mrd." = 1_000_000_000\n'
    assert _faults(tmp_path, xx=text) == [
        "xx.toml:4: money.scales.mrd.: 'mrd' means 1000000 at xx.toml:3"
    ]


@pytest.mark.parametrize(
    ("first", "second", "form"),
    [
        ("Dolar", "dolar", "dolar"),
        ("dolar~", "dolar", "dolar"),
        ("dolar{,a}", "dolara", "dolara"),
    ],
)
def test_forms_that_are_one_form_are_an_error(
    tmp_path: Path, first: str, second: str, form: str
) -> None:
    text = f'name = "X"\n[money.units]\n"{first}" = "USD"\n"{second}" = "CAD"\n'
    (fault,) = _faults(tmp_path, xx=text)
    assert fault == f"xx.toml:4: money.units.{second}: {form!r} means USD at xx.toml:3"


def test_a_word_twice_in_a_list_is_an_error(tmp_path: Path) -> None:
    text = 'name = "X"\n[page]\nlabels = [\n  "read{ more,}",\n  "Read more",\n]\n'
    assert _faults(tmp_path, xx=text) == [
        "xx.toml:5: page.labels.1: 'read more' stands at xx.toml:4 already"
    ]


def test_languages_that_are_read_together_may_share_a_word_but_not_its_meaning(
    tmp_path: Path,
) -> None:
    german = 'name = "German"\n[dates.ago]\n"vor # h" = "hour"\n"vor # d" = "day"\n'
    other = 'name = "X"\n[dates.ago]\n"vor # h" = "hour"\n"vor # d" = "hour"\n'
    assert _faults(tmp_path, de=german, xx=other) == [
        "xx.toml:4: dates.ago.vor # d: 'vor # d' means day at de.toml:4"
    ]


def test_a_label_says_one_thing_in_all_languages(tmp_path: Path) -> None:
    one = 'name = "A"\n[dates]\npublished = [\n  "datum",\n]\n'
    other = 'name = "B"\n[dates]\nmodified = [\n  "datum",\n]\n'
    assert _faults(tmp_path, aa=one, bb=other) == [
        "bb.toml:4: 'datum' stands at aa.toml:4 for another meaning"
    ]


def test_a_list_has_one_entry_a_line(tmp_path: Path) -> None:
    text = 'name = "X"\n[page]\nlabels = [\n  "more", "read more",\n]\n'
    assert _faults(tmp_path, xx=text) == ["xx.toml:4: a list has one entry a line"]


def test_a_new_language_is_a_file_and_nothing_else(tmp_path: Path) -> None:
    text = (
        'name = "X"\ncodes = [\n  "xy",\n]\n\n[money]\ndecimal = ","\n'
        '[money.units]\n"dolar{,a} x" = "cent / 100, everyday"\n'
    )
    write_compiled(_write(tmp_path, xx=text))
    assert language_codes("money", tmp_path) == ("xx", "xy")
    assert read_language("money", "xx", tmp_path) == {
        "decimal": ",",
        "units": [
            ["dolar_x", "cent", "0.01", True, False],
            ["dolara_x", "cent", "0.01", True, False],
        ],
    }
    assert read_language("money", "xy", tmp_path) == {"same_as": "xx"}
    assert json.loads((tmp_path / COMPILED / "dates.json").read_text(encoding="utf-8")) == {}


def test_every_key_that_a_file_may_hold_is_read_by_some_rule() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in (FOLDER, FOLDER.parents[1] / "tasks")
        for path in folder.rglob("*.py")
        if path.name != "declaration.py"
    )
    unread = [
        f"{name}.{key}"
        for name, section in SECTIONS.items()
        if name != "dumps"
        for key in section.model_fields
        if f'"{key}"' not in code and f"'{key}'" not in code
    ]
    assert unread == []


def test_the_guide_names_every_key() -> None:
    guide = (FOLDER.parents[1] / "docs" / "languages.md").read_text(encoding="utf-8")
    unsaid = [
        f"{name}.{key}"
        for name, section in SECTIONS.items()
        for key in section.model_fields
        if f"`{key}`" not in guide
    ]
    assert unsaid == []


def test_the_guides_language_compiles(tmp_path: Path) -> None:
    guide = (FOLDER.parents[1] / "docs" / "languages.md").read_text(encoding="utf-8")
    (example,) = (
        block
        for block in re.findall(r"^```toml\n(.*?)^```", guide, re.S | re.M)
        if "name =" in block
    )
    write_compiled(_write(tmp_path, co=example))
    table = read_language("money", "co", tmp_path)
    assert table is not None
    assert ["centesimi", "cent", "0.01", False, False] in table["units"]
