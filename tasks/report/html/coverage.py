"""Gathers how many articles each outlet has on each day, month or year."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from schemas.tables import ARTICLES
from tasks.inspect.warehouse_tables import Tables, connect_to_memory
from tasks.report.html.counted_parts import OUTLETS_SCHEMA, CountedParts, Counts, as_day
from tasks.report.html.periods import Periods, choose_periods
from tasks.report.html.report_data import Coverage, OutletData
from tasks.report.html.series_charts import Cell
from tasks.storage.parquet import read_table
from tasks.storage.warehouse import Warehouse

NO_OUTLET = "no outlet known"
_OUTLETS = 20
# A few old pages among those of today do not make an archive.
_OLDEST = 0.025
_CELLS_SCHEMA = pa.schema(
    [("outlet_id", pa.string()), ("start", pa.date32()), ("articles", pa.int64())]
)


def sum_outlets(warehouse: Warehouse, counted: CountedParts) -> pa.Table:
    """Returns a row for each outlet of the articles, and one for those without any.

    Returns:
        The columns of `OUTLETS_SCHEMA`, and `name`: as outlets/ has it.
    """
    kinds = {"first_date": "min", "last_date": "max"}
    names = [name for name in OUTLETS_SCHEMA.names if name != "outlet_id"]
    summed = (
        counted.sum_up(ARTICLES.name, "outlets", OUTLETS_SCHEMA)
        .group_by("outlet_id")
        .aggregate([(name, kinds.get(name, "sum")) for name in names])
        .rename_columns(OUTLETS_SCHEMA.names)
    )
    known = {}
    if warehouse.outlets.exists():
        table = read_table(warehouse.outlets, ["outlet_id", "outlet_name"])
        known = dict(zip(*(table[name].to_pylist() for name in table.column_names), strict=True))
    ids = summed["outlet_id"].to_pylist()
    shown = pa.array([known.get(outlet_id) or outlet_id for outlet_id in ids], pa.string())
    return summed.append_column("name", shown)


def gather_coverage(
    warehouse: Warehouse,
    counted: CountedParts,
    outlets: pa.Table,
    tables: Tables,
    batches: Sequence[str],
) -> Coverage:
    """Gathers the map of a run: by day, month or year, by the span of what the run read.

    A daily run shows days also of a warehouse that goes back for years.

    Args:
        warehouse: whose.
        counted: what was counted of published files.
        outlets: what `sum_outlets` returns.
        tables: of the files with articles of the run.
        batches: that the run processed; where nothing of them is published, all articles count.
    """
    parts = {path: part for path, part in counted.of(ARTICLES.name).items() if part["rows"]}
    if not parts:
        return Coverage()
    days = [part[name] for part in parts.values() for name in ("first_date", "last_date")]
    # A day far ahead, of an article that nothing dates from outside, would leave the map empty.
    arrived = [part["last_arrived"] for part in parts.values() if part["last_arrived"] is not None]
    earliest, last = as_day(min(days)), as_day(max(arrived, default=max(days)))
    first = _first_day(tables, last, batches) or _first_day(Tables(warehouse, ()), last) or earliest
    periods = choose_periods(first, last, earliest)
    rows, cells = _rank(outlets, _count_cells(warehouse, parts, periods))
    outlet_count = outlets.num_rows - outlets["outlet_id"].null_count
    return Coverage(periods=periods, outlets=rows, cells=cells, outlet_count=outlet_count)


def _first_day(tables: Tables, last: date, batches: Sequence[str] | None = None) -> date | None:
    """Returns the day before which next to no article was published; None without articles.

    Args:
        tables: of the articles.
        last: later ones do not count.
        batches: of which articles count; None for all.
    """
    ((day,),) = tables.rows(
        "SELECT quantile_disc(published_date, $oldest) FROM articles"
        " WHERE published_date <= $last AND ($all OR list_contains($batches, batch_id))",
        oldest=_OLDEST,
        last=last,
        all=batches is None,
        batches=list(batches or ()),
    )
    found: date | None = day
    return found


def _count_cells(warehouse: Warehouse, parts: Mapping[Path, Counts], periods: Periods) -> pa.Table:
    """Counts articles by outlet and period, of the periods that are shown.

    Where a file is all of one period, what is remembered of it tells. Others are read: those of the
    months of which days are shown.
    """
    tables = [_CELLS_SCHEMA.empty_table()]
    divided = []
    for path, part in parts.items():
        first, last = as_day(part["first_date"]), as_day(part["last_date"])
        if last < periods.first_day or first > periods.last_day:
            continue
        start = periods.start_of(first)
        if start == periods.start_of(last):
            ids, articles = part["outlets"]["outlet_id"], part["outlets"]["articles"]
            columns = [ids, [start] * len(ids), articles]
            tables.append(pa.table(columns, schema=_CELLS_SCHEMA))
        else:
            divided.append(path)
    if not divided:
        return pa.concat_tables(tables)
    read = Tables(warehouse, (), divided).table(
        f"SELECT outlet_id, date_trunc('{periods.unit}', published_date)::DATE AS start,"  # noqa: S608 - ours
        " count(*) AS articles FROM articles"
        " WHERE published_date BETWEEN $first AND $last GROUP BY ALL",
        first=periods.first_day,
        last=periods.last_day,
    )
    return pa.concat_tables([*tables, read.cast(_CELLS_SCHEMA)])


def _rank(outlets: pa.Table, cells: pa.Table) -> tuple[tuple[OutletData, ...], tuple[Cell, ...]]:
    """Returns the rows of the heat map and its cells: the largest outlets, others, none."""
    connection = connect_to_memory()
    connection.register("outlets", outlets)
    connection.register("cells", cells)
    ranked = (  # each outlet, with the row of the map that it belongs to
        "WITH sizes AS (SELECT outlet_id, sum(articles) AS recent FROM cells GROUP BY 1),"
        " ranks AS (SELECT outlets.*, coalesce(recent, 0) AS recent, row_number() OVER"
        " (PARTITION BY outlets.outlet_id IS NULL"
        " ORDER BY coalesce(recent, 0) DESC, articles DESC, outlets.outlet_id) AS rank,"
        " count(outlets.outlet_id) OVER () AS known"
        " FROM outlets LEFT JOIN sizes ON outlets.outlet_id IS NOT DISTINCT FROM sizes.outlet_id),"
        " rows AS (SELECT *, CASE WHEN outlet_id IS NULL THEN $kept + 2"
        " ELSE least(rank, $kept + 1) END AS row FROM ranks) "
    )
    totals = connection.execute(
        f"{ranked} SELECT row, CASE WHEN row = $kept + 2 THEN $none"  # noqa: S608 - ours
        " WHEN row = $kept + 1 THEN format('{:,} others', any_value(known) - $kept)"
        " ELSE any_value(name) END AS name,"
        " CASE WHEN row <= $kept THEN any_value(outlet_id) END,"
        " sum(articles), sum(recent), sum(day_only), sum(copies), min(first_date), max(last_date)"
        " FROM rows GROUP BY row ORDER BY row",
        {"kept": _OUTLETS, "none": NO_OUTLET},
    ).fetchall()
    rows: dict[int, OutletData] = {}
    for row, name, outlet_id, articles, recent, day_only, copies, begun, ended in totals:
        # Two outlets may print one name: their ids tell them apart.
        taken = any(outlet.name == name for outlet in rows.values())
        rows[row] = OutletData(
            name=f"{name} ({outlet_id})" if taken else name,
            outlet_id=outlet_id,
            articles=int(articles),
            recent=int(recent),
            day_only=int(day_only),
            copies=int(copies),
            first_date=begun,
            last_date=ended,
        )
    counted = connection.execute(
        f"{ranked} SELECT row, start, sum(cells.articles)"  # noqa: S608 - ours
        " FROM cells JOIN rows ON cells.outlet_id IS NOT DISTINCT FROM rows.outlet_id"
        " GROUP BY row, start ORDER BY row, start",
        {"kept": _OUTLETS},
    ).fetchall()
    shown = (Cell(rows[row].name, start, int(articles)) for row, start, articles in counted)
    return tuple(rows.values()), tuple(shown)
