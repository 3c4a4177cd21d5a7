"""docs/columns.md says what schemas/ says."""

import re

import pytest

from schemas.dictionary import (
    DICTIONARY,
    OWN_PAGES,
    README,
    describe_columns,
    with_fields,
    with_reasons,
)
from schemas.reasons import Reason
from schemas.suites import MONEY_SUITE, RECORDS_SUITE
from schemas.tables import PUBLISHED, STAGED


def test_the_page_in_docs_is_current() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == describe_columns(), "run `make docs`"


def test_the_reasons_in_the_readme_are_current() -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme == with_reasons(readme), "run `make docs`"
    for reason in Reason:
        assert f"| `{reason.value}` | {reason.description} |\n" in readme


def test_the_fields_of_rows_are_current() -> None:
    page = OWN_PAGES.read_text(encoding="utf-8")
    assert page == with_fields(page), "run `make docs`"
    assert "`raw_html`" in page


def test_a_readme_without_markers_is_not_written_over() -> None:
    with pytest.raises(ValueError, match="end of reasons"):
        with_reasons("# newsmill\n")


def test_every_column_stands_under_its_table() -> None:
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## )", describe_columns(), re.M | re.S))
    for table in (*PUBLISHED, STAGED):
        listed = re.findall(
            r"^\| `(\w+)` \| .* \| .* \| (yes)? ?\| .* \|$", sections[table.name], re.M
        )
        assert [name for name, _ in listed] == list(table.names)
        assert {name for name, nullable in listed if not nullable} == table.required


def test_every_code_that_quarantine_can_hold_is_explained() -> None:
    first_cells = set(re.findall(r"^\| `(\w+)` \|", describe_columns(), re.M))
    assert {reason.value for reason in Reason} <= first_cells
    assert {entry.check.name for entry in (*RECORDS_SUITE, *MONEY_SUITE)} <= first_cells


def test_patterns_do_not_break_the_table() -> None:
    for line in describe_columns().splitlines():
        if line.startswith("| `outlet_id_malformed`"):
            assert len(re.split(r"(?<!\\)\|", line)) == 7
            break
    else:
        raise AssertionError("the expectation is not listed")
