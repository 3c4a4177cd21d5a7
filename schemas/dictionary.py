"""What people read of the declarations in schemas/, written into documents.

These are docs/columns.md, README's reason codes, and the fields of rows in docs/your-own-pages.md.
`python -m schemas.dictionary` writes all; `make docs` calls that.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from schemas.columns import Column
from schemas.declared_reasons import NotBelieved
from schemas.described import DescribedEnum
from schemas.rate_statuses import RateStatus
from schemas.reasons import Reason
from schemas.row_fields import NAMES
from schemas.suites import MONEY_SUITE, RECORDS_SUITE, ColumnCheck
from schemas.tables import ARTICLES, MONEY, PUBLISHED, STAGED, Table

_PROJECT = Path(__file__).resolve().parents[1]
DICTIONARY = _PROJECT / "docs" / "columns.md"
README = _PROJECT / "README.md"
OWN_PAGES = _PROJECT / "docs" / "your-own-pages.md"
# What stands between these lines of the README and of docs/your-own-pages.md is written here.
REASONS_BEGIN = "<!-- reasons: written by `make docs` from schemas/reasons.py -->"
REASONS_END = "<!-- end of reasons -->"
FIELDS_BEGIN = "<!-- fields: written by `make docs` from schemas/row_fields.py -->"
FIELDS_END = "<!-- end of fields -->"

_INTRODUCTION = """\
# Columns

Generated from `schemas/` by `make docs`; a test fails when it is out of date. A column means the
same in every table that has it. Machines read the same from `datapackage.json` in the warehouse
(Data Package 2.0).

