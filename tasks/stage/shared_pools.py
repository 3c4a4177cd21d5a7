"""The page pools of this process: one for all batches with the same settings, started once."""

from threading import Lock

from schemas.settings import Settings
from tasks.normalize.reference import ReferenceSource
from tasks.stage.pool import PagePool
from tasks.storage.stopping import check_running

_pools: dict[tuple[Settings, ReferenceSource], PagePool] = {}
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


def close_shared_pools() -> None:
    """Ends this process's pools at once; see `PagePool.close`."""
    with _lock:
        pools = list(_pools.values())
        _pools.clear()
    for pool in pools:
        pool.close()
