"""Taking documents out of raw/: loose files go, containers are written again without them.

Nothing is cut by what was staged alone: a file is read again first, and only what still lies there
with the bytes that were staged is taken out. So an offset that points at another record by now, as
after an earlier removal that was interrupted, harms nothing.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from schemas.raw_forms import RawKind, raw_form_of
from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import Limits
from tasks.discover.listing import list_one
from tasks.erase.containers import Cut, rewrite
from tasks.erase.packing import CannotRewriteError
from tasks.inspect.rereading import read_file
from tasks.stage.erasing import Place
from tasks.storage.locations import is_on_disk
from tasks.storage.warehouse import replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """Where raw/ holds a document.

    Attributes:
        file: of raw/; an archive where the document is an entry of one.
        raw_digest: of the document as it was staged.
        is_loose: the file is the document.
    """

    file: str
    raw_path: str
    raw_offset: int | None
    raw_digest: str
    is_loose: bool


@dataclass(frozen=True, slots=True)
class RawRemoval:
    """What became of raw files.

    Attributes:
        places: documents that raw/ does not hold any more.
        deleted: files.
        rewritten: containers.
        left: files that still hold documents, each with the reason.
    """

    places: tuple[Place, ...] = ()
    deleted: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()


def remove_from_raw(
    raw: Path,
    records: Iterable[RawRecord],
    limits: Limits,
    own: OwnFields = NO_OWN_FIELDS,
    before_deleting: Callable[[Sequence[Place]], object] = lambda _: None,
) -> RawRemoval:
    """Takes documents out of raw/; what is there already without them is left as it is.

    Args:
        raw: the raw folder.
        records: the documents.
        limits: what a document may cost, as when it was staged.
        own: a user's own names of fields, as then.
        before_deleting: is told of the loose files that go: a run asks for those that it knows.

    Raises:
        OSError: raw/ cannot be read or written.
    """
    by_file: dict[str, list[RawRecord]] = defaultdict(list)
    for record in records:
        by_file[record.file].append(record)
    places: list[Place] = []
    loose: list[str] = []
    rewritten, left = [], []
    for file, members in sorted(by_file.items()):
        try:
            found = _find(raw, file, members, limits, own)
            if found and members[0].is_loose:
                loose.append(file)
            elif found:
                _rewrite(raw, file, found, limits)
                rewritten.append(file)
        except CannotRewriteError as error:
            left.append((file, str(error)))
        else:
            places += [(member.raw_path, member.raw_offset) for member in members]
    before_deleting([(file, None) for file in loose])
    for file in loose:
        _delete(raw, file)
    return RawRemoval(tuple(places), tuple(loose), tuple(rewritten), tuple(left))


def _find(
    raw: Path, file: str, members: Sequence[RawRecord], limits: Limits, own: OwnFields
) -> list[RawRecord]:
    """Returns the documents that a file still holds.

    Raises:
        CannotRewriteError: a loose file holds something else by now.
    """
    try:
        outcomes = read_file(raw, file, limits, own)
        there = {
            (each.origin.raw_path, each.origin.raw_offset, each.origin.raw_digest)
            for each in outcomes
        }
    except FileNotFoundError:
        return []
    found = [each for each in members if (each.raw_path, each.raw_offset, each.raw_digest) in there]
    if members[0].is_loose and not found:
        raise CannotRewriteError("it holds something else than what was staged")
    return found


def _delete(raw: Path, file: str) -> None:
    """Deletes a loose file, and first its sidecar, which says where it is from."""
    listed = list_one(raw, file)
    for path in filter(None, (listed.sidecar, file)):
        with suppress(FileNotFoundError):
            (raw / path).unlink()


def _rewrite(raw: Path, file: str, records: Sequence[RawRecord], limits: Limits) -> None:
    path = raw / file
    # A link is followed: what it leads to holds the documents.
    target = path.resolve() if is_on_disk(path) else path
    cut = Cut(file, frozenset((each.raw_path, each.raw_offset) for each in records), limits)
    kind = raw_form_of(file).kind
    if kind is RawKind.LOOSE:
        raise CannotRewriteError("it is no container")
    with path.open("rb") as source, replaced(target) as temporary, temporary.open("wb") as written:
        rewrite(source, written, kind, cut)
        if is_on_disk(target):
            shutil.copymode(target, temporary)
