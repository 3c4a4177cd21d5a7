"""Whoever reads in a loop while partitions change, move and empty sees whole states and no error.

The readers are plain user code on the directory. DuckDB and Polars read it as a PyArrow dataset:
their own readers open a file more than once in a query, and fail where it is replaced in between
(docs/reading-while-publishing.md). In snapshots, taken meanwhile, they read by themselves.
"""

import hashlib
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from pyarrow.dataset import dataset

from schemas.settings import Settings
from tasks.inspect.snapshot import BeingPublishedError, take_snapshot
from tasks.normalize.record import seal_record
from tasks.publish.select import Partition, select_partitions
from tasks.publish.waves import order_waves, write_wave
from tasks.stage.staged_rows import write_records
from tasks.storage.part_names import period_of
from tasks.storage.warehouse import Warehouse, write_table
from tasks.validate.verdicts import VERDICT_SCHEMA
from tests.records import GOOD

PUBLISHES = 200
ARTICLES = 12
DIVISIONS = 20
OUTLETS = ("canal-times", "harbour-post", "~harbour-post.example", "zeit")
MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04")
# Readers that never rest would leave the publisher no processor.
_BETWEEN_READS_S = 0.15
_SETTINGS = Settings()
_CONTEXT = get_context("spawn")

# article_id, title and published_month of every row.
Rows = Iterable[tuple[str, str, str]]
# Of each month the articles and their titles.
State = tuple[str, frozenset[tuple[str, str]]]


def with_pandas(folder: Path) -> Callable[[], Rows]:
    columns = ["article_id", "title", "published_month"]
    return lambda: pd.read_parquet(folder)[columns].itertuples(index=False, name=None)


def with_duckdb(folder: Path) -> Callable[[], Rows]:
    def read() -> Rows:
        articles = dataset(folder, partitioning="hive")
        found = duckdb.arrow(articles).project("article_id, title, published_month").fetchall()
        return [(row[0], row[1], row[2]) for row in found]

    return read


def with_polars(folder: Path) -> Callable[[], Rows]:
    def read() -> Rows:
        articles = pl.scan_pyarrow_dataset(dataset(folder, partitioning="hive"))
        columns = ["article_id", "title", "published_month"]
        return articles.select(columns).collect().iter_rows()

    return read


def with_a_snapshot(folder: Path) -> Callable[[], Rows]:
    """Reads with the readers of DuckDB and Polars, which may open a file several times."""
    warehouse, place = Warehouse(folder.parent), folder.parent.with_name("snapshot")

    def read() -> Rows:
        try:
            take_snapshot(warehouse, place)
        except BeingPublishedError:
            return []
        columns = ["article_id", "title", "published_month"]
        files = f"{place}/articles/*/*.parquet"
        articles = duckdb.read_parquet(files, hive_partitioning=True)
        found = articles.project(", ".join(columns)).fetchall()
        again = pl.scan_parquet(place / "articles", try_parse_hive_dates=False).select(columns)
        rows = list(again.collect().iter_rows())
        assert sorted(rows) == sorted(found)
        shutil.rmtree(place)
        return rows

    return read


def _read_in_a_loop(
    make: Callable[[Path], Callable[[], Rows]], folder: Path, reads: Any, stop: Any, seen: Any
) -> None:
    """Reads until told to stop; then tells every state that it saw, and what it saw twice."""
    read = make(folder)
    states: set[State] = set()
    twice = 0
    while not stop.wait(_BETWEEN_READS_S):
        months: dict[str, list[tuple[str, str]]] = defaultdict(list)
        rows = list(read())
        for article_id, title, month in rows:
            months[month].append((article_id, title))
        states.update((month, frozenset(members)) for month, members in months.items())
        twice += len(rows) != len({article_id for article_id, _, _ in rows})
        with reads.get_lock():
            reads.value += 1
    seen.put((make.__name__, states, twice))


class Readers:
    """Processes that read until told to stop."""

    def __init__(self, folder: Path) -> None:
        self._stop, self._seen = _CONTEXT.Event(), _CONTEXT.Queue()
        self._processes = []
        for make in (with_pandas, with_duckdb, with_polars, with_a_snapshot):
            reads = _CONTEXT.Value("L", 0)
            arguments = (make, folder, reads, self._stop, self._seen)
            process = _CONTEXT.Process(target=_read_in_a_loop, args=arguments, daemon=True)
            process.start()
            self._processes.append((process, reads))

    def let_finish(self) -> None:
        """What the pause between waves is for: each ends the read that it is in."""
        before = [reads.value for _, reads in self._processes]
        for (process, reads), count in zip(self._processes, before, strict=True):
            while reads.value == count and process.is_alive():
                process.join(0.005)

    def stop(self) -> list[tuple[str, set[State], int]]:
        """Returns what each reader saw, by its name; it died of its error where it had one."""
        assert all(process.is_alive() for process, _ in self._processes), "a reader had an error"
        self._stop.set()
        seen = [self._seen.get(timeout=60) for _ in self._processes]
        for process, _ in self._processes:
            process.join()
        return seen


