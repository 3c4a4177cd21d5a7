"""The data dictionary for machines: `datapackage.json`, after the Data Package standard 2.0.

The standard: https://datapackage.org/standard/data-package/ and /standard/table-schema/. What it
says holds for the files as its reference implementation, frictionless, reads them: with the column
of the partitions' folders, and with lists and maps as `any`, because there they are no JSON. What
they are in Parquet says `arrow_type`, a property of ours.
"""

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from schemas.columns import Check, Column
from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, OUTLETS, PUBLISHED, Table
from tasks.publish.select import partition_key, partitioned_by
from tasks.storage.locations import read_bytes
from tasks.storage.warehouse import Warehouse, replaced

DATAPACKAGE_NAME = "datapackage.json"

# Rows of quarantine/ are there because they do not meet the expectations.
_CHECKED_TABLES = (ARTICLES, MONEY, OUTLETS)
# How pandas, through which frictionless reads Parquet, writes nulls of these types. An empty text
# is a text, and so is "None".
_MISSING_VALUES = {"integer": ["nan"], "number": ["nan"], "boolean": ["nan"], "datetime": ["NaT"]}


def write_datapackage(warehouse: Warehouse) -> bool:
    """Writes the descriptor of a warehouse atomically; returns whether it was another before."""
    path = warehouse.root / DATAPACKAGE_NAME
    content = render_package(Settings(partition_by=partitioned_by(warehouse)))
    if path.exists() and read_bytes(path) == content:
        return False
    with replaced(path) as temporary:
        temporary.write_bytes(content)
    return True


def render_package(settings: Settings) -> bytes:
    """Returns the content of datapackage.json, the same for the same declarations."""
    return (json.dumps(describe_package(settings), indent=2, ensure_ascii=False) + "\n").encode()


def describe_package(settings: Settings) -> dict[str, Any]:
    """Returns the descriptor of the published tables, the same for the same declarations.

    A resource's path is the folder of its partitions, as readers of partitioned Parquet take it, so
    that the descriptor does not change with every month. `schema_version`, `partition`, `sort`,
    `unit` and `arrow_type` are properties of ours, which the standard allows.

    Args:
        settings: how articles and money are partitioned.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "newsmill",
        "title": "News articles and the money in them",
        "description": "One row per article, amount of money, quarantined document, outlet and "
        "run; every normalized value keeps the printed text that it came from.",
        "resources": [_describe_resource(table, settings) for table in PUBLISHED],
    }


def _describe_resource(table: Table, settings: Settings) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": table.name,
        "type": "table",
        "path": table.name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": table.description,
        "schema_version": table.version,
        "schema": _describe_schema(table),
    }
    if table.sort:
        resource["sort"] = list(table.sort)
    if table.partition:
        name = partition_key(table.name, settings)
        by_day = name != table.partition[0]
        description = "The day published_date, as YYYY-MM-DD." if by_day else table.partition[1]
        field = {"name": name, "type": "string", "description": description}
        resource["schema"]["fields"].append(field)
        resource["partition"] = name
    return resource


def _describe_schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_describe_field(table, column) for column in table.columns],
        "missingValues": [],
    }
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [key.column], "reference": _describe_reference(table, key.table, key.target)}
            for key in table.foreign_keys
        ]
    return schema


def _describe_reference(table: Table, target_table: str, target: str) -> dict[str, Any]:
    # The standard asks to leave the resource out where a table refers to itself.
    resource = {} if target_table == table.name else {"resource": target_table}
    return {**resource, "fields": [target]}


def _describe_field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _field_type(column.type),
        "description": column.description,
    }
    if field["type"] in _MISSING_VALUES:
        field["missingValues"] = _MISSING_VALUES[field["type"]]
    if field["type"] == "any":
        field["arrow_type"] = str(column.type)
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.name in table.required:
        constraints["required"] = True
    if table in _CHECKED_TABLES:
        for check in column.checks:
            constraints.update(_describe_constraints(check))
    if constraints:
        field["constraints"] = constraints
    return field


def _describe_constraints(check: Check) -> Iterator[tuple[str, Any]]:
    """Yields what the standard can say of a check; the rest stands in docs/columns.md only."""
    arguments = dict(check.arguments)
    # One with a column of its own is of what a frame computes, not of this column.
    if check.when or check.severity != "critical" or "column" in arguments:
        return
    match check.expectation:
        case "ExpectColumnValuesToMatchRegex":
            # Patterns are XML Schema's, which match the whole value and have no anchors.
            yield "pattern", arguments["regex"].removeprefix("^").removesuffix("$")
        case "ExpectColumnValuesToBeInSet":
            yield "enum", list(arguments["value_set"])
        case "ExpectColumnValuesToBeBetween":
            yield from _describe_limits("minimum", "maximum", arguments)
        case "ExpectColumnValueLengthsToBeBetween":
            yield from _describe_limits("minLength", "maxLength", arguments)


def _describe_limits(
    low: str, high: str, arguments: dict[str, Any]
) -> Iterator[tuple[str, int | str]]:
    for name, limit in ((low, arguments["min_value"]), (high, arguments["max_value"])):
        if limit is not None:
            # A day is written without a time.
            yield name, limit.removesuffix("T00:00:00") if isinstance(limit, str) else limit


def _field_type(kind: pa.DataType) -> str:
    """Returns the standard's name of an Arrow type.

    Raises:
        NotImplementedError: the schemas use a type that has no name here yet.
    """
    names = {
        "string": pa.types.is_string,
        "integer": pa.types.is_integer,
        "boolean": pa.types.is_boolean,
        "date": pa.types.is_date,
        "datetime": pa.types.is_timestamp,
        "any": lambda kind: pa.types.is_list(kind) or pa.types.is_map(kind),
    }
    for name, is_kind in names.items():
        if is_kind(kind):
            return name
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    raise NotImplementedError(f"no field type for {kind}")
