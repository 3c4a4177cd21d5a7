"""The page pools of this process: one for all batches with the same settings, started once."""

from threading import Lock
from weakref import WeakSet

from schemas.settings import Limits, Settings
from tasks.normalize.reference import ReferenceSource
from tasks.stage.forked_calls import ForkedCalls
from tasks.stage.pool import PagePool
from tasks.storage.stopping import check_running

_pools: dict[tuple[Settings, ReferenceSource], PagePool] = {}
_calls: WeakSet[ForkedCalls] = WeakSet()
_lock = Lock()


def shared_pool(settings: Settings, reference: ReferenceSource) -> PagePool:
    """Returns this process's pool for these settings.

    Raises:
        StoppedError: the run was told to end.
    """
    with _lock:
        check_running()
        key = (settings, reference)
        if key not in _pools:
            _pools[key] = PagePool(settings, reference)
        return _pools[key]


def documents_done() -> int:
    """Returns how many documents this process's pools have turned into records."""
    return sum(pool.documents_done for pool in list(_pools.values()))


def forked_calls(limits: Limits) -> ForkedCalls | None:
    """Returns calls in a process forked of what the pools' workers are; None without a pool.

    Who asks closes them. They outlive the pools, but not `close_shared_pools`.

    Args:
        limits: what a call may cost.
    """
    with _lock:
        check_running()
        if not _pools:
            return None
        calls = ForkedCalls(limits)
        _calls.add(calls)
        return calls


def close_page_pools() -> None:
    """Ends this process's pools at once; see `PagePool.close`."""
    with _lock:
        pools = list(_pools.values())
        _pools.clear()
    for pool in pools:
        pool.close()


def close_shared_pools() -> None:
    """Ends this process's pools at once, and the calls beside them."""
    close_page_pools()
    with _lock:
        others = list(_calls)
    for calls in others:
        calls.close()
