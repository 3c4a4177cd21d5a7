"""An outlet that a person registers is applied to what is staged, without extracting again."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq

from schemas.tables import RUNS
from tests.conftest import PROJECT, Command

PAGE = "regional-press/2024-03-06/harbour-post-ferry-terminal.html"


def test_a_registered_outlet_is_applied_from_staged(newsmill: Command, tmp_path: Path) -> None:
    raw, registry, warehouse = tmp_path / "raw", tmp_path / "registry.csv", tmp_path / "w"
    (raw / PAGE).parent.mkdir(parents=True)
    shutil.copy(PROJECT / "raw" / PAGE, raw / PAGE)
    places = ("--raw", raw, "--warehouse", warehouse)
    assert newsmill("run", *places).returncode == 0
    assert "~harbourpost.example" in newsmill("outlets", "unknown", "--warehouse", warehouse).stdout

    told = ("--name", "Harbour Post", "--domain", "harbourpost.example", "--country", "AZ")
    added = newsmill("outlets", "add", "harbour-post", "--registry", registry, *told)
    assert added.returncode == 0, added.stderr
    assert newsmill("outlets", "check", registry).returncode == 0
    unchanged = newsmill("run", *places, "--registry", registry)
    assert "records made with other outlets or rates than these: 1." in unchanged.stderr
    finished = newsmill("backfill", "--from", "staged", *places, "--registry", registry)
    assert finished.returncode == 0, finished.stderr

    renewed = newsmill("run", *places, "--registry", registry)
    assert (renewed.returncode, renewed.stderr) == (0, "")

    query = "SELECT outlet_id, outlet_name, outlet_country FROM articles"
    answer = newsmill("sql", query, "--warehouse", warehouse, "--csv").stdout
    assert answer.splitlines()[1] == "harbour-post,Harbour Post,AZ"
    last = max((warehouse / "runs").glob("*.parquet"))
    (run,) = pq.read_table(last, schema=RUNS.schema).to_pylist()
    assert (run["processed_count"], run["raw_bytes"]) == (1, 0)
