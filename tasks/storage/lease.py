"""The lock of a warehouse in an object store: a lease, an object that its holder keeps renewing.

A store has no locks that end with their holder. It has conditional writes: a PUT that succeeds only
where there is no object (`If-None-Match: *`), or where it is still the one that was seen
(`If-Match`). So of several who want the lease one gets it; the holder writes it anew every few
seconds, and who finds that it has not been written for longer takes it over. Ages are told by the
store's own clock alone: the time of an object's last change against that of the answer.

See https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.storage.locations import store_of

# A holder that has not renewed its lease for so many seconds is taken to be dead.
EXPIRES_S = 60.0
RENEW_S = 10.0
# The share of that time after which a holder stops writing: a write that has begun takes a while.
_USABLE = 2 / 3
_LOOK_AGAIN_S = 0.5
# Stores give the time of an object's last change in whole seconds.
_CLOCK_STEP_S = 1.0
_NAME = ".lock"
_REFUSED = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"})
_UNKNOWN = frozenset({"NotImplemented"})


class WarehouseHeldError(Exception):
    """Another run holds the warehouse; the message says which process."""


class LeaseLostError(Exception):
    """The lease could not be renewed in time, and another process may have it."""


class StoreCannotLockError(Exception):
    """The store ignores conditions on writes: nothing would keep two runs apart."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The lease as the store has it; `holder` is "" where it was given back."""

    etag: str
    writing: str
    holder: str
    age_s: float


class Lease:
    """A lease on a folder of a store: an object there, which stays when it is given back.

    Attributes:
        folder: who writes below it must have the lease.
    """

    def __init__(
        self, folder: Path, holder: str, *, expires_s: float = EXPIRES_S, renew_s: float = RENEW_S
    ) -> None:
        """Describes a lease; `acquire` takes it.

        Args:
            folder: in a store.
            holder: who wants it, for others to read.
            expires_s: seconds after which a silent holder is dead; the same for all who want it.
            renew_s: seconds after which its holder writes it anew.
        """
        from tasks.storage.object_store import ObjectStore  # noqa: PLC0415 - an extra

        self.folder = folder
        # A request that hangs is given up while there is time for another.
        timeouts = {"connect_timeout": RENEW_S, "read_timeout": RENEW_S}
        self._store = ObjectStore(config_kwargs=timeouts)
        bucket, _, key = store_of(folder / _NAME)[1].partition("/")
        self._object = {"Bucket": bucket, "Key": key}
        self._holder = holder
        self._expires_s = expires_s
        self._renew_s = renew_s
        self._etag = ""
        self._renewed = 0.0
        self._is_lost = False
        self._ended = threading.Event()
        self._renewing = threading.Thread(target=self._keep_renewing, daemon=True)

    def acquire(self) -> None:
        """Takes the lease, if nobody alive has it: that takes up to a renewal to find out.

        Raises:
            WarehouseHeldError: somebody renews it.
            StoreCannotLockError: the store does not know conditional writes.
            OSError: the store does not answer, refuses, or has no such bucket.
        """
        first: _Seen | None = None
        while True:
            seen = self._look()
            if seen is None:
                is_taken = self._write(self._holder, IfNoneMatch="*")
            elif not seen.holder or seen.age_s > self._expires_s + _CLOCK_STEP_S:
                is_taken = self._write(self._holder, IfMatch=seen.etag)
            elif first is not None and seen.etag != first.etag:
                raise WarehouseHeldError(f"{self.folder} is held by another run ({seen.holder})")
            else:
                first = seen
                time.sleep(_LOOK_AGAIN_S)
                continue
            if is_taken:
                break
        self._probe()
        self._renewing.start()

    def check(self) -> None:
        """Makes sure that nobody else can have the lease yet.

        Raises:
            LeaseLostError: somebody may.
        """
        silence = time.monotonic() - self._renewed
        if self._is_lost or silence > self._expires_s * _USABLE:
            raise LeaseLostError(
                f"the lease on {self.folder} was not renewed for {silence:.0f} s, or another run "
                "has it: nothing more is written. The next run finishes the work"
            )

    def release(self) -> None:
        """Gives the lease back; where the store does not answer, it expires by itself."""
        self._ended.set()
        self._renewing.join()
        with suppress(OSError):
            self._write("", IfMatch=self._etag)

    def _keep_renewing(self) -> None:
        while not self._ended.wait(self._renew_s):
            # A store that does not answer is asked again; `check` counts the time.
            with suppress(OSError):
                if not self._write(self._holder, IfMatch=self._etag):
                    self._is_lost = True
                    return

    def _probe(self) -> None:
        """Sees to it that writes fail whose conditions are not met."""
        for condition in ({"IfNoneMatch": "*"}, {"IfMatch": f'"{"0" * 32}"'}):
            if self._write(self._holder, **condition):
                self._store.call("delete_object", **self._object)
                raise self._cannot_lock()

    def _cannot_lock(self) -> StoreCannotLockError:
        return StoreCannotLockError(
            f"{self.folder}: this store does not know conditional writes (If-None-Match, "
            "If-Match), so nothing would keep two runs apart. A warehouse cannot be there"
        )

    def _look(self) -> _Seen | None:
        from email.utils import parsedate_to_datetime  # noqa: PLC0415 - every command would pay

        try:
            answer = self._store.call("head_object", **self._object)
        except FileNotFoundError:
            return None
        now = parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])
        metadata = answer["Metadata"]
        return _Seen(
            etag=answer["ETag"],
            writing=metadata.get("writing", ""),
            holder=metadata.get("holder", ""),
            age_s=(now - answer["LastModified"]).total_seconds(),
        )

    def _write(self, holder: str, **condition: str) -> bool:
        """Writes the lease's object; tells whether the condition was met."""
        from tasks.storage.object_store import error_code  # noqa: PLC0415 - an extra

        started = time.monotonic()
        # Never the same twice, and so never with the same ETag.
        writing = os.urandom(16).hex()
        content: dict[str, Any] = {
            "Body": f"{holder} {writing}".encode(),
            "Metadata": {"holder": holder, "writing": writing},
        }
        try:
            etag = self._store.call("put_object", **self._object, **content, **condition)["ETag"]
        except OSError as error:
            if error_code(error) in _UNKNOWN:
                raise self._cannot_lock() from error
            if error_code(error) not in _REFUSED:
                raise
            # The answer to a write may have been lost, and the write repeated.
            seen = self._look()
            if seen is None or seen.writing != writing:
                return False
            etag = seen.etag
        self._etag, self._renewed = etag, started
        return True


_held: dict[Path, Lease] = {}


@contextmanager
def leased(lease: Lease) -> Iterator[None]:
    """Takes a lease, and gives it back; meanwhile `check_lease` asks it."""
    lease.acquire()
    _held[lease.folder] = lease
    try:
        yield
    finally:
        del _held[lease.folder]
        lease.release()


def check_lease(path: Path) -> None:
    """Makes sure, before a file is written, that a lease of this process on its folder still holds.

    Raises:
        LeaseLostError: it does not.
    """
    for folder, lease in list(_held.items()):
        if folder in path.parents:
            lease.check()
