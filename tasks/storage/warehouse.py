"""Where things lie in a warehouse, and how a file comes into being there: whole or not at all.

Layout, below the warehouse's root:

    articles/published_month=YYYY-MM/part-0.parquet
    articles/published_month=YYYY-MM/part-68.parquet   where a month has several parts
    money/published_month=YYYY-MM/part-0.parquet
    quarantine/landing_month=YYYY-MM/part-0.parquet
    quarantine/landing_month=none/part-0.parquet   without rows, where a dataset has none
    outlets/part-0.parquet
    runs/<run_id>.parquet
    _reports/<run_id>.html                 what a run found, for people; index.html lists them
    datapackage.json                       what the columns mean, for machines
    staged/records/<batch_id>.parquet      what process_batch found and decided
    staged/verdicts/<batch_id>.parquet     what validate says of it
    staged/profiles/<landing day>.parquet  what the audit compares, once per batch
    staged/audit.json                      what the audit has yet to pass, what a person accepted
    staged/selection/<dataset>/<value>.parquet   which records make up a part of a partition
    staged/shards.json                     into how many shards the index is divided, if several
    staged/caches/                         what is kept between runs and may be removed at any time
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.storage.file_digests import DIGESTS_KEY, PLACEHOLDER, write_digests
from tasks.storage.layouts import STAGED, Layout, compared_columns
from tasks.storage.lease import check_lease
from tasks.storage.locations import is_on_disk, list_files, upload
from tasks.storage.parquet import DamagedFileError, noticing_damage, read_file_metadata
from tasks.storage.part_names import WHOLE, file_name, part_of, period_of, value_of_file
from tasks.storage.stopping import check_running

METADATA_KEY = b"newsmill"
SEAL_KEY = "newsmill.seal"
PART_NAME = file_name(WHOLE)
# The values of folders whose file has no rows, by folder column. None of them is a value that rows
# have, and each is read as the type that the others have: a day as a day.
_EMPTY_VALUES = {"published_month": "none", "published_day": "0001-01-01", "landing_month": "none"}
_EMPTY_FOLDERS = frozenset(f"{key}={value}" for key, value in _EMPTY_VALUES.items())

Footer = dict[str, Any] | Callable[[], dict[str, Any]]
# What earlier versions called the keys of footers.
_EARLIER_KEYS = {"signature": "listing_digest", "stamp": "state"}


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The folders of a warehouse."""

    root: Path

    def dataset(self, name: str) -> Path:
        """Returns the folder of a published dataset, by its name in `schemas.tables`."""
        return self.root / name

    def partition(self, dataset: str, key: str, value: str) -> Path:
        """Returns the file of a partition, or of a part of one.

        Args:
            dataset: its name.
            key: the folder column.
            value: as `value_of_part` makes it.
        """
        return self.root / dataset / f"{key}={period_of(value)}" / file_name(part_of(value))

    def report(self, run_id: str) -> Path:
        """Returns where the page about a run lies; `index.html` beside it lists them."""
        return self.root / "_reports" / f"{run_id}.html"

    @property
    def collecting_page(self) -> Path:
        """Where the page about collecting lies among those about runs; a collector writes it."""
        return self.root / "_reports" / "collecting.html"

    @property
    def outlets(self) -> Path:
        """The one file of outlets/."""
        return self.root / "outlets" / PART_NAME

    @property
    def records(self) -> Path:
        """The folder of staged records, one file per batch."""
        return self.root / "staged" / "records"

    @property
    def verdicts(self) -> Path:
        """The folder of verdicts, one file per batch."""
        return self.root / "staged" / "verdicts"

    @property
    def profiles(self) -> Path:
        """The folder of profiles, one file per landing day."""
        return self.root / "staged" / "profiles"

    @property
    def audit_state(self) -> Path:
        """The file of what the audit has yet to pass and what a person accepted."""
        return self.root / "staged" / "audit.json"

    @property
    def shards(self) -> Path:
        """The file that says into how many shards the index is divided."""
        return self.root / "staged" / "shards.json"

    @property
    def selection(self) -> Path:
        """The folder of selections, one file per partition."""
        return self.root / "staged" / "selection"

    @property
    def scratch(self) -> Path:
        """Where published files are written before they take their places.

        Not beside them: Polars refuses a folder with any other file in it, hidden or not.
        """
        return self.root / ".scratch"

    @property
    def local_scratch(self) -> Path:
        """Where what does not fit into memory waits, on a disk of this machine."""
        return self.scratch if is_on_disk(self.root) else Path(gettempdir())

    def partitions(self, dataset: str) -> dict[str, Path]:
        """Returns the published partitions of a dataset: their value and file, sorted.

        A partition of several parts has a value and a file for each; see `value_of_part`.
        """
        files = list_files(self.dataset(dataset), "*=*/part-*.parquet")
        return {
            value: file
            for file in files
            if file.parent.name not in _EMPTY_FOLDERS and (value := value_of_file(file))
        }

    def empty_part(self, dataset: str, key: str) -> Path:
        """Returns where the file of a dataset without rows lies; see `publish.empty_datasets`."""
        return self.partition(dataset, key, _EMPTY_VALUES[key])

    def empty_parts(self, dataset: str) -> list[Path]:
        """Returns the files without rows that a dataset has now, of any folder column."""
        files = list_files(self.dataset(dataset), f"*=*/{PART_NAME}")
        return [file for file in files if file.parent.name in _EMPTY_FOLDERS]


