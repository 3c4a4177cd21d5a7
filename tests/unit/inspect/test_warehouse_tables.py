"""Tables of several warehouses are open at once, and each shows its files as they are now."""

from pathlib import Path
from threading import Thread

import pyarrow as pa

from schemas.tables import ARTICLES
from tasks.inspect.warehouse_tables import Tables, connect_to_memory
from tasks.storage.warehouse import Warehouse, write_table

COUNT = "SELECT count(*) FROM articles"


def _write(root: Path, rows: int) -> Warehouse:
    warehouse = Warehouse(root)
    schema = pa.schema([field.with_nullable(True) for field in ARTICLES.schema])
    table = pa.Table.from_pylist([{"article_id": str(number)} for number in range(rows)], schema)
    path = warehouse.partition(ARTICLES.name, "published_month", "2024-03")
    write_table(path, [table], schema, {})
    return warehouse


def test_tables_that_are_open_at_once_show_their_own_files(tmp_path: Path) -> None:
    opened = [Tables(_write(tmp_path / str(rows), rows), ()) for rows in (1, 2, 3)]
    assert [tables.rows(COUNT) for tables in opened] == [[(1,)], [(2,)], [(3,)]]


def test_a_file_that_is_written_again_is_read_as_it_is_now(tmp_path: Path) -> None:
    warehouse = _write(tmp_path, 1)
    before = Tables(warehouse, ())
    assert before.rows(COUNT) == [(1,)]
    _write(tmp_path, 2)
    assert before.rows(COUNT) == Tables(warehouse, ()).rows(COUNT) == [(2,)]


def test_threads_have_tables_of_their_own(tmp_path: Path) -> None:
    warehouses = [_write(tmp_path / str(rows), rows) for rows in range(1, 9)]
    found: dict[Path, object] = {}

    def read(warehouse: Warehouse) -> None:
        found[warehouse.root] = Tables(warehouse, ()).rows(COUNT)

    threads = [Thread(target=read, args=(warehouse,)) for warehouse in warehouses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {warehouse.root: [(int(warehouse.root.name),)] for warehouse in warehouses}


def test_what_is_registered_with_one_connection_no_other_sees() -> None:
    first, second = connect_to_memory(), connect_to_memory()
    for connection, value in ((first, 1), (second, 2)):
        connection.register("numbers", pa.table({"value": [value]}))
    assert first.sql("SELECT value FROM numbers").fetchall() == [(1,)]
    assert second.sql("SELECT value FROM numbers").fetchall() == [(2,)]
