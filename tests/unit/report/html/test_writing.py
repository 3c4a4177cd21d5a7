"""What a run's report says is what the warehouse holds, and nothing in it can be run."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import html
from psutil import Process

from schemas.settings import Limits
from schemas.tables import ARTICLES
from tasks.report.html.charts import Drawings, Room
from tasks.report.html.periods import Periods
from tasks.report.html.series_charts import Cell, draw_heat_map, draw_trend
from tasks.report.html.writing import KEPT_REPORTS, make_up_report, write_report
from tasks.report.runs import write_run
from tasks.storage.warehouse import Warehouse, write_table
from tests.conftest import PROJECT
from tests.unit.reported import Reported
from tests.unit.reported_pages import ATTACK
from tests.warehouses import leave_row

Page = html.HtmlElement


def _read(path: Path) -> Page:
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def _rows(page: Page, section: str) -> list[list[str]]:
    return [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row.iter("td")]
        for row in page.get_element_by_id(section).iterfind(".//tbody/tr")
    ]


@pytest.fixture(scope="module")
def page(reported: Reported) -> Page:
    return _read(reported.report)


def test_the_headline_counts_what_is_published(page: Page, reported: Reported) -> None:
    rows = [
        pq.read_table(path, columns=["duplicate_of", "revision_count"], partitioning=None)
        for path in reported.warehouse.partitions("articles").values()
    ]
    articles = pa.concat_tables(rows)
    assert page.find(".//h1").text == f"{articles.num_rows} articles from 6 documents"
    assert articles.num_rows == 3
    flow = {row[0]: row[1:] for row in _rows(page, "flow")}
    # documents, articles, of these copies, earlier revisions, quarantined
    assert flow == {"desk": ["5", "3", "1", "0", "2"], "press": ["1", "0", "0", "1", "0"]}


def test_the_flow_leads_every_document_to_its_fate(page: Page) -> None:
    titles = {title.text for title in page.get_element_by_id("flow").iter("title")}
    assert {
        "desk → articles: 2",
        "desk → copies: 1",
        "press → revisions: 1",
        "desk → quarantined: 2",
        "quarantined → form_unsupported: 1",
        "quarantined → published_date_unknown: 1",
    } <= titles


def test_a_phone_shows_the_reasons_of_quarantine_too(page: Page) -> None:
    (narrow,) = page.get_element_by_id("flow").find_class("narrow")
    titles = {title.text for title in narrow.iter("title")}
    assert {"desk → articles: 2", "quarantined → form_unsupported: 1"} <= titles


def test_accepted_documents_with_a_warning_are_counted_and_shown(
    page: Page, reported: Reported
) -> None:
    ((warning, documents, _, example),) = _rows(page, "warnings")
    assert warning.split()[0] == "text_may_be_partial"
    assert documents == "1"
    assert example.startswith("desk/2024-03-06/attack.html")
    checks = {row[0]: row[-1] for row in _rows(page, "expectations")}
    assert checks["text_may_be_partial warning"] == "1"
    (link,) = page.get_element_by_id("warnings").iterfind(".//a")
    explained = _read(reported.report.parent / link.get("href"))
    assert "The text holds 49% of the running text" in explained.text_content()


def test_every_reason_is_counted_explained_and_shown(page: Page) -> None:
    rows = {row[0].split()[0]: row for row in _rows(page, "quarantine")}
    assert rows.keys() == {"form_unsupported", "published_date_unknown"}
    reason, documents, _, examples = rows["published_date_unknown"]
    assert "Nothing on the page says when it was published." in reason
    assert documents == "1"
    assert examples == "desk/2024-03-06/undated.html"


def test_coverage_has_a_cell_for_each_outlet_and_day(page: Page) -> None:
    titles = {title.text for title in page.get_element_by_id("coverage").iter("title")}
    assert {
        "The Harbour, 4 March 2024: 1",
        "The Northern, 4 March 2024: 1",
        "The Clock, 5 March 2024: 1",
    } <= titles


def test_expectations_are_listed_with_what_they_judged(page: Page) -> None:
    rows = {row[0]: row for row in _rows(page, "expectations")}
    assert rows["published_after_fetched"][3:] == ["4", "0"]
    assert "published before" not in rows["published_after_fetched"][2]
    assert rows["money_amount_negative"][1] == "amount is 0 or more"


def test_every_link_leads_to_a_file(reported: Reported) -> None:
    pages = list(reported.report.parent.rglob("*.html"))
    assert len(pages) == 2 + len(list(reported.report.with_suffix("").iterdir()))
    for path in pages:
        links = [link.get("href") for link in _read(path).iter("a")]
        assert links or path.name == "index.html"
        for link in links:
            assert not urlsplit(link).scheme
            assert (path.parent / link).resolve().is_file(), (path, link)


def test_a_title_that_is_an_attack_is_only_printed(reported: Reported) -> None:
    texts = []
    for path in reported.report.parent.rglob("*.html"):
        page = _read(path)
        texts.append(page.text_content())
        assert not list(page.iter("script", "img", "iframe", "object", "form"))
        attributes = {name for element in page.iter() for name in element.attrib}
        assert not {name for name in attributes if name.startswith("on")}
        assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith(
            "default-src 'none'"
        )
    assert any(ATTACK in text for text in texts)


def test_runs_are_compared_with_those_before(reported: Reported, tmp_path: Path) -> None:
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    run = replace(leave_row(warehouse, [], 2), article_count=1, processed_count=0)
    write_run(warehouse, run)
    write_report(warehouse, run, [], reported.raw, Limits())
    page = _read(warehouse.report(run.run_id))
    numbers = page.get_element_by_id("numbers")
    assert "2 less than before" in numbers.text_content()
    assert len(list(numbers.iter("svg"))) == 5
    listed = _rows(_read(warehouse.report("index")), "runs")
    assert [row[:3] for row in listed] == [
        ["2 March 2024, 06:00 UTC", "0", "1"],
        ["1 March 2024, 06:00 UTC", "6", "3"],
    ]


def test_a_run_that_is_held_back_says_what_was_found(reported: Reported, tmp_path: Path) -> None:
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    finding = {
        "source": "desk",
        "outlet": "harbour.example",
        "landing_date": date(2024, 3, 6),
        "measure": "median words",
        "value": "4",
        "expected": "at least 90",
        "number": 4.0,
        "holds": True,
        "accepted": False,
        "advice": "Look at one: `newsmill explain <b>.html`.",
    }
    run = replace(
        reported.run,
        run_id="20240302-1",
        outcome="held_back",
        waiting_count=384,
        audit_findings=(finding,),
    )
    write_run(warehouse, run)
    write_report(warehouse, run, reported.batches, reported.raw, Limits())
    page = _read(warehouse.report(run.run_id))
    assert page.find(".//h1").text == "Held back by the audit"
    ((where, measure, found, expected, advice),) = _rows(page, "audit")
    assert where == "harbour.example landed 6 March 2024"
    assert (measure, found, expected) == ("median words holds back", "4", "at least 90")
    assert advice == "Look at one: newsmill explain <b>.html ."
    assert [code.text for code in page.get_element_by_id("audit").iter("code")] == [
        "newsmill explain <b>.html"
    ]
    assert "384 documents wait for a decision." in page.text_content()


def test_a_report_that_is_missing_is_made_up_for(reported: Reported, tmp_path: Path) -> None:
    """As where the run was killed while it drew, and the next has nothing to do."""
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    write_run(warehouse, replace(leave_row(warehouse, [], 2), partitions_written=0))
    assert make_up_report(warehouse, reported.raw, Limits()) is None
    warehouse.report(reported.run.run_id).unlink()
    assert make_up_report(warehouse, reported.raw, Limits()) is not None
    page = _read(warehouse.report(reported.run.run_id))
    assert page.find(".//h1").text == "3 articles from 6 documents"
    # A newer run that changed something has a report of its own.
    write_run(warehouse, leave_row(warehouse, [], 3))
    warehouse.report(reported.run.run_id).unlink()
    assert make_up_report(warehouse, reported.raw, Limits()) is not None
    assert not warehouse.report(reported.run.run_id).exists()


def test_a_chart_that_kills_its_engine_is_said_to_be_missing() -> None:
    """Vega's text engine ends its process on a control character."""
    charts = [
        draw_trend("a", "articles", [1, 2], "red"),
        draw_heat_map(
            "b",
            [Cell("Har\x1bbour", date(2024, 3, 1), 2)],
            ["Har\x1bbour"],
            Periods("day", (date(2024, 3, 1),)),
            Room(width=600, left=90, right=8),
        ),
        draw_trend("c", "took", [3, 4], "red"),
    ]
    first, dead, last = Drawings().draw(charts)
    assert first.startswith("<svg")
    assert last.startswith("<svg")
    assert html.fromstring(dead).text_content() == (
        "The chart “Articles by outlet and day of publication” could not be drawn."
    )


