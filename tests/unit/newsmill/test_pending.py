"""What ends a run before its first document ends it before a server is started."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.request import RunRequest
from newsmill.pending import find_work
from schemas.outlets import RegistryError
from tasks.discover.plan import RawFilesGoneError, Scope
from tasks.normalize.rates.table import RatesFileError
from tasks.normalize.reference import ReferenceSource
from tasks.storage.holding import hold_warehouse
from tasks.storage.lease import WarehouseHeldError
from tests.warehouses import make_warehouse

PAGE = "desk/2024-03-06/a.html"


@pytest.fixture
def request_(tmp_path: Path) -> RunRequest:
    page = tmp_path / "raw" / PAGE
    page.parent.mkdir(parents=True)
    page.write_text("<html></html>")
    return RunRequest(raw=tmp_path / "raw", warehouse=tmp_path / "w")


def _with_reference(request: RunRequest, **given: Any) -> RunRequest:
    return request.model_copy(update={"reference": ReferenceSource(**given)})


def test_a_registry_with_faults_is_refused(request_: RunRequest, tmp_path: Path) -> None:
    registry = tmp_path / "own.csv"
    registry.write_text("outlet_id,name,country\nHarbour Post,Harbour Post,Azerbaijan\n")
    with pytest.raises(RegistryError, match=r"own\.csv:2: .*\n.*own\.csv:2: "):
        find_work(_with_reference(request_, overlay=registry))


def test_rates_with_faults_are_refused(request_: RunRequest, tmp_path: Path) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text("not,rates\n1,2\n")
    with pytest.raises(RatesFileError):
        find_work(_with_reference(request_, rates=(rates,)))


def test_a_held_warehouse_is_told(request_: RunRequest) -> None:
    with hold_warehouse(request_.warehouse), pytest.raises(WarehouseHeldError):
        find_work(request_)


def test_gone_files_are_told_unless_they_are_to_go(request_: RunRequest) -> None:
    make_warehouse(request_.raw, request_.warehouse)
    assert not find_work(request_).is_needed
    (request_.raw / PAGE).unlink()
    with pytest.raises(RawFilesGoneError, match=r"a\.html"):
        find_work(request_)
    assert find_work(request_.model_copy(update={"prune": True})).is_needed


def test_what_a_window_cannot_reach_is_told(request_: RunRequest) -> None:
    (request_.raw / "desk" / "undated.html").write_text("<html></html>")
    make_warehouse(request_.raw, request_.warehouse)
    assert find_work(request_).notices == ()
    window = request_.model_copy(update={"scope": Scope(since=date(2024, 3, 6))})
    (notice,) = find_work(window).notices
    assert notice.startswith("files without any landing date: 1.")


def test_records_made_with_other_rates_are_told(request_: RunRequest, tmp_path: Path) -> None:
    make_warehouse(request_.raw, request_.warehouse)
    rates = tmp_path / "rates.csv"
    rates.write_text("Date,USD,\n2024-03-05,1.0849,\n")
    work = find_work(_with_reference(request_, rates=(rates,)))
    (notice,) = work.notices
    assert notice.startswith("records made with other outlets or rates than these: 1.")
    assert not work.is_needed


def test_nothing_new_is_told_without_loading_what_works_on_pages(request_: RunRequest) -> None:
    """And a terminal shows at once that something is going on."""
    make_warehouse(request_.raw, request_.warehouse)
    where = ["--raw", request_.raw, "--warehouse", request_.warehouse]
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "newsmill", "run", *where],
        capture_output=True,
        text=True,
        check=True,
        # Rich takes what is no terminal for one.
        env=os.environ | {"FORCE_COLOR": "1"},
    )
    words = set(ended.stderr.split())
    assert "pyarrow" in words
    assert not words & {"prefect", "trafilatura", "great_expectations"}
    shown = ended.stderr.index("looking for what is new")
    assert shown < ended.stderr.index(" pyarrow\n")
