"""The page about collecting in a real browser: it fits, and loads nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tasks.collect.memory.state import open_state, read_state
from tasks.collect.planning.pace import Pace, leave_pace
from tasks.collect.reporting.alarms import find_alarms
from tasks.collect.reporting.standing import describe_collecting
from tasks.report.collecting.gathering import gather_collecting
from tasks.report.collecting.writing import write_collecting
from tests.troubled_collecting import NOW, TITLES, write_troubled_state

_OUTLETS = tuple(enumerate(TITLES, start=7))


@pytest.fixture(scope="module")
def collecting_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("state")
    write_troubled_state(folder)
    with open_state(folder) as state, state.transaction():
        leave_pace(state, Pace(pages_per_day=dict.fromkeys(TITLES, 1)))
    warnings = [f"sources.toml:{line}: outlet '{name}' is unknown" for line, name in _OUTLETS]
    with read_state(folder) as state:
        standing = describe_collecting(state, NOW.timestamp())
        alarms = find_alarms(standing.troubles, None)
        data = gather_collecting(state, standing, alarms, NOW, warnings)
        return write_collecting(data, folder, "")


@pytest.mark.parametrize("width", [400, 1280])
def test_it_fits_and_loads_nothing(browser: Browser, collecting_page: Path, width: int) -> None:
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("request", lambda request: asked.append(request.url))
    page.goto(collecting_page.as_uri())
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("#full tbody tr").count() == len(TITLES)
    assert page.locator("#warnings li").count() == len(TITLES)
    assert page.locator("#coverage svg:visible").count() == 1
    assert asked == [collecting_page.as_uri()]
