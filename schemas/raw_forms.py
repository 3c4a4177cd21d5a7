"""The forms of files in raw/, each declared once: how it is told, cut into slices and entered.

A form is told by the file's name. What is no container is a loose file: one page or text.
`tasks.read.batch` has a reader for each kind of container, and does not start without one.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

FileCoding = Literal["gzip", "zstd", "bzip2", "xz"]
# The suffixes of compressed files.
CODINGS: dict[str, FileCoding] = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}


class RawKind(StrEnum):
    """How files are read. A kind is part of batch_ids, so it is never renamed."""

    LOOSE = "loose"
    WARC = "warc"
    JSONL = "jsonl"
    PARQUET = "parquet"
    CSV = "csv"
    ARC = "arc"
    FEED = "feed"
    ZIP = "zip"
    TAR = "tar"


# Files of other files: each entry is read as if it lay in raw/.
ARCHIVES = frozenset({RawKind.ZIP, RawKind.TAR})
# Stands between an archive's path and an entry's name: `pages.zip!news/1.html`.
ENTRY_MARK = "!"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawForm:
    """A form of containers, which hold many documents in a file.

    The last three name compressions by their suffixes, "" for files without one.

    Attributes:
        kind: which reader reads it.
        suffixes: how names end, in lower case and without a compression's suffix.
        codings: the compressions that it is read in.
        sliced: those in which a reader can begin in the middle of a file, so that large files are
            cut into slices.
        entered: those in which a document is read at its offset, without what is before it.
    """

    kind: RawKind
    suffixes: tuple[str, ...]
    codings: tuple[str, ...] = ("", *CODINGS)
    sliced: tuple[str, ...] = ("",)
    entered: tuple[str, ...] = ("",)


RAW_FORMS = (
    # Crawlers compress each record by itself, so gzip can be entered at each.
    RawForm(
        kind=RawKind.WARC,
        # WET files are WARCs of texts.
        suffixes=(".warc", ".warc.wet", ".wet"),
        sliced=("", ".gz"),
        entered=("", ".gz"),
    ),
    RawForm(kind=RawKind.JSONL, suffixes=(".jsonl", ".ndjson", ".jl", ".jsonlines")),
    # An array, one object over many lines, or JSON lines: only its beginning tells.
    RawForm(kind=RawKind.JSONL, suffixes=(".json",), sliced=(), entered=()),
    # An offset is a row's number there, and slices are of row groups.
    RawForm(kind=RawKind.PARQUET, suffixes=(".parquet",), codings=("",), entered=()),
    # An offset is a row's number; a row is found by reading those before it.
    RawForm(kind=RawKind.CSV, suffixes=(".csv", ".tsv"), sliced=(), entered=()),
    # What the Internet Archive wrote before there were WARCs.
    RawForm(kind=RawKind.ARC, suffixes=(".arc",), sliced=(), entered=()),
    # An offset is an entry's number. XML may be a page, too: its beginning tells.
    RawForm(kind=RawKind.FEED, suffixes=(".rss", ".atom", ".rdf", ".xml"), sliced=(), entered=()),
    # A WACZ is a zip whose WARCs lie under archive/.
    RawForm(kind=RawKind.ZIP, suffixes=(".zip", ".wacz"), codings=("",), sliced=(), entered=()),
    RawForm(kind=RawKind.TAR, suffixes=(".tar",), sliced=(), entered=()),
    RawForm(
        kind=RawKind.TAR,
        suffixes=(".tgz", ".tbz2", ".tbz", ".txz", ".tzst"),
        codings=("",),
        sliced=(),
        entered=(),
    ),
)


@dataclass(frozen=True, slots=True)
class FileForm:
    """What the name of a file says of it.

    Attributes:
        kind: how it is read.
        coding: the compression of a container; None where the name has none.
        is_sliced: a large one is cut into slices.
        is_entered: a document in it is read at its offset.
    """

    kind: RawKind
    coding: FileCoding | None = None
    is_sliced: bool = False
    is_entered: bool = False


_BY_SUFFIX = {
    f"{suffix}{coding}": FileForm(
        kind=form.kind,
        coding=CODINGS.get(coding),
        is_sliced=coding in form.sliced,
        is_entered=coding in form.entered,
    )
    for form in RAW_FORMS
    for suffix in form.suffixes
    for coding in form.codings
}
# Of `.warc.wet.gz`.
_MOST_ENDINGS = max(suffix.count(".") for suffix in _BY_SUFFIX)
_LOOSE = FileForm(RawKind.LOOSE)


def raw_form_of(path: str) -> FileForm:
    """Tells the form of a file from its path; what is no container is a loose file."""
    _, *endings = path.rpartition("/")[2].rsplit(".", _MOST_ENDINGS)
    return _form_of(tuple(endings))


# Of thousands of files few end in different ways.
@lru_cache(maxsize=1024)
def _form_of(endings: tuple[str, ...]) -> FileForm:
    suffixes = ("." + ".".join(endings[first:]).lower() for first in range(len(endings)))
    # The longest that is known counts.
    return next((_BY_SUFFIX[suffix] for suffix in suffixes if suffix in _BY_SUFFIX), _LOOSE)


def archive_of(raw_path: str) -> str | None:
    """Gives the archive that a document lies in, by its raw path; None for one in no archive."""
    mark = raw_path.find(ENTRY_MARK)
    while mark >= 0:
        if raw_form_of(raw_path[:mark]).kind in ARCHIVES:
            return raw_path[:mark]
        mark = raw_path.find(ENTRY_MARK, mark + 1)
    return None
