"""The words that sites print around an article, read from dump_words.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).with_suffix(".toml")


FORMS = ("lines", "starts", "phrases", "ends")


@dataclass(frozen=True, slots=True)
class WordList:
    """The entries of one subject, all languages together, in lower case.

    Attributes:
        lines: the whole line is this.
        starts: the line begins with this.
        phrases: the line holds this.
        ends: the line ends with this and is no sentence.
    """

    lines: frozenset[str]
    starts: frozenset[str]
    phrases: frozenset[str]
    ends: frozenset[str]


@cache
def read_dump_words() -> dict[str, WordList]:
    """Reads dump_words.toml: subject (`menu`, `share`, `related_heading`, ...) to its words."""
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(WORDS_FILE.read_text("utf-8"))
    return {
        subject: WordList(*(_entries(table, form) for form in FORMS))
        for subject, table in tables.items()
    }


def _entries(table: dict[str, list[str]], form: str) -> frozenset[str]:
    """Joins the groups of one form: `starts_en`, `starts_de`, ... are all `starts`."""
    return frozenset(
        entry
        for group, entries in table.items()
        if group.partition("_")[0] == form
        for entry in entries
    )
