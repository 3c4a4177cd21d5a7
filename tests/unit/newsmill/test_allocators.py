"""A run takes allocators that give memory back, unless the environment names others."""

import os
import subprocess
import sys

import pytest

from tests.conftest import PROJECT

# As the command: who imports newsmill otherwise has pyarrow at once, and keeps his allocators.
START = """
import sys
sys.argv[0] = "newsmill"
from newsmill.allocators import keep_memory_small
keep_memory_small()
"""
PROBE = f"""{START}
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


# glibc takes the length of what is given back as its new limit: a page after it stays.
GIVEN_BACK = f"""{START}
import ctypes
def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
libc.free(libc.malloc(30_000_000))
pages = [ctypes.c_void_p(libc.malloc(1_000_000)) for _ in range(20)]
# Too long for a hole among what was allocated before: it lies behind the pages.
kept = ctypes.c_void_p(libc.malloc(200_000))
for page in pages:
    ctypes.memset(page, 1, 1_000_000)
before = resident()
for page in pages:
    libc.free(page)
print(before - resident() > 15_000_000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the allocator is glibc's")
@pytest.mark.parametrize(
    ("given", "is_given_back"), [({}, "True"), ({"MALLOC_MMAP_THRESHOLD_": "33554432"}, "False")]
)
def test_what_is_as_long_as_a_page_is_given_back(given: dict[str, str], is_given_back: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    said = subprocess.check_output(
        [sys.executable, "-c", GIVEN_BACK], cwd=PROJECT, env=kept | given, encoding="utf-8"
    )
    assert said == f"{is_given_back}\n"
