"""What lies in staged/ as a run saw it: each file is asked of its state once, for all steps."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from tasks.storage.caches import FileMemo, staged_footers, verdict_footers
from tasks.storage.warehouse import Warehouse


class StagedView:
    """The states and footers of records and verdicts, each asked when somebody first wants it.

    It is for who holds the warehouse, from one step that writes to the next: who stages, erases or
    removes batches takes another view afterwards, and who judges some says so (`see_judged`).
    """

    def __init__(self, warehouse: Warehouse) -> None:
        """Looks at nothing yet."""
        self._warehouse = warehouse

    @cached_property
    def records(self) -> dict[str, str]:
        """The digests of the states of staged records, by batch_id, sorted."""
        return self._record_footers.digests(self._warehouse.records)

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """The digests of verdicts, by batch_id."""
        return self._verdict_footers.digests(self._warehouse.verdicts)

    def rows(self, batch_id: str) -> int:
        """Returns how many records a staged batch has."""
        return int(self._record_footers.found(self.records[batch_id])["rows"])

    def footer(self, batch_id: str) -> dict[str, Any]:
        """Returns the metadata of a staged batch; not to be changed."""
        footer: dict[str, Any] = self._record_footers.found(self.records[batch_id])["footer"]
        return footer

    def verdict(self, batch_id: str) -> dict[str, Any] | None:
        """Returns the metadata of the verdict of a batch; None where it has none."""
        digest = self.verdicts.get(batch_id)
        return None if digest is None else self._verdict_footers.found(digest)["footer"]

    def found_in_verdicts(self) -> Iterator[dict[str, Any]]:
        """Yields of each verdict how many records it rejects (`rows`), and who `failed` what."""
        for digest in self.verdicts.values():
            yield self._verdict_footers.found(digest)

    def see_judged(self, batch_ids: Iterable[str]) -> None:
        """Looks again at the verdicts of some batches, which were written since.

        Raises:
            FileNotFoundError: one of them has no verdict.
        """
        self._verdict_footers.list_again()
        for batch_id in batch_ids:
            path = self._warehouse.verdicts / f"{batch_id}.parquet"
            self.verdicts[batch_id] = self._verdict_footers.digest(path)

    def keep(self) -> None:
        """Remembers what was looked at, and drops the rest: call it once all of both was.

        Only the holder of the warehouse may.
        """
        self._record_footers.keep()
        self._verdict_footers.keep()

    @cached_property
    def _record_footers(self) -> FileMemo:
        return staged_footers(self._warehouse)

    @cached_property
    def _verdict_footers(self) -> FileMemo:
        return verdict_footers(self._warehouse)
