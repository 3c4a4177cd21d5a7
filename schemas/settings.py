"""Settings of a run, with their defaults; the command line fills them in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from schemas.row_fields import NO_OWN_FIELDS, OwnFields

MEBIBYTE = 1024 * 1024
# An outlet registry of one's own that is used where it lies in the working directory.
DEFAULT_REGISTRY = Path("registry.csv")
# What is collected, in the working directory.
DEFAULT_SOURCES = Path("sources.toml")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost before it is quarantined."""

    # CPU time: a host that is loaded or paused takes none of it away.
    page_deadline_s: float = 20.0
    # Wall time, for a page whose worker waits for something that never comes.
    page_wall_s: float = 600.0
    # The largest real article page in the benchmark is 5 MB; live blogs reach 12 MB.
    max_document_bytes: int = 32 * MEBIBYTE
    # gzip of real pages stays under 30:1; a bomb begins at several hundred.
    max_compression_ratio: int = 200
    max_nesting: int = 1_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run works.

    `partition_by`, `part_rows`, `limits`, `fields` alone can change a published byte.
    """

    workers: int = 2
    partition_by: Literal["month", "date"] = "month"
    # A partition of more rows is several files, which bounds what a task holds. This is about a
    # gigabyte of news articles, a size of files that readers of datasets like.
    part_rows: int = 500_000
    limits: Limits = Limits()
    # Own names of fields in JSON lines, CSV and Parquet.
    fields: OwnFields = NO_OWN_FIELDS
    # Worker processes are replaced after this many pages. Pages fill their caches, and unshare what
    # was loaded before they were forked: 80 MB in 400 pages. Another is a fork of the template.
    pages_per_worker: int = 100
    # Whether they will be; what few pages need is then loaded once for all of them.
    are_workers_replaced: bool = False
    # The address of a Dask scheduler whose workers do the work; None does it here.
    dask: str | None = None
