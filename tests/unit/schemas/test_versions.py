"""A change of columns has a version; without one, files of two kinds would look alike."""

import hashlib
import json
from typing import Any

import pytest

from schemas.tables import PUBLISHED, STAGED, Table
from tasks.extract.evidence import EXTRACTION_JSON

# The columns of each version; a line changes only while its version is not released.
DIGESTS = {
    ("articles", 1): "f4da563d32e5",
    # The section and the description that the page declares.
    ("articles", 2): "23ea774846be",
    ("money", 1): "aab3b9d5a1d9",
    ("quarantine", 1): "0fb18912faa7",
    ("quarantine", 2): "fba5189b7b1d",
    ("outlets", 1): "cd185eb93e84",
    ("runs", 1): "a906e052b9a1",
    # What waits while a run is held back, and what a run changed for analysts.
    ("runs", 2): "250830b4391b",
    # What record_digest is taken of changed, and the name of the elements of lists.
    ("staged", 1): "22b496ec4a29",
    ("staged", 2): "596ec75eca7d",
    # Clues and candidates have fields for what their labels told.
    ("staged", 3): "a4a7cd7d5aec",
    # What was the place of a clue is its position.
    ("staged", 4): "95f3a56dfabb",
    # How much of a page's running text is in the text.
    ("staged", 5): "ca5b8f240997",
    # The section and the description that the page declares.
    ("staged", 6): "368370b278b7",
}


def _without_members(schema: dict[str, Any]) -> str:
    for kind in schema["$defs"].values():
        kind.pop("enum", None)
        kind.pop("description", None)
    schema.pop("description")
    return json.dumps(schema, sort_keys=True)


def _digest(table: Table) -> str:
    columns = table.schema.to_string(show_field_metadata=False)
    # Normalizing again from staged/ reads what extraction left there. What an enumeration gained
    # since is no change of shape: code that does not know it refuses it.
    extraction = _without_members(EXTRACTION_JSON.json_schema()) if table is STAGED else ""
    return hashlib.sha256((columns + extraction).encode()).hexdigest()[:12]


@pytest.mark.parametrize("table", [*PUBLISHED, STAGED], ids=lambda table: table.name)
def test_columns_that_change_have_a_new_version(table: Table) -> None:
    assert DIGESTS.get((table.name, table.version)) == _digest(table), (
        f"the columns of {table.name} (or the shape of what extraction finds) are not those of "
        f"version {table.version}: raise its version in schemas/tables.py (and reads_from, where "
        "older files cannot be read with nulls for what they lack), and name the digest here"
    )


@pytest.mark.parametrize("table", [*PUBLISHED, STAGED], ids=lambda table: table.name)
def test_what_is_read_was_written_once(table: Table) -> None:
    assert 1 <= table.reads_from <= table.version
