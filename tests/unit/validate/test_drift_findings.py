"""Breakages are caught on their day, quiet days pass: in a made-up world, and from records."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from benchmarks.drift import BREAKAGES, World, find_breakage, find_quiet, make_world
from tasks.normalize.identity import identify_article
from tasks.normalize.record import Record, seal_record
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import audit_staged
from tasks.validate.audit_state import clear_pending
from tasks.validate.findings import Finding, HeldBackError
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD

FIRST_DAY = date(2024, 1, 8)
DAYS = 24
PAGES = 7


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(2024)


def test_thirty_quiet_days_are_held_back_once_at_most(world: World) -> None:
    assert sum(finding.holds for finding in find_quiet(world)) <= 1


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_breakage_is_caught_on_its_day(world: World, name: str) -> None:
    """Of a steady outlet of some size: what smaller ones give is in the benchmark."""
    big = [outlet for outlet in world.outlets if outlet.volume >= 100 and not outlet.is_weekly]
    outlet = min(big, key=lambda outlet: outlet.spread)
    random = np.random.default_rng(1)
    assert find_breakage(world, outlet, BREAKAGES[name], random)


def _page(outlet: str, day: date, number: int, **changes: Any) -> Record:
    name = f"{outlet}-{day}-{number}"
    page = replace(
        GOOD,
        url=f"https://www.{outlet}.example/{name}",
        outlet_id=outlet,
        article_id=identify_article(name, ""),
        text=f"A new crane for quay {name}.",
        money=(),
        money_count=0,
        word_count=300 + 10 * number,
        raw_path=f"feed/{day}/{name}.html",
        landing_date=day,
        published_date=day,
        published_at=None,
        published_precision="day",
        fetched_at=None,
    )
    return replace(page, **changes)


def _stage(warehouse: Warehouse, day: date, records: Sequence[Record]) -> None:
    rows = [
        seal_record(record, batch_id=str(day), pipeline_version="1", reference_version="1")
        for record in records
    ]
    write_records(warehouse, str(day), rows, {"state": rows[0].record_digest, "source": "feed"})


def _usual(day: date) -> list[Record]:
    return [
        _page(outlet, day, number)
        for outlet in ("harbour-post", "quay-news", "buoy-times")
        for number in range(PAGES)
    ]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Three outlets of seven pages a day, three weeks and a half of them published."""
    warehouse = Warehouse(tmp_path_factory.mktemp("warehouse"))
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        _stage(warehouse, day, _usual(day))
    validate_batches(warehouse)
    # The first run has days without a past, and days with one: nothing is wrong with any.
    assert audit_staged(warehouse, accept=False) == []
    clear_pending(warehouse)
    return warehouse


def _broken(day: date) -> list[Record]:
    """A layout that lost its texts (and its outlet), a wrong charset, one text for all."""
    return [
        *(
            _page(
                "harbour-post",
                day,
                number,
                fate="rejected",
                reasons=("text_missing",),
                outlet_id=None,
                text=None,
                word_count=0,
            )
            for number in range(PAGES)
        ),
        *(
            _page("quay-news", day, number, text=f"Ð¿Ñ€Ð¸Ñ‡Ð°Ð» Ð½Ð¾Ð²Ñ‹Ð¹ {number}")
            for number in range(PAGES)
        ),
        *(
            _page("buoy-times", day, number, text="Accept cookies, or leave.")
            for number in range(PAGES)
        ),
    ]


def test_breakages_of_small_outlets_are_held_back_until_accepted(published: Warehouse) -> None:
    day = FIRST_DAY + timedelta(days=DAYS)
    _stage(published, day, _broken(day))
    validate_batches(published)
    with pytest.raises(HeldBackError) as held:
        audit_staged(published, accept=False)
    assert _named(held.value.findings) == {
        ("harbour-post", "share rejected: text_missing"),
        ("quay-news", "share of garbled texts"),
        ("buoy-times", "share with the text of another article"),
    }
    line = next(line for line in str(held.value).splitlines() if "harbour-post" in line)
    assert f"landed {day} in raw/feed" in line
    assert "100% of 7 documents, expected at most" in line
    assert f"newsmill explain feed/{day}/harbour-post-{day}-0.html" in line

    accepted = audit_staged(published, accept=True)
    assert all(finding.accepted for finding in accepted)
    clear_pending(published)

    # The same on the next day warns, so that nobody needs to pass --accept every day.
    next_day = day + timedelta(days=1)
    _stage(published, next_day, _broken(next_day))
    validate_batches(published)
    findings = audit_staged(published, accept=False)
    assert _named(findings) == _named(accepted)
    assert {finding.landing_date for finding in findings} == {next_day}


def test_what_is_new_after_an_accepted_day_holds(published: Warehouse) -> None:
    day = FIRST_DAY + timedelta(days=DAYS + 2)
    _stage(published, day, [replace(record, language="fr") for record in _usual(day)[:PAGES]])
    validate_batches(published)
    with pytest.raises(HeldBackError, match=r"harbour-post.*share in language fr: 100% of 7"):
        audit_staged(published, accept=False)


def _named(findings: Sequence[Finding]) -> set[tuple[str | None, str]]:
    return {(finding.outlet, finding.measure) for finding in findings}
