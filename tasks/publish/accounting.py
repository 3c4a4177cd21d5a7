"""The accounting identity: documents = articles + revisions + quarantined."""

from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.tables import ARTICLES, QUARANTINE
from tasks.storage import Warehouse


class AccountingError(Exception):
    """A document was lost or counted twice: a fault of newsmill, never of the data."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Counts over the whole warehouse, taken from the files themselves."""

    documents: int
    articles: int
    revisions: int
    quarantined: int

    @property
    def balanced(self) -> bool:
        """Whether every document has exactly one fate."""
        return self.documents == self.articles + self.revisions + self.quarantined


def read_accounts(warehouse: Warehouse) -> Accounts:
    """Counts staged and published rows."""
    articles = list(warehouse.partitions(ARTICLES.name).values())
    return Accounts(
        documents=sum(map(_rows, warehouse.records.glob("*.parquet"))),
        articles=sum(map(_rows, articles)),
        revisions=sum(map(_revisions, articles)),
        quarantined=sum(map(_rows, warehouse.partitions(QUARANTINE.name).values())),
    )


def published_accounts(warehouse: Warehouse) -> Accounts:
    """Counts published rows only: what staged/ holds beyond them waits for the audit."""
    found = read_accounts(warehouse)
    documents = found.articles + found.revisions + found.quarantined
    return replace(found, documents=documents)


def check_accounts(warehouse: Warehouse) -> Accounts:
    """Returns the accounts of a published warehouse.

    Raises:
        AccountingError: they do not balance.
    """
    accounts = read_accounts(warehouse)
    if not accounts.balanced:
        raise AccountingError(
            f"{accounts.documents} documents are not {accounts.articles} articles "
            f"+ {accounts.revisions} revisions + {accounts.quarantined} quarantined"
        )
    return accounts


def _rows(path: Path) -> int:
    count: int = pq.read_metadata(path).num_rows
    return count


def _revisions(path: Path) -> int:
    column = pq.read_table(path, columns=["revision_count"], partitioning=None)["revision_count"]
    return int(pc.sum(column).as_py() or 0)
