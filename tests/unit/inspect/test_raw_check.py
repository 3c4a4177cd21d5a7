"""What a raw folder would be read as agrees with what the readers make of it."""

import gzip
import os
from pathlib import Path

import pytest

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.discover.batches import discover
from tasks.inspect.raw_check import RawCheck, check_raw
from tasks.read.batch import read_batch
from tasks.read.document import Refusal

PAGE = b"<!doctype html><html><body><p>The quay is open.</p></body></html>"
FILES = {
    "press/2024-03-05/a.html": PAGE,
    "press/2024-03-05/story.php?id=7": PAGE,
    "press/2024-03-05/b.html.gz": gzip.compress(PAGE),
    "press/2024-03-05/c.gz": gzip.compress(PAGE * 100),
    "press/2024-03-05/notes.txt": b"The quay is open.",
    "press/2024-03-05/scan.pdf": b"%PDF-1.7 ...",
    "press/2024-03-05/scan-2.pdf": b"%PDF-1.4 ...",
    "press/2024-03-05/empty.html": b"",
    "export/rows.jsonl": b'{"html": "<p>1"}\n{"html": "<p>2"}\n',
    "loose.html": PAGE,
    "loose.html.meta.json": b"{}",
    "gone.html.meta.json": b"{}",
    ".hidden.html": PAGE,
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "raw" / "out.html").symlink_to("/etc/hostname")
    return tmp_path / "raw"


def _check(raw: Path) -> RawCheck:
    return check_raw(raw, Limits())


def test_each_file_is_in_one_group(raw: Path) -> None:
    found = _check(raw)
    read = {(group.source, group.form): group.files for group in found.read}
    assert read == {
        ("", "html"): 1,
        ("export", "jsonl"): 1,
        ("press", "html"): 4,
        ("press", "text"): 1,
    }
    refused = {group.reason: group.files for group in found.refused}
    assert refused == {
        Reason.FORM_UNSUPPORTED: 2,
        Reason.DOCUMENT_EMPTY: 1,
        Reason.LINK_OUTSIDE_RAW: 1,
    }
    assert found.passed_over == {"hidden": 1, "orphan_sidecar": 1}
    assert found.orphan_sidecars == ("gone.html.meta.json",)


def test_it_agrees_with_the_readers(raw: Path) -> None:
    refused = {
        outcome.origin.raw_path: outcome.reason
        for batch in discover(raw).batches
        for outcome in read_batch(batch, raw, Limits())
        if isinstance(outcome, Refusal)
    }
    told = {path: group.reason for group in _check(raw).refused for path in group.examples}
    assert told == refused


def test_a_container_is_not_opened_nor_a_pipe_waited_for(raw: Path) -> None:
    (raw / "export" / "rows.jsonl").chmod(0)
    os.mkfifo(raw / "pipe.html")
    found = _check(raw)
    assert {group.form for group in found.read if group.source == "export"} == {"jsonl"}
    assert found.passed_over["fifo"] == 1
