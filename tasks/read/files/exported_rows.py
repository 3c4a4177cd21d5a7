"""Turn a row of a crawler's export (a JSON line, a table row) into a document."""

import hashlib
from dataclasses import replace

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.contents import make_document
from tasks.read.document import Document, Form, Refusal
from tasks.read.files.sidecars import read_fields
from tasks.read.origins import EMPTY_DIGEST, Place, make_origin

CONTENT_FIELDS = (("html", Form.HTML), ("text", Form.TEXT))


def read_row(
    row: dict[str, object],
    place: Place,
    offset: int,
    limits: Limits,
    faults: tuple[str, ...] = (),
) -> Document | Refusal:
    """Read a row with `html` or `text`, and perhaps `url`, `fetched_at` and `headers`.

    Where both are given the page counts, for it holds more. Text that came as characters is handed
    on as UTF-8; bytes keep the charset that the page itself declares.

    Args:
        row: the fields by their names.
        place: the file.
        offset: of the row in it.
        limits: what a document may cost.
        faults: what is wrong with the row before its fields are looked at.
    """
    evidence = read_fields(row)
    present = {form: row[name] for name, form in CONTENT_FIELDS if row.get(name) is not None}
    texts = {form: value for form, value in present.items() if isinstance(value, str | bytes)}
    filled = {form: value for form, value in texts.items() if value}
    form, value = next(iter((filled or texts or present or {Form.HTML: None}).items()))
    unread = tuple(f"{other} is not a text" for other in present if other not in texts)
    evidence = replace(evidence, faults=(*faults, *unread, *evidence.faults))
    if isinstance(value, str):
        # A lone surrogate, which JSON can spell, is no character: "?" stands for it.
        content, charset = value.encode("utf-8", "replace"), "utf-8"
    elif isinstance(value, bytes):
        content, charset = value, None
    else:
        is_empty = value is None
        reason = Reason.DOCUMENT_EMPTY if is_empty else Reason.CONTAINER_RECORD_BROKEN
        detail = "no html or text" if is_empty else f"{form} is not a text"
        origin = make_origin(place, EMPTY_DIGEST, evidence, offset)
        return Refusal(origin=origin, reason=reason, detail=detail)
    if len(content) > limits.max_document_bytes:
        origin = make_origin(place, hashlib.sha256(content).hexdigest(), evidence, offset)
        detail = f"more than {limits.max_document_bytes} bytes"
        return Refusal(origin=origin, reason=Reason.DOCUMENT_TOO_LARGE, detail=detail)
    return make_document(
        content, form, place=place, evidence=evidence, offset=offset, charset=charset
    )
