"""The main job through the real command: a first run, a second, faults a person makes."""

import json
import os
import shutil
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pyarrow.parquet as pq
import pytest

from schemas.tables import ARTICLES, MONEY, QUARANTINE, RUNS
from tasks.publish.accounting import check_accounts
from tasks.storage.holding import hold_warehouse
from tasks.storage.warehouse import Warehouse
from tests.conftest import PROJECT, Command, read_published

SampleRun = tuple["CompletedProcess[str]", Path]
SEEDS = PROJECT.parent / "shared" / "seeds"


def test_the_first_run_ends_in_a_table(sample_run: SampleRun) -> None:
    finished, _ = sample_run
    assert finished.returncode == 0, finished.stderr
    for row in ("documents", "articles", "quarantined", "outlets", "published", "money", "seconds"):
        assert row in finished.stdout
    assert "published_date_unknown" in finished.stdout
    assert "newsmill sql" in finished.stdout
    assert finished.stderr == ""


def test_every_document_has_one_fate(
    sample_warehouse: Path, sample_records: list[dict[str, Any]]
) -> None:
    accounts = check_accounts(Warehouse(sample_warehouse))
    assert accounts.documents == len(sample_records)
    assert accounts.revisions > 0
    assert accounts.quarantined > 0
    places = [(record["raw_path"], record["raw_offset"]) for record in sample_records]
    assert len(set(places)) == len(places)


def test_a_second_run_finds_nothing_and_starts_no_server(
    newsmill: Command, sample_warehouse: Path
) -> None:
    before = read_published(sample_warehouse)
    finished = newsmill("run", "--raw", "raw", "--warehouse", sample_warehouse)
    assert finished.returncode == 0
    assert "Nothing new" in finished.stdout
    assert read_published(sample_warehouse) == before
    assert len(list((sample_warehouse / "runs").glob("*.parquet"))) == 1


def test_another_warehouse_of_the_same_raw_has_the_same_bytes(
    newsmill: Command, sample_warehouse: Path, tmp_path: Path
) -> None:
    """In another folder, with another number of workers, raw/ copied with other file times."""
    raw = tmp_path / "raw"
    shutil.copytree(PROJECT / "raw", raw, copy_function=shutil.copyfile)
    finished = newsmill("run", "--raw", raw, "--warehouse", tmp_path / "w")
    assert finished.returncode == 0, finished.stderr
    assert read_published(tmp_path / "w") == read_published(sample_warehouse)


def test_the_tables_have_the_declared_columns(sample_warehouse: Path) -> None:
    warehouse = Warehouse(sample_warehouse)
    for table in (ARTICLES, MONEY, QUARANTINE):
        for path in warehouse.partitions(table.name).values():
            assert pq.read_schema(path).equals(table.schema)
    (run,) = (sample_warehouse / "runs").glob("*.parquet")
    (row,) = pq.read_table(run, schema=RUNS.schema).to_pylist()
    assert row["document_count"] == (
        row["article_count"] + row["earlier_revision_count"] + row["quarantined_count"]
    )
    assert set(dict(row["step_seconds"])) == {"discover", "process", "validate", "publish"}