def _engines() -> list[Process]:
    return [
        child
        for child in Process().children()
        if any(part.endswith("drawing.py") for part in child.cmdline())
    ]


def test_an_engine_that_is_started_for_no_chart_is_ended() -> None:
    with Drawings():
        assert len(_engines()) == 1
    assert not _engines()


def test_an_engine_that_is_started_before_draws_as_another() -> None:
    charts = [draw_trend("a", "articles", [1, 2], "red")]
    (drawn,) = Drawings().draw(charts)
    assert drawn.startswith("<svg")
    with Drawings() as drawings:
        assert drawings.draw(charts) == [drawn]
        assert not _engines(), "the one that was started before has drawn, and ended"


def test_only_the_last_reports_are_kept(reported: Reported, tmp_path: Path) -> None:
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    folder = reported.report.parent.name
    for number in range(KEPT_REPORTS):
        (warehouse.root / folder / f"2023-{number:02}").mkdir()
        (warehouse.root / folder / f"2023-{number:02}.html").write_text("an older one")
    warehouse.collecting_page.write_text("of a collector")
    write_report(warehouse, reported.run, reported.batches, reported.raw, Limits())
    left = sorted(path.name for path in (warehouse.root / folder).iterdir())
    assert len(left) == 2 * KEPT_REPORTS + 2
    assert 'href="collecting.html"' in (warehouse.root / folder / "index.html").read_text()
    left.remove("collecting.html")
    assert "2023-00" not in left
    assert "2023-00.html" not in left
    assert f"{reported.run.run_id}.html" in left


