"""`newsmill.open`: what a warehouse has published, for PyArrow, pandas and DuckDB."""

import shutil
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from weakref import finalize

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from newsmill.snapshot import wait_for_snapshot
from schemas.tables import ARTICLES, MONEY, OUTLETS, QUARANTINE, RUNS, Table
from tasks.storage.locations import is_on_disk, parse_location
from tasks.storage.warehouse import Warehouse

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from tasks.inspect.explanation import Explanation

_TABLES = (ARTICLES, MONEY, QUARANTINE, OUTLETS, RUNS)


class Dataset:
    """The rows of a published dataset, as they were when the warehouse was opened.

    Attributes:
        name: as in docs/columns.md.
    """

    def __init__(self, table: Table, folder: Path, connection: "duckdb.DuckDBPyConnection") -> None:
        self.name = table.name
        self._table = table
        self._folder = folder
        self._connection = connection

    def __len__(self) -> int:
        return int(self.arrow.count_rows())

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self):,} rows, {len(self.arrow.schema)} columns>"

    @cached_property
    def arrow(self) -> "ds.Dataset":
        """As a PyArrow dataset; the folder column of its partitions is a text."""
        schema = self._table.schema
        if self._table.partition is None:
            return ds.dataset(self._folder, schema=schema, format="parquet")
        partitions = self._folder.glob("*/*.parquet")
        keys = sorted({path.parent.name.partition("=")[0] for path in partitions})
        # Where there is no partition yet its column is that of months.
        fields = [pa.field(key, pa.string()) for key in keys or [self._table.partition[0]]]
        return ds.dataset(
            self._folder,
            schema=pa.schema([*schema, *fields]),
            format="parquet",
            partitioning=ds.partitioning(pa.schema(fields), flavor="hive"),
        )

    def to_pandas(
        self, columns: Sequence[str] | None = None, where: pc.Expression | None = None
    ) -> "pd.DataFrame":
        """Reads rows into a DataFrame.

        Args:
            columns: their names; None for all.
            where: `pyarrow.compute.field("outlet_id") == "harbour-post"` and the like; whole
                partitions and row groups that cannot fit are not read.
        """
        names = None if columns is None else list(columns)
        frame: pd.DataFrame = self.arrow.to_table(columns=names, filter=where).to_pandas()
        return frame

    def to_duckdb(self) -> "duckdb.DuckDBPyRelation":
        """As a DuckDB relation, which reads what a query asks for."""
        return self._connection.table(self.name)


class Published:
    """What a warehouse had published at one moment; no run changes it. Close it when done.

    Attributes:
        articles: a row an article.
        money: a row an amount, or an exchange rate.
        quarantine: a row a document that is no article.
        outlets: a row an outlet that articles name.
        runs: a row a run.
    """

    def __init__(self, warehouse: Warehouse, folder: Path) -> None:
        import duckdb

        self._warehouse = warehouse
        self._folder = folder
        self._connection = duckdb.connect()
        # Instants are UTC everywhere.
        self._connection.execute("SET TimeZone = 'UTC'")
        datasets = [
            Dataset(table, folder / "published" / table.name, self._connection) for table in _TABLES
        ]
        self.articles, self.money, self.quarantine, self.outlets, self.runs = datasets
        for dataset in datasets:
            self._connection.register(dataset.name, dataset.arrow)
        # Also where nobody closes it, at the latest when the interpreter ends.
        self._end = finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def __enter__(self) -> "Published":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<what {self._warehouse.root} had published: {len(self.articles):,} articles>"

    def sql(self, query: str) -> "duckdb.DuckDBPyRelation":
        """Answers a query over the datasets by their names, in DuckDB's SQL.

        Raises:
            duckdb.Error: the query is wrong.
        """
        return self._connection.sql(query)

    def explain(self, document: str, *, raw: str | Path | None = None) -> "list[Explanation]":
        """Tells how a document became its record: every candidate of its date, outlet and title.

        It reads the warehouse as it is now.

        Args:
            document: an article_id or the beginning of one, a URL, or a path in raw/.
            raw: the raw folder, to tell what was cut of the page; None where it is not at hand.

        Raises:
            LookupError: there is no such document.
        """
        from schemas.settings import Limits
        from tasks.inspect.explanation import explain_document

        location = None if raw is None else parse_location(raw)
        found = explain_document(self._warehouse, document, location, Limits())
        if not found:
            raise LookupError(f"no document {document!r} in {self._warehouse.root}")
        return found

    def close(self) -> None:
        """Gives the snapshot up; what was read from it stays."""
        self._connection.close()
        self._end()


def open_published(warehouse: str | Path, *, wait_s: float = 300.0) -> Published:
    """Opens what a warehouse has published, as it is at this moment.

    A snapshot is taken (docs/reading-while-publishing.md): hard links beside the warehouse, which
    cost no space; copies where links cannot be made, and of a store.

    Args:
        warehouse: a folder, or `s3://bucket/folder`.
        wait_s: how long to wait while a run publishes, in seconds.

    Raises:
        FileNotFoundError: there is no warehouse.
        BeingPublishedError: a run still publishes, or died while it did.
        LocationError: no such store can be used.
        OSError: it cannot be read, or no snapshot be written.
    """
    root = parse_location(warehouse)
    if not (root / "staged").is_dir():
        raise FileNotFoundError(f"there is no warehouse at {root}")
    folder = _make_folder(root)
    try:
        wait_for_snapshot(Warehouse(root), folder / "published", wait_s=wait_s)
        return Published(Warehouse(root), folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make_folder(root: Path) -> Path:
    """Makes a folder on the warehouse's disk, where it can be; files can be linked there."""
    if is_on_disk(root):
        try:
            return Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=root.absolute().parent))
        except OSError:
            pass  # Of others, who let nobody write there.
    return Path(tempfile.mkdtemp(prefix="newsmill-"))
