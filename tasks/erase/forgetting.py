"""Carrying an erasure out, in an order in which no death loses or brings back anything.

1. The tombstone is written: from here on nothing that it names is staged or published again.
2. Reports that speak of the documents go, rows leave articles/, money/ and quarantine/, staged
   records are replaced by what is left of them, caches go (`tasks.stage.erasing`).
3. Where it is asked for, containers in raw/ are written again and loose files go. What is left of
   the records goes too: of a loose file before it, because a run asks for files that it knows.
4. Where all that is staged had been published, the changed records are judged and the partitions
   that they were in are published whole. Else that is left to the next run: what the audit holds
   back stays back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from schemas.outlets import Registry
from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import Settings
from tasks.collect.memory.erasing import ErasedAddresses, erase_addresses
from tasks.collect.running.fetch_log import FETCH_LOG
from tasks.erase.documents import Erasure
from tasks.erase.raw_records import RawRecord, RawRemoval, remove_from_raw
from tasks.publish.accounting import check_accounts
from tasks.publish.publication import publish_all
from tasks.stage.erased_records import address_id
from tasks.stage.erasing import Erased, drop_records, erase_named, refuse_waiting
from tasks.storage.holding import hold_warehouse
from tasks.storage.pruned import read_pruned
from tasks.storage.tombstones import KeyKind, tombstone_key, write_tombstone
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import clear_pending, drop_accepted, read_state
from tasks.validate.profile_files import drop_outdated
from tasks.validate.verdicts import pending_batches, validate_batches


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What carrying an erasure out takes.

    Attributes:
        settings: how the warehouse is partitioned, and what documents may cost.
        registry: of outlets; None where it is switched off.
        pause: waits for readers, so many seconds.
        raw: the raw folder; None leaves it as it is.
        collector: the folder of a collector's state; None where there is none.
        now: epoch seconds.
    """

    settings: Settings
    registry: Registry | None
    pause: Callable[[float], object]
    raw: Path | None = None
    collector: Path | None = None
    now: float = 0.0
    fields: OwnFields = NO_OWN_FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was done.

    Attributes:
        removal: what became of raw/; None where it was left as it is.
        addresses: what left the collector's state; None where there is none.
        is_published: whether the datasets are complete again; else the next run completes them.
    """

    erased: Erased
    removal: RawRemoval | None
    addresses: ErasedAddresses | None
    is_published: bool


def forget(warehouse: Warehouse, plan: Callable[[], Erasure], means: Means) -> Forgotten:
    """Erases what a plan names, and publishes what has changed by it.

    Args:
        warehouse: whose.
        plan: makes the plan, once the warehouse is held: it may have changed since a person saw it.
        means: what it takes.

    Raises:
        WarehouseHeldError: a run is at work.
        StateHeldError: a collector is; nothing was begun.
        RecordsWaitError: damaged records cannot be searched.
        TombstoneError: a tombstone is damaged.
        OSError: the warehouse or raw/ cannot be read or written. Forget again, or run: what was
            begun is finished.
    """
    with hold_warehouse(warehouse.root):
        refuse_waiting(warehouse)
        erasure = plan()
        is_current = not pending_batches(warehouse) and not read_state(warehouse).pending
        # First, because a collector at work refuses it: then nothing was begun.
        addresses = _erase_addresses(erasure, means)
        write_tombstone(warehouse, erasure.tombstone)
        erased = erase_named(warehouse)
        if erasure.outlet_id is not None:
            drop_accepted(warehouse, erasure.outlet_id)
        removal = None
        if means.raw is not None:
            removal = remove_from_raw(
                means.raw,
                _in_raw(warehouse, erasure),
                means.settings.limits,
                means.fields,
                before_deleting=partial(drop_records, warehouse),
            )
            drop_records(warehouse, removal.places)
        drop_outdated(warehouse)
        if is_current:
            _publish(warehouse, means)
        return Forgotten(
            erased=erased, removal=removal, addresses=addresses, is_published=is_current
        )


def _erase_addresses(erasure: Erasure, means: Means) -> ErasedAddresses | None:
    """Takes what is to be erased out of a collector's state and its fetch log."""
    if means.collector is None:
        return None
    keys = erasure.tombstone.keys

    def is_named(url: str) -> bool:
        article_id = address_id(url)
        return article_id is not None and tombstone_key(KeyKind.ARTICLE, article_id) in keys

    folder = means.collector
    return erase_addresses(folder, folder / FETCH_LOG, is_named, means.now, erasure.outlet_id)


def _in_raw(warehouse: Warehouse, erasure: Erasure) -> list[RawRecord]:
    """Returns the documents that were not pruned: of those the records stay, to be counted."""
    pruned = {path for batch in read_pruned(warehouse).values() for path in batch.files}
    return [record for record in erasure.raw_records if record.file not in pruned]


def _publish(warehouse: Warehouse, means: Means) -> None:
    known = None if means.registry is None else frozenset(means.registry.outlets)
    validate_batches(warehouse, known)
    publish_all(warehouse, means.settings, means.registry, means.pause)
    check_accounts(warehouse)
    clear_pending(warehouse)