def test_a_report_on_many_outlets_stays_small(reported: Reported, tmp_path: Path) -> None:
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    (path,) = warehouse.partitions("articles").values()
    (row, *_) = pq.read_table(path, partitioning=None).to_pylist()
    rows = [
        row | {"outlet_id": f"outlet-{n}", "outlet_name": f"Outlet {n}", "published_date": day}
        for n in range(300)
        for day in (date(2024, 3, d) for d in range(1, 32))
    ]
    write_table(path, [pa.Table.from_pylist(rows, schema=ARTICLES.schema)], ARTICLES.schema, {})
    write_report(warehouse, reported.run, reported.batches, reported.raw, Limits())
    report = warehouse.report(reported.run.run_id)
    assert report.stat().st_size < 300_000
    outlets = _rows(_read(report), "coverage")
    assert len(outlets) == 21
    assert outlets[-1][:2] == ["280 others", f"{280 * 31:,}"]


def test_an_archive_is_shown_by_year_and_months_by_month(
    reported: Reported, tmp_path: Path
) -> None:
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    (path,) = warehouse.partitions("articles").values()
    (row, *_) = pq.read_table(path, partitioning=None).to_pylist()
    for days, title, heading in (
        ([date(year, 3, 4) for year in range(2006, 2027)], "2011: 1", "the 21 years up to 2026"),
        ([date(2025, month, 4) for month in range(1, 10)], "March 2025: 1", "the 9 months up to "),
    ):
        rows = [row | {"published_date": day} for day in days]
        write_table(path, [pa.Table.from_pylist(rows, ARTICLES.schema)], ARTICLES.schema, {})
        write_report(warehouse, reported.run, reported.batches, reported.raw, Limits())
        page = _read(warehouse.report(reported.run.run_id))
        coverage = page.get_element_by_id("coverage")
        assert heading in coverage.text_content()
        titles = {str(found.text).partition(", ")[2] for found in coverage.iter("title")}
        assert title in titles
        assert len(titles - {""}) == len(days)


def test_what_a_run_changed_is_said(reported: Reported, tmp_path: Path) -> None:
    warehouse = Warehouse(Path(shutil.copytree(reported.warehouse.root, tmp_path / "town")))
    outlets = pq.read_table(
        next(iter(warehouse.partitions("articles").values())), partitioning=None
    )["outlet_id"].to_pylist()
    run = replace(
        leave_row(warehouse, [], 2),
        added_count=1,
        replaced_count=2,
        withdrawn_count=0,
        new_outlets=(outlets[0],),
    )
    write_run(warehouse, run)
    write_report(warehouse, run, [], reported.raw, Limits())
    said = _read(warehouse.report(run.run_id)).get_element_by_id("changed").text_content()
    assert said.startswith("Articles against the run before: 1 added, 2 replaced ")
    assert said.endswith("New outlet: The Harbour.")


def test_commands_that_report_nothing_draw_nothing() -> None:
    code = (
        "import sys, newsmill.__main__, newsmill.run_table, tasks.inspect.explanation;"
        "print({'jinja2', 'vl_convert', 'prefect', 'great_expectations'} & set(sys.modules))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert finished.stdout.strip() == "set()"
