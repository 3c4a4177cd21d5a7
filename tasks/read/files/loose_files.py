"""Read loose files: one page or text each, perhaps compressed, perhaps with a sidecar."""

import hashlib
from dataclasses import replace
from pathlib import Path, PurePosixPath

from schemas.raw_forms import CODINGS
from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.discover.listing import RawFile
from tasks.read.bytes.compression import (
    UnreadableError,
    collect_whole,
    peel_layers,
    read_pieces,
    sniff_coding,
)
from tasks.read.bytes.content_types import looks_plain, parse_content_type
from tasks.read.contents import make_document
from tasks.read.document import Document, Form, Refusal
from tasks.read.files.sidecars import read_sidecar
from tasks.read.origins import EMPTY_DIGEST, Evidence, locate, make_origin, printable
from tasks.storage.places import open_listed

_FORMS = {".html": Form.HTML, ".htm": Form.HTML, ".txt": Form.TEXT}
_COMPRESSIONS = tuple(CODINGS)
_SNIFFED_BYTES = 2048


def read_loose(file: RawFile, raw: Path, limits: Limits) -> Document | Refusal:
    """Read a loose file.

    Raises:
        OSError: the file, or its sidecar, is gone or cannot be read: the world's fault.
    """
    path = raw / file.path
    evidence = _read_evidence(file, path)
    place = locate(file.path)
    if file.refused:
        origin = make_origin(place, EMPTY_DIGEST, evidence)
        detail = f"a link to {printable(str(file.version))}"
        return Refusal(origin=origin, reason=file.refused, detail=detail)
    try:
        form = _form_of_name(place.raw_path)
        content, faults = _read_content(path, file.size, limits)
    except UnreadableError as error:
        origin = make_origin(place, _digest_file(path, file.size), evidence)
        return Refusal(origin=origin, reason=error.reason, detail=error.detail)
    evidence = replace(evidence, faults=evidence.faults + faults)
    declared = dict(reversed(evidence.headers)).get("content-type", "")
    charset = parse_content_type(declared)[1]
    return make_document(content, form, place=place, evidence=evidence, charset=charset)


def _read_evidence(file: RawFile, path: Path) -> Evidence:
    if file.sidecar_refused:
        return Evidence(faults=(f"sidecar: {file.sidecar_refused.description}",))
    return read_sidecar(path) if file.has_sidecar else Evidence()


def _form_of_name(path: str) -> Form:
    suffixes = [suffix.lower() for suffix in PurePosixPath(path).suffixes]
    if suffixes and suffixes[-1] in _COMPRESSIONS:
        suffixes.pop()
    suffix = suffixes[-1] if suffixes else ""
    if suffix not in _FORMS:
        detail = f"a file named *{suffix}" if suffix else "a file without a suffix"
        raise UnreadableError(Reason.FORM_UNSUPPORTED, detail)
    return _FORMS[suffix]


def _read_content(path: Path, size: int, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    """Read a file; what is not compressed as its name says may be the page itself."""
    with open_listed(path, size) as file:
        head = file.read(_SNIFFED_BYTES)
        file.seek(0)
        is_named = path.suffix.lower() in _COMPRESSIONS
        if head and is_named and sniff_coding(head) is None and not looks_plain(head):
            raise UnreadableError(Reason.FILE_CORRUPT, f"not compressed as *{path.suffix} says")
        pieces = peel_layers(read_pieces(file), limits.max_compression_ratio)
        return collect_whole(pieces, limits.max_document_bytes)


def _digest_file(path: Path, size: int) -> str:
    with open_listed(path, size) as file:
        digest = hashlib.sha256()
        for piece in read_pieces(file):
            digest.update(piece)
        return digest.hexdigest()
