"""What an erased document is known by, and the record that is left of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from schemas.reasons import Reason
from tasks.normalize.identity import identify_article
from tasks.normalize.record import Record, record_refusal, seal_record
from tasks.normalize.urls import normalize_url
from tasks.read.document import Origin, Refusal
from tasks.read.origins import EMPTY_DIGEST
from tasks.storage.tombstones import KeyKind, tombstone_key

# What quarantine says of an erased document: nothing of it, but the request that it was part of.
_DETAIL = "erased on request; tombstone {} keeps it out (docs/erasure.md)"
# Reasons that say nothing against the text: what other pages repeat word for word is an article.
_OF_ARTICLES = frozenset({Reason.PUBLISHED_DATE_UNKNOWN, Reason.PUBLISHED_DATE_AMBIGUOUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The columns of a staged record that it is known by."""

    article_id: str | None
    url: str | None
    raw_digest: str
    content_digest: str | None
    outlet_id: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Identity":
        """Returns the identity of a row of staged/."""
        return cls(**{name: row[name] for name in IDENTITY_COLUMNS})

    def all_keys(self) -> frozenset[str]:
        """Returns every key that a tombstone for it may have."""
        outlet = {tombstone_key(KeyKind.OUTLET, self.outlet_id)} if self.outlet_id else set()
        return frozenset({*self.address_keys(), *self.raw_keys(), *self.content_keys(), *outlet})

    def address_keys(self) -> frozenset[str]:
        """Returns the keys of its article and of the address that it was fetched from."""
        ids = {self.article_id}
        # An address that is the article's own is in its normal form: normalizing costs the most.
        if self.url and identify_article(self.url, "") != self.article_id:
            ids.add(address_id(self.url))
        return frozenset(tombstone_key(KeyKind.ARTICLE, each) for each in ids if each)

    def raw_keys(self) -> frozenset[str]:
        """Returns the key of its bytes; none of what could not be read, which shares one digest."""
        if self.raw_digest == EMPTY_DIGEST:
            return frozenset()
        return frozenset({tombstone_key(KeyKind.RAW, self.raw_digest)})

    def content_keys(self) -> frozenset[str]:
        """Returns the key of its title and text."""
        if not self.content_digest:
            return frozenset()
        return frozenset({tombstone_key(KeyKind.CONTENT, self.content_digest)})


IDENTITY_COLUMNS = tuple(field.name for field in fields(Identity))


def address_id(url: str) -> str | None:
    """Returns the article_id that an address gives; None where it is no web address."""
    normal = normalize_url(url)
    return identify_article(normal, "") if normal else None


def is_article_text(reasons: Collection[str]) -> bool:
    """Tells by a record's reasons whether its text is its own: consent walls share theirs."""
    return _OF_ARTICLES.issuperset(reasons)


def named_by(identity: Identity, keys: Mapping[str, str]) -> str | None:
    """Returns the name of the tombstone that names a document, the first by its key; else None."""
    return min(
        ((key, keys[key]) for key in identity.all_keys() if key in keys), default=("", None)
    )[1]


def with_erased(record: Record, keys: Mapping[str, str]) -> Record:
    """Returns a record, or what is left of it where a tombstone names it.

    Args:
        record: of a document that was just read.
        keys: of all tombstones, each with the name of its tombstone.
    """
    identity = Identity(**{name: getattr(record, name) for name in IDENTITY_COLUMNS})
    tombstone = named_by(identity, keys)
    if tombstone is None:
        return record
    left = {name: getattr(record, name) for name in LEFT_COLUMNS}
    return erased_record(left, tombstone, seconds=record.seconds)


def erased_record(left: Mapping[str, Any], tombstone: str, *, seconds: float) -> Record:
    """Returns the record of an erased document.

    Args:
        left: where it lies in raw/, when it landed, and what made its record, by column.
        tombstone: the name of the one that names it.
        seconds: CPU time that it cost.
    """
    landing_date: date | None = left["landing_date"]
    origin = Origin(
        raw_path=left["raw_path"],
        raw_offset=left["raw_offset"],
        raw_digest=left["raw_digest"],
        landing_date=landing_date,
    )
    refusal = Refusal(origin=origin, reason=Reason.ERASED, detail=erased_detail(tombstone))
    return seal_record(
        record_refusal(refusal),
        batch_id=left["batch_id"],
        pipeline_version=left["pipeline_version"],
        reference_version=left["reference_version"],
        seconds=seconds,
    )


def erased_detail(tombstone: str) -> str:
    """Returns what quarantine says of a document that a tombstone names."""
    return _DETAIL.format(tombstone)


LEFT_COLUMNS = (
    "raw_path",
    "raw_offset",
    "raw_digest",
    "landing_date",
    "batch_id",
    "pipeline_version",
    "reference_version",
)
