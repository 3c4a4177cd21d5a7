"""Maps give the same whoever does the work, and after an error no further work begins."""

import os
from functools import partial

import pytest

from schemas.settings import Settings
from tasks.stage.hands import map_of
from tasks.storage.maps import Map, map_here, map_in_processes, map_in_threads

MAPS = {
    "here": map_here,
    "threads": partial(map_in_threads, at_once=3),
    "of a run": map_of(Settings(workers=2)),
}


@pytest.mark.parametrize("spread", MAPS.values(), ids=MAPS)
def test_results_come_in_the_order_of_their_subjects(spread: Map) -> None:
    assert list(spread("squares", abs, range(-20, 0))) == list(range(20, 0, -1))
    assert list(spread("squares", abs, [])) == []


def test_processes_are_others_and_each_subject_has_its_own() -> None:
    # A new process knows what is installed, and not this file.
    asked = ["__import__('os').getpid()"] * 2
    found = set(map_in_processes("asking", eval, asked, at_once=2))
    assert len(found) == 2
    assert os.getpid() not in found


def test_after_an_error_nothing_more_begins() -> None:
    begun = []

    def fail(number: int) -> None:
        begun.append(number)
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        list(map_in_threads("failing", fail, range(1_000), at_once=2))
    assert 1 <= len(begun) <= 2  # each thread began one, at most
