"""Sidecars: what a collector wrote beside a loose file, as `NAME.html.meta.json`.

A sidecar that is broken, wholly or in one field, does not cost the page: the page is read without
what could not be read, and `faults` of its origin says so.
"""

import json
from pathlib import Path

from schemas.settings import MEBIBYTE
from tasks.printed.cleaning import clean
from tasks.read.origins import Evidence
from tasks.read.times import parse_instant
from tasks.storage.locations import read_start

MAX_SIDECAR_BYTES = MEBIBYTE


def read_sidecar(path: Path) -> Evidence:
    """Read a sidecar.

    Raises:
        OSError: it cannot be read, though it was listed.
    """
    return parse_sidecar(read_start(path, MAX_SIDECAR_BYTES + 1))


def parse_sidecar(printed: bytes) -> Evidence:
    """Parse a sidecar, or as much of it as is more than MAX_SIDECAR_BYTES."""
    if len(printed) > MAX_SIDECAR_BYTES:
        return Evidence(faults=(f"sidecar of more than {MAX_SIDECAR_BYTES} bytes",))
    try:
        fields = json.loads(printed)
    except (ValueError, RecursionError) as error:
        return Evidence(faults=(f"sidecar is not JSON: {error}",))
    if not isinstance(fields, dict):
        return Evidence(faults=("sidecar is not a JSON object",))
    return read_fields(fields)


def read_fields(fields: dict[str, object]) -> Evidence:
    """Read `url`, `fetched_at` and `headers`, as in sidecars, JSON lines and table rows."""
    faults = []
    url = fields.get("url")
    if not isinstance(url, str) or not url.strip():
        if url not in (None, ""):
            faults.append(f"url is not a text: {url!r:.80}")
        url = None
    fetched_at = parse_instant(fields.get("fetched_at"))
    if fetched_at is None and fields.get("fetched_at") not in (None, ""):
        faults.append(f"fetched_at is not an instant: {fields['fetched_at']!r:.80}")
    headers = _read_headers(fields.get("headers"))
    if headers is None:
        faults.append("headers are not names with texts")
    # JSON can spell what is no character, and what reads an address or a header fails on.
    url = clean(url.strip()) or None if url else None
    return Evidence(url, fetched_at, headers or (), tuple(faults))


def _read_headers(value: object) -> tuple[tuple[str, str], ...] | None:
    """Take a mapping of names to values (or lists of them), or a list of pairs."""
    if value is None:
        return ()
    pairs = list(value.items()) if isinstance(value, dict) else value
    if not isinstance(pairs, list):
        return None
    headers: list[tuple[str, str]] = []
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:  # noqa: PLR2004 - a name, a value
            return None
        name, values = pair
        for text in values if isinstance(values, list) else [values]:
            if not isinstance(name, str) or not isinstance(text, str | int):
                return None
            headers.append((clean(name.lower()), clean(str(text))))
    return tuple(headers)
