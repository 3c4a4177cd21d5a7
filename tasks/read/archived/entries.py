"""What an archive lists: its entries in order, and the damage that ends the list."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from schemas.reasons import Reason
from tasks.discover.listing import HIDDEN_PREFIX
from tasks.read.bytes.compression import TruncatedError, UnreadableError

_SEPARATORS = re.compile(r"[/\\]")
# macOS keeps its attributes of files there, in files of their names.
_RESOURCE_FORKS = "__MACOSX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file in an archive.

    Attributes:
        name: without what leads nowhere: `./`, a leading or a doubled slash.
        size: in bytes, as the archive says.
        packed_size: of what it takes of the archive; in a compressed tar, of all of it.
        pieces: reads it once. Of a compressed tar, before the next entry is asked for.
        window: opens it for reading at any offset; None where it is compressed.
        passed_over: what it is, where it is no file: a `link`, a `device`.
        refusal: why it cannot be read, and a detail.
    """

    name: str
    size: int
    packed_size: int
    pieces: Callable[[], Iterator[bytes]]
    window: Callable[[], BinaryIO] | None = None
    passed_over: str | None = None
    refusal: tuple[Reason, str] | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether an editor or a system made it for itself."""
        parts = _SEPARATORS.split(self.name)
        return parts[0] == _RESOURCE_FORKS or any(
            part.startswith(HIDDEN_PREFIX) and part != ".." for part in parts
        )

    @property
    def leads_outside(self) -> bool:
        """Whether it would lie outside of the folder that the archive is unpacked in."""
        return ".." in _SEPARATORS.split(self.name)


@dataclass(frozen=True, slots=True)
class Damage:
    """Why no more entries are listed.

    Attributes:
        offset: in the file; of a compressed tar, in the uncompressed stream.
        reason: as what the rest is refused.
        detail: what is wrong, for people.
    """

    offset: int
    reason: Reason
    detail: str


def tidy_name(name: str) -> str:
    """Leaves out of a name what leads nowhere."""
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def damage_of(offset: int, error: UnreadableError) -> Damage:
    """Tells the damage to an archive from an error while it was decompressed."""
    reason = error.reason
    if reason is Reason.FILE_CORRUPT:
        is_cut = isinstance(error, TruncatedError)
        reason = Reason.CONTAINER_TRUNCATED if is_cut else Reason.CONTAINER_RECORD_BROKEN
    return Damage(offset, reason, error.detail)
