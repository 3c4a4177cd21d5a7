"""Documents that a run accepted with a warning."""

from schemas.code_meanings import describe_code
from schemas.columns import MIN_TEXT_SHARE, PARTIAL_TEXT
from tasks.inspect.warehouse_tables import Tables
from tasks.report.html.report_data import DocumentLink, ReasonData

_EXAMPLES = 5


def gather_warnings(tables: Tables) -> tuple[ReasonData, ...]:
    """Returns what documents of a run are warned of, with those furthest off.

    Args:
        tables: of the warehouse, with the batches that the run processed.
    """
    if not tables.rows("SELECT 1 FROM (DESCRIBE staged) WHERE column_name = 'text_share'"):
        return ()  # staged by an older version
    condition = "fate = 'accepted' AND text_share < $least"
    ((count,),) = tables.rows(
        f"SELECT count(*) FROM staged WHERE {condition}",  # noqa: S608 - ours
        least=MIN_TEXT_SHARE,
    )
    found = tables.rows(
        "SELECT batch_id, raw_path, raw_offset, text_share FROM staged"  # noqa: S608 - ours
        f" WHERE {condition} ORDER BY text_share, raw_path, raw_offset LIMIT $examples",
        least=MIN_TEXT_SHARE,
        examples=_EXAMPLES,
    )
    examples = tuple(
        DocumentLink(
            batch_id=batch_id,
            raw_path=raw_path,
            raw_offset=raw_offset,
            words=f"{share:.0%} of the running text that the page shows",
        )
        for batch_id, raw_path, raw_offset, share in found
    )
    meaning = describe_code(PARTIAL_TEXT)
    warning = ReasonData(
        code=PARTIAL_TEXT, meaning=meaning, documents=count, firsts=count, examples=examples
    )
    return (warning,) if count else ()
