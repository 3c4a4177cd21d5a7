"""What a run is asked to do, as Prefect shows it and as a shadow of it is run."""

from datetime import date
from pathlib import Path

import pytest

from flows.news_etl import news_etl
from flows.request import RunRequest
from schemas.settings import Settings
from tasks.discover.plan import Scope
from tasks.normalize.reference import ReferenceSource
from tasks.storage.locations import parse_location

REQUEST = RunRequest(
    raw=Path("raw"),
    warehouse=Path("warehouse"),
    scope=Scope(since=date(2024, 3, 5), start="staged"),
    settings=Settings(workers=3, partition_by="date"),
    reference=ReferenceSource(rates=(Path("own.csv"),)),
    only_stale=True,
)


def test_a_run_is_named_by_what_it_is_about() -> None:
    assert RunRequest(raw=Path("raw"), warehouse=Path("town")).name == "news-etl town"
    assert REQUEST.name == "news-etl warehouse 2024-03-05.. from staged"
    assert REQUEST.model_copy(update={"is_trial": True}).name == "trial 2024-03-05.. from staged"


def test_a_shadow_is_published_once_more_where_it_was_held_back() -> None:
    trial = REQUEST.on_shadow(Path("shadow"), is_held_back=False)
    assert trial == REQUEST.model_copy(update={"warehouse": Path("shadow"), "is_trial": True})
    again = REQUEST.on_shadow(Path("shadow"), is_held_back=True)
    assert (again.scope, again.accept, again.only_stale) == (
        Scope(since=date(2024, 3, 5)),
        True,
        False,
    )


@pytest.mark.parametrize("raw", ["raw", "s3://bucket/raw"])
def test_it_comes_back_from_what_a_server_keeps_of_it(raw: str) -> None:
    request = REQUEST.model_copy(update={"raw": parse_location(raw)})
    kept = news_etl.serialize_parameters({"request": request})
    assert kept["request"]["raw"] == raw
    assert kept["request"]["scope"]["since"] == "2024-03-05"
    assert news_etl.validate_parameters(kept)["request"] == request
