"""datapackage.json says what schemas/ says, in the words of the Data Package standard."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from schemas.settings import Settings
from schemas.tables import PUBLISHED
from tasks.publish.datapackage import describe_package, write_datapackage
from tasks.storage.warehouse import Warehouse

FIELD_TYPES = {"string", "integer", "number", "boolean", "date", "datetime", "any"}


@pytest.fixture(scope="module")
def resources() -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in describe_package(Settings())["resources"]}


def _fields(resource: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in resource["schema"]["fields"]}


def test_every_published_column_is_described(resources: dict[str, dict[str, Any]]) -> None:
    assert list(resources) == [table.name for table in PUBLISHED]
    for table in PUBLISHED:
        fields = _fields(resources[table.name])
        folder = [table.partition[0]] if table.partition else []
        assert list(fields) == [*table.names, *folder]
        assert {field["type"] for field in fields.values()} <= FIELD_TYPES
        required = {
            name for name, field in fields.items() if field.get("constraints", {}).get("required")
        }
        assert required == table.required


def test_keys_lead_to_columns(resources: dict[str, dict[str, Any]]) -> None:
    assert resources["articles"]["schema"]["primaryKey"] == ["article_id"]
    keys = [
        (name, key)
        for name, found in resources.items()
        for key in found["schema"].get("foreignKeys", ())
    ]
    assert [name for name, _ in keys] == ["articles"] * 3 + ["money", "outlets"]
    for name, key in keys:
        target = resources[key["reference"].get("resource", name)]
        assert set(key["reference"]["fields"]) <= set(_fields(target))
        assert set(key["fields"]) <= set(_fields(resources[name]))


def test_checks_become_constraints(resources: dict[str, dict[str, Any]]) -> None:
    articles, money = _fields(resources["articles"]), _fields(resources["money"])
    assert money["kind"]["constraints"]["enum"] == ["mention", "quote"]
    assert articles["published_date"]["constraints"]["minimum"] == "1990-01-01"
    assert articles["outlet_name"]["constraints"] == {"minLength": 1, "maxLength": 120}
    # A day known alone has no instant: what holds under a condition is no constraint of the column.
    assert "constraints" not in articles["published_at"]
    # Nor is what is computed of several columns.
    assert "constraints" not in money["usd_amount"]
    assert list(articles["outlet_id"]["constraints"]) == ["pattern"]
    pattern = articles["article_id"]["constraints"]["pattern"]
    assert re.fullmatch(pattern, "0123456789abcdef0123")
    assert "^" not in pattern


def test_quarantined_rows_are_held_to_nothing_that_they_failed(
    resources: dict[str, dict[str, Any]],
) -> None:
    fields = _fields(resources["quarantine"]).values()
    assert {name for field in fields for name in field.get("constraints", ())} == {"required"}


def test_it_is_written_only_when_it_changes(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    path = tmp_path / "datapackage.json"
    assert write_datapackage(warehouse)
    written = path.read_bytes()
    assert json.loads(written) == describe_package(Settings())
    assert not write_datapackage(warehouse)
    path.write_text("{}")
    assert write_datapackage(warehouse)
    assert path.read_bytes() == written
    assert [found.name for found in tmp_path.iterdir()] == ["datapackage.json"]
