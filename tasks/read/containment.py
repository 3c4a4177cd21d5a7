"""The containment boundary of reading: what a reader did not foresee costs a record, not the run.

Readers refuse what they know to be broken. Anything else that they raise is a fault of newsmill: it
becomes a record of its own, `internal_error`, which says where in raw/ it happened. What the world
does (a disk, a network, want of memory) is no document's fault: it is raised, and tried again.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator

from schemas.reasons import Reason
from tasks.read.document import Document, Refusal
from tasks.read.origins import EMPTY_DIGEST, Evidence, FileOrigin, make_origin

Outcome = Document | Refusal
_OF_THE_WORLD = (OSError, MemoryError)


def contain_record(
    read: Callable[[], Outcome], file_origin: FileOrigin, offset: int | None
) -> Outcome:
    """Reads one document; whatever is raised costs this one only.

    Args:
        read: the reader of it.
        file_origin: the file that it lies in.
        offset: where in a container.

    Raises:
        OSError: the file is gone or cannot be read.
    """
    try:
        return read()
    except _OF_THE_WORLD:
        raise
    except Exception as error:  # noqa: BLE001 - the containment boundary
        return _refuse(error, file_origin, offset)


def contain_container(
    outcomes: Iterable[Outcome], file_origin: FileOrigin, start: int
) -> Iterator[Outcome]:
    """Reads a container, or a slice of one, as far as its reader goes.

    Where it goes no further, one record stands for the rest, right behind the last document.

    Args:
        outcomes: the reader of it.
        file_origin: the file.
        start: the offset to be named where the reader fails before its first document.

    Raises:
        OSError: the file is gone or cannot be read.
    """
    following = start
    try:
        for outcome in outcomes:
            following = (outcome.origin.raw_offset or 0) + 1
            yield outcome
    except _OF_THE_WORLD:
        raise
    except Exception as error:  # noqa: BLE001 - the containment boundary
        yield _refuse(error, file_origin, following)


def _refuse(error: Exception, file_origin: FileOrigin, offset: int | None) -> Refusal:
    where = file_origin.raw_path if offset is None else f"{file_origin.raw_path}#{offset}"
    trace = "".join(traceback.format_exception(error, limit=-8))
    return Refusal(
        origin=make_origin(file_origin, EMPTY_DIGEST, Evidence(), offset),
        reason=Reason.INTERNAL_ERROR,
        detail=f"{where} cannot be read: {trace}",
    )
