"""What a run would read of a raw folder, as what, and what it would not; nothing is processed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from schemas.raw_forms import RawKind, raw_form_of
from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.discover.listing import RawFile, folder_date, list_raw, source_of
from tasks.printed.cleaning import escape_name
from tasks.read.bytes.compression import UnreadableError
from tasks.read.files.loose_files import tell_form

_EXAMPLES = 3


@dataclass(slots=True)
class ReadGroup:
    """Files of one source that would be read as the same.

    Attributes:
        source: the first folder of their paths; "" for files directly in raw/.
        form: `html`, `text`, `mhtml`, or the kind of container.
        files, size: how many, and their bytes.
        in_date_folders, with_sidecars: how many of them.
    """

    source: str
    form: str
    files: int = 0
    size: int = 0
    in_date_folders: int = 0
    with_sidecars: int = 0


@dataclass(slots=True)
class RefusedGroup:
    """Files that would become quarantined records for the same reason.

    Attributes:
        reason: a code of quarantine/reasons.
        detail: what is wrong with the first of them.
        examples: paths of some.
    """

    reason: Reason
    detail: str
    files: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCheck:
    """What lies in a raw folder, as a run would take it.

    Attributes:
        read: sorted by source, the largest group first.
        refused: the most frequent first.
        passed_over: how many names are no documents, by kind; see `tasks.discover.listing`.
        orphan_sidecars: paths of some sidecars whose file is not there.
    """

    read: tuple[ReadGroup, ...]
    refused: tuple[RefusedGroup, ...]
    passed_over: Mapping[str, int]
    orphan_sidecars: tuple[str, ...]


def check_raw(raw: Path, limits: Limits) -> RawCheck:
    """Tells what each file of a raw folder would be read as.

    Of a loose file the first bytes are read, of a container nothing.

    Raises:
        OSError: the folder cannot be listed, or a file in it not be read.
    """
    listing = list_raw(raw)
    read: dict[tuple[str, str], ReadGroup] = {}
    refused: dict[tuple[Reason, str], RefusedGroup] = {}
    for file in listing.files:
        try:
            form = _form_of(file, raw, limits)
        except UnreadableError as error:
            key = (error.reason, Path(file.path).suffix.lower())
            group = refused.setdefault(key, RefusedGroup(error.reason, error.detail))
            group.files += 1
            if len(group.examples) < _EXAMPLES:
                group.examples.append(escape_name(file.path))
        except FileNotFoundError:
            continue  # It went since it was listed.
        else:
            _count(read, file, form)
    return RawCheck(
        read=tuple(sorted(read.values(), key=lambda group: (group.source, -group.files))),
        refused=tuple(sorted(refused.values(), key=lambda group: -group.files)),
        passed_over=listing.passed_over,
        orphan_sidecars=tuple(map(escape_name, listing.orphan_sidecars[:_EXAMPLES])),
    )


def _form_of(file: RawFile, raw: Path, limits: Limits) -> str:
    if file.refused:
        raise UnreadableError(file.refused, f"a link to {escape_name(str(file.version))}")
    kind = raw_form_of(file.path).kind
    return tell_form(file, raw, limits) if kind is RawKind.LOOSE else kind.value


def _count(groups: dict[tuple[str, str], ReadGroup], file: RawFile, form: str) -> None:
    source = source_of(file.path)
    group = groups.setdefault((source, form), ReadGroup(source, form))
    group.files += 1
    group.size += file.size
    group.in_date_folders += folder_date(file.path)[1] is not None
    group.with_sidecars += file.has_sidecar
