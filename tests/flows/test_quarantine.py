"""`newsmill quarantine`: what was refused, why, and what becomes of it when more is known."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from schemas.outlets import COLUMNS
from tests.conftest import PROJECT, Command

AMBIGUOUS = "archive-desk/2024-04-15/pier-notes-starfish.html"


def test_listed_with_reasons_and_detail(
    newsmill: Command, sample_warehouse: Path, sample_records: list[dict[str, Any]]
) -> None:
    listing = ("quarantine", "list", "--warehouse", sample_warehouse)
    every = json.loads(newsmill(*listing, "--json").stdout)
    assert len(every) == sum(record["fate"] == "rejected" for record in sample_records)
    (found,) = json.loads(
        newsmill(*listing, "--reason", "published_date_ambiguous", "--json").stdout
    )
    assert found["raw_path"] == AMBIGUOUS
    assert found["outlet_id"] == "~piernotes.example"
    printed = newsmill(*listing, "--reason", "published_date_ambiguous").stdout
    assert "03/04/2024" in printed
    assert "Pier Notes" in printed


@pytest.mark.parametrize("command", ["list", "replay"])
def test_a_misspelt_code_is_a_mistake_of_usage(newsmill: Command, command: str) -> None:
    finished = newsmill("quarantine", command, "--reason", "published_date_ambigous")
    assert finished.returncode == 2
    assert "did you mean published_date_ambiguous" in finished.stderr


def test_nothing_to_replay(newsmill: Command, sample_warehouse: Path) -> None:
    arguments = ("--reason", "worker_died", "--warehouse", sample_warehouse)
    finished = newsmill("quarantine", "replay", *arguments)
    assert finished.returncode == 0
    assert finished.stdout == "no document is quarantined under worker_died\n"


def test_an_ambiguous_date_is_an_article_once_its_outlet_is_registered(
    newsmill: Command, tmp_path: Path
) -> None:
    raw, registry, warehouse = tmp_path / "raw", tmp_path / "outlets.csv", tmp_path / "w"
    for path in (AMBIGUOUS, "regional-press/2024-03-05/gaceta-lonja.html"):
        (raw / path).parent.mkdir(parents=True)
        shutil.copy(PROJECT / "raw" / path, raw / path)
    places = ("--raw", raw, "--warehouse", warehouse)
    assert newsmill("run", *places).returncode == 0
    assert _quarantined(newsmill, warehouse) == [AMBIGUOUS]

    row = {"outlet_id": "pier-notes", "name": "Pier Notes", "kind": "blog"}
    row |= {"domains": "piernotes.example", "date_order": "DMY"}
    registry.write_text(",".join(COLUMNS) + "\n" + ",".join(row.get(name, "") for name in COLUMNS))
    replay = ("quarantine", "replay", "--reason", "published_date_ambiguous")
    finished = newsmill(*replay, *places, "--registry", registry)
    assert finished.returncode == 0, finished.stderr
    assert "published_date_ambiguous: 1 before, 0 now" in finished.stdout
    assert "1 documents processed" in finished.stdout

    assert _quarantined(newsmill, warehouse) == []
    query = "SELECT raw_path, outlet_id, published_date FROM articles ORDER BY raw_path"
    answer = newsmill("sql", query, "--warehouse", warehouse, "--csv").stdout.splitlines()
    assert answer[1].startswith(f"{AMBIGUOUS},pier-notes,2024-04-03")
    assert len(answer) == 3
    assert newsmill("verify", "--warehouse", warehouse).returncode == 0


def _quarantined(newsmill: Command, warehouse: Path) -> list[Any]:
    listed = newsmill("quarantine", "list", "--warehouse", warehouse, "--json")
    return [document["raw_path"] for document in json.loads(listed.stdout)]
