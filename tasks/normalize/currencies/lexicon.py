"""The words of money of one language, expanded from the declarations and ready for look-up."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TypeVar
from unicodedata import normalize

from schemas.currencies.iso_4217 import (
    ALIASES,
    CURRENT,
    LOOKALIKES,
    LOWER_CASE,
    LOWER_CASE_WORDS,
    WITHDRAWN,
)
from schemas.currencies.signs import (
    EAST_ASIAN_SIGNS,
    MINOR_SIGNS,
    SIGNS,
    STROKE_SIGNS,
)
from schemas.languages.compiled_tables import meanings
from schemas.languages.money import (
    ENGLISH,
    NUMBER_ROLES,
    MoneyWords,
    UnitForm,
    all_money_words,
    cldr_names,
    money_languages,
    money_words,
)
from tasks.normalize.currencies.cldr import country_names, currency_names
from tasks.normalize.currencies.digits import VULGAR_FRACTIONS
from tasks.normalize.currencies.lexicon_words import Lexicon, Phrases, Unit, Word
from tasks.normalize.currencies.sums import ONE

HUNDREDTH = Decimal("0.01")
_NO_TAIL = re.compile("")
_NOTHING = Word()
# Case endings of countries' names, and the beginnings of their adjectives ("Pakistan",
# "Пакистане", "пакистанских").
_COUNTRY_TAIL = re.compile(r"[^\W\d_]{0,4}")
# English words are read in texts of any language; short ones may be the language's own words.
_SHORT_FOREIGN = 4
_SHORT_ANYWHERE = 3
# A currency's name that is shorter is likely to be another word as well.
_SAFE_NOUN = 5
# Languages that put the noun before the adjective.
_NOUN_FIRST = frozenset(
    [
        "fr",
        "es",
        "it",
        "pt",
        "ca",
        "gl",
        "ro",
        "ar",
        "fa",
        "he",
        "vi",
        "id",
        "ms",
        "th",
        "sw",
        "sq",
        "ga",
    ]
)
# The first word of a phrase's pattern.
_BEFORE_PATTERN = re.compile(r"[^\[\\]+")
_SEVERAL = re.compile(r"[_.'-]")

# Unicode blocks that write words without spaces between them (or, as Hangul, glue the unit to its
# particles).
UNSEGMENTED_RANGES = (
    r"\u0e00-\u0e3e\u0e40-\u0eff\u1000-\u109f\u1780-\u17da\u17dc-\u17ff\u3005-\u30ff"
    r"\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
_UNSEGMENTED = re.compile(f"[{UNSEGMENTED_RANGES}]")


def lexicon_for(language: str | None) -> Lexicon:
    """Returns the lexicon of a language and English; of all languages for an unknown one."""
    return _build(language if language in money_languages() else None)


@cache
def _build(language: str | None) -> Lexicon:
    known = money_words(language) if language else None
    lexicon = _with_printed(language if known else None, known.decimal if known else "")
    chosen = [known, money_words(ENGLISH)] if known else all_money_words()
    if known:
        _add_words(lexicon, known, _words_of(known, is_second=False, is_alone=True))
        _add_words(lexicon, money_words(ENGLISH), _english_words())
    else:
        for position, vocabulary in enumerate(chosen):
            _add_words(lexicon, vocabulary, _words_of_many(vocabulary, is_second=position > 0))
    if known and language:
        _add_cldr(lexicon, language)
    _finish(lexicon, chosen, known)
    return lexicon


def _with_printed(language: str | None, decimal: str) -> Lexicon:
    """Returns a lexicon that has what is printed alike in all languages."""
    common = _printed()
    return Lexicon(
        language,
        decimal,
        printed=dict(common.printed),
        words=dict(common.words),
        unsegmented=dict(common.unsegmented),
    )


@cache
def _printed() -> Lexicon:
    lexicon = Lexicon(None, "")
    for sign, name in (SIGNS | STROKE_SIGNS).items():
        lexicon.printed[sign] = Word(unit=Unit(name, is_prefix=True, kind="sign"))
    for sign, name in EAST_ASIAN_SIGNS.items():
        lexicon.unsegmented[sign] = Word(unit=Unit(name))
    for sign, name in MINOR_SIGNS.items():
        lexicon.printed[sign] = Word(unit=Unit(name, HUNDREDTH, kind="sign"))
    for sign, value in VULGAR_FRACTIONS.items():
        lexicon.printed[sign] = Word(number=value)
    for code in CURRENT | WITHDRAWN | ALIASES.keys():
        unit = Unit(
            ALIASES.get(code, code), ONE, True, code in LOOKALIKES or code in WITHDRAWN, "code"
        )
        lexicon.printed[code] = Word(unit=unit)
        if code.lower() in LOWER_CASE | LOWER_CASE_WORDS:
            lexicon.words[code.lower()] = Word(unit=unit)
    for key in ("letter_signs", "local_signs"):
        is_local = key == "local_signs"
        for form, meaning in meanings("amounts", key).items():
            name, factor, is_everyday, is_leading = meaning
            is_weak = is_everyday or is_local
            unit = Unit(name, Decimal(factor), is_leading, is_weak, "letters", is_local)
            lexicon.printed.setdefault(form.rstrip("."), Word(unit=unit))
    return lexicon


@cache
def _english_words() -> tuple[tuple[str, Word], ...]:
    """Returns the English words that are read in a text of another language."""
    words = _words_of(money_words(ENGLISH), is_second=True, is_alone=True)
    # "an" and "to" are other words in other languages.
    return tuple((form, word) for form, word in words if word.unit or word.scale is not None)


def _words_of_many(vocabulary: MoneyWords, *, is_second: bool) -> Iterator[tuple[str, Word]]:
    """Yields the words of one of many languages that are read in a text of an unknown one."""
    for form, word in _words_of(vocabulary, is_second=is_second, is_alone=False):
        is_short = len(form) < _SHORT_ANYWHERE and form.isascii()
        if not (is_second and is_short and word.number is not None):
            yield form, word  # Norwegian "to" is two, and English everywhere


def _add_words(lexicon: Lexicon, vocabulary: MoneyWords, words: Iterable[tuple[str, Word]]) -> None:
    tail = re.compile(vocabulary.endings)
    for form, word in words:
        _put(lexicon, form, word, tail)


def _words_of(
    vocabulary: MoneyWords, *, is_second: bool, is_alone: bool
) -> Iterator[tuple[str, Word]]:
    yield from _unit_words(vocabulary.units, is_second=is_second, is_alone=is_alone)
    for scale in vocabulary.scales:
        form = scale.form.rstrip(".")
        yield (
            form,
            Word(
                scale=scale.value,
                stands_alone=scale.is_alone,
                is_letter=len(form) == 1 and not _UNSEGMENTED.match(form),
            ),
        )
    for form, value in vocabulary.numbers:
        is_role = value in NUMBER_ROLES
        yield form, Word(role=value) if is_role else Word(number=Decimal(value))
    for form, country in vocabulary.countries:
        yield form, Word(country=country)
    for role, forms in (("range", vocabulary.ranges), ("opening", vocabulary.range_openings)):
        for form in forms:
            yield form, Word(role=role)


def _unit_words(
    units: Iterable[UnitForm], *, is_second: bool, is_alone: bool
) -> Iterator[tuple[str, Word]]:
    for unit in units:
        if not is_alone and len(unit.form) < _SHORT_ANYWHERE and unit.form.isascii():
            continue  # "ft", "tl": read only where the language is known
        is_foreign = is_second and is_alone and len(unit.form) < _SHORT_FOREIGN
        is_weak = unit.is_everyday or is_foreign
        yield unit.form, Word(unit=Unit(unit.name, unit.factor, unit.is_leading, is_weak))


def _add_cldr(lexicon: Lexicon, language: str) -> None:
    """Adds CLDR's names of countries and of currencies that the declarations leave out."""
    names = cldr_names(language)
    for name, country, is_stem in country_names(names, language):
        if (first := lexicon.unsegmented.get(name[0])) and first.unit is None:
            continue  # "오만" is Oman, and fifty thousand
        _put(lexicon, name + "~" * is_stem, Word(named_country=country), _COUNTRY_TAIL)
    nouns: dict[str, set[str]] = {}
    adjectives: dict[str, str] = {}
    for name, code in currency_names(names):
        words = name.split()
        if len(words) > 1 and _UNSEGMENTED.match(name):
            _put(lexicon, name.replace(" ", "_"), Word(unit=Unit(code)), _NO_TAIL)
        if len(words) > 2:  # noqa: PLR2004 - noun and adjective
            continue
        noun, adjective = _noun_of(words, lexicon, language)
        nouns.setdefault(noun, set()).add(code)
        if adjective and not code.startswith(("EU", "X")):
            adjectives.setdefault(adjective, code[:2])
    for adjective, country in adjectives.items():
        _put(lexicon, adjective, Word(country=country), _NO_TAIL)
    for noun, codes in nouns.items():
        if len(codes) == 1:
            _put(
                lexicon,
                noun,
                Word(unit=Unit(codes.pop(), is_weak=len(noun) < _SAFE_NOUN)),
                _NO_TAIL,
            )


