"""The staged rows that are judged, with what checks and profiles ask of their texts.

The texts themselves are read and let go some rows at a time: those of 10,000 news pages take more
memory than all else that is judged.
"""

from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import STAGED
from tasks.storage.records import iterate_tables
from tasks.storage.warehouse import Warehouse
from tasks.validate.frames import JUDGED
from tasks.validate.profiles import PROFILED

# UTF-8 read as Latin-1 or Windows-1252 (the lead bytes of Latin, Greek, Cyrillic, Hebrew and Arabic
# letters, each before a continuation byte), or bytes that no charset gave a letter.
_GARBLED = "\ufffd|[ÂÃÎÏÐÑ×ØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# A text may quote such a word; a page read in a wrong charset has one in every line.
_GARBLED_MIN = 3


def read_judged(warehouse: Warehouse, batch_id: str) -> pa.Table:
    """Reads the rows of a batch, in the order of its documents, as `replace_texts` returns them.

    Raises:
        SchemaVersionError: the batch was staged with other columns and only raw/ can tell more.
    """
    columns = list(dict.fromkeys((*JUDGED, *PROFILED)))
    # A batch may be without rows.
    none = STAGED.schema.empty_table().select(columns)
    parts = chain([none], iterate_tables(warehouse, batch_id, columns))
    return pa.concat_tables(replace_texts(part) for part in parts)


def replace_texts(staged: pa.Table) -> pa.Table:
    """Returns rows with only the first character of each text, which tells that there is one.

    Columns are added: `text_hash`, equal for equal texts; `is_garbled`, whether its letters were
    read in a wrong charset; `spans_differ`, for each entry of `money` whether the text has not
    `surface` at its offsets, null where it has no offsets.
    """
    text = staged["text"]
    garbled = pc.greater_equal(pc.count_substring_regex(text, _GARBLED), _GARBLED_MIN)
    first_character = pc.utf8_slice_codeunits(text, 0, 1)
    hashes = pd.util.hash_array(text.to_numpy(zero_copy_only=False))
    return (
        staged.set_column(staged.schema.get_field_index("text"), "text", first_character)
        .append_column("text_hash", pa.array(hashes))
        .append_column("is_garbled", pc.fill_null(garbled, False))
        .append_column("spans_differ", _spans_differ(staged))
    )


def _spans_differ(staged: pa.Table) -> pa.ListArray:
    money = staged["money"].combine_chunks()
    entries = pc.list_flatten(money)
    texts = staged["text"].to_pylist()
    spans = zip(
        pc.list_parent_indices(money).to_pylist(),
        *(pc.struct_field(entries, name).to_pylist() for name in ("start", "end", "surface")),
        strict=True,
    )
    differ = [
        None if start is None else (texts[row] or "")[start:end] != surface
        for row, start, end, surface in spans
    ]
    lengths = pc.fill_null(pc.list_value_length(money), 0).to_numpy()
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(differ, pa.bool_()))
