"""`newsmill forget` shows what it takes, asks, and says what it has done."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsmill.forget import forget
from schemas.settings import Limits
from tasks.publish.datapackage import write_datapackage
from tasks.report.html.writing import write_report
from tasks.validate.audit_state import clear_pending
from tests.reliability.raw_folders import Page, write_pages
from tests.warehouses import leave_row, make_warehouse

PAGES = (Page(1), Page(3, story=1), Page(3, story=1, landing=1, exported=True))
URL = PAGES[0].url


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forget")
    write_pages(folder / "raw", PAGES)
    warehouse, batches = make_warehouse(folder / "raw", folder / "warehouse")
    write_datapackage(warehouse)
    run = leave_row(warehouse, batches)
    write_report(warehouse, run, [each.batch_id for each in batches], folder / "raw", Limits())
    clear_pending(warehouse)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _forget(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(forget, arguments, input=answer)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.parametrize("arguments", [(URL, "--dry-run"), (URL,)])
def test_nothing_is_erased_before_a_yes(folder: Path, arguments: tuple[str, ...]) -> None:
    before = _files(folder)
    result = _forget(*arguments, answer="n\n")
    assert "to be erased: 1" in result.stdout
    assert URL in result.stdout
    assert "desk/2024-03-05/0.html" in result.stdout
    assert _files(folder) == before


def test_a_yes_erases_and_the_list_of_reports_has_no_dead_links(folder: Path) -> None:
    result = _forget(URL, "--yes", "--raw")
    assert result.exit_code == 0, result.output
    assert "erased 1 documents" in result.stdout
    assert "1 files deleted" in result.stdout
    assert not (folder / "raw" / "desk" / "2024-03-05" / "0.html").exists()
    index = folder / "warehouse" / "_reports" / "index.html"
    if index.exists():
        pages = {path.name for path in index.parent.glob("*.html")}
        linked = {name for name in index.read_text().split('"') if name.endswith(".html")}
        assert linked <= pages
    again = _forget(URL, "--yes")
    assert "a tombstone of this is there already" in again.stdout


@pytest.mark.parametrize(
    "arguments", [(), (URL, "--outlet", "x"), ("no-such-page.html",), ("--outlet", "~no.example")]
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...]) -> None:
    result = _forget(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_container_is_written_again_and_the_next_run_reads_it(folder: Path) -> None:
    result = _forget(PAGES[1].url, "--yes", "--raw", str(folder / "raw"))
    assert result.exit_code == 0, result.output
    assert "1 files deleted, 1 written again" in result.stdout
    assert "the next `newsmill run` reads" in result.stdout
