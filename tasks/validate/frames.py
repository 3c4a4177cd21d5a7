"""The rows of staged batches as the frames that the suites are evaluated on."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.suites import UNCHECKED
from schemas.tables import STAGED
from tasks.validate.suites import ROW_KEY

_CHECKED = [name for name in STAGED.names if name not in UNCHECKED]
# All that validate reads of a staged record: what extraction found may be ten times as much.
JUDGED = (*_CHECKED, "money")
_DAY = pa.timestamp("us")


def records_frame(staged: pa.Table, known_outlets: frozenset[str] | None = None) -> pd.DataFrame:
    """Returns a row for each accepted record: `row_key` is its number in `staged`.

    Of the text only the first character is kept, which is enough to tell that there is one. Days
    become timestamps. Two columns are added: `fetched_date_limit`, the last day that a page fetched
    then can bear, and `outlet_id_origin`: `registry`, `derived`, or `nowhere`.

    Args:
        staged: staged records.
        known_outlets: the outlet_ids of the registry; None where it is switched off.
    """
    table = staged.select(_CHECKED).append_column(ROW_KEY, pa.array(range(staged.num_rows)))
    table = table.filter(pc.equal(table["fate"], "accepted"))
    first_character = pc.utf8_slice_codeunits(table["text"], 0, 1)
    table = table.set_column(table.schema.get_field_index("text"), "text", first_character)
    for name in ("published_date", "landing_date"):
        index = table.schema.get_field_index(name)
        table = table.set_column(index, name, table[name].cast(_DAY))
    frame: pd.DataFrame = table.to_pandas()
    fetched = pd.to_datetime(frame["fetched_at"], utc=True).dt.tz_localize(None)
    frame["fetched_date_limit"] = fetched.dt.normalize() + pd.Timedelta(days=1)
    frame["outlet_id_origin"] = [_origin(outlet, known_outlets) for outlet in frame["outlet_id"]]
    return frame


def _origin(outlet_id: str | None, known: frozenset[str] | None) -> str | None:
    if not isinstance(outlet_id, str):
        return None
    if outlet_id.startswith("~"):
        return "derived"
    return "registry" if known is None or outlet_id in known else "nowhere"


def money_frame(staged: pa.Table) -> pd.DataFrame:
    """Returns a row for each amount in the accepted records; `row_key` is its record's number."""
    accepted = pc.equal(staged["fate"], "accepted")
    table = pa.table({ROW_KEY: pa.array(range(staged.num_rows)), "money": staged["money"]})
    table = table.filter(accepted)
    money = table["money"].combine_chunks()
    keys = pc.take(table[ROW_KEY], pc.list_parent_indices(money))
    rows = pc.list_flatten(money)
    columns = {name: pc.struct_field(rows, name) for name in _names(rows.type)}
    frame: pd.DataFrame = pa.table({ROW_KEY: keys, **columns}).to_pandas()
    return frame


def _names(rows: pa.StructType) -> Sequence[str]:
    return [rows.field(index).name for index in range(rows.num_fields)]