def _noun_of(words: list[str], lexicon: Lexicon, language: str) -> tuple[str, str | None]:
    """Splits a currency's name of one or two words into the currency and the country."""
    if len(words) == 1:
        return words[0], None
    known = [
        (there := lexicon.words.get(word) or lexicon.unsegmented.get(word)) and there.unit
        for word in words
    ]
    is_first = bool(known[0]) if bool(known[0]) != bool(known[1]) else language in _NOUN_FIRST
    return (words[0], words[1]) if is_first else (words[1], words[0])


def _put(lexicon: Lexicon, form: str, word: Word, tail: re.Pattern[str]) -> None:
    """Files a form where it is looked up; a meaning that is there is completed, not replaced."""
    text = form if form.isascii() else normalize("NFC", form)
    if not text.isascii() and _UNSEGMENTED.match(text):
        _file(lexicon.unsegmented, text.replace("_", " "), word)
        if "_" in text:
            _file(lexicon.unsegmented, text.replace("_", ""), word)
    elif _SEVERAL.search(text):
        body = re.escape(text.removesuffix("~")).replace("_", "[ \u00a0-]").replace("'", "['’‘ʼʻ`]")
        _file(lexicon.phrases, body + (tail.pattern if text.endswith("~") else ""), word)
    elif text.endswith("~"):
        key = text[:-1].lower()
        lexicon.stems.setdefault(key, (word, tail))
        _file(lexicon.words, key, word)
    else:
        _file(lexicon.words, text.lower(), word)