@contextmanager
def replaced(path: Path, scratch: Path | None = None) -> Iterator[Path]:
    """Gives a temporary name; on success the file is synced and takes the place of `path`.

    A failure leaves `path` alone. The folder is synced too, so that the file is still there after a
    power cut. In a store the file, which is written on this machine, is uploaded with one PUT, and
    only while the warehouse is held.

    Args:
        path: the final path.
        scratch: a folder on the same disk for the temporary file; None for the file's own.

    Raises:
        StoppedError: the run was told to end.
    """
    check_running()
    if not is_on_disk(path):
        with TemporaryDirectory(prefix="newsmill-") as uploads:
            file = Path(uploads, path.name)
            yield file
            check_lease(path)
            upload(file, path)
        return
    folder = scratch or path.parent
    folder.mkdir(parents=True, exist_ok=True)
    # Files of partitions that are written at the same time have the same name: folders tell them.
    name = "-".join(path.parts[-3:]) if scratch else path.name
    temporary = folder / f".{name}.{os.getpid()}.tmp"
    try:
        with _named(path):
            yield temporary
            _sync(temporary)
        is_new = not path.parent.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(path)
        _sync(path.parent)
        if is_new:
            _sync(path.parent.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Adds to an error the file that it is about: pyarrow does not say where a disk was full."""
    try:
        yield
    except OSError as error:
        if error.errno is not None and error.filename is None:
            error.filename = str(path)
        raise


def remove_file(path: Path) -> None:
    """Removes a file of a warehouse, if it is there."""
    check_lease(path)
    path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_table(
    path: Path,
    tables: Iterable[pa.Table],
    schema: pa.Schema,
    metadata: Footer,
    scratch: Path | None = None,
    seal: str | None = None,
    layout: Layout = STAGED,
) -> int:
    """Writes a Parquet file atomically, a row group a table or more.

    Args:
        path: the final path.
        tables: the rows, in order, in tables of a size that fits into memory.
        schema: the schema that every table has.
        metadata: of the file, kept in its footer as JSON; or what gives it once the
            rows are written.
        scratch: where the temporary file is; see `replaced`.
        seal: a column of digests; the digest of its values goes into the footer, so that files with
            other rows never have the same one.
        layout: how the rows are grouped and compressed.

    Returns:
        The number of rows written.
    """
    rows = 0
    sealed = hashlib.sha256()
    with replaced(path, scratch) as temporary:
        with pq.ParquetWriter(
            temporary,
            schema.remove_metadata(),
            compression=layout.codec,
            compression_level=layout.level,
            write_statistics=compared_columns(schema.names),
            write_page_index=True,
            write_page_checksum=True,
            store_schema=layout.keeps_arrow_schema,
        ) as writer:
            for table in tables:
                writer.write_table(table.cast(schema), row_group_size=layout.row_group_size)
                rows += table.num_rows
                if seal:
                    sealed.update("".join(table[seal].to_pylist()).encode())
                # Not kept while the next one is made.
                del table
            kept = {METADATA_KEY.decode(): json.dumps(given(metadata), sort_keys=True)}
            if seal:
                kept[SEAL_KEY] = sealed.hexdigest()
            writer.add_key_value_metadata(kept | {DIGESTS_KEY: PLACEHOLDER})
        write_digests(temporary)
    return rows


def given(metadata: Footer) -> dict[str, Any]:
    """Returns the footer that somebody gave, or gives now."""
    return metadata() if callable(metadata) else metadata


def read_metadata(path: Path) -> dict[str, Any]:
    """Returns what is kept in a file's footer; empty where the file is not ours.

    Raises:
        OSError: the file is gone, or cannot be read.
        DamagedFileError: the footer is not as it was written.
    """
    with noticing_damage(path):
        return parse_metadata(read_file_metadata(path).metadata)


def find_metadata(path: Path) -> dict[str, Any]:
    """Returns what is in a file's footer; nothing where it is not there or damaged."""
    try:
        return read_metadata(path)
    except (OSError, DamagedFileError):
        return {}


def parse_metadata(found: Mapping[bytes, bytes] | None) -> dict[str, Any]:
    """Returns what is kept in a footer's metadata, the `seal` among them where there is one."""
    found = found or {}
    written: dict[str, Any] = json.loads(found.get(METADATA_KEY, b"{}"))
    footer = {_EARLIER_KEYS.get(key, key): value for key, value in written.items()}
    seal = found.get(SEAL_KEY.encode())
    return footer | {"seal": seal.decode()} if seal else footer
