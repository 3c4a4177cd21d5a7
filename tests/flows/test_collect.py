"""From sources to a dataset: `newsmill collect`, then `newsmill run` on what it brought."""

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from examples.collecting.world import CORRECTED, CORRECTION, PAST, prints_date, published
from tasks.collect.memory.files import Stage, WrittenFile
from tasks.collect.memory.signs import leave_sign, read_signs
from tasks.collect.memory.state import open_state, read_state
from tasks.collect.reporting.standing import describe_collecting
from tasks.discover.plan import plan_run
from tests.collected import add_denied_feed, example_newspaper, stored_urls
from tests.conftest import NEWSMILL, PROJECT, Command
from tests.receivers import webhook
from tests.servers import wait_for

_DOCUMENT = (PROJECT / "docs/collecting.md").read_text(encoding="utf-8")
_EXAMPLE = "examples/collecting/sources.toml"


@pytest.fixture(autouse=True)
def sources(tmp_path: Path) -> Iterator[None]:
    """The example's sources file, with its newspaper on a port of this test."""
    with example_newspaper(tmp_path):
        yield


def test_what_is_collected_becomes_articles_with_the_dates_of_its_feed(
    tmp_path: Path, newsmill: Command
) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(f'{file.read_text(encoding="utf-8")}refetch = ["1s"]\n', encoding="utf-8")
    checked = newsmill("sources", "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr
    collected = newsmill("collect", cwd=tmp_path)
    assert collected.returncode == 0, collected.stderr
    # Each is looked at again, and one of them was corrected.
    assert re.search(r"stored\W+13\W+13", collected.stdout), collected.stdout
    assert re.search(r"unchanged\W+11\W+11", collected.stdout), collected.stdout
    raw = tmp_path / "raw"
    stored = stored_urls(raw)
    assert len(stored) == 12
    assert {_number_of(url) for url, times in stored.items() if times > 1} == {CORRECTED}

    (command,) = re.findall(r"^\$ newsmill (collect backfill .*)$", _DOCUMENT, re.MULTILINE)
    backfilled = newsmill(*command.replace(_EXAMPLE, "sources.toml").split(), cwd=tmp_path)
    assert backfilled.returncode == 0, backfilled.stderr
    past = {number for number in PAST if published(number).month == 1}
    assert re.search(rf"found\W+{len(past)}\W", backfilled.stdout), backfilled.stdout
    assert {_number_of(url) for url in stored_urls(raw) - stored} == past
    with read_state(tmp_path / "collect-state") as state:
        standing = describe_collecting(state, datetime.now(UTC).timestamp())
    assert [(one.is_over, one.over_at) for one in standing.backfills] == [(True, standing.heard_at)]

    ran = newsmill("run", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    rows = duckdb.sql(
        "SELECT url, published_source, strftime(published_at, '%Y-%m-%dT%H:%M') AS at,"
        " revision_count, text"
        f" FROM read_parquet('{tmp_path}/warehouse/articles/**/*.parquet')"
    ).fetchall()
    numbers = {_number_of(row[0]) for row in rows}
    assert numbers == {*range(12), *past}
    undated = {row[1] for row in rows if not prints_date(_number_of(row[0]))}
    assert undated == {"feed"}
    assert {_number_of(row[0]): row[2] for row in rows} == {
        number: f"{published(number):%Y-%m-%dT%H:%M}" for number in numbers
    }
    revised = {_number_of(row[0]): row[4] for row in rows if row[3]}
    assert list(revised) == [CORRECTED]
    assert CORRECTION in revised[CORRECTED]


def _number_of(url: str) -> int:
    return int(url.rpartition("-")[2])


def test_people_are_told_once_of_a_source_that_needs_them(
    tmp_path: Path, newsmill: Command
) -> None:
    add_denied_feed(tmp_path / "sources.toml")
    (tmp_path / "warehouse" / "_reports").mkdir(parents=True)
    lost = WrittenFile("NEWSMILL-20260302100000-00000.warc.gz", "collect/day", 10, 1, Stage.OPEN)
    with open_state(tmp_path / "collect-state") as state, state.transaction():
        state.files.note(lost)
    with webhook() as hook:
        for _ in range(2):
            collected = newsmill("collect", "--notify", hook.url, cwd=tmp_path)
            assert collected.returncode == 0, collected.stderr
            assert collected.stderr.count("'harbour-post' is not in the registry") == 1
    (told,) = hook.received
    assert told["title"] == "newsmill: collecting into raw: 2 things need a person."
    assert f"lost: collect/day/{lost.name} in raw/ is gone" in told["message"]
    assert "/search/rss (gull-echo): robots.txt forbids it" in told["message"]
    with read_state(tmp_path / "collect-state") as state:
        assert read_signs(state).scheduled == (), "no run without --for is expected again"
    page = (tmp_path / "warehouse" / "_reports" / "collecting.html").read_text()
    assert "robots.txt forbids it" in page
    assert "&#39;harbour-post&#39; is not in the registry" in page
    assert page == (tmp_path / "collect-state" / "collecting.html").read_text()


@pytest.mark.campaign
def test_a_lost_state_is_made_of_raw_again(tmp_path: Path, newsmill: Command) -> None:
    assert newsmill("collect", "--only", "harbour-post", cwd=tmp_path).returncode == 0
    before = stored_urls(tmp_path / "raw")
    rebuilt = newsmill("collect", "rebuild-state", "--state", "other", cwd=tmp_path)
    assert "12 pages, 12 of them not known before" in rebuilt.stdout
    assert newsmill("collect", "--state", "other", cwd=tmp_path).returncode == 0
    assert stored_urls(tmp_path / "raw") == before


def test_what_came_until_it_is_stopped_is_sealed_and_no_run_saw_it_before(
    tmp_path: Path, served: dict[str, str]
) -> None:
    with open_state(tmp_path / "collect-state") as state:
        leave_sign(state, 0.0, is_scheduled=True)
    command = [NEWSMILL, "collect", "--follow"]
    with subprocess.Popen(command, cwd=tmp_path, env=served, stdout=subprocess.PIPE) as collector:
        wait_for(lambda: list((tmp_path / "raw").glob("*/*/.NEWSMILL-*")), 120, "a page")
        assert not plan_run(tmp_path / "raw", {}).batches, "a file is being written"
        collector.terminate()
        assert collector.wait() == 0
    assert stored_urls(tmp_path / "raw")
    assert len(plan_run(tmp_path / "raw", {}).batches) == 1
    assert not list((tmp_path / "raw").glob("*/*/.*"))
    with read_state(tmp_path / "collect-state") as state:
        assert read_signs(state).scheduled == (), "nobody misses what somebody has stopped"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[outlet]]\nid = "a"\nfeeds = ["https://a.example/rss"]\n', "contact is missing"),
        ('[defaults]\ncontakt = "https://example.org/bot"\n', "unknown name 'contakt'"),
    ],
)
def test_faults_of_the_sources_file_are_told_by_line(
    text: str, said: str, tmp_path: Path, newsmill: Command
) -> None:
    (tmp_path / "sources.toml").write_text(text)
    finished = newsmill("sources", "check", cwd=tmp_path)
    assert finished.returncode == 2
    assert re.search(rf"sources\.toml:\d+: {said}", finished.stderr), finished.stderr
