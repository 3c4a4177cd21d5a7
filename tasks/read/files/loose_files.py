"""Read loose files: one page or text each, perhaps compressed, perhaps with a sidecar."""

import hashlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from schemas.raw_forms import CODINGS
from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.discover.listing import RawFile
from tasks.printed.cleaning import escape_name
from tasks.read.bytes.compression import (
    UnreadableError,
    collect_whole,
    peel_layers,
    read_pieces,
    sniff_coding,
)
from tasks.read.bytes.content_types import is_markup, looks_plain, parse_content_type
from tasks.read.contents import make_document
from tasks.read.document import ContentForm, Document, Refusal
from tasks.read.files.mhtml import SavedPage, read_mhtml
from tasks.read.files.sidecars import read_sidecar
from tasks.read.origins import EMPTY_DIGEST, Evidence, FileOrigin, file_origin_of, make_origin
from tasks.storage.locations import open_listed

_FORMS = {".html": ContentForm.HTML, ".htm": ContentForm.HTML, ".txt": ContentForm.TEXT}
_MHTML = (".mhtml", ".mht")
_COMPRESSIONS = tuple(CODINGS)
_SNIFFED_BYTES = 2048


def read_loose(file: RawFile, raw: Path, limits: Limits) -> Document | Refusal:
    """Read a loose file.

    Raises:
        OSError: the file, or its sidecar, is gone or cannot be read: the world's fault.
    """
    path = raw / file.path
    evidence = _read_evidence(file, path)
    file_origin = file_origin_of(file.path)
    if file.refused:
        origin = make_origin(file_origin, EMPTY_DIGEST, evidence)
        detail = f"a link to {escape_name(str(file.version))}"
        return Refusal(origin=origin, reason=file.refused, detail=detail)
    try:
        suffix = _suffix_of(file_origin.raw_path)
        content, faults = _read_content(path, file.size, limits, suffix)
        evidence = replace(evidence, faults=evidence.faults + faults)
        if suffix in _MHTML:
            return _make_saved(read_mhtml(content), file_origin, evidence)
        form = _form_of(suffix, content)
    except UnreadableError as error:
        origin = make_origin(file_origin, _digest_file(path, file.size), evidence)
        return Refusal(origin=origin, reason=error.reason, detail=error.detail)
    declared = dict(reversed(evidence.headers)).get("content-type", "")
    charset = parse_content_type(declared)[1]
    return make_document(content, form, file_origin=file_origin, evidence=evidence, charset=charset)


def tell_form(file: RawFile, raw: Path, limits: Limits) -> str:
    """Tells what a loose file would be read as, from its name and its first bytes alone.

    Returns:
        `html`, `text` or `mhtml`.

    Raises:
        UnreadableError: it would not be read; of what lies behind the first bytes nothing is known.
        OSError: it is gone or cannot be read.
    """
    suffix = _suffix_of(file_origin_of(file.path).raw_path)
    with open_listed(raw / file.path, file.size) as opened:
        head = opened.read(_SNIFFED_BYTES)
    if not head:
        raise UnreadableError(Reason.DOCUMENT_EMPTY, "an empty file")
    if suffix in _MHTML:
        return "mhtml"
    if suffix not in _FORMS and sniff_coding(head) is not None:
        # What ends early was only cut here.
        with suppress(UnreadableError):
            head = next(peel_layers(iter((head,)), limits.max_compression_ratio), b"")
    return _form_of(suffix, head)


def _read_evidence(file: RawFile, path: Path) -> Evidence:
    if file.sidecar_refused:
        return Evidence(faults=(f"sidecar: {file.sidecar_refused.description}",))
    return read_sidecar(path) if file.has_sidecar else Evidence()


def _make_saved(page: SavedPage, file_origin: FileOrigin, evidence: Evidence) -> Document | Refusal:
    """Make a document of a page out of MHTML; what a sidecar says counts first."""
    evidence = replace(
        evidence,
        url=evidence.url or page.url,
        fetched_at=evidence.fetched_at or page.saved_at,
    )
    return make_document(
        page.content,
        ContentForm.HTML,
        file_origin=file_origin,
        evidence=evidence,
        charset=page.charset,
    )


def _suffix_of(path: str) -> str:
    suffixes = [suffix.lower() for suffix in PurePosixPath(path).suffixes]
    if suffixes and suffixes[-1] in _COMPRESSIONS:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _form_of(suffix: str, content: bytes) -> ContentForm:
    """Tell the form of a file; under any name bytes that begin as a page are one.

    Downloads are called `story.php`, `story` and `index.html?p=123`.
    """
    if suffix in _FORMS:
        return _FORMS[suffix]
    if is_markup(content):
        return ContentForm.HTML
    detail = f"a file named *{suffix}" if suffix else "a file without a suffix"
    raise UnreadableError(Reason.FORM_UNSUPPORTED, f"{detail}, which does not begin as a page")


def _read_content(
    path: Path, size: int, limits: Limits, suffix: str
) -> tuple[bytes, tuple[str, ...]]:
    """Read a file; what is not compressed as its name says may be the page itself."""
    with open_listed(path, size) as file:
        head = file.read(_SNIFFED_BYTES)
        file.seek(0)
        if suffix not in _MHTML and sniff_coding(head) is None:
            # A film is not read to its end to be refused.
            _form_of(suffix, head)
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
