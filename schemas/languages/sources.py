"""The language files as written: their tables, and the line on which each entry stands."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemas.languages.compiled_tables import FOLDER

COMMON = "common"
# Where an entry stands in a file: ("money", "units", "dolar~"), ("page", "labels", 3).
KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w.-]+)\s*=\s*(.*)$""")
_ITEM = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*')\s*,?\s*(?:#.*)?$""")
_TOML_LINE = re.compile(r"\(at line (\d+)")


class LanguageError(ValueError):
    """Language files that cannot be used; the message has a line `FILE:LINE: fault` for each."""


@dataclass(frozen=True, slots=True)
class Source:
    """One language file.

    Attributes:
        path: where it is.
        table: what it holds.
        lines: the line of each table, key and list entry, from 1.
    """

    path: Path
    table: dict[str, Any]
    lines: dict[KeyPath, int]

    @property
    def code(self) -> str:
        """The language, as the file is named."""
        return self.path.stem

    def fault(self, key_path: KeyPath, message: str) -> str:
        """Returns the line of an error message: file, line, and what is wrong there."""
        known = next(
            (
                key_path[:size]
                for size in range(len(key_path), 0, -1)
                if key_path[:size] in self.lines
            ),
            (),
        )
        return f"{self.path.name}:{self.lines.get(known, 1)}: {message}"


def read_sources(folder: Path = FOLDER) -> list[Source]:
    """Reads all language files, common.toml first.

    Raises:
        LanguageError: A file is no TOML (a word stands twice under one key, say), or a list has
            not one entry a line.
    """
    paths = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != COMMON, path.stem))
    return [_read(path) for path in paths]


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = found[1] if found else str(text.count("\n") + 1)
        raise LanguageError(f"{path.name}:{line}: {error}") from error
    return Source(path, table, dict(_lines_of_keys(path, text)))


def _lines_of_keys(path: Path, text: str) -> Iterator[tuple[KeyPath, int]]:
    """Yields the key_path of each table, key and list entry, and its line."""
    table: KeyPath = ()
    array: KeyPath | None = None
    index = 0
    for number, line in enumerate(text.splitlines(), 1):
        if array is not None:
            if _ITEM.match(line):
                yield (*array, index), number
                index += 1
            elif line.strip().startswith("]"):
                array = None
            elif line.strip() and not line.lstrip().startswith("#"):
                raise LanguageError(f"{path.name}:{number}: a list has one entry a line")
        elif header := _HEADER.match(line):
            table = tuple(header[1].strip().split("."))
            yield table, number
        elif found := _KEY.match(line):
            key: KeyPath = (*table, _unquoted(found[1]))
            yield key, number
            if found[2].startswith("[") and "]" not in found[2]:
                array, index = key, 0


def _unquoted(key: str) -> str:
    if key.startswith('"'):
        return str(json.loads(key))
    return key.strip("'")
