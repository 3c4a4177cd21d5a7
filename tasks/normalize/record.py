"""The record of a document: every column of staged/.

What decides it is in `tasks.normalize.normalize_document`. Who only keeps records does not load
the rules.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from schemas.columns import MONEY_COLUMNS
from schemas.rows import require_fields
from schemas.tables import STAGED
from tasks.extract.evidence import AsFound
from tasks.normalize.identity import digest
from tasks.printed.cleaning import clean_all
from tasks.read.document import Origin, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """A row of money/, as far as the document decides it."""

    start: int | None
    end: int | None
    surface: str
    kind: str
    amount: Decimal
    amount_high: Decimal | None
    currency_code: str | None
    currency_rule: str
    quote_currency_code: str | None
    is_ambiguous: bool
    usd_amount: Decimal | None
    usd_rate: Decimal | None
    usd_rate_date: date | None
    usd_rate_source: str | None
    usd_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(AsFound):
    """The outcome of one document. Fields are the columns of staged/, described in schemas/."""

    fate: str
    reasons: tuple[str, ...]
    detail: str
    form: str | None = None
    article_id: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    outlet_id: str | None = None
    outlet_name: str | None = None
    outlet_country: str | None = None
    outlet_domain: str | None = None
    outlet_text: str | None = None
    outlet_rule: str | None = None
    wire: str | None = None
    text: str | None = None
    word_count: int | None = None
    dateline_place: str | None = None
    published_at: datetime | None = None
    published_date: date | None = None
    published_precision: str | None = None
    published_text: str | None = None
    published_source: str | None = None
    published_offset_minutes: int | None = None
    modified_at: datetime | None = None
    fetched_at: datetime | None = None
    content_digest: str | None = None
    money_count: int | None = None
    raw_path: str
    raw_offset: int | None
    raw_digest: str
    batch_id: str = ""
    landing_date: date | None
    pipeline_version: str = ""
    reference_version: str = ""
    money: tuple[MoneyRow, ...] = ()
    faults: tuple[str, ...] = ()
    text_share: float | None = None
    extraction: str | None = None
    candidates: str | None = None
    text_signature: bytes | None = None
    record_digest: str = ""
    seconds: float = 0.0


_COLUMNS, _MONEY_COLUMNS = (
    tuple(field.name for field in fields(kind)) for kind in (Record, MoneyRow)
)
require_fields(Record, STAGED.names)
require_fields(MoneyRow, (column.name for column in MONEY_COLUMNS))
# The columns that are known before a document is read: what its origin gives.
ORIGIN_COLUMNS = tuple(field.name for field in fields(Origin) if field.name in _COLUMNS)
_UNDIGESTED = frozenset(column.name for column in STAGED.columns if not column.is_digested)


def record_refusal(refusal: Refusal) -> Record:
    """Records a document of which nothing could be extracted."""
    refusal = clean_all(refusal)
    return Record(
        fate="rejected",
        reasons=(refusal.reason.value,),
        detail=refusal.detail,
        **lineage_of(refusal.origin),
    )


def as_row(record: Record) -> dict[str, Any]:
    """Returns a record as a row of staged/, by column."""
    row = as_dict(record, _COLUMNS)
    return row | {"money": [as_dict(amount, _MONEY_COLUMNS) for amount in record.money]}


def as_dict(value: object, names: Sequence[str]) -> dict[str, Any]:
    """Returns a dataclass's fields; `asdict` copies them deeply, in ten times the time."""
    return {name: getattr(value, name) for name in names}


def seal_record(
    record: Record,
    *,
    batch_id: str,
    pipeline_version: str,
    reference_version: str,
    seconds: float = 0.0,
) -> Record:
    """Adds the batch, the versions and the cost to a record, and its digest over all but the cost.

    Args:
        record: what was decided.
        batch_id: of the batch that the document belongs to.
        pipeline_version: of the code.
        reference_version: of the outlet registry and the exchange rates.
        seconds: CPU time of processing the document.
    """
    versions: dict[str, Any] = {
        "batch_id": batch_id,
        "pipeline_version": pipeline_version,
        "reference_version": reference_version,
    }
    record_digest = digest_row(as_row(record) | versions)
    # `replace` copies all fifty fields, so all are filled in by one call.
    return replace(record, **versions, seconds=seconds, record_digest=record_digest)


def digest_row(row: Mapping[str, Any]) -> str:
    """Returns the record_digest (SHA-256, hex) of a row of staged/: of all but cost and digest."""
    content = {name: value for name, value in row.items() if name not in _UNDIGESTED}
    return digest(json.dumps(content, default=_as_text, sort_keys=True))


def _as_text(value: object) -> str:
    """Writes what JSON has no form for; of a Decimal no zeros at the end, which a file adds."""
    if not isinstance(value, Decimal):
        return str(value)
    # `Decimal.normalize` would round to 28 digits, and amounts have up to 38.
    whole, _, fraction = format(value, "f").partition(".")
    return f"{whole}.{fraction.rstrip('0')}"


def lineage_of(origin: Origin) -> dict[str, Any]:
    """Returns the columns that are known before a document is read."""
    return as_dict(origin, ORIGIN_COLUMNS)
