"""How the allocators of a run keep its memory small.

A thread of Prefect's that stages or publishes takes an arena of glibc's allocator for itself, and
mimalloc, Arrow's default, keeps what threads gave back. Both held 100 MB that nobody used.
"""

import ctypes
import os
import sys

from tasks.storage.apart import GIVING_BACK

_DEFAULTS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    # For the processes that a run starts; glibc has read its own when this one began.
    "MALLOC_ARENA_MAX": "2",
}
_ARENA_MAX = -8  # M_ARENA_MAX of mallopt(3)
# M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of mallopt(3). For this process alone: workers would pay for
# it with each page.
_PARAMETERS = {"MALLOC_MMAP_THRESHOLD_": -3, "MALLOC_TRIM_THRESHOLD_": -1}


def keep_memory_small() -> None:
    """Sets the allocators of this process and of those that it starts; the environment overrides.

    Call it before pyarrow is imported, and before there are threads.
    """
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    # Only glibc has the function.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is None:
        return
    arenas = os.environ["MALLOC_ARENA_MAX"]
    # What is no number glibc ignores, as here.
    if arenas.isdecimal():
        mallopt(_ARENA_MAX, int(arenas))
    for name, size in GIVING_BACK.items():
        if name not in os.environ:
            mallopt(_PARAMETERS[name], size)
