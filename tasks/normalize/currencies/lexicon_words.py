"""What printed forms can mean in a text about money, and how one is looked up."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from unicodedata import normalize

from schemas.currencies.families import FAMILIES
from tasks.normalize.currencies.sums import ONE

# About 10 MB of words; a hostile text cannot make it grow without end.
_SEEN_LIMIT = 100_000
# No unit or written-out number is longer; a longer run of letters is noise.
_LONGEST_WORD = 60
# The first letter of the two scripts; most words begin with an earlier one.
_FIRST_OF_PARTICLES = "\u05d0"
_PARTICLES = re.compile(
    r"(?:[وف]?(?:ال|بال|لل|ب|ل|ك)|[وف])(?=[\u0600-\u06ff]{3})|[ובלהמשכ]{1,2}(?=[\u0590-\u05ff\"״]{3})"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a word or sign of money names.

    Attributes:
        name: ISO 4217 code, or a family.
        factor: major units in one of it: 0.01 for cents, 1000000 for "mkr".
        is_prefix: may stand before its number.
        is_weak: also an everyday word or abbreviation.
        kind: `sign`, `code`, `letters` or `word`.
        is_local: means money only in the currency's own country.
    """

    name: str
    factor: Decimal = ONE
    is_prefix: bool = False
    is_weak: bool = False
    kind: str = "word"
    is_local: bool = False

    @property
    def is_family(self) -> bool:
        """Whether several currencies share the name."""
        return self.name in FAMILIES


@dataclass(slots=True)
class Word:
    """All that a printed form can mean in a text about money; lexicons share it, so it stays as is.

    Attributes:
        unit: a currency or its minor unit.
        scale: what a scale word multiplies by; `stands_alone` where it also counts without a
            number before it, `is_letter` for "m", "k".
        number: the value of a number word.
        country: ISO 3166 code of an adjective or short name that stands beside units ("Swiss").
        named_country: ISO 3166 code of a country's name.
        role: `and`, `point`, `several`, `unread`, `range`, `opening` or `compound`.
        phrase: the forms of several words that begin with this one.
    """

    unit: Unit | None = None
    scale: Decimal | None = None
    stands_alone: bool = False
    is_letter: bool = False
    number: Decimal | None = None
    country: str | None = None
    named_country: str | None = None
    role: str | None = None
    phrase: "Phrases | None" = None

    @property
    def is_meaningful(self) -> bool:
        """Whether the form means something by itself, not only as the beginning of a longer one."""
        return (
            bool(self.unit or self.country or self.named_country or self.role)
            or self.scale is not None
            or self.number is not None
        )


@dataclass(frozen=True, slots=True)
class Phrases:
    """Forms of several words that begin with one word.

    Group n of the pattern means words[n - 1].
    """

    pattern: str
    words: tuple[Word, ...]

    def match(self, text: str, start: int) -> tuple[int, Word] | None:
        """Returns where the form that begins at an offset ends, and what it means."""
        found = self.compiled().match(text, start)
        return (found.end(), self.words[found.lastindex - 1]) if found and found.lastindex else None

    def compiled(self) -> re.Pattern[str]:
        """Returns the pattern, compiled by need: a language has fifty, and a text begins few."""
        return _compile(self.pattern)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@dataclass(slots=True)
class Lexicon:
    """A language's (or all languages') forms.

    Attributes:
        printed: forms that are read only as printed: codes, letter signs, signs.
        words: forms in small letters.
        phrases: forms of several words, as patterns; `Word.phrase` of their first word joins them.
        stems: open stems, with the pattern of their endings.
        stem_lengths: how long the stems are that begin with two letters, the longest first.
        unsegmented: forms in scripts that are written without spaces.
        unsegmented_lengths: how long those are that begin with a letter, the longest first.
        atoms: pattern of a written-out number in one word, where the language compounds.
        atom: pattern of one of its parts.
        seen: words that were looked up, kept because news repeats its words.
    """

    language: str | None
    decimal: str
    point_countries: frozenset[str] = frozenset()
    is_mixed: bool = False
    is_scale_first: bool = False
    printed: dict[str, Word] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    phrases: dict[str, Word] = field(default_factory=dict)
    stems: dict[str, tuple[Word, re.Pattern[str]]] = field(default_factory=dict)
    stem_lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unsegmented: dict[str, Word] = field(default_factory=dict)
    unsegmented_lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    atoms: re.Pattern[str] | None = None
    atom: str = ""
    of: frozenset[str] = frozenset()
    defaults: dict[str, str] = field(default_factory=dict)
    denominations: frozenset[str] = frozenset()
    not_before: dict[str, tuple[str, ...]] = field(default_factory=dict)
    namesakes: frozenset[str] = frozenset()
    seen: dict[str, Word | None] = field(default_factory=dict)

    def classify(self, form: str) -> Word | None:
        """Returns what a printed word means, None for a word that says nothing about money."""
        return self.seen[form] if form in self.seen else self._look_up(form)

    def parts_of(self, compound: str) -> list[str]:
        """Returns the words that a written-out number in one word consists of."""
        return re.findall(self.atom, compound.lower())  # few texts hold one: compiled by need

    def _look_up(self, form: str) -> Word | None:
        word = self.printed.get(form)
        if word is None:
            lower = form.lower() if form.isascii() else normalize("NFC", form.lower())
            word = self.words.get(lower)
            if word is None and lower >= _FIRST_OF_PARTICLES:
                word = self._without_particle(lower)
            if word is None and (lower[:2] in self.stem_lengths or self.atoms):
                word = self._by_stem(lower)
        if len(form) <= _LONGEST_WORD:
            if len(self.seen) >= _SEEN_LIMIT:
                self.seen.clear()
            self.seen[form] = word
        return word

    def _without_particle(self, lower: str) -> Word | None:
        """Arabic and Hebrew glue "and", "to", "the" to the word: "ومليوني", "לדולר"."""
        found = _PARTICLES.match(lower)
        word = self.words.get(lower[found.end() :]) if found else None
        return word if word and word.is_meaningful and word.phrase is None else None

    def _by_stem(self, lower: str) -> Word | None:
        if len(lower) > _LONGEST_WORD:
            return None
        for length in self.stem_lengths.get(lower[:2], ()):
            found = self.stems.get(lower[:length])
            if found and length <= len(lower) and found[1].fullmatch(lower, length):
                return found[0]
        if self.atoms and self.atoms.fullmatch(lower):
            return Word(role="compound")
        return None
