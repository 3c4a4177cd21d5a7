"""Which failures a person can do something about, in one line, and their exit statuses."""

import errno
import os
import resource
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

EXIT_FAULT = 1
EXIT_USAGE = 2
EXIT_HELD_BACK = 3
# Of `sources check`: a source fails, is silent, or forbids to be asked. Of `import`: an archive is
# damaged, or cannot be had.
EXIT_NEEDS_PERSON = 3
EXIT_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Failure:
    """What to print and how to exit."""

    text: str
    exit_code: int


def describe_failure(error: BaseException) -> Failure | None:
    """Describes a foreseeable failure; None for a fault of ours, which deserves its traceback."""
    try:
        described = _describe(error)
    except (MemoryError, ImportError) as another:
        # Of the modules that know the others.
        described, error = None, another
    if described is None and (lacking := _lack_of_memory(error)):
        return Failure(lacking, EXIT_FAULT)
    return described


def _describe(error: BaseException) -> Failure | None:
    from newsmill.embedded_server import ServerError
    from schemas.outlets import RegistryError
    from schemas.sources import SourcesError
    from tasks.collect.importing.outcomes import RecordsLostError
    from tasks.collect.memory.accounts import AddressesLostError
    from tasks.collect.memory.database import StateHeldError, StateVersionError
    from tasks.discover.plan import RawFilesGoneError
    from tasks.inspect.snapshot import BeingPublishedError
    from tasks.normalize.rates.table import RatesFileError
    from tasks.publish.accounting import AccountingError
    from tasks.stage.cluster import ClusterError
    from tasks.stage.erasing import RecordsWaitError
    from tasks.stage.lost_workers import WorkersLostError
    from tasks.storage.apart import ProcessLostError
    from tasks.storage.lease import LeaseLostError, StoreCannotLockError, WarehouseHeldError
    from tasks.storage.locations import LocationError
    from tasks.storage.parquet import DamagedFileError
    from tasks.storage.pruned import PrunedListError
    from tasks.storage.records import RecordsGoneError
    from tasks.storage.schema_versions import SchemaVersionError
    from tasks.storage.tombstones import TombstoneError
    from tasks.validate.findings import HeldBackError

    text, status = None, EXIT_FAULT
    match error:
        case RegistryError() | RatesFileError() | LocationError() | SourcesError():
            text, status = str(error), EXIT_USAGE
        case HeldBackError():
            text, status = _held_back(error), EXIT_HELD_BACK
        case RawFilesGoneError():
            advice = "Put them back, or pass --prune to drop their records too."
            text, status = f"{error}. {advice}", EXIT_USAGE
        case (
            WarehouseHeldError()
            | LeaseLostError()
            | StoreCannotLockError()
            | ClusterError()
            | ServerError()
            | AccountingError()
            | ProcessLostError()
            | SchemaVersionError()
            | DamagedFileError()
            | BeingPublishedError()
            | StateHeldError()
            | StateVersionError()
            | AddressesLostError()
            | RecordsLostError()
            | RecordsWaitError()
            | TombstoneError()
            | PrunedListError()
        ):
            text = str(error)
        case RecordsGoneError():
            text = f"{error}. Run again: what is missing is made again."
        case WorkersLostError():
            text = describe_lack_of_memory(error)
        case OSError():
            text = _world_fault(error)
    return Failure(text, status) if text else None


_ADVICE_BY_ERRNO = {
    errno.ENOSPC: "Make room there and run again: what was done is kept.",
    errno.EDQUOT: "Make room there and run again: what was done is kept.",
    errno.ENOENT: "If something removed it in mid-run, run again: it is made again.",
    errno.ENOMEM: "Give the run more memory, or take fewer --workers, and run again.",
    errno.EMFILE: "Allow more open files (ulimit -n) and run again.",
}


def _world_fault(error: OSError) -> str:
    """Says what a disk or a network did, where, and what to do."""
    path = f": {error.filename}" if error.filename else ""
    advice = _ADVICE_BY_ERRNO.get(error.errno or 0)
    if advice:
        # pyarrow has words of its own for each.
        return f"{os.strerror(error.errno or 0)}{path}. {advice}"
    problem = error.strerror if isinstance(error.strerror, str) else str(error)
    return f"{problem}{path}"


# As Python, Arrow, the dynamic linker, the C library and DuckDB word it.
_NO_MEMORY = (
    "start new thread",
    "launch worker thread",
    "failed to map",
    "annot allocate memory",
    "Out of Memory",
)


def _lack_of_memory(error: BaseException) -> str | None:
    """Says that memory ran out, also where another error came of it; None where it did not."""
    cause: BaseException | None = error
    while cause is not None and not _is_lack_of_memory(cause):
        cause = cause.__cause__ or cause.__context__
    return None if cause is None else describe_lack_of_memory(cause)


def _is_lack_of_memory(error: BaseException) -> bool:
    return isinstance(error, MemoryError) or any(part in str(error) for part in _NO_MEMORY)


def describe_lack_of_memory(cause: object = "") -> str:
    """Returns the line for a process that had too little memory, and what to do."""
    address_space = resource.getrlimit(resource.RLIMIT_AS)[0]
    limit = f" (ulimit -v is {address_space // 1024})" if address_space >= 0 else ""
    # DuckDB adds advice of its own, over several lines.
    said = str(cause).partition("\n")[0]
    if not said and isinstance(cause, BaseException):
        said = type(cause).__name__
    return (
        f"there is too little memory{limit}{said and ': '}{said}. "
        "Give the run more, or take fewer --workers, and run again: what was done is kept."
    )


def _without_addresses(words: Sequence[str]) -> Iterator[str]:
    """Yields the words of a command but `--notify`: addresses hold secrets, and this is read."""
    is_address = False
    for word in words:
        if not is_address and not word.startswith("--notify"):
            yield word
        is_address = word == "--notify"


def _held_back(error: BaseException) -> str:
    from newsmill.next_command import program

    command = shlex.join([program(), *_without_addresses(sys.argv[1:]), "--accept"])
    return (
        f"held back by the audit. {error}\n"
        f"To publish in spite of it, once you have looked: {command}"
    )
