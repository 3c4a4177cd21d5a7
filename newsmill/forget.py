"""`newsmill forget`: erasure of documents, with all fetches and copies of them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.options import (
    Folder,
    configuration,
    existing_warehouse,
    rates_option,
    registry_option,
    state_option,
    warehouse_option,
)
from newsmill.terminal import ask, echo

if TYPE_CHECKING:
    from tasks.erase.documents import Erasure, NamedDocument
    from tasks.erase.forgetting import Forgotten
    from tasks.erase.raw_records import RawRecord
    from tasks.storage.warehouse import Warehouse

_CONFIGURED = "(configured)"
_SHOWN = 20


class _RawFolder(Folder):
    """A raw folder; the option alone stands for the configured one."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Makes a location of what was written; fails where it is not there."""
        return super().convert(configuration().raw if value == _CONFIGURED else value, param, ctx)


@click.command()
@click.argument("document", metavar="URL|ARTICLE_ID", required=False)
@click.option("--outlet", metavar="ID", help="All that this outlet published.")
@click.option("--copies", is_flag=True, help="Also articles with nearly the same text.")
@click.option(
    "--raw",
    type=_RawFolder(exists=True),
    is_flag=False,
    flag_value=_CONFIGURED,
    metavar="[DIR]",
    help="Take the documents out of raw/, too: the configured folder, or DIR.",
)
@state_option
@click.option("--dry-run", is_flag=True, help="Show what would be erased, and erase nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@warehouse_option
@registry_option
@rates_option
def forget(
    document: str | None,
    outlet: str | None,
    copies: bool,
    raw: Path | None,
    state: Path,
    dry_run: bool,
    yes: bool,
    warehouse: Path,
    registry: Path | None,
    rates: tuple[Path, ...],
) -> None:
    """Erase a document from the warehouse, with all fetches and copies of it.

    It leaves every dataset, staged/, reports and caches, and a digest keeps it from coming back.
    A copy is the same title and text under another address. With --raw it leaves raw/ too. What is
    kept elsewhere, and in which order all this is done, is in docs/erasure.md.
    """
    from tasks.erase.documents import UnknownDocumentError, plan_erasure, plan_outlet_erasure
    from tasks.storage.warehouse import Warehouse

    if (document is None) == (outlet is None):
        raise click.UsageError("give a URL, an article_id, or --outlet ID")
    target = Warehouse(existing_warehouse(warehouse))
    make_plan = partial(plan_outlet_erasure, target, outlet or "")
    if document is not None:
        make_plan = partial(plan_erasure, target, document, near_copies=copies)
    try:
        plan = make_plan()
    except UnknownDocumentError as error:
        raise click.UsageError(str(error)) from error
    for line in _describe(plan, has_raw=raw is not None):
        echo(line)
    if dry_run:
        return
    if not yes:
        ask("Erase this? It cannot be undone")
    collector = state if state.is_dir() else None
    done = _carry_out(target, make_plan, raw, collector, registry, rates)
    for line in _tell(done, plan):
        echo(line)


def _carry_out(
    warehouse: "Warehouse",
    plan: Callable[[], "Erasure"],
    raw: Path | None,
    collector: Path | None,
    registry: Path | None,
    rates: tuple[Path, ...],
) -> "Forgotten":
    from dataclasses import replace
    from time import sleep, time

    from tasks.erase.forgetting import Means, forget
    from tasks.inspect.verification.file_checks import infer_settings
    from tasks.normalize.reference import ReferenceSource, load_reference
    from tasks.report.html.writing import renew_index

    layout = infer_settings(warehouse)
    settings = replace(
        configuration().settings(), partition_by=layout.partition_by, part_rows=layout.part_rows
    )
    means = Means(
        settings=settings,
        registry=load_reference(ReferenceSource(overlay=registry, rates=rates)).registry,
        pause=sleep,
        raw=raw,
        collector=collector,
        now=time(),
        fields=settings.fields,
    )
    done = forget(warehouse, plan, means)
    renew_index(warehouse)
    return done


def _describe(plan: "Erasure", *, has_raw: bool) -> Iterator[str]:
    """Yields what an erasure takes and what it leaves, a line each."""
    if plan.was_erased:
        yield "a tombstone of this is there already"
    own = [each for each in plan.documents if each.role == "document"]
    copies = [each for each in plan.documents if each.role == "copy"]
    yield from _list("to be erased", own, _show_document)
    yield from _list("copies under other addresses, to be erased", copies, _show_document)
    if not plan.documents:
        yield "nothing of it is staged; a tombstone keeps it out when it is read"
    yield from _list(
        "nearly the same text, not erased (--copies erases them)",
        plan.near_copies,
        lambda copy: f"{copy.article_id}  {copy.canonical_url or ''}  {copy.title or ''}",
    )
    verb = "to be taken out of raw/" if has_raw else "stays in raw/ (--raw takes it out)"
    yield from _list(verb, plan.raw_records, _show_place)


def _list(title: str, entries: Iterable[object], show: Callable[..., str]) -> Iterator[str]:
    found = list(entries)
    if not found:
        return
    yield f"{title}: {len(found):,}"
    yield from (f"  {show(entry)}" for entry in found[:_SHOWN])
    if len(found) > _SHOWN:
        yield f"  and {len(found) - _SHOWN:,} more"


def _show_document(document: "NamedDocument") -> str:
    return f"{document.article_id or '-'}  {document.address or '-'}  {document.title or '-'}"


def _show_place(record: "RawRecord") -> str:
    offset = "" if record.raw_offset is None else f"#{record.raw_offset}"
    return f"{record.raw_path}{offset}"


def _tell(done: "Forgotten", plan: "Erasure") -> Iterator[str]:
    """Yields what was done, a line each."""
    erased = done.erased
    yield (
        f"erased {erased.records:,} documents; removed {erased.report_files:,} pages of reports "
        f"and {erased.damaged_files:,} damaged files"
    )
    if done.addresses is not None:
        yield (
            f"the collector forgot {done.addresses.waiting:,} waiting addresses and "
            f"{done.addresses.logged:,} rows of its log"
        )
    removal = done.removal
    if removal is not None:
        yield (
            f"raw/: {len(removal.deleted):,} files deleted, {len(removal.rewritten):,} written "
            "again"
        )
        for file, reason in removal.left:
            yield f"raw/: {file} still holds some of them: {reason}"
        if removal.rewritten:
            yield "the next `newsmill run` reads what was written again"
    elif plan.raw_records:
        yield "raw/ still holds them; the tombstone keeps them out"
    if not done.is_published:
        yield (
            "the rest of the warehouse waits to be published: nothing of this can be read there "
            "any more, and the next `newsmill run` completes the counts"
        )
