"""The day of a WARC's first record: evidence of when a file outside a date folder landed."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from zlib_ng import zlib_ng

from tasks.storage.locations import read_start

# Enough for the first record's header, and little, because every listing reads it of every WARC.
HEAD_BYTES = 8 * 1024
_WARC_DATE = re.compile(rb"^WARC-Date:[ \t]*(\d{4}-\d\d-\d\dT[\d:.]+Z)", re.I | re.M)


def read_first_warc_date(path: Path) -> date | None:
    """Read the UTC day of the first record's WARC-Date; None where the head does not give one.

    Raises:
        OSError: the file cannot be read.
    """
    head = read_start(path, HEAD_BYTES)
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib_ng.decompressobj(wbits=31).decompress(head, HEAD_BYTES)
        except zlib_ng.error:
            return None
    found = _WARC_DATE.search(head)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(found[1].decode("ascii")).astimezone(UTC).date()
    except ValueError:
        return None
