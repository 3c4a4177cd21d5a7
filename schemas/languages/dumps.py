"""The words that sites print around an article, for the lines of text dumps."""

from dataclasses import dataclass
from functools import cache

from schemas.languages.compiled_tables import read_section

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
    """Returns the words of each subject (`menu`, `share`, `related_heading`, ...)."""
    found: dict[str, dict[str, set[str]]] = {}
    for table in read_section("dumps").values():
        for subject, forms in table.items():
            sets = found.setdefault(subject, {form: set() for form in FORMS})
            for form, words in forms.items():
                sets[form].update(words)
    return {
        subject: WordList(*(frozenset(sets[form]) for form in FORMS))
        for subject, sets in found.items()
    }
