"""Rows of declared columns: a name that is missing or unknown raises, and never becomes a null."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from itertools import chain
from typing import Any

import pyarrow as pa


class RowError(Exception):
    """Rows that do not have exactly the declared columns: a fault of the code that made them."""


def require_fields(kind: type, columns: Iterable[str]) -> None:
    """Requires that a dataclass has a field for each column, and no other.

    Called where the dataclass is defined, so that a column without its field stops every start.

    Raises:
        RowError: a column has no field, or a field no column.
    """
    _require({field.name for field in fields(kind)}, frozenset(columns), kind.__qualname__)


def table_of(rows: Collection[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Makes a table of rows; `pa.Table.from_pylist` fills in nulls and drops what it does not know.

    Args:
        rows: values by column; those of structs, at any depth, by field.
        schema: the columns.

    Raises:
        RowError: a row lacks a column, or has one more.
        pyarrow.ArrowInvalid: a value does not have its column's type.
    """
    names = frozenset(schema.names)
    for row in rows:
        _require(row.keys(), names, "a row")
    arrays = []
    for name, kind in zip(schema.names, schema.types, strict=True):
        values = [row[name] for row in rows]
        _require_structs(values, kind, name)
        arrays.append(pa.array(values, kind))
    return pa.table(arrays, schema=schema)


def _require_structs(values: Iterable[Any], kind: pa.DataType, name: str) -> None:
    """Requires of the structs in a column, at any depth, what is required of rows."""
    if not _has_structs(kind):
        return
    known = [value for value in values if value is not None]
    if pa.types.is_list(kind):
        _require_structs(chain.from_iterable(known), kind.value_type, name)
        return
    members = [(member.name, member.type) for member in kind]
    names = frozenset(member for member, _ in members)
    for value in known:
        _require(value.keys(), names, name)
    for member, member_kind in members:
        _require_structs((value[member] for value in known), member_kind, f"{name}.{member}")


def _has_structs(kind: pa.DataType) -> bool:
    return pa.types.is_struct(kind) or (pa.types.is_list(kind) and _has_structs(kind.value_type))


def _require(found: Collection[str], declared: frozenset[str], what: str) -> None:
    if len(found) == len(declared) and declared.issuperset(found):
        return
    missing = sorted(declared.difference(found))
    unknown = sorted(set(found) - declared)
    raise RowError(f"{what} is not as declared: it lacks {missing} and has, undeclared, {unknown}")
