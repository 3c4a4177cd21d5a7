"""The object store: S3, or what speaks its language, through fsspec's s3fs.

It finds its address and credentials where all of AWS's programs do: in AWS_ENDPOINT_URL,
AWS_ACCESS_KEY_ID, AWS_PROFILE, ~/.aws, or the machine's role.
"""

import errno
from pathlib import Path
from typing import Any, cast

import fsspec
from botocore.exceptions import BotoCoreError, ClientError
from fsspec.asyn import sync
from s3fs import S3FileSystem
from upath import UPath

from schemas.settings import MEBIBYTE

# Objects of up to twice this size are uploaded with one PUT; larger ones in parts of this size,
# which appear together or not at all.
PART_BYTES = 128 * MEBIBYTE
_OPTIONS: dict[str, Any] = {
    # Other processes write too: what was listed once is not what lies there now.
    "use_listings_cache": False,
    # Big objects are read in blocks of which the last 32 are kept, as columns lie in them.
    "default_block_size": 5 * MEBIBYTE,
    "default_cache_type": "blockcache",
    "config_kwargs": {"connect_timeout": 10, "read_timeout": 60},
}


class ObjectStore(S3FileSystem):  # type: ignore[misc]
    """S3 as newsmill uses it: nothing is remembered, and the network's faults are OSErrors."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**(_OPTIONS | options))

    async def _call_s3(self, method: str, *arguments: Any, **named: Any) -> Any:
        try:
            return await super()._call_s3(method, *arguments, **named)
        except BotoCoreError as error:
            raise OSError(errno.EIO, str(error)) from error

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Calls a method of S3's own interface.

        Raises:
            OSError: the network's or the store's fault; `error_code` tells which.
        """
        return cast(dict[str, Any], sync(self.loop, self._call_s3, method, **parameters))

    def read_range(self, name: str, start: int, end: int | None = None) -> bytes:
        """Reads some bytes of an object, as Python's slices count them; fewer where it is shorter.

        Raises:
            OSError: it is gone, or cannot be read.
        """
        try:
            return cast(bytes, self.cat_file(name, start=start, end=end))
        except OSError as error:
            # An empty object has no range at all.
            if error_code(error) == "InvalidRange":
                return b""
            raise

    def upload(self, source: Path, name: str) -> None:
        """Puts a file over an object, which readers see whole, before and after.

        Raises:
            OSError: the store does not take it.
        """
        self.put_file(str(source), name, chunksize=PART_BYTES)

    def put_new(self, source: Path, name: str) -> bool:
        """Puts a file as an object where there is none; False where there is one.

        Raises:
            OSError: the store does not take it, or does not know If-None-Match.
        """
        bucket, _, key = name.partition("/")
        with source.open("rb") as body:
            try:
                self.call("put_object", Bucket=bucket, Key=key, Body=body, IfNoneMatch="*")
            except OSError as error:
                # A conflict is a write at the same time, by a request of ours that was repeated.
                if error_code(error) not in {"PreconditionFailed", "ConditionalRequestConflict"}:
                    raise
                return False
        return True


def error_code(error: OSError) -> str:
    """Returns the code that the store gave as the reason of an error; "" where it gave none."""
    cause = error.__cause__
    return str(cause.response["Error"]["Code"]) if isinstance(cause, ClientError) else ""


def look_at(folder: Path) -> ObjectStore:
    """Returns the store for one look at a folder: what lies there is listed once.

    It is for DuckDB, which asks for a file's size and time with every query, and reads no more of
    it than it needs.
    """
    options = {"use_listings_cache": True, "default_cache_type": "none"}
    store = ObjectStore(**options, skip_instance_cache=True)
    store.find(split_location(folder)[1])
    return store


def open_location(url: str) -> UPath:
    """Returns a location in a store, by its URL."""
    return UPath(url)


def split_location(path: Path) -> tuple[ObjectStore, str]:
    """Returns the store of a location, and its name there."""
    stored = cast(UPath, path)
    return cast(ObjectStore, stored.fs), stored.path


fsspec.register_implementation("s3", ObjectStore, clobber=True)
