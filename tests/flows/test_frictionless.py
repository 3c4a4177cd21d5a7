"""datapackage.json is valid, and true of the files, by the standard's reference implementation."""

import shutil
from pathlib import Path

import frictionless
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.storage.warehouse import Warehouse


@pytest.fixture(scope="module")
def errors(
    sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, set[tuple[str, str]]]:
    """The faults by dataset that are found in the sample, once it was changed: their type, column.

    Changed are one outlet's origin and one amount's currency. One article's outlet loses its row.
    """
    root = tmp_path_factory.mktemp("changed")
    shutil.copytree(sample_warehouse, root, dirs_exist_ok=True)
    outlets = pq.ParquetFile(Warehouse(root).outlets).read()
    origins = ["guessed", *outlets["outlet_origin"].to_pylist()[1:]]
    _replace(Warehouse(root).outlets, outlets.slice(0, outlets.num_rows - 1), origins[:-1])
    (money, *_) = Warehouse(root).partitions("money").values()
    amounts = pq.ParquetFile(money).read()
    codes = ["XYZ", *amounts["currency_code"].to_pylist()[1:]]
    _replace(money, amounts, codes, "currency_code")
    report = frictionless.validate(str(root / "datapackage.json"))
    return {
        task.name: {(e.type, getattr(e, "field_name", "")) for e in task.errors}
        for task in report.tasks
    }


def _replace(path: Path, rows: pa.Table, values: list[str], name: str = "outlet_origin") -> None:
    index = rows.schema.get_field_index(name)
    pq.write_table(rows.set_column(index, name, pa.array(values)), path)


def test_a_published_warehouse_is_as_described(sample_warehouse: Path) -> None:
    report = frictionless.validate(str(sample_warehouse / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    described = {task.name: task.stats.get("rows") for task in report.tasks}
    assert set(described) == {"articles", "money", "quarantine", "outlets", "runs"}
    assert all(described.values())


def test_a_value_that_is_not_as_described_is_found(errors: dict[str, set[tuple[str, str]]]) -> None:
    assert errors["outlets"] == {("constraint-error", "outlet_origin")}
    assert errors["money"] == {("constraint-error", "currency_code")}
    assert "foreign-key" in {kind for kind, _ in errors["articles"]}
    assert errors["runs"] == set()
