"""Exports to a table of a PostgreSQL database, through ADBC: one COPY, in one transaction."""

from typing import TYPE_CHECKING

import pyarrow as pa

from tasks.inspect.exporting.export_targets import DatabaseTarget, ExportError, hide_password
from tasks.inspect.exporting.plain_values import as_text_columns, is_nested

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection


def write_table_to(
    target: DatabaseTarget, reader: pa.RecordBatchReader, table: str, *, overwrite: bool
) -> list[str]:
    """Writes rows to a new table, which other sessions see whole or not at all.

    Instants are `timestamptz`, decimals `numeric`, lists of texts and numbers arrays; maps, structs
    and lists of these are JSON texts.

    Args:
        target: the database.
        reader: the rows.
        table: its name, where the target names none.
        overwrite: put it in the place of one that is there, in the same transaction.

    Returns:
        What the user should know.

    Raises:
        ExportError: the database refuses, the table is there, or the driver is not installed.
    """
    try:
        from adbc_driver_manager import Error  # noqa: PLC0415 - an extra
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExportError(
            f"PostgreSQL needs an extra ({error.name} is missing): pip install 'newsmill[export]'"
        ) from error
    try:
        with dbapi.connect(target.url) as connection:
            _copy(connection, target, reader, target.table or table, overwrite=overwrite)
    except Error as error:
        said = " ".join(hide_password(str(error), target.url).split())
        raise ExportError(f"{target}: {said}") from None
    return []


def _copy(
    connection: "Connection",
    target: DatabaseTarget,
    reader: pa.RecordBatchReader,
    table: str,
    *,
    overwrite: bool,
) -> None:
    name = ".".join(_quoted(part) for part in (target.schema, table) if part)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass($1) IS NOT NULL", [name])
        (is_there,) = cursor.fetchone() or (False,)
        if is_there and not overwrite:
            raise ExportError(f"{target}: the table {name} is there; --overwrite replaces it")
        if is_there:
            cursor.execute(f"DROP TABLE {name}")
        cursor.adbc_ingest(
            table, as_text_columns(reader, _is_taken), mode="create", db_schema_name=target.schema
        )
    connection.commit()


def _is_taken(kind: pa.DataType) -> bool:
    if pa.types.is_list(kind):
        return not is_nested(kind.value_type)
    return not is_nested(kind)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
