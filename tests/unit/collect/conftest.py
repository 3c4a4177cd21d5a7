"""Made-up webs, whose loops are closed in the end."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.collect.running.scripted_web import ScriptedWeb
from tests.virtual_web import Site, World

MakeWorld = Callable[[list[Site]], World]


@pytest.fixture
def make_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeWorld]:
    """Makes a world; its disk does not wait, because nobody cuts its power."""
    for name in ("fdatasync", "fsync"):
        monkeypatch.setattr(os, name, lambda _: None)
    worlds: list[World] = []

    def make(sites: list[Site]) -> World:
        folder = tmp_path / str(len(worlds))
        folder.mkdir()
        worlds.append(World(folder, sites))
        return worlds[-1]

    yield make
    for world in worlds:
        world.loop.close()


@pytest.fixture
def world(make_world: MakeWorld) -> Iterator[World]:
    """A world of what a test says."""
    made = make_world([])
    made.web = ScriptedWeb(made.clock)  # type: ignore[assignment]
    yield made


@pytest.fixture
def web(world: World) -> ScriptedWeb:
    found: object = world.web
    assert isinstance(found, ScriptedWeb)
    return found
