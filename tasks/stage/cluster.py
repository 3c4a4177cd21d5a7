"""Calling functions on a Dask cluster.

Prefect's tasks stay in threads of the process that runs the flow; what they call may run elsewhere.
So a cluster needs no Prefect, and nothing but names and counts crosses the wire.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from tasks.lineage.versions import pipeline_version

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

_CONNECT_S = 10


class ClusterError(Exception):
    """The cluster cannot be used as it is; the message says what to change."""


def call_on(address: str | None, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Calls a function here, or on a cluster, and returns what it returns.

    Args:
        address: of a Dask scheduler, `tcp://host:port`; None calls the function here.
        call: a function of a module; everything that it is given and returns is pickled.
        *args: what it is given.
        **kwargs: what it is given by name.

    Raises:
        ClusterError: the scheduler does not answer, has no workers, or one has other code.
        Exception: what the call raised.
    """
    if address is None:
        return call(*args, **kwargs)
    return connect(address).submit(call, *args, **kwargs, pure=False).result()


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
    try:
        client = Client(address, timeout=_CONNECT_S)  # type: ignore[no-untyped-call]
        versions = client.run(pipeline_version)
    except OSError as error:
        raise ClusterError(f"no Dask scheduler answers at {address}") from error
    except ModuleNotFoundError as error:
        raise ClusterError(f"the Dask workers cannot import newsmill ({error})") from error
    if not versions:
        raise ClusterError(f"the Dask scheduler at {address} has no workers")
    other = {worker: found for worker, found in versions.items() if found != pipeline_version()}
    if other:
        worker, found = min(other.items())
        raise ClusterError(f"{worker} runs newsmill {found}, this is {pipeline_version()}")
    return client


def count_threads(address: str) -> int:
    """Returns how many calls a cluster takes at once."""
    threads: dict[str, int] = connect(address).nthreads()  # type: ignore[no-untyped-call]
    return sum(threads.values())
