"""What a warehouse has published, opened from Python."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.compute as pc
import pytest

import newsmill
from tasks.inspect.snapshot import BeingPublishedError
from tests.reliability.raw_folders import Page, write_pages
from tests.warehouses import leave_row, make_warehouse


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    raw, root = tmp_path / "raw", tmp_path / "warehouse"
    write_pages(raw, [Page(article=0), Page(article=1, published=1)])
    leave_row(*make_warehouse(raw, root))
    yield root
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_datasets_are_read_as_pandas_arrow_and_duckdb(root: Path) -> None:
    with newsmill.open(root) as published:
        frame = published.articles.to_pandas()
        assert len(frame) == len(published.articles) == 2
        assert (
            frame["published_month"].tolist()
            == frame["published_date"].astype(str).str[:7].tolist()
        )
        assert published.articles.arrow.to_table().num_rows == 2
        assert published.articles.to_duckdb().aggregate("count(*)").fetchall() == [(2,)]
        assert published.sql("SELECT count(DISTINCT article_id) FROM articles").fetchall() == [(2,)]
        assert len(published.runs) == 1
        (article_id, text) = frame.loc[0, ["article_id", "text"]]
        chosen = published.articles.to_pandas(["text"], pc.field("article_id") == article_id)
        assert chosen["text"].tolist() == [text]


def test_a_dataset_without_rows_has_its_columns(root: Path) -> None:
    with newsmill.open(str(root)) as published:
        assert len(published.quarantine) == 0
        assert {"reasons", "landing_month"} <= set(published.quarantine.to_pandas().columns)
        assert published.sql("SELECT count(*) FROM quarantine").fetchall() == [(0,)]


def test_what_is_open_stays_while_a_run_replaces_it(root: Path) -> None:
    with newsmill.open(root) as published:
        before = published.articles.to_pandas()
        for path in root.glob("articles/*/*.parquet"):
            path.unlink()
        assert published.articles.to_pandas().equals(before)
        assert repr(published.articles).startswith("<articles: 2 rows, ")
    with pytest.raises(BeingPublishedError, match="is being published"):
        newsmill.open(root, wait_s=0)


def test_a_document_is_explained(root: Path) -> None:
    with newsmill.open(root) as published:
        article_id = published.articles.to_pandas()["article_id"][0]
        (explanation,) = published.explain(article_id)
        assert explanation.standing == "article"
        with pytest.raises(LookupError, match="no document 'https://nowhere"):
            published.explain("https://nowhere.example/1")


def test_what_nobody_closes_goes_with_its_last_reference(root: Path) -> None:
    published = newsmill.open(root)
    del published


def test_no_warehouse_is_no_warehouse(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no warehouse at"):
        newsmill.open(tmp_path / "nowhere")
