"""Reports in a real browser: they load nothing, fit a phone, and say what the warehouse holds."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tasks.publish.accounting import read_accounts
from tasks.publish.parts import count_reasons
from tasks.storage.warehouse import Warehouse
from tests.conftest import Command

PHONE, DESK = (375, 800), (1280, 900)


@pytest.fixture(scope="module")
def pages(sample_warehouse: Path, newsmill: Command) -> list[Path]:
    """One explanation that a person asked for, a report, the list of runs, the other pages."""
    asked = sample_warehouse.parent / "asked.html"
    path = "regional-press/2024-03-06/harbour-post-ferry-terminal.html"
    finished = newsmill("explain", path, "--warehouse", sample_warehouse, "--html", asked)
    assert finished.returncode == 0, finished.stderr
    folder = sample_warehouse / "_reports"
    return [asked, *sorted(folder.glob("*.html")), *sorted(folder.glob("*/*.html"))]


@pytest.fixture(scope="module")
def report(sample_warehouse: Path) -> Path:
    (run,) = (sample_warehouse / "runs").glob("*.parquet")
    return Warehouse(sample_warehouse).report(run.stem)


def _open(context: BrowserContext, path: Path) -> Page:
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def _context(browser: Browser, size: tuple[int, int], scheme: str = "light") -> BrowserContext:
    viewport = {"width": size[0], "height": size[1]}
    return browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_fit_load_nothing_complain_of_nothing_and_lead_somewhere(
    browser: Browser, pages: list[Path], size: tuple[int, int]
) -> None:
    heard: list[str] = []
    asked: set[str] = set()
    with _context(browser, size) as context:
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: asked.add(request.url))
        for path in pages if size is PHONE else pages[:3]:
            page.goto(path.as_uri())
            assert asked == {path.as_uri()}
            asked.clear()
            width, *links = page.evaluate(_WIDTH_AND_LINKS)
            assert width == size[0], path
            for link in links:
                assert Path(link.removeprefix("file://")).is_file(), (path, link)
    assert heard == []


# With everything unfolded.
_WIDTH_AND_LINKS = """() => {
  document.querySelectorAll('details').forEach(one => one.open = true);
  const links = [...document.querySelectorAll('a')].map(one => one.href);
  return [document.documentElement.scrollWidth, ...links];
}"""


def test_numbers_are_those_of_the_warehouse(
    browser: Browser, report: Path, sample_warehouse: Path
) -> None:
    warehouse = Warehouse(sample_warehouse)
    accounts = read_accounts(warehouse)
    with _context(browser, DESK) as context:
        page = _open(context, report)
        heading = f"{accounts.articles} articles from {accounts.documents} documents"
        assert page.inner_text("h1") == heading
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        reasons = {
            row.query_selector("code").inner_text(): int(row.query_selector(".n").inner_text())
            for row in page.query_selector_all("#quarantine tbody tr")
        }
        assert reasons == count_reasons(warehouse)
        sums = [
            sum(
                int(cell.inner_text())
                for cell in page.query_selector_all(f"#flow td:nth-child({n})")
            )
            for n in (2, 3, 5, 6)
        ]
        assert sums == [
            accounts.documents,
            accounts.articles,
            accounts.revisions,
            accounts.quarantined,
        ]
        articles = page.query_selector_all("#coverage td:nth-child(2)")
        assert sum(int(cell.inner_text()) for cell in articles) == accounts.articles
        sources = page.query_selector_all("#dates .columns > div:first-child td:last-child")
        assert sum(int(cell.inner_text()) for cell in sources) == accounts.articles
        money = [
            row
            for path in warehouse.partitions("money").values()
            for row in pq.read_table(path, columns=["kind"], partitioning=None)["kind"].to_pylist()
        ]
        amounts = page.query_selector_all("#money td:nth-child(2)")
        assert sum(int(cell.inner_text()) for cell in amounts) == money.count("mention")


def test_the_dark_is_dark_and_both_can_be_read(browser: Browser, report: Path) -> None:
    for scheme, dark in (("light", False), ("dark", True)):
        with _context(browser, DESK, scheme) as context:
            page = _open(context, report)
            colors = {name: page.evaluate(_LUMINANCE, name) for name in (*_TEXTS, *_GROUNDS)}
            assert (colors["--paper"] < 0.2) is dark
            for text in _TEXTS:
                for ground in _GROUNDS:
                    assert _contrast(colors[text], colors[ground]) >= 4.5, (scheme, text, ground)


_TEXTS = ("--ink", "--muted", "--accent", "--warn", "--good")
_GROUNDS = ("--paper", "--card", "--warn-paper", "--good-paper")


# The relative luminance of a custom property's colour, as WCAG 2 defines it.
_LUMINANCE = """name => {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255);
  probe.remove();
  const [r, g, b] = parts.map(p => p <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}"""


def _contrast(one: float, other: float) -> float:
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


def test_pictures_take_the_pages_colours_and_have_words(browser: Browser, report: Path) -> None:
    with _context(browser, DESK, "dark") as context:
        page = _open(context, report)
        bar = page.locator("#flow .wide svg path[fill='var(--article)']").last
        shown = bar.evaluate("one => getComputedStyle(one).fill")
        assert shown == page.evaluate(
            "() => { const one = document.createElement('i'); one.style.color = 'var(--article)';"
            " document.body.append(one); return getComputedStyle(one).color; }"
        )
        for chart in page.query_selector_all("svg"):
            names = (chart.get_attribute("aria-labelledby") or "").split()
            said = [page.text_content(f"#{name}") for name in names]
            assert len(said) == 2
            assert all(said)


def test_an_example_opens_its_explanation(browser: Browser, report: Path) -> None:
    with _context(browser, PHONE) as context:
        page = _open(context, report)
        page.click("#quarantine a:has-text('northgate-lock-keeper.html')")
        assert page.inner_text("h1") == "How the lock keeper learned to read the river"
        assert "published_date_unknown" in page.inner_text(".verdict")
        page.click("text=The report")
        assert page.url == report.as_uri()
        page.click("text=All runs of warehouse")
        assert page.inner_text("h1") == "Runs of warehouse"
