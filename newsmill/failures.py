"""Which failures a person can do something about, in one line, and their exit statuses."""

import shlex
import sys
from dataclasses import dataclass

EXIT_FAULT = 1
EXIT_USAGE = 2
EXIT_HELD_BACK = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """What to print and how to exit."""

    text: str
    exit_code: int


def describe_failure(error: BaseException) -> Failure | None:
    """Describes a foreseeable failure; None for a fault of ours, which deserves its traceback."""
    from schemas.outlets import RegistryError
    from tasks.discover.plan import RawFilesGoneError
    from tasks.inspect.snapshot import BeingPublishedError
    from tasks.normalize.rates.table import RatesFileError
    from tasks.publish.accounting import AccountingError
    from tasks.stage.cluster import ClusterError
    from tasks.storage.lease import LeaseLostError, StoreCannotLockError, WarehouseHeldError
    from tasks.storage.parquet import DamagedFileError
    from tasks.storage.places import PlaceError
    from tasks.storage.schema_versions import SchemaVersionError
    from tasks.validate.findings import HeldBackError

    match error:
        case RegistryError() | RatesFileError() | PlaceError():
            return Failure(str(error), EXIT_USAGE)
        case HeldBackError():
            return Failure(_held_back(error), EXIT_HELD_BACK)
        case RawFilesGoneError():
            advice = "Put them back, or pass --prune to drop their records too."
            return Failure(f"{error}. {advice}", EXIT_USAGE)
        case OSError(strerror=str(problem), filename=path):
            return Failure(f"{problem}: {path}" if path else problem, EXIT_FAULT)
        case (
            WarehouseHeldError()
            | LeaseLostError()
            | StoreCannotLockError()
            | ClusterError()
            | AccountingError()
            | SchemaVersionError()
            | DamagedFileError()
            | BeingPublishedError()
            | OSError()
        ):
            return Failure(str(error), EXIT_FAULT)
    return None


def _held_back(error: BaseException) -> str:
    from newsmill.run_table import program

    command = shlex.join([program(), *sys.argv[1:], "--accept"])
    return (
        f"held back by the audit, nothing was published.\n{error}\n"
        f"To publish in spite of it, once you have looked: {command}"
    )
