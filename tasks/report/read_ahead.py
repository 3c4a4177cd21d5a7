"""Reads the examples of a run's report again while its records are judged.

That takes a second, and then nobody else does anything. Which documents they will be is known when
they are staged, but for those that only fail a check.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from threading import Thread

from tasks.inspect.second_reading import (
    DocumentKey,
    PageAccount,
    ReadingOrder,
    SecondReading,
    document_key,
    read_second_time,
)
from tasks.stage.forked_calls import ForkedCalls
from tasks.storage.warehouse import Warehouse

# What an explanation says of a document that was staged, and cannot be read once more: the run
# does not try it in its own process.
_UNREAD = SecondReading(
    None,
    PageAccount(
        note="The document could not be read again within its limits; `newsmill explain` tries it."
    ),
)
# All of them take a second or two, and began before anything was judged.
_PATIENCE_S = 60.0


class ReadAhead:
    """Documents that are being read again, in a thread.

    Args:
        warehouse: where they are staged.
        batches: the batch_ids that the run processed.
        order: how they are read.
        calls: what reads them; it is closed when they are read.
    """

    def __init__(
        self, warehouse: Warehouse, batches: Sequence[str], order: ReadingOrder, calls: ForkedCalls
    ) -> None:
        self._readings: dict[DocumentKey, SecondReading] = {}
        self._calls = calls
        self._thread = Thread(
            target=self._read, args=(warehouse, batches, order, calls), daemon=True
        )
        self._thread.start()

    def readings(self) -> Mapping[DocumentKey, SecondReading]:
        """Waits for what was read, by `document_key`. Some may be missing, or all."""
        self._thread.join(_PATIENCE_S)
        self._calls.close()
        self._thread.join()
        return self._readings

    def _read(
        self, warehouse: Warehouse, batches: Sequence[str], order: ReadingOrder, calls: ForkedCalls
    ) -> None:
        # Who writes the report reads what is missing here, and hears of what went wrong.
        with suppress(Exception), closing(calls):
            # Imported here: DuckDB, which a run need not hold beside its workers.
            from tasks.inspect.explanation import read_staged  # noqa: PLC0415
            from tasks.inspect.warehouse_tables import Tables  # noqa: PLC0415
            from tasks.report.html.gathering import find_examples  # noqa: PLC0415

            # One may have vanished meanwhile.
            staged = [each for each in batches if (warehouse.records / f"{each}.parquet").exists()]
            links = find_examples(Tables(warehouse, staged, ()))
            records = read_staged(warehouse, list(dict.fromkeys(link.key for link in links)))
            for record in records:
                with suppress(OSError):
                    reading = calls.call(read_second_time, record, order)
                    self._readings[document_key(record)] = reading or _UNREAD
