"""A run takes allocators that give memory back, unless the environment names others."""

import os
import subprocess
import sys

import pytest

from tests.conftest import PROJECT

# As the command: who imports newsmill otherwise has pyarrow at once, and keeps his allocators.
PROBE = """
import sys
sys.argv[0] = "newsmill"
from newsmill.allocators import keep_memory_small
keep_memory_small()
import os
import pyarrow
print(pyarrow.default_memory_pool().backend_name, os.environ["MALLOC_ARENA_MAX"])
"""


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({}, "system 2"),
        ({"MALLOC_ARENA_MAX": ""}, "system "),
        ({"ARROW_DEFAULT_MEMORY_POOL": "mimalloc", "MALLOC_ARENA_MAX": "8"}, "mimalloc 8"),
    ],
)
def test_the_environment_overrides(given: dict[str, str], taken: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    kept.pop("ARROW_DEFAULT_MEMORY_POOL", None)
    said = subprocess.check_output(
        [sys.executable, "-c", PROBE], cwd=PROJECT, env=kept | given, encoding="utf-8"
    )
    assert said == f"{taken}\n"
