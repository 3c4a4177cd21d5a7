"""Calling functions on a Dask cluster.

Prefect's tasks stay in threads of the process that runs the flow; what they call may run elsewhere.
So a cluster needs no Prefect, and nothing but names and counts crosses the wire.
"""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from tasks.lineage.versions import pipeline_version
from tasks.storage.stopping import check_running

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

_CONNECT_S = 10
_GOODBYE_S = 2
_clients: list["Client"] = []
# Schedulers that went away while this process needed them.
_lost: set[str] = set()


class ClusterError(Exception):
    """The cluster cannot be used as it is; the message says what to change."""


def call_on(
    address: str | None, work: str, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Calls a function here, or on a cluster, and returns what it returns.

    Args:
        address: of a Dask scheduler, `tcp://host:port`; None calls the function here.
        work: what is done, in words for people: `publishing articles 2024-03`.
        call: a function of a module; everything that it is given and returns is pickled.
        *args: what it is given.
        **kwargs: what it is given by name.

    Raises:
        ClusterError: the scheduler does not answer, has no workers, or one has other code; or it
            went away, or the worker of this call did time after time.
        StoppedError: `disconnect` was called.
        Exception: what the call raised.
    """
    if address is None:
        return call(*args, **kwargs)
    if address in _lost:
        raise _describe_loss(address, work)
    client = connect(address)
    from distributed import KilledWorker  # noqa: PLC0415 - an extra; it costs a second
    from distributed.comm.core import CommClosedError  # noqa: PLC0415 - as above

    try:
        return client.submit(call, *args, **kwargs, pure=False).result()
    except KilledWorker as error:
        raise ClusterError(
            f"the Dask workers at {address} died of {work}, one after the other ({error}). Their "
            "logs say why; they may need more memory"
        ) from error
    except (CancelledError, CommClosedError) as error:
        check_running()
        # A client without a scheduler takes more calls, and none of them ever returns.
        _lost.add(address)
        disconnect()
        raise _describe_loss(address, work) from error


def _describe_loss(address: str, work: str) -> ClusterError:
    return ClusterError(
        f"the Dask scheduler at {address} went away while it had work of this run ({work}). Start "
        "it and its workers, then run again"
    )


@cache
def connect(address: str) -> "Client":
    """Connects this process to a scheduler, once, and checks that its workers can be used.

    Raises:
        ClusterError: the scheduler does not answer, has no workers, or one has other code.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra; it costs a second
    except ImportError:
        raise ClusterError("--dask needs an extra: pip install 'newsmill[dask]'") from None
    # It shows a traceback for each call of a scheduler that went away; `call_on` says it in a line.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_CONNECT_S)  # type: ignore[no-untyped-call]
        versions = client.run(pipeline_version)
    except OSError as error:
        raise ClusterError(f"no Dask scheduler answers at {address}") from error
    except ModuleNotFoundError as error:
        raise ClusterError(f"the Dask workers cannot import newsmill ({error})") from error
    if not versions:
        raise ClusterError(f"the Dask scheduler at {address} has no workers")
    _clients.append(client)
    other = {worker: found for worker, found in versions.items() if found != pipeline_version()}
    if other:
        worker, found = min(other.items())
        raise ClusterError(f"{worker} runs newsmill {found}, this is {pipeline_version()}")
    return client


def disconnect() -> None:
    """Takes leave of all schedulers; who waits for a call there gets an exception."""
    for client in tuple(_clients):
        with suppress(OSError):
            client.close(timeout=_GOODBYE_S)  # type: ignore[no-untyped-call]
    _clients.clear()
    connect.cache_clear()


def count_threads(address: str) -> int:
    """Returns how many calls a cluster takes at once."""
    threads: dict[str, int] = connect(address).nthreads()  # type: ignore[no-untyped-call]
    return sum(threads.values())
