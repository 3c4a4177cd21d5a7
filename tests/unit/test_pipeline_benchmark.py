"""The parts of benchmarks/pipeline.py, without the peers' environments."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.page_archives import Page, read_folder, read_warc, repeat, write_archives
from benchmarks.process_tree import Measured, measure
from tests.conftest import PROJECT

_BURN = "import time\nwhile time.process_time() < 0.3: pass\n"
# One child is waited for; the other is left behind.
_FAMILY = f"""
import subprocess, sys
print("begun", flush=True)
burn = [sys.executable, "-c", {_BURN!r}]
subprocess.Popen(burn)
subprocess.run(burn)
"""


def _measure(code: str, folder: Path, patience_s: float = 60) -> Measured:
    command = [sys.executable, "-c", code]
    return measure(command, environment=dict(os.environ), folder=folder, patience_s=patience_s)


@pytest.fixture
def pages(tmp_path: Path) -> list[Page]:
    day = tmp_path / "raw" / "press" / "2024-03-06"
    day.mkdir(parents=True)
    (day / "a.html").write_text("<html><p>Harbour</html>", encoding="utf-8")
    (day / "a.html.meta.json").write_text(json.dumps({"url": "https://press.example/a"}))
    (day / "b.html").write_bytes("<html><p>Brücke</html>".encode("latin-1"))
    return list(read_folder(tmp_path / "raw"))


def test_the_cost_of_a_command_is_that_of_all_its_processes(tmp_path: Path) -> None:
    cost = _measure(_FAMILY, tmp_path)
    assert cost.status == 0
    assert cost.cpu_s >= 0.6
    assert cost.peak_mb > 0
    assert cost.first_output_s is not None
    assert cost.first_output_s <= cost.wall_s
    assert cost.last_words.strip() == "begun"


def test_a_command_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    child = "import os, time; os.fork(); time.sleep(3600)"
    assert _measure(child, tmp_path, patience_s=0.5).status == -9


def test_peers_get_the_same_pages(pages: list[Page], tmp_path: Path) -> None:
    archives = write_archives(repeat(pages, 3), tmp_path / "archives", parts=2)
    (whole,) = archives.whole.iterdir()
    read = list(read_warc(whole))
    assert [page.content for page in read] == [pages[0].content, pages[1].content, pages[0].content]
    assert read[0].url == "https://press.example/a"
    assert read[1].url.endswith(".invalid/")
    assert read[2].fetched_at - read[0].fetched_at == timedelta(days=1)
    assert [path.read_bytes() for path in sorted(archives.loose.iterdir())] == [
        page.content for page in read
    ]
    in_parts = [list(read_warc(path)) for path in archives.parts.iterdir()]
    assert sorted(map(len, in_parts)) == [1, 2]
    assert archives.pages == 3


def test_no_pages_are_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no HTML pages"):
        write_archives([], tmp_path / "archives", parts=2)


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    # A script's own folder is where it imports from.
    monkeypatch.syspath_prepend(PROJECT / "benchmarks")
    import pipeline  # noqa: PLC0415 - only found there

    return pipeline


def test_options_name_the_peers(pipeline: ModuleType) -> None:
    common = ["--raw", "raw", "--environment", "envs"]
    everything = pipeline.parse_options(common)
    assert everything.peers == pipeline.PEERS
    chosen = pipeline.parse_options([*common, "--peers", "resiliparse"])
    assert [peer.name for peer in chosen.peers] == ["resiliparse"]
    assert pipeline.parse_options([*common, "--peers"]).peers == ()


@pytest.mark.parametrize(
    ("wrong", "told"), [(["--pages", "6"], "--pages"), (["--warc", "w.warc"], "--warc")]
)
def test_wrong_options_are_told(
    pipeline: ModuleType, wrong: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        pipeline.parse_options(["--raw", "raw", "--environment", "envs", *wrong])
    assert told in capsys.readouterr().err


def test_every_peer_has_pinned_requirements(pipeline: ModuleType) -> None:
    for peer in pipeline.PEERS:
        lines = (pipeline.PROGRAMS / f"{peer.environment}.txt").read_text().splitlines()
        assert all("==" in line or line.startswith("#") for line in lines), peer.name
