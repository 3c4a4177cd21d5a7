"""What `make run` publishes of the sample corpus, against the author's answers."""

from pathlib import Path

import pandas as pd
import pytest

from tests.golden.expected import load_expected

EXPECTED = load_expected()
ACCEPTED = [row for row in EXPECTED if row["fate"] == "accepted"]
LATER_FETCHES = [row for row in ACCEPTED if "same_article_as" in row]
TERMINAL = "Old ferry terminal to reopen as a night market"


@pytest.fixture(scope="module")
def articles(sample_warehouse: Path) -> pd.DataFrame:
    return pd.read_parquet(sample_warehouse / "articles")


@pytest.fixture(scope="module")
def money(sample_warehouse: Path) -> pd.DataFrame:
    return pd.read_parquet(sample_warehouse / "money")


@pytest.fixture(scope="module")
def quarantine(sample_warehouse: Path) -> pd.DataFrame:
    return pd.read_parquet(sample_warehouse / "quarantine")


def test_articles_revisions_and_quarantine_account_for_every_document(
    articles: pd.DataFrame, quarantine: pd.DataFrame
) -> None:
    assert len(articles) == len(ACCEPTED) - len(LATER_FETCHES)
    assert articles["revision_count"].sum() == len(LATER_FETCHES)
    assert len(quarantine) == len(EXPECTED) - len(ACCEPTED)


def test_quarantine_gives_the_reasons_that_the_author_knows(quarantine: pd.DataFrame) -> None:
    expected = sorted(reason for row in EXPECTED for reason in row["reasons"])
    assert sorted(quarantine.explode("reasons")["reasons"]) == expected


def test_a_text_in_two_outlets_points_to_its_first_printing(articles: pd.DataFrame) -> None:
    by_path = articles.set_index("raw_path")
    copies = {
        row["raw_path"]: row["near_duplicate_of"] for row in ACCEPTED if "near_duplicate_of" in row
    }
    assert copies
    for copy, (first, _) in copies.items():
        assert by_path.loc[copy, "duplicate_of"] == by_path.loc[first, "article_id"]
    assert articles["duplicate_of"].notna().sum() == len(copies)


def test_correction_replaces_what_it_corrects(articles: pd.DataFrame, money: pd.DataFrame) -> None:
    (article,) = articles[articles["title"] == TERMINAL].itertuples()
    assert article.raw_path == "regional-press/2024-03-06/harbour-post-ferry-terminal.html"
    assert article.revision_count == 1
    rents = money.loc[money["article_id"] == article.article_id, "surface"]
    assert "210 manats" in set(rents)
    assert "180 manats" not in set(rents)


def test_offsets_of_mentions_point_at_what_was_printed(
    articles: pd.DataFrame, money: pd.DataFrame
) -> None:
    mentions = money[money["kind"] == "mention"].merge(articles[["article_id", "text"]])
    printed = [
        text[int(start) : int(end)]
        for text, start, end in zip(
            mentions["text"], mentions["start"], mentions["end"], strict=True
        )
    ]
    assert printed
    assert printed == list(mentions["surface"])
