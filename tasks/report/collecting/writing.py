"""Writes the page about collecting, beside the collector's state and beside runs' reports."""

from pathlib import Path

from tasks.report.collecting.gathering import CollectingData
from tasks.report.collecting.page import show_collecting
from tasks.report.html.charts import Drawings
from tasks.storage.locations import is_on_disk, parse_location
from tasks.storage.warehouse import Warehouse, replaced


def write_collecting(data: CollectingData, state: Path, warehouse: str) -> Path:
    """Writes the page, whole or not at all, and returns where it lies.

    It lies in the folder of the state, and also among the reports of a warehouse that is on a disk
    of this machine: a store is not written by two programs at once, and its runs hold a lease.

    Args:
        data: what it says.
        state: the folder of the collector's state.
        warehouse: where runs write, as it is configured; empty where there is none.
    """
    page = show_collecting(data, Drawings())
    among_reports = Warehouse(parse_location(warehouse or ".")).collecting_page
    own = state / among_reports.name
    _write(own, page)
    if warehouse and is_on_disk(among_reports) and among_reports.parent.is_dir():
        _write(among_reports, page)
    return own


def _write(path: Path, page: str) -> None:
    with replaced(path) as temporary:
        temporary.write_text(page, encoding="utf-8")