def test_a_new_file_changes_one_batch_and_its_partitions_only(
    newsmill: Command, sample_warehouse: Path, tmp_path: Path
) -> None:
    raw, target = tmp_path / "raw", tmp_path / "w"
    shutil.copytree(PROJECT / "raw", raw)
    shutil.copytree(sample_warehouse, target)
    april = target / "articles" / "published_month=2024-04" / "part-0.parquet"
    before = april.stat().st_mtime_ns
    page = raw / "regional-press" / "2024-03-05" / "gaceta-lonja.html"
    shutil.copy(page, page.with_name("another.html"))
    finished = newsmill("run", "--raw", raw, "--warehouse", target)
    assert finished.returncode == 0, finished.stderr
    assert april.stat().st_mtime_ns == before
    runs = sorted((target / "runs").glob("*.parquet"))
    (last,) = pq.read_table(runs[-1], schema=RUNS.schema).to_pylist()
    assert last["batch_count"] == 1
    page.unlink()
    finished = newsmill("run", "--raw", raw, "--warehouse", target)
    assert finished.returncode == 2
    assert "gaceta-lonja.html" in finished.stderr
    assert "--prune" in finished.stderr
    finished = newsmill("run", "--raw", raw, "--warehouse", target, "--prune")
    assert finished.returncode == 0, finished.stderr


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real text dumps are not beside the project")
def test_the_seeds_give_four_articles_and_one_undated(newsmill: Command, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for seed in SEEDS.glob("*.txt"):
        shutil.copy(seed, raw)
    finished = newsmill("run", "--raw", raw, "--warehouse", tmp_path / "w")
    assert finished.returncode == 0, finished.stderr
    query = "SELECT count(*) AS n FROM articles"
    assert newsmill("sql", query, "--warehouse", tmp_path / "w", "--csv").stdout == "n\n4\n"
    query = "SELECT raw_path, reasons[1] AS reason FROM quarantine"
    assert newsmill("sql", query, "--warehouse", tmp_path / "w", "--csv").stdout == (
        "raw_path,reason\n000_ac5510e67f87b13b.txt,published_date_unknown\n"
    )


class TestMistakes:
    """A mistake of a person's ends in one line that says what to do, and the right status."""

    @pytest.mark.parametrize(
        ("arguments", "status", "words"),
        [
            (["run", "--raw", "no-such-folder"], 2, "no-such-folder"),
            (["run", "--since", "03/04/2024"], 2, "YYYY-MM-DD"),
            (["run", "--since", "2024-03-05", "--until", "2024-03-01"], 2, "after --until"),
            (["run", "--workers", "0"], 2, "--workers"),
            (["sql", "SELECT 1", "--warehouse", "no-such-warehouse"], 2, "newsmill run"),
            (["explain", "x", "--warehouse", "no-such-warehouse"], 2, "newsmill run"),
            (["status", "--warehouse", "no-such-warehouse"], 2, "newsmill run"),
        ],
    )
    def test_usage(self, newsmill: Command, arguments: list[str], status: int, words: str) -> None:
        finished = newsmill(*arguments)
        assert finished.returncode == status
        assert words in finished.stderr
        assert "Traceback" not in finished.stderr

    def test_a_warehouse_that_is_a_file(self, newsmill: Command, tmp_path: Path) -> None:
        (tmp_path / "w").write_text("not a folder")
        finished = newsmill("run", "--raw", "raw", "--warehouse", tmp_path / "w")
        assert finished.returncode == 2
        assert "Traceback" not in finished.stderr

    def test_a_warehouse_that_cannot_be_written(self, newsmill: Command) -> None:
        finished = newsmill("run", "--raw", "raw", "--warehouse", "/proc/warehouse")
        assert finished.returncode == 1
        assert len(finished.stderr.splitlines()) == 1
        assert "/proc/warehouse" in finished.stderr

    def test_a_bad_query(self, newsmill: Command, sample_warehouse: Path) -> None:
        finished = newsmill("sql", "SELEC 1", "--warehouse", sample_warehouse)
        assert finished.returncode == 2
        assert "SELEC" in finished.stderr

    def test_a_held_warehouse(self, newsmill: Command, tmp_path: Path) -> None:
        with hold_warehouse(tmp_path / "w"):
            finished = newsmill("run", "--raw", "raw", "--warehouse", tmp_path / "w")
        assert finished.returncode == 1
        assert f"process {os.getpid()}" in finished.stderr


def test_help_is_for_newcomers(newsmill: Command) -> None:
    finished = newsmill("--help")
    assert finished.returncode == 0
    for command in ("run", "status", "sql", "explain", "outlets", "rates"):
        assert command in finished.stdout


def test_status_as_json(newsmill: Command, sample_warehouse: Path) -> None:
    finished = newsmill("status", "--warehouse", sample_warehouse, "--json")
    told = json.loads(finished.stdout)
    assert told["new_or_changed_batches"] == 0
    assert told["documents"] == told["articles"] + told["revisions"] + told["quarantined"]
    assert told["quarantined_by_reason"]["published_date_unknown"] >= 1


def test_explain_finds_a_document_by_path_url_and_id(
    newsmill: Command, sample_warehouse: Path
) -> None:
    path = "regional-press/2024-03-06/harbour-post-ferry-terminal.html"
    by_path = newsmill("explain", path, "--warehouse", sample_warehouse).stdout
    assert "Old ferry terminal" in by_path
    assert "NewsArticle.datePublished" in by_path
    query = f"SELECT article_id, url FROM articles WHERE raw_path = '{path}'"
    row = newsmill("sql", query, "--warehouse", sample_warehouse, "--csv").stdout.splitlines()[1]
    article_id, url = row.split(",")
    for word in (article_id, article_id[:8], url):
        # The article's revisions are explained too.
        assert by_path in newsmill("explain", word, "--warehouse", sample_warehouse).stdout
