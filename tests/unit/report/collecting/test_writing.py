"""The page about collecting: what it says, and where it lies."""

from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from tasks.collect.memory.state import read_state
from tasks.collect.reporting.alarms import find_alarms
from tasks.collect.reporting.backlog import FullOutlet
from tasks.collect.reporting.standing import describe_collecting
from tasks.report.collecting.gathering import CollectingData, gather_collecting
from tasks.report.collecting.writing import write_collecting
from tests.troubled_collecting import BACKFILLED, NOW, TITLES, WAITING, stored, write_troubled_state


@pytest.fixture
def data(tmp_path: Path) -> CollectingData:
    write_troubled_state(tmp_path / "state")
    with read_state(tmp_path / "state") as state:
        standing = describe_collecting(state, NOW.timestamp())
        alarms = find_alarms(standing.troubles, None)
        return gather_collecting(state, standing, alarms, NOW)


def test_the_page_says_what_needs_a_person_and_what_was_stored(
    tmp_path: Path, data: CollectingData
) -> None:
    path = write_collecting(data, tmp_path / "state", "")
    text = path.read_text(encoding="utf-8")
    page = lxml.html.fromstring(text)
    assert "<refused>" not in text, "what a server said is no markup"
    told = page.xpath("//div[@class='verdict warn']//li/text()")
    assert [line.split()[0].rstrip(":") for line in told] == ["failing", "silent", "denied"]
    shown = page.xpath("//section[@id='sources']//td[1]/span/text()")
    assert sorted(shown) == ["denied", "failing", "gaps", "lying", "silent"]
    today = sum(stored(NOW.date(), number) for number in range(len(TITLES)))
    numbers = page.xpath("//div[@id='numbers']//b/text()")
    assert numbers[1:3] == [str(today), str(WAITING + BACKFILLED)]
    outlets = page.xpath("//section[@id='coverage']//td[1]/text()")
    assert outlets == ["quay-letter", "inland-wire", "gull-echo", "harbour-post"], "by size"
    assert len(page.xpath("//section[@id='coverage']//*[local-name()='svg']")) == 2
    assert page.xpath("//table[@id='hosts']//td[2]/text()") == [str(WAITING), str(BACKFILLED)]
    assert not page.xpath("//table[@id='full']")
    waits = page.xpath("//section[@id='backfills']/table//td[5]/text()")
    assert waits == ["not begun", "3", "over"]
    unread = page.xpath("//section[@id='backfills']/details//td[2]/text()")
    assert unread == ["http_5xx: 503", "http_5xx: 503", "robots.txt forbids it"]


def test_the_page_names_outlets_that_are_full_for_today(
    tmp_path: Path, data: CollectingData
) -> None:
    full = (FullOutlet("gull-echo", is_backfill=True, stored=5000, waiting=1200),)
    changed = replace(data, standing=replace(data.standing, full_outlets=full), backlog=())
    path = write_collecting(changed, tmp_path / "state", "")
    page = lxml.html.fromstring(path.read_text(encoding="utf-8"))
    cells = page.xpath("//table[@id='full']//td/text()")
    assert cells == ["gull-echo", "of backfills", "5,000", "1,200"]


def test_the_page_has_the_warnings_of_the_sources_file(
    tmp_path: Path, data: CollectingData
) -> None:
    warned = replace(data, warnings=("sources.toml:7: the registry has no outlet <gull>",))
    pages = [
        lxml.html.fromstring(write_collecting(one, tmp_path / "state", "").read_text("utf-8"))
        for one in (data, warned)
    ]
    assert [page.xpath("//ul[@id='warnings']/li/text()") for page in pages] == [
        [],
        list(warned.warnings),
    ]


def test_it_lies_beside_the_reports_of_runs_where_there_are_any(
    tmp_path: Path, data: CollectingData
) -> None:
    warehouse = tmp_path / "warehouse"
    write_collecting(data, tmp_path / "state", str(warehouse))
    assert not warehouse.exists(), "a run makes the warehouse"
    (warehouse / "_reports").mkdir(parents=True)
    path = write_collecting(data, tmp_path / "state", str(warehouse))
    assert (warehouse / "_reports" / path.name).read_bytes() == path.read_bytes()
