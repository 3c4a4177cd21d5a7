"""The accounting identity: documents = articles + revisions + quarantined.

While the audit holds a run back, documents wait as well: they are staged and not published.
"""

from dataclasses import dataclass

from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.publish.parts import PublishedParts
from tasks.storage.records import count_records
from tasks.storage.schema_versions import remember_versions
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse


class AccountingError(Exception):
    """A document was lost or counted twice: a fault of newsmill, never of the data."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Counts over the whole warehouse, taken from the files themselves.

    Attributes:
        documents: that are staged. articles, revisions, quarantined: as they are published.
    """

    documents: int
    articles: int
    revisions: int
    quarantined: int

    @property
    def published(self) -> int:
        """Documents of which analysts see what became."""
        return self.articles + self.revisions + self.quarantined

    @property
    def waiting(self) -> int:
        """Documents that are staged beyond these: for a decision, or for the next run."""
        return max(self.documents - self.published, 0)

    @property
    def balanced(self) -> bool:
        """Whether every document has exactly one fate."""
        return self.documents == self.published


def read_accounts(
    warehouse: Warehouse,
    parts: PublishedParts | None = None,
    seen: StagedView | None = None,
) -> Accounts:
    """Counts staged and published rows.

    Args:
        warehouse: whose rows.
        parts: its published files, where they were opened before.
        seen: what was seen of staged/ before; None to look now.
    """
    parts = parts or PublishedParts(warehouse)
    articles = parts.of(ARTICLES.name)
    return Accounts(
        documents=count_records(warehouse, seen),
        articles=sum(part["rows"] for part in articles),
        revisions=sum(part["revisions"] for part in articles),
        quarantined=sum(part["rows"] for part in parts.of(QUARANTINE.name)),
    )


def check_accounts(warehouse: Warehouse, seen: StagedView | None = None) -> Accounts:
    """Returns the accounts of a published warehouse.

    Args:
        warehouse: whose.
        seen: as for `read_accounts`.

    Raises:
        AccountingError: they do not balance.
    """
    parts = PublishedParts(warehouse)
    accounts = read_accounts(warehouse, parts, seen)
    # Remembered now, because others read them later without holding the warehouse.
    parts.of(MONEY.name)
    parts.keep()
    remember_versions(warehouse)
    if not accounts.balanced:
        raise AccountingError(
            f"{accounts.documents} documents are not {accounts.articles} articles "
            f"+ {accounts.revisions} revisions + {accounts.quarantined} quarantined"
        )
    return accounts