Types are Arrow's; every instant is UTC. A published column is only ever added (nullable) or
widened; a run rewrites the months that have older columns. Until it is done, and in `runs`, which
is never rewritten, files of two versions lie together: DuckDB reads them with
`union_by_name = true`, Polars with `missing_columns="insert"`, PyArrow with the newest file's
schema. A month of more than 500,000 rows has several files, each of a range of outlets
([parts](reading-while-publishing.md#months-of-several-files)); rows are sorted within a file.
With `--partition-by date` the folders of articles and money are days,
`published_day=YYYY-MM-DD`."""
_SUITES = {ARTICLES.name: RECORDS_SUITE, MONEY.name: MONEY_SUITE}
_SUITE_INTRODUCTIONS = {
    ARTICLES.name: "A record that fails a critical expectation is quarantined under its name; a "
    "warning is only counted. `fetched_date_limit` is the day after the fetch.",
    MONEY.name: "An amount that fails a critical expectation quarantines its article under the "
    "expectation's name.",
}
_EXPECTATIONS = {
    "ExpectColumnValuesToNotBeNull": "is not null",
    "ExpectColumnValuesToBeNull": "is null",
    "ExpectColumnValuesToBeUnique": "is in no two rows the same",
    "ExpectColumnValuesToMatchRegex": "matches `{regex}`",
    "ExpectColumnValuesToBeInSet": "is one of {value_set}",
    "ExpectColumnValuesToBeBetween": "is {range}",
    "ExpectColumnValueLengthsToBeBetween": "has a length of {range}",
    "ExpectColumnPairValuesAToBeGreaterThanB": "`{column_A}` is not less than `{column_B}`",
}
# Larger sets stand in datapackage.json.
_MAX_NAMED = 20
_REASONS_INTRODUCTION = """\
## Reason codes

Why a document is no article, in `quarantine.reasons`. A code is stable: codes are added, never
renamed. Names of expectations, listed with their tables above, stand there too.

    newsmill quarantine list --reason published_date_ambiguous
    newsmill quarantine replay --reason published_date_ambiguous"""
_DECLARED_INTRODUCTION = """\
## Declared values that are not believed

What stands in `section_source` and `description_source` where a page declares a section or a
description and it is null. Else they name where it was declared: `json_ld`, or the name of a
meta."""
_STATUSES_INTRODUCTION = """\
## Dollar values

Why an amount has, or has not, a value in US dollars, in `money.usd_status`."""


def describe_columns() -> str:
    """Returns the dictionary as Markdown, the same for the same declarations."""
    sections = [
        _INTRODUCTION,
        *(section for table in (*PUBLISHED, STAGED) for section in _describe_table(table)),
        _REASONS_INTRODUCTION,
        _describe_members("reason", Reason),
        _DECLARED_INTRODUCTION,
        _describe_members("source", NotBelieved),
        _STATUSES_INTRODUCTION,
        _describe_members("usd_status", RateStatus),
    ]
    return "\n\n".join(sections) + "\n"


def with_reasons(readme: str) -> str:
    """Returns the README with today's reason codes between its markers.

    Raises:
        ValueError: it does not have the markers, once each and in their order.
    """
    table = _describe_members("reason", Reason)
    return _with_table(readme, REASONS_BEGIN, table, REASONS_END)


def with_fields(page: str) -> str:
    """Returns docs/your-own-pages.md with today's fields of rows between its markers.

    Raises:
        ValueError: it does not have the markers, once each and in their order.
    """
    rows = [
        (f"`{role.value}`", role.description, ", ".join(f"`{name}`" for name in names))
        for role, names in NAMES.items()
    ]
    table = _format_rows(("role", "what the field holds", "names that are known"), rows)
    return _with_table(page, FIELDS_BEGIN, table, FIELDS_END)


def _with_table(page: str, begin: str, table: str, end: str) -> str:
    before, _, rest = page.partition(f"{begin}\n")
    _, marker, after = rest.partition(f"{end}\n")
    if not marker or begin in rest:
        raise ValueError(f"the page has no {begin}, or no {end} behind it")
    return f"{before}{begin}\n{table}\n{end}\n{after}"


def _describe_members(head: str, members: type[DescribedEnum]) -> str:
    rows = [(f"`{member.value}`", member.description) for member in members]
    return _format_rows((head, "meaning"), rows)


def _describe_table(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.description}"
    if facts := list(_describe_layout(table)):
        yield "\n".join(facts)
    yield _format_rows(
        ("column", "type", "unit", "null", "description"),
        [_describe_column(table, column) for column in table.columns],
    )
    if suite := _SUITES.get(table.name):
        yield f"### Expectations of {table.name}\n\n{_SUITE_INTRODUCTIONS[table.name]}"
        yield _format_rows(
            ("name", "column", "every value", "severity", "why"),
            [_describe_check(entry) for entry in suite],
        )


def _describe_layout(table: Table) -> Iterator[str]:
    yield f"- version {table.version} of its columns, as each file's footer says"
    if table.partition:
        column, meaning = table.partition
        yield f"- partitioned by `{column}`: {meaning[0].lower()}{meaning[1:]}"
    if table.sort:
        yield f"- sorted by {_format_names(table.sort)}"
    if table.primary_key:
        yield f"- no two rows share {_format_names(table.primary_key)}"
    for key in table.foreign_keys:
        yield f"- `{key.column}` is the `{key.target}` of a row of `{key.table}`"


def _describe_column(table: Table, column: Column) -> tuple[str, ...]:
    nullable = "" if column.name in table.required else "yes"
    return (
        f"`{column.name}`",
        _format_type(column.type),
        column.unit or "",
        nullable,
        column.description,
    )


def _describe_check(entry: ColumnCheck) -> tuple[str, ...]:
    check = entry.check
    condition = f" where `{check.when}`" if check.when else ""
    return (
        f"`{check.name}`",
        f"`{entry.column}`",
        describe_expectation(entry) + condition,
        check.severity,
        check.why,
    )


def describe_expectation(entry: ColumnCheck) -> str:
    """Says in words what an expectation asks of a value that is not null.

    Raises:
        KeyError: the suites use an expectation that has no words here yet.
    """
    arguments = {"column_B": entry.column, **dict(entry.check.arguments)}
    if "value_set" in arguments:
        arguments["value_set"] = _format_set(arguments["value_set"])
    if "min_value" in arguments:
        arguments["range"] = _format_range(arguments["min_value"], arguments["max_value"])
    return _EXPECTATIONS[entry.check.expectation].format(**arguments)


def _format_set(values: Sequence[str]) -> str:
    return _format_names(values) if len(values) <= _MAX_NAMED else f"{len(values)} values"


def _format_range(low: object, high: object) -> str:
    if high is None:
        return f"{low} or more"
    return f"{low} to {high}".replace("T00:00:00", "")


def _format_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_format_type(kind.value_type)}"
    if pa.types.is_map(kind):
        return f"map of {_format_type(kind.key_type)} to {_format_type(kind.item_type)}"
    if pa.types.is_struct(kind):
        return "struct"
    return str(kind)


def _format_names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _format_rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *escaped]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    DICTIONARY.write_text(describe_columns(), encoding="utf-8")
    README.write_text(with_reasons(README.read_text(encoding="utf-8")), encoding="utf-8")
    OWN_PAGES.write_text(with_fields(OWN_PAGES.read_text(encoding="utf-8")), encoding="utf-8")