def _file(table: dict[str, Word], key: str, word: Word) -> None:
    there = table.get(key)
    table[key] = word if there is None else _completed(there, word)


def _completed(there: Word, word: Word) -> Word:
    """Returns what a form means, with another meaning; what it means already stays."""
    first = word if there.scale is None and there.unit is None else there
    is_same_scale = there.scale == word.scale
    return Word(
        unit=there.unit or word.unit,
        scale=first.scale,
        stands_alone=first.stands_alone or (is_same_scale and word.stands_alone),
        is_letter=first.is_letter,
        number=word.number if there.number is None else there.number,
        country=there.country or word.country,
        named_country=there.named_country or word.named_country,
        role=there.role or word.role,
    )


def _finish(lexicon: Lexicon, chosen: list[MoneyWords], known: MoneyWords | None) -> None:
    _join_phrases(lexicon)
    for form, printed in lexicon.printed.items():
        # "K" is a kwacha's sign before a number, and a thousand behind it.
        if printed.scale is None and (there := lexicon.words.get(form.lower())) and there.is_letter:
            lexicon.printed[form] = replace(printed, scale=there.scale, is_letter=True)
    lexicon.unsegmented_lengths = _lengths_by_start(lexicon.unsegmented, 1)
    lexicon.stem_lengths = _lengths_by_start(lexicon.stems, 2)
    compounding = [vocabulary for vocabulary in chosen if vocabulary.compounds]
    if compounding:
        atoms = _compound_atoms(compounding)
        lexicon.atom = "|".join(map(re.escape, atoms))
        lexicon.atoms = re.compile(rf"(?:{lexicon.atom})++")
    lexicon.of = _joined(vocabulary.of for vocabulary in chosen)
    lexicon.denominations = _joined(vocabulary.denominations for vocabulary in chosen)
    lexicon.namesakes = _joined(vocabulary.namesakes for vocabulary in chosen)
    for unit, word in sorted(_joined(vocabulary.not_before for vocabulary in chosen)):
        lexicon.not_before[unit.lower()] = (*lexicon.not_before.get(unit.lower(), ()), word)
    if known:
        lexicon.point_countries = known.point_countries
        lexicon.is_mixed = known.groups_with_comma
        lexicon.is_scale_first = known.scale_first
        lexicon.defaults = known.defaults


def _lengths_by_start(forms: Iterable[str], size: int) -> dict[str, tuple[int, ...]]:
    """Returns how long the forms are that begin with the same letters, the longest first."""
    lengths = defaultdict[str, set[int]](set)
    for form in forms:
        lengths[form[:size]].add(len(form))
    return {start: tuple(sorted(several, reverse=True)) for start, several in lengths.items()}


_T = TypeVar("_T")


def _joined(sets: Iterable[frozenset[_T]]) -> frozenset[_T]:
    return frozenset[_T]().union(*sets)


def _join_phrases(lexicon: Lexicon) -> None:
    firsts: dict[str, list[str]] = {}
    for body in lexicon.phrases:
        if first := _BEFORE_PATTERN.match(body):
            firsts.setdefault(first.group(), []).append(body)
    for first_word, bodies in firsts.items():
        bodies.sort(key=len, reverse=True)
        pattern = rf"(?:{'|'.join(f'({body})' for body in bodies)})(?![^\W\d_])"
        phrases = Phrases(pattern, tuple(lexicon.phrases[body] for body in bodies))
        there = lexicon.words.get(first_word.lower(), _NOTHING)
        lexicon.words[first_word.lower()] = replace(there, phrase=phrases)


def _compound_atoms(vocabularies: list[MoneyWords]) -> list[str]:
    atoms = {
        form
        for vocabulary in vocabularies
        for form in (
            *(form for form, value in vocabulary.numbers if value != "point"),
            *(scale.form for scale in vocabulary.scales),
        )
        if len(form) > 1 and "_" not in form and "." not in form
    }
    return sorted(atoms, key=len, reverse=True)