@pytest.mark.timeout(900)
# Half a minute on every core; `make campaigns` has it.
@pytest.mark.campaign
def test_readers_see_whole_states_and_no_error(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    chance = random.Random(7)
    months = [chance.choice(MONTHS) for _ in range(ARTICLES)]
    titles = ["0"] * ARTICLES
    published: set[State] = set()
    _stage(warehouse, months, titles)
    _publish(warehouse, published, lambda: None)
    readers = Readers(warehouse.root / "articles")
    readers.let_finish()
    for number in range(PUBLISHES):
        titles[number % ARTICLES] = str(number)
        if number % 8 == 0:
            months[chance.randrange(ARTICLES)] = chance.choice(MONTHS)
        if number % 40 == 20:
            left, entered = chance.sample(sorted(set(months)), 2)
            months = [entered if month == left else month for month in months]
        _stage(warehouse, months, titles)
        _publish(warehouse, published, readers.let_finish)
    for _, states, twice in readers.stop():
        assert not twice
        assert states <= published
        assert len(states) > 20
    # Nobody reads any more: what was emptied goes.
    _publish(warehouse, None, lambda: None)
    assert list(warehouse.partitions("articles")) == sorted(set(months))


@pytest.mark.timeout(900)
@pytest.mark.campaign
def test_readers_see_no_article_twice_while_parts_are_divided_and_joined(tmp_path: Path) -> None:
    """Plain readers may see a part before and the next after; a snapshot has the month whole."""
    warehouse, how = Warehouse(tmp_path / "warehouse"), Settings(part_rows=3)
    chance = random.Random(11)
    outlets = [chance.choice(OUTLETS) for _ in range(ARTICLES)]
    titles, months = ["0"] * ARTICLES, [MONTHS[0]] * ARTICLES
    published: set[State] = set()
    _stage(warehouse, months, titles, outlets)
    _publish(warehouse, set(), lambda: None, how)
    readers = Readers(warehouse.root / "articles")
    layouts: set[tuple[str, ...]] = set()
    for number in range(DIVISIONS):
        published.add(_state(warehouse, Partition("articles", MONTHS[0])))
        layouts.add(tuple(warehouse.partitions("articles")))
        readers.let_finish()
        titles[number % ARTICLES] = str(number)
        outlets[chance.randrange(ARTICLES)] = chance.choice(OUTLETS)
        _stage(warehouse, months, titles, outlets)
        _publish(warehouse, set(), readers.let_finish, how)
    published.add(_state(warehouse, Partition("articles", MONTHS[0])))
    assert len(layouts) > 3
    for name, states, twice in readers.stop():
        assert not twice
        assert len(states) > DIVISIONS / 4
        if name == with_a_snapshot.__name__:
            assert states <= published


def _stage(
    warehouse: Warehouse,
    months: list[str],
    titles: list[str],
    outlets: Sequence[str] = (GOOD.outlet_id or "",) * ARTICLES,
) -> None:
    records = [
        seal_record(
            replace(
                GOOD,
                article_id=hashlib.sha256(bytes([number])).hexdigest()[:20],
                outlet_id=outlet,
                raw_path=f"{number}.html",
                title=title,
                published_date=date.fromisoformat(f"{month}-05"),
                published_at=None,
            ),
            batch_id="a",
            pipeline_version="1",
            reference_version="1",
        )
        for number, (month, title, outlet) in enumerate(zip(months, titles, outlets, strict=True))
    ]
    state = hashlib.sha256(repr(records).encode()).hexdigest()
    write_records(warehouse, "a", records, {"state": state})
    verdict = VERDICT_SCHEMA.empty_table()
    write_table(warehouse.verdicts / "a.parquet", [verdict], VERDICT_SCHEMA, {"state": state})


def _publish(
    warehouse: Warehouse,
    published: set[State] | None,
    let_readers_finish: Callable[[], None],
    how: Settings = _SETTINGS,
) -> None:
    """Publishes as the flow does, and notes each state, which lists the folders as readers do."""
    for wave in order_waves(warehouse, select_partitions(warehouse, how)):
        if wave.pause_s:
            let_readers_finish()
        for written in write_wave(warehouse, wave, how):
            if published is not None:
                published.add(_state(warehouse, written.partition))


def _state(warehouse: Warehouse, partition: Partition) -> State:
    parts = warehouse.partitions("articles").items()
    paths = [path for value, path in parts if period_of(value) == partition.period]
    columns = ["article_id", "title"]
    tables = (pq.read_table(path, columns=columns, partitioning=None) for path in paths)
    rows = [row for table in tables for row in table.to_pylist()]
    return partition.period, frozenset((row["article_id"], row["title"]) for row in rows)
