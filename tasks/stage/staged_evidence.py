"""Evidence read back from staged/, also where an older newsmill wrote it.

Up to version 2 of staged/ a clue kept its numbers in `place`, among words for people. These forms
are history: no later wording of a place reaches this module.
"""

import json
import re
from typing import Any

from pydantic import ValidationError

from tasks.extract.evidence import EXTRACTION_JSON, Extraction, OutletSource, Stand

# The last version whose clues have `source` and `place` alone.
_LAST_WITHOUT_FIELDS = 2
_LINE = re.compile(r"line (\d+)")
_LINES = re.compile(r", (\d+) lines$")
_SHARE = re.compile(r"(\d+) of (\d+)$")
_HREF = "a href="
_STANDS = {
    "after the title": Stand.AFTER_TITLE,
    "before the title": Stand.BEFORE_TITLE,
    "elsewhere": Stand.ELSEWHERE,
    "on the page": Stand.SCATTERED,
}
_JSON_LD, _WEB_PAGE = "json_ld", "WebPage"


class EvidenceError(ValueError):
    """What was found in a document is staged in a form that this code does not know."""


def read_extraction(staged: str, version: int) -> Extraction:
    """Reads what extraction found in a document.

    Args:
        staged: the column `extraction` of staged/.
        version: of the file's columns.

    Raises:
        EvidenceError: it has a source, a kind or a shape that this code does not know.
    """
    try:
        if version > _LAST_WITHOUT_FIELDS:
            return EXTRACTION_JSON.validate_json(staged)
        return EXTRACTION_JSON.validate_python(_with_fields(json.loads(staged)))
    except ValidationError as error:
        (fault, *_) = error.errors(include_url=False)
        where = ".".join(map(str, fault["loc"]))
        raise EvidenceError(f"its evidence has {fault['input']!r} as {where}") from error


def _with_fields(extraction: dict[str, Any]) -> dict[str, Any]:
    """Adds the fields that version 3 brought, from the words in their place."""
    return extraction | {
        "dates": tuple(map(_date_with_fields, extraction.get("dates", ()))),
        "outlets": tuple(map(_outlet_with_fields, extraction.get("outlets", ()))),
    }


def _date_with_fields(clue: dict[str, Any]) -> dict[str, Any]:
    place = clue["place"]
    if line := _LINE.match(place):
        return clue | {"line": int(line[1])}
    if clue["source"] == _JSON_LD:
        stand = Stand.WEB_PAGE if place.startswith(_WEB_PAGE) else None
        return clue | {"name": place, "stand": stand}
    first, _, rest = place.partition(" ")
    if rest in _STANDS:
        return clue | {"name": first, "stand": _STANDS[rest]}
    return clue | {"name": rest}


def _outlet_with_fields(clue: dict[str, Any]) -> dict[str, Any]:
    place = clue["place"]
    if clue["source"] == OutletSource.HOME_LINK:
        return clue | {"href": place.removeprefix(_HREF)}
    if share := _SHARE.search(place):
        return clue | {"count": int(share[1]), "total": int(share[2])}
    lines = _LINES.search(place)
    return clue | {"count": int(lines[1])} if lines else clue
