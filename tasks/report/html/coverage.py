"""Gathers how many articles each outlet has on each day, month or year."""

from collections.abc import Sequence

from tasks.inspect.warehouse_tables import Tables
from tasks.report.html.periods import Periods, choose_periods
from tasks.report.html.report_data import Coverage, OutletData
from tasks.report.html.series_charts import Cell

NO_OUTLET = "no outlet known"
_OUTLETS = 20
# A few old pages among those of today do not make an archive.
_OLDEST = 0.025


def gather_coverage(tables: Tables, batches: Sequence[str]) -> Coverage:
    """Gathers the map of a run: by day, month or year, by the span of what the run read.

    A daily run shows days also of a warehouse that goes back for years.

    Args:
        tables: of the warehouse.
        batches: that the run processed; where nothing of them is published, all articles count.
    """
    # A day far ahead, of an article that nothing dates from outside, would leave the map empty.
    ((last, earliest),) = tables.rows(
        "SELECT coalesce(max(published_date) FILTER (coalesce(landing_date, fetched_at::DATE)"
        " IS NOT NULL), max(published_date)), min(published_date) FROM articles"
    )
    if last is None:
        return Coverage()
    ((first,),) = tables.rows(
        "SELECT coalesce(quantile_disc(published_date, $oldest)"
        " FILTER (list_contains($batches, batch_id)), quantile_disc(published_date, $oldest))"
        " FROM articles WHERE published_date <= $last",
        oldest=_OLDEST,
        batches=list(batches),
        last=last,
    )
    periods = choose_periods(first, last, earliest)
    cells, outlets = _outlets(tables, periods)
    ((outlet_count,),) = tables.rows("SELECT count(DISTINCT outlet_id) FROM articles")
    return Coverage(periods=periods, outlets=outlets, cells=cells, outlet_count=outlet_count)


def _outlets(tables: Tables, periods: Periods) -> tuple[tuple[Cell, ...], tuple[OutletData, ...]]:
    """Returns the cells of the heat map and its rows: the largest outlets, others, none."""
    ranked = (  # a row for each outlet of the map, and its articles with the row they belong to
        "WITH sizes AS (SELECT outlet_id, any_value(outlet_name) AS name, count(*) FILTER"
        " (published_date BETWEEN $first AND $last) AS recent, count(*) AS articles"
        " FROM articles WHERE outlet_id IS NOT NULL GROUP BY 1),"
        " ranks AS (SELECT *, row_number() OVER (ORDER BY recent DESC, articles DESC, outlet_id)"
        " AS rank, count(*) OVER () AS outlets FROM sizes),"
        " rows AS (SELECT outlet_id, CASE WHEN rank <= $kept THEN rank ELSE $kept + 1 END AS row,"
        " CASE WHEN rank <= $kept THEN coalesce(name, outlet_id)"
        " ELSE format('{:,} others', outlets - $kept) END AS name FROM ranks),"
        " named AS (SELECT coalesce(row, $kept + 2) AS row, coalesce(name, $none) AS name,"
        " articles.* EXCLUDE (title, text) FROM articles LEFT JOIN rows USING (outlet_id)) "
    )
    parameters = {
        "first": periods.first_day,
        "last": periods.last_day,
        "kept": _OUTLETS,
        "none": NO_OUTLET,
    }
    totals = tables.rows(
        f"{ranked} SELECT row, any_value(name),"  # noqa: S608 - ours
        " CASE WHEN row <= $kept THEN any_value(outlet_id) END, count(*),"
        " count(*) FILTER (published_date BETWEEN $first AND $last),"
        " count(*) FILTER (published_precision = 'day'), count(duplicate_of),"
        " min(published_date), max(published_date) FROM named GROUP BY row ORDER BY row",
        **parameters,
    )
    outlets: list[OutletData] = []
    for _, name, outlet_id, articles, recent, day_only, copies, begun, ended in totals:
        # Two outlets may print one name: their ids tell them apart.
        taken = any(outlet.name == name for outlet in outlets)
        outlets.append(
            OutletData(
                name=f"{name} ({outlet_id})" if taken else name,
                outlet_id=outlet_id,
                articles=articles,
                recent=recent,
                day_only=day_only,
                copies=copies,
                first_date=begun,
                last_date=ended,
            )
        )
    names = {row[0]: outlet.name for row, outlet in zip(totals, outlets, strict=True)}
    counted = tables.rows(
        f"{ranked} SELECT row, date_trunc('{periods.unit}', published_date)::DATE, count(*)"  # noqa: S608 - ours
        " FROM named"
        " WHERE published_date BETWEEN $first AND $last GROUP BY ALL ORDER BY 1, 2",
        **parameters,
    )
    cells = tuple(Cell(names[row], start, articles) for row, start, articles in counted)
    return cells, tuple(outlets)
