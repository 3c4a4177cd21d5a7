"""The keys of all stored pages again, from the files in raw/, where the state was lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from schemas.settings import Limits
from tasks.collect.archive.places import PREFIX, SUFFIX
from tasks.collect.memory.pages import page_key
from tasks.collect.memory.state import State
from tasks.read.warc.warc_file import read_warc_file
from tasks.read.warc.warc_records import BrokenRecord
from tasks.storage.locations import list_files

_AT_ONCE = 5_000
_HOP = b"collect.hop:"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was found.

    Attributes:
        files: that were read.
        pages: in them.
        new: of them that the state did not know.
        faults: what could not be read, for people.
    """

    files: int
    pages: int
    new: int
    faults: tuple[str, ...]


def rebuild_seen(folder: Path, state: State, now: float) -> Rebuilt:
    """Notes the pages of all sealed files as stored.

    Args:
        folder: of the group in raw/, on a disk or in a store.
        state: takes them in.
        now: epoch seconds.

    Raises:
        OSError: a file cannot be read.
    """
    paths = list_files(folder, f"*/{PREFIX}*{SUFFIX}")
    faults: list[str] = []
    pages = new = 0
    for path in paths:
        found = _addresses(path, faults)
        while some := list(islice(found, _AT_ONCE)):
            pages += sum(is_page for _, is_page in some)
            with state.transaction():
                new += state.pages.remember((page_key(url) for url, _ in some), now)
    return Rebuilt(len(paths), pages, new, tuple(faults))


def _addresses(path: Path, faults: list[str]) -> Iterator[tuple[str, bool]]:
    """Yields the addresses that led to the pages of a file, and whether each is the page's own."""
    limits = Limits()
    with path.open("rb") as file:
        for record in read_warc_file(file, limits.max_document_bytes, limits.max_compression_ratio):
            if isinstance(record, BrokenRecord):
                faults.append(f"{path}, byte {record.offset}: {record.detail}")
            elif record.fields.get("warc-type") == "response":
                yield record.fields["warc-target-uri"], True
            elif record.fields.get("warc-type") == "metadata":
                for line in record.block.splitlines():
                    if line.startswith(_HOP):
                        yield line.removeprefix(_HOP).strip().decode(), False
