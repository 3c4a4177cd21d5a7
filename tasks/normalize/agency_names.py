"""Recognises a news agency by the mark it signs with."""

import re

from schemas.languages.compiled_tables import meanings

# Marks up to this length are also words ("apa", "trend", "report"): they count only as printed.
_MAX_CASE_SENSITIVE = 6


def _fold(mark: str) -> str:
    return " ".join(mark.split()).casefold()


_BY_MARK: dict[str, str] = meanings("wires", "agencies")
_BY_FOLDED: dict[str, str] = {
    _fold(mark): outlet_id
    for mark, outlet_id in _BY_MARK.items()
    if len(mark) > _MAX_CASE_SENSITIVE
}

_HOST_SUFFIX = re.compile(r"\.(?:com|ru|az|ua|by|kz|tr)$", re.IGNORECASE)
KNOWN_AGENCY = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(mark) for mark in sorted(_BY_MARK, key=len, reverse=True))
    + r")(?:\.(?:com|ru|az|ua|by|kz|tr))?(?!\w)",
    re.IGNORECASE,
)
"""Finds candidates in any case; `agency_of` decides."""


def agency_of(mark: str) -> str | None:
    """Returns the outlet id of the agency that signs so, None where it is none we know."""
    mark = " ".join(mark.split()).strip(" .,/()[]")
    bare = _HOST_SUFFIX.sub("", mark)
    return _BY_MARK.get(mark) or _BY_MARK.get(bare) or _BY_FOLDED.get(bare.casefold())


def is_agency_mark(mark: str) -> bool:
    """Whether a news agency signs with this mark."""
    return agency_of(mark) is not None
