"""Evidence read back from staged/, also where an older newsmill wrote it.

Up to version 3 of staged/ the position of a clue was its `place`, and a sign-off a signature. Up to
version 2 a clue also kept its numbers there, among words for people. These forms are history: no
later wording reaches them.
"""

import json
import re
from typing import Any

from pydantic import ValidationError

from tasks.extract.evidence import (
    EXTRACTION_JSON,
    BlockKind,
    Extraction,
    OutletSource,
    Stand,
)

# The last version whose clues have `source` and `place` alone, and the last that says `place`.
_LAST_WITHOUT_FIELDS = 2
_LAST_WITH_PLACES = 3
_LINE = re.compile(r"line (\d+)")
_LINES = re.compile(r", (\d+) lines$")
_SHARE = re.compile(r"(\d+) of (\d+)$")
_TODAYS_NAMES = {"place": "position"}
_EARLIER_SIGN_OFF = "signature"
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


def with_todays_names(found: dict[str, Any]) -> dict[str, Any]:
    """Returns an object of staged JSON as named today; an `object_hook` of `json.loads`."""
    renamed = {_TODAYS_NAMES.get(key, key): value for key, value in found.items()}
    if found.get("kind") == _EARLIER_SIGN_OFF:
        renamed["kind"] = BlockKind.SIGN_OFF
    return renamed


def read_extraction(staged: str, version: int) -> Extraction:
    """Reads what extraction found in a document.

    Args:
        staged: the column `extraction` of staged/.
        version: of the file's columns.

    Raises:
        EvidenceError: it has a source, a kind or a shape that this code does not know.
    """
    try:
        if version > _LAST_WITH_PLACES:
            return EXTRACTION_JSON.validate_json(staged)
        extraction = json.loads(staged, object_hook=with_todays_names)
        if version <= _LAST_WITHOUT_FIELDS:
            extraction = _with_fields(extraction)
        return EXTRACTION_JSON.validate_python(extraction)
    except ValidationError as error:
        (fault, *_) = error.errors(include_url=False)
        where = ".".join(map(str, fault["loc"]))
        raise EvidenceError(f"its evidence has {fault['input']!r} as {where}") from error


def _with_fields(extraction: dict[str, Any]) -> dict[str, Any]:
    """Adds the fields that version 3 brought, from the words for people."""
    return extraction | {
        "dates": tuple(map(_date_with_fields, extraction.get("dates", ()))),
        "outlets": tuple(map(_outlet_with_fields, extraction.get("outlets", ()))),
    }


def _date_with_fields(clue: dict[str, Any]) -> dict[str, Any]:
    position = clue["position"]
    if line := _LINE.match(position):
        return clue | {"line": int(line[1])}
    if clue["source"] == _JSON_LD:
        stand = Stand.WEB_PAGE if position.startswith(_WEB_PAGE) else None
        return clue | {"name": position, "stand": stand}
    first, _, rest = position.partition(" ")
    if rest in _STANDS:
        return clue | {"name": first, "stand": _STANDS[rest]}
    return clue | {"name": rest}


def _outlet_with_fields(clue: dict[str, Any]) -> dict[str, Any]:
    position = clue["position"]
    if clue["source"] == OutletSource.HOME_LINK:
        return clue | {"href": position.removeprefix(_HREF)}
    if share := _SHARE.search(position):
        return clue | {"count": int(share[1]), "total": int(share[2])}
    lines = _LINES.search(position)
    return clue | {"count": int(lines[1])} if lines else clue
