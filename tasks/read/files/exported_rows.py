"""Turn a row of a crawler's export (a JSON line, a table row) into a document."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from schemas.reasons import Reason
from schemas.row_fields import (
    CRAWL_DATASET,
    NESTED,
    NO_OWN_FIELDS,
    OwnFields,
    RowRole,
    fields_by_role,
)
from schemas.settings import Limits
from tasks.printed.cleaning import clean
from tasks.read.contents import make_document
from tasks.read.document import ContentForm, Document, Refusal
from tasks.read.files.sidecars import read_fields
from tasks.read.origins import EMPTY_DIGEST, Evidence, FileOrigin, make_origin

_CONTENT_ROLES: dict[RowRole, ContentForm | None] = {
    RowRole.HTML: ContentForm.HTML,
    RowRole.TEXT: ContentForm.TEXT,
    RowRole.CONTENT: None,
}
_STATED_ROLES = (RowRole.PUBLISHED, RowRole.TITLE, RowRole.AUTHORS)
_SHOWN_FIELDS = 20


def has_content(names: Iterable[str], own: OwnFields = NO_OWN_FIELDS) -> bool:
    """Tell whether any of a row's fields may hold a page or a text."""
    return not _CONTENT_ROLES.keys().isdisjoint(fields_by_role(tuple(names), own))


def wanted_fields(names: Iterable[str], own: OwnFields = NO_OWN_FIELDS) -> list[str]:
    """Give the fields of rows that are read, in their order."""
    listed = tuple(names)
    known = {name for fields in fields_by_role(listed, own).values() for name in fields}
    return [name for name in listed if name in known or name in {*CRAWL_DATASET, NESTED}]


def describe_fields(names: Iterable[str]) -> str:
    """Say of rows without a page or a text what they have."""
    listed = list(names)
    more = f" and {len(listed) - _SHOWN_FIELDS} more" if len(listed) > _SHOWN_FIELDS else ""
    shown = ", ".join(map(repr, listed[:_SHOWN_FIELDS])) or "none"
    return f"no field for a page or a text; the fields are {shown}{more}"


def read_row(
    row: dict[str, object],
    file_origin: FileOrigin,
    offset: int,
    limits: Limits,
    own: OwnFields = NO_OWN_FIELDS,
    faults: tuple[str, ...] = (),
) -> Document | Refusal:
    """Read a row: a page or a text, and what else its fields say (`schemas.row_fields`).

    Where both are given the page counts, for it holds more. Text that came as characters is handed
    on as UTF-8; bytes keep the charset that the page itself declares.

    Args:
        row: the fields by their names.
        file_origin: the file.
        offset: of the row in it.
        limits: what a document may cost.
        own: a user's own names of fields.
        faults: what is wrong with the row before its fields are looked at.
    """
    row = _with_nested(row)
    fields = fields_by_role(tuple(row), own)
    evidence = _read_evidence(row, fields)
    present = [
        (name, row[name], form)
        for role, form in _CONTENT_ROLES.items()
        for name in fields.get(role, ())
        if row[name] is not None
    ]
    texts = [entry for entry in present if isinstance(entry[1], str | bytes)]
    filled = [entry for entry in texts if entry[1]]
    unread = tuple(f"{entry[0]} is not a text" for entry in present if entry not in texts)
    evidence = replace(evidence, faults=(*faults, *unread, *evidence.faults))
    name, value, form = next(iter(filled or texts or present), ("", None, None))
    if isinstance(value, str):
        # A lone surrogate, which JSON can spell, is no character: "?" stands for it.
        content, charset = value.encode("utf-8", "replace"), "utf-8"
    elif isinstance(value, bytes):
        content, charset = value, None
    else:
        origin = make_origin(file_origin, EMPTY_DIGEST, evidence, offset)
        reason, detail = _explain_lack(row, name, own)
        return Refusal(origin=origin, reason=reason, detail=detail)
    if len(content) > limits.max_document_bytes:
        origin = make_origin(file_origin, hashlib.sha256(content).hexdigest(), evidence, offset)
        detail = f"more than {limits.max_document_bytes} bytes"
        return Refusal(origin=origin, reason=Reason.DOCUMENT_TOO_LARGE, detail=detail)
    return make_document(
        content, form, file_origin=file_origin, evidence=evidence, offset=offset, charset=charset
    )


def _explain_lack(row: dict[str, object], name: str, own: OwnFields) -> tuple[Reason, str]:
    if name:
        return Reason.CONTAINER_RECORD_BROKEN, f"{name} is not a text"
    if has_content(row, own):
        return Reason.DOCUMENT_EMPTY, "the field for a page or a text holds nothing"
    return Reason.FORM_UNSUPPORTED, describe_fields(row)


def _with_nested(row: dict[str, object]) -> dict[str, object]:
    """Return a row with the fields that it holds one level deeper; its own count first."""
    nested = row.get(NESTED)
    return {**nested, **row} if isinstance(nested, dict) else row


def _read_evidence(row: dict[str, object], fields: dict[RowRole, tuple[str, ...]]) -> Evidence:
    known = {
        role.value: _first(row, fields.get(role, ()))
        for role in (RowRole.URL, RowRole.FETCHED_AT, RowRole.HEADERS)
    }
    printed = ((role, _print(_first(row, fields.get(role, ())))) for role in _STATED_ROLES)
    stated = tuple((role, text) for role, text in printed if text)
    return replace(read_fields(known), stated=stated)


def _first(row: dict[str, object], names: tuple[str, ...]) -> object:
    """Return the first value of several fields that says anything."""
    return next((row[name] for name in names if row[name] not in (None, "", [])), None)


def _print(value: object) -> str:
    """Return what a field says, as a text: an instant in ISO 8601, a list with commas."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_print, value)))
    return ""
