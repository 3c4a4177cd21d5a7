"""`newsmill.read` and `newsmill.read_many`: pages read from Python, without a run."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsmill.article import Article, article_of
from schemas.settings import Limits, Settings
from tasks.extract.page.language_model import language_identifier
from tasks.normalize.reference import ReferenceSource
from tasks.read.contents import make_document
from tasks.read.document import Document, Refusal
from tasks.read.origins import Evidence, FileOrigin
from tasks.stage.documents import process_document
from tasks.stage.work_orders import WorkOrder

# Most of what is loaded once: importing pays for it, and not the first page.
language_identifier()

_PAGES_A_WORKER = 5_000
_NOWHERE = FileOrigin(raw_path="", folder_day=None)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what is known of it beside itself.

    Attributes:
        html: the page, or a text dump: bytes in any charset, or text.
        url: the address it was fetched from.
        fetched_at: the instant of the fetch, with a time zone.
    """

    html: str | bytes
    url: str | None = None
    fetched_at: datetime | None = None


def read(
    html: str | bytes,
    *,
    url: str | None = None,
    fetched_at: datetime | None = None,
    registry: str | Path | None = None,
    rates: Sequence[str | Path] = (),
) -> Article:
    """Reads one page as a run would, in this process.

    The first page costs 0.3 s of CPU, for what is loaded once, every other some 20 ms.

    Args:
        html: the page, or a text dump: bytes in any charset, or text.
        url: the address it was fetched from; many outlets and some dates are known by it alone.
        fetched_at: the instant of the fetch, with a time zone; it bounds the date, and "yesterday"
            is counted from it.
        registry: a CSV of own outlets (docs/registry.md).
        rates: files of own exchange rates.

    Returns:
        The article. A page that is none has `reasons`; nothing that a page holds raises.

    Raises:
        ValueError: `fetched_at` has no time zone.
        RegistryError: the registry has faults.
        RatesFileError: a file of rates cannot be read as rates.
        OSError: a file cannot be read.
    """
    document = _document_of(Page(html, url, fetched_at))
    return article_of(process_document(document, _order(_reference(registry, rates))))


def read_many(
    pages: Iterable[Page | str | bytes],
    *,
    workers: int | None = None,
    registry: str | Path | None = None,
    rates: Sequence[str | Path] = (),
) -> Iterator[Article]:
    """Reads pages in worker processes, each page within limits of time, as a run would.

    A page that kills its worker or never ends is tried twice, and then has a reason of its own
    (`worker_died`, `page_deadline_exceeded`).

    Args:
        pages: any number; a few at a time are held.
        workers: processes; None for one a core.
        registry: a CSV of own outlets.
        rates: files of own exchange rates.

    Yields:
        An article for each page, in order.

    Raises:
        ValueError: a `fetched_at` has no time zone.
        RegistryError: the registry has faults.
        RatesFileError: a file of rates cannot be read as rates.
        OSError: a file cannot be read.
    """
    from tasks.normalize.reference import load_reference
    from tasks.stage.pool import PagePool

    reference = _reference(registry, rates)
    # Its faults are told here, and not by a worker that cannot start.
    load_reference(reference)
    # How many pages come nobody knows: workers stay, and load what few need where they meet it.
    settings = Settings(workers=workers or os.cpu_count() or 1, pages_per_worker=_PAGES_A_WORKER)
    documents = (_document_of(page if isinstance(page, Page) else Page(page)) for page in pages)
    with PagePool(settings, reference) as pool:
        yield from map(article_of, pool.process(documents, _order(reference)))


def _document_of(page: Page) -> Document | Refusal:
    fetched_at = page.fetched_at
    if fetched_at is not None:
        if fetched_at.tzinfo is None:
            raise ValueError(f"fetched_at has no time zone: {fetched_at.isoformat()}")
        fetched_at = fetched_at.astimezone(UTC)
    is_text = isinstance(page.html, str)
    return make_document(
        page.html.encode("utf-8", "replace") if isinstance(page.html, str) else page.html,
        None,
        file_origin=_NOWHERE,
        evidence=Evidence(url=page.url, fetched_at=fetched_at),
        charset="utf-8" if is_text else None,
    )


def _reference(registry: str | Path | None, rates: Sequence[str | Path]) -> ReferenceSource:
    overlay = None if registry is None else Path(registry)
    return ReferenceSource(overlay=overlay, rates=tuple(map(Path, rates))).absolute()


def _order(reference: ReferenceSource) -> WorkOrder:
    return WorkOrder(batch_id="", pipeline_version="", limits=Limits(), reference=reference)
