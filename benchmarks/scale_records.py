"""Made-up staged records, straight as columns: millions of them in minutes.

What a record says follows from the number of its container and its place in it, so that a page that
is fetched again is the same article. Texts are drawn from one pool of sentences. Two that are
near-duplicates have the same signature but for one slot in twenty; other signatures share nothing.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from schemas.reasons import Reason
from schemas.tables import STAGED
from tasks.discover.batches import Batch
from tasks.lineage.versions import pipeline_version
from tasks.normalize.signatures import NUMBER_SLOTS, SIGNATURE, TEXT_SLOTS

OUTLETS = 350
LANGUAGES = ("en", "de", "ru", "az")
REFERENCE = "made-up"
# Pages are fetched again for so many days.
REFETCHING_DAYS = 3
REFETCHED, COPIED, REJECTED, WITH_MONEY = 0.03, 0.05, 0.04, 0.3
SLOTS_OF_A_COPY = 0.95
SENTENCES = 20_000
_DAY_S, _FETCHED_AT_S = 86_400, 20 * 3_600
_DIGEST_BYTES = 32

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Container:
    """A container in raw/: an empty file whose name says all that is known of it."""

    number: int
    day: date
    documents: int

    @property
    def path(self) -> str:
        """Its path below raw/."""
        return f"feed/{self.day}/{self.number:06}-{self.documents}.jsonl"


class Writer:
    """Makes the records of containers up, always the same."""

    def __init__(self, containers: Sequence[Container], sentences: int) -> None:
        """Takes what there is.

        Args:
            containers: by number; a page is fetched again of those before its own.
            sentences: of a text.
        """
        rng = random.Random("words")
        letters = "abcdefghijklmnopqrst"
        words = ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(30_000)]
        pool = [
            " ".join(rng.choices(words, k=rng.randint(8, 28))).capitalize() + "."
            for _ in range(SENTENCES)
        ]
        self._pool = np.array(pool, object)
        self._sentences = sentences
        self._days = np.array([container.day for container in containers], "datetime64[D]")
        self._documents = np.array([container.documents for container in containers])

    def table(self, container: Container, batch: Batch) -> pa.Table:
        """Returns the records of a container, with the columns of staged/."""
        rng = np.random.default_rng(container.number)
        size = container.documents
        is_rejected = rng.random(size) < REJECTED
        columns = {
            **self._own(container, batch, rng),
            **_article(*self._articles(container, rng), self._days, ~is_rejected),
            **self._texts(rng, size, ~is_rejected),
            "fate": np.where(is_rejected, "rejected", "accepted"),
            "reasons": [[Reason.TEXT_MISSING.value] if each else [] for each in is_rejected],
            "detail": np.where(is_rejected, "made up", ""),
        }
        return pa.table(
            [_column(columns.get(field.name), field, size) for field in STAGED.schema],
            schema=STAGED.schema,
        )

    def _own(self, container: Container, batch: Batch, rng: np.random.Generator) -> dict[str, Any]:
        """Returns what each record has, rejected or not."""
        size = container.documents
        seconds = np.datetime64(container.day, "s") + _FETCHED_AT_S + np.arange(size)
        return {
            "raw_path": [container.path] * size,
            "raw_offset": np.arange(size) * 4_096,
            "raw_digest": _digests(rng, size),
            "landing_date": [container.day] * size,
            "fetched_at": pa.array(seconds.astype("datetime64[us]")).cast(
                pa.timestamp("us", "UTC")
            ),
            "batch_id": [batch.batch_id] * size,
            "pipeline_version": [pipeline_version()] * size,
            "reference_version": [REFERENCE] * size,
            "faults": [[]] * size,
            "authors": [[]] * size,
            "tags": [[]] * size,
            "record_digest": _digests(rng, size),
            "seconds": np.full(size, 0.02),
        }

    def _articles(
        self, container: Container, rng: np.random.Generator
    ) -> tuple[Integers, Integers]:
        """Returns the article of each record: the container that had it first, and its place."""
        size, before = container.documents, self._days[: container.number]
        sources, places = np.full(size, container.number), np.arange(size)
        again = np.flatnonzero(rng.random(size) < REFETCHED)
        if len(before):
            apart = np.abs(before - np.datetime64(container.day, "D")).astype(np.int64)
            recent = np.flatnonzero(apart <= REFETCHING_DAYS)
            sources[again] = rng.choice(recent if len(recent) else len(before), len(again))
            places[again] = rng.random(len(again)) * self._documents[sources[again]]
        return sources, places

    def _texts(self, rng: np.random.Generator, size: int, is_accepted: Mask) -> dict[str, Any]:
        """Returns texts, and all that is made of them."""
        drawn = self._pool[rng.integers(0, SENTENCES, (size, self._sentences))]
        copies = 1 + np.flatnonzero(rng.random(size - 1) < COPIED)
        for copy in copies.tolist():
            drawn[copy, :-1] = drawn[copy - 1, :-1]
        texts = ["\n".join(sentences) for sentences in drawn]
        has_money = is_accepted & (rng.random(size) < WITH_MONEY)
        values = {
            "title": [text[:60] for text in texts],
            "title_source": ["json_ld"] * size,
            "text": texts,
            "word_count": [text.count(" ") + self._sentences for text in texts],
            "content_digest": _digests(rng, size),
            "extraction": [_extraction(text) for text in texts],
            "candidates": ["{}"] * size,
            "text_signature": _signatures(rng, size, copies),
            "money_count": has_money.astype(np.int32),
        }
        money = [
            [_money(text)] if each else [] for text, each in zip(texts, has_money, strict=True)
        ]
        return {**_where(is_accepted, values), "money": money}


def _article(
    sources: Integers, places: Integers, days: npt.NDArray[Any], is_accepted: Mask
) -> dict[str, Any]:
    """Returns what is of the article, whichever fetch it is."""
    heads, tails = _scatter(sources, places, 1), _scatter(sources, places, 2) >> np.uint64(48)
    outlets = (_scatter(sources, places, 3) % np.uint64(OUTLETS)).astype(np.int64)
    offsets = (_scatter(sources, places, 4) % np.uint64(_DAY_S + 72_000)).astype(np.int64) - _DAY_S
    published = days[sources].astype("datetime64[s]") + offsets
    triples = list(zip(outlets.tolist(), sources.tolist(), places.tolist(), strict=True))
    urls = [f"https://outlet{outlet}.example/{n}/{place}" for outlet, n, place in triples]
    ids = [
        f"{head:016x}{tail:04x}" for head, tail in zip(heads.tolist(), tails.tolist(), strict=True)
    ]
    size = len(sources)
    instants = pa.array(published.astype("datetime64[us]"), mask=~is_accepted)
    values = {
        "form": ["html"] * size,
        "article_id": ids,
        "url": urls,
        "canonical_url": urls,
        "outlet_id": [
            f"~outlet{outlet}.example" if outlet % 10 == 0 else f"outlet-{outlet}"
            for outlet in outlets.tolist()
        ],
        "outlet_name": [f"Outlet {outlet}" for outlet in outlets.tolist()],
        "outlet_domain": [f"outlet{outlet}.example" for outlet in outlets.tolist()],
        "language": [LANGUAGES[outlet % 4] for outlet in outlets.tolist()],
        "published_at": instants.cast(pa.timestamp("us", "UTC")),
        "published_date": published.astype("datetime64[D]"),
        "published_precision": ["second"] * size,
        "published_text": [str(at) for at in published],
        "published_source": ["json_ld"] * size,
    }
    return _where(is_accepted, values)


def _scatter(numbers: Integers, places: Integers, salt: int) -> npt.NDArray[np.uint64]:
    """Returns 64 bits of each pair that look random (splitmix64, Steele et al. 2014)."""
    mixed = (numbers.astype(np.uint64) << np.uint64(20)) + places.astype(np.uint64)
    mixed = (mixed * np.uint64(8) + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _signatures(rng: np.random.Generator, size: int, copies: npt.NDArray[np.intp]) -> list[bytes]:
    """Returns signatures, of which those of copies are nearly that of the text before."""
    signatures = np.zeros(size, SIGNATURE)
    signatures["shingles"] = rng.integers(300, 600, size)
    signatures["text"] = rng.integers(0, 2**16, (size, TEXT_SLOTS), np.uint16)
    signatures["number"] = rng.integers(0, 2**16, (size, NUMBER_SLOTS), np.uint16)
    for copy in copies.tolist():
        kept = rng.random(TEXT_SLOTS) < SLOTS_OF_A_COPY
        signatures["text"][copy, kept] = signatures["text"][copy - 1, kept]
        signatures["shingles"][copy] = signatures["shingles"][copy - 1]
    return [signature.tobytes() for signature in signatures]


def _extraction(text: str) -> str:
    return '{"form": "html", "text": "' + text.replace("\n", "\\n") + '"}'


def _digests(rng: np.random.Generator, size: int) -> list[str]:
    """Returns digests; over what `seal_record` takes one of, it costs more than all the rest."""
    content = rng.bytes(_DIGEST_BYTES * size).hex()
    return [
        content[at : at + 2 * _DIGEST_BYTES] for at in range(0, len(content), 2 * _DIGEST_BYTES)
    ]


def _where(is_accepted: Mask, values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        if isinstance(value, pa.Array)
        else pa.array(value, STAGED.schema.field(name).type, mask=~is_accepted)
        for name, value in values.items()
    }


def _column(value: Any, field: pa.Field, size: int) -> pa.Array:
    if isinstance(value, pa.Array):
        return value
    return pa.nulls(size, field.type) if value is None else pa.array(value, field.type)


def _money(text: str) -> dict[str, Any]:
    return {
        "start": 0,
        "end": 8,
        "surface": text[:8],
        "kind": "mention",
        "amount": Decimal(5_000_000),
        "currency_code": "USD",
        "currency_rule": "code",
        "is_ambiguous": False,
        "usd_amount": Decimal(5_000_000),
        "usd_rate": Decimal(1),
        "usd_status": "ok",
    }
