"""Whatever happened on the way, a warehouse ends with the bytes of one clean run."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import read_published
from tests.reliability.raw_folders import PUBLISHED, Page, write_pages
from tests.reliability.steps import (
    DONE,
    FAILED,
    HELD,
    KILLED,
    UNHURT,
    Fault,
    FaultKind,
    Run,
    finish,
    start,
)

_DAYS = 3
_KINDS: tuple[FaultKind, ...] = (
    "kill",
    "full disk",
    "no permission",
    "killed in a write",
    "full in a write",
)


@dataclass(frozen=True, slots=True)
class Land:
    """Some of the files that have not landed yet land: those whose position the number divides."""

    divisor: int


@dataclass(frozen=True, slots=True)
class Twice:
    """Two runs are started at the same time."""


Step = Land | Twice | Run

_PAGES = st.lists(
    st.builds(
        Page,
        article=st.integers(0, 3),
        published=st.integers(0, len(PUBLISHED) - 1),
        story=st.integers(0, 1),
        landing=st.integers(0, _DAYS - 1),
        exported=st.booleans(),
        priced=st.booleans(),
        dumped=st.sampled_from([False, False, True]),
    ),
    min_size=2,
    max_size=6,
)
_RUNS = st.builds(
    Run,
    workers=st.integers(1, 4),
    day=st.none() | st.sampled_from([Page(0, landing=number).day for number in range(_DAYS)]),
    start=st.none() | st.sampled_from(["raw", "staged"]),
    partition_by=st.sampled_from(["month", "month", "month", "date"]),
    part_rows=st.sampled_from([1, 2, 500_000, 500_000]),
    fault=st.none() | st.builds(Fault, kind=st.sampled_from(_KINDS), n=st.integers(1, 60)),
)
_HISTORIES = st.lists(
    st.one_of(st.builds(Land, st.integers(1, 3)), _RUNS, st.just(Twice())), min_size=2, max_size=4
)


# Other work on the machine slows the processes; what they cost is a minute.
@pytest.mark.timeout(900)
@settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(pages=_PAGES, history=_HISTORIES)
def test_any_history_ends_as_one_clean_run(pages: list[Page], history: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        files = write_pages(root / "arriving", pages)
        waiting = [file.relative_to(root / "arriving") for file in files]
        (root / "raw").mkdir()
        for step in history:
            _take(step, root, waiting)
        _take(Land(1), root, waiting)
        assert finish(root / "raw", root / "warehouse") == DONE
        assert finish(root / "raw", root / "clean", Run(workers=1)) == DONE
        assert read_published(root / "warehouse") == read_published(root / "clean")
        assert not list((root / "warehouse").rglob("*.tmp"))


def _take(step: Step, root: Path, waiting: list[Path]) -> None:
    raw, warehouse = root / "raw", root / "warehouse"
    match step:
        case Land(divisor=divisor):
            for file in waiting[::divisor]:
                (raw / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / "arriving" / file, raw / file)
                waiting.remove(file)
        case Twice():
            both = [start(raw, warehouse, Run()) for _ in range(2)]
            for process in both:
                process.join()
            assert sorted(process.exitcode for process in both) in ([DONE, DONE], [DONE, HELD])
        case Run(fault=None):
            assert finish(raw, warehouse, step) == DONE
        case Run():
            assert finish(raw, warehouse, step) in {DONE, UNHURT, FAILED, *KILLED}
