"""The compiled language tables, read by need: a section of one language, or of all."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
COMPILED = "compiled"
SECTIONS = ("money", "amounts", "dates", "names", "page", "dumps", "outlets", "wires")
# A section of one language: key to its entries, as schemas.languages.declaration has them.
Table = dict[str, Any]


@cache
def read_section(section: str, folder: Path = FOLDER) -> dict[str, Table]:
    """Returns a section of all languages: common first, then in the order of precedence."""
    tables: dict[str, Table] = json.loads(_text(section, folder))
    return tables


@cache
def read_language(section: str, code: str, folder: Path = FOLDER) -> Table | None:
    """Returns a section of one language, by the name of its file; None where it has none."""
    line = _lines(section, folder).get(code)
    return json.loads(line) if line is not None else None


@cache
def language_codes(section: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """Returns the languages that have a section, in the order of `read_section`."""
    return tuple(_lines(section, folder))


def entries(section: str, key: str) -> list[str]:
    """Returns the entries of one list in all languages, each once, in the order of the files."""
    return list(
        dict.fromkeys(
            entry for table in read_section(section).values() for entry in table.get(key, ())
        )
    )


def meanings(section: str, key: str) -> dict[str, Any]:
    """Returns one mapping of all languages; the check has seen that they do not contradict."""
    return {
        word: meaning
        for table in read_section(section).values()
        for word, meaning in table.get(key, {}).items()
    }


@cache
def _lines(section: str, folder: Path) -> dict[str, str]:
    """Splits a table, which has a language a line, without parsing what is not asked for."""
    found = {}
    for line in _text(section, folder).splitlines()[1:-1]:
        code, _, content = line.rstrip(",").partition(": ")
        found[code.strip('"')] = content
    return found


def _text(section: str, folder: Path) -> str:
    return (folder / COMPILED / f"{section}.json").read_text(encoding="utf-8")
