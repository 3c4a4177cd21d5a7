"""An analyst's first five minutes: plain tools on the directory."""

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl


def test_pandas(sample_warehouse: Path) -> None:
    articles = pd.read_parquet(sample_warehouse / "articles")
    assert articles["article_id"].is_unique
    assert str(articles["published_at"].dtype) == "datetime64[us, UTC]"
    assert set(articles["published_month"]) == {
        f"{day:%Y-%m}" for day in articles["published_date"]
    }
    money = pd.read_parquet(sample_warehouse / "money")
    assert set(money["article_id"]) <= set(articles["article_id"])


def test_duckdb(sample_warehouse: Path) -> None:
    query = f"""
        SELECT published_month, count(*), count(DISTINCT article_id), min(published_date)
        FROM read_parquet('{sample_warehouse}/articles/*/*.parquet', hive_partitioning = true)
        GROUP BY ALL
    """
    for month, rows, articles, first in duckdb.sql(query).fetchall():
        assert rows == articles
        assert f"{first:%Y-%m}" == month


def test_polars(sample_warehouse: Path) -> None:
    articles = pl.scan_parquet(sample_warehouse / "articles" / "**" / "*.parquet").collect()
    assert articles.schema["published_at"] == pl.Datetime("us", "UTC")
    assert articles.schema["authors"] == pl.List(pl.String)
    money = pl.read_parquet(sample_warehouse / "money")
    assert money.schema["amount"].is_decimal()
