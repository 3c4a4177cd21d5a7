"""What a machine does to a run is said in one line, with what to do; a fault of ours is not."""

import errno
import os

import duckdb
import pyarrow as pa
import pytest

from newsmill.failures import describe_failure
from tasks.stage.lost_workers import WorkersLostError
from tasks.storage.records import RecordsGoneError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/wh/a.tmp"),
            "No space left on device: /wh/a.tmp. Make room there and run again: "
            "what was done is kept.",
        ),
        (
            # As pyarrow words it.
            OSError(errno.ENOSPC, "Error writing bytes to file"),
            "No space left on device. Make room there and run again: what was done is kept.",
        ),
        (
            FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "/wh/staged/a.parquet"),
            "No such file or directory: /wh/staged/a.parquet. "
            "If something removed it in mid-run, run again: it is made again.",
        ),
        (
            PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/wh"),
            "Permission denied: /wh",
        ),
        (
            RecordsGoneError("3 of 9 batches are gone from /wh/staged/records"),
            "3 of 9 batches are gone from /wh/staged/records. "
            "Run again: what is missing is made again.",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_the_world_did_is_said_with_what_to_do(error: Exception, said: str) -> None:
    found = describe_failure(error)
    assert found is not None
    assert (found.text, found.exit_code) == (said, 1)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        pa.ArrowMemoryError("realloc of size 199552 failed"),
        RuntimeError("can't start new thread"),
        pa.ArrowException("Unknown error: Failed to launch worker thread: Resource unavailable"),
        ImportError("libscipy.so: failed to map segment from shared object"),
        duckdb.OutOfMemoryException("Out of Memory Error: no block\n\nPossible solutions:"),
        WorkersLostError("the worker processes do not start, or were ended"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_memory_that_runs_out_is_said_with_what_to_do(error: Exception) -> None:
    found = describe_failure(error)
    assert found is not None
    assert found.exit_code == 1
    assert "\n" not in found.text
    assert found.text.startswith("there is too little memory")
    assert "fewer --workers" in found.text


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    assert describe_failure(RuntimeError("dictionary changed size during iteration")) is None
    assert describe_failure(KeyError("outlet")) is None


def test_an_error_that_came_of_a_lack_of_memory_is_said_as_such() -> None:
    try:
        try:
            raise MemoryError
        except MemoryError:
            raise KeyError("outlet")  # noqa: B904 - as where a cleaning-up fails
    except KeyError as error:
        found = describe_failure(error)
    assert found is not None
    assert found.text.startswith("there is too little memory")
