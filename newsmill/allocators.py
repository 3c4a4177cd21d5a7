"""How the allocators of a run keep its memory small.

A thread of Prefect's that stages or publishes takes an arena of glibc's allocator for itself, and
mimalloc, Arrow's default, keeps what threads gave back. Both held 100 MB that nobody used.
"""

import ctypes
import os
import sys

_DEFAULTS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    # For the processes that a run starts; glibc has read its own when this one began.
    "MALLOC_ARENA_MAX": "2",
}
_ARENA_MAX = -8  # M_ARENA_MAX of mallopt(3)


def keep_memory_small() -> None:
    """Sets the allocators of this process and of those that it starts; the environment overrides.

    Call it before pyarrow is imported, and before there are threads.
    """
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    arenas = os.environ["MALLOC_ARENA_MAX"]
    # Only glibc has the function. What is no number it ignores, as here.
    if sys.platform == "linux" and arenas.isdecimal():
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_ARENA_MAX, int(arenas))
