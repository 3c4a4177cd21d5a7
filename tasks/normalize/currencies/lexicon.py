"""The words of money of one language, expanded from the declarations and ready for look-up."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    lexicon = Lexicon(language if known else None, known.decimal if known else "")
    chosen = [known, money_words(ENGLISH)] if known else all_money_words()
    _add_printed(lexicon)
    for position, vocabulary in enumerate(chosen):
        _add_vocabulary(lexicon, vocabulary, is_second=position > 0, is_alone=known is not None)
    if known and language:
        _add_cldr(lexicon, language)
    _finish(lexicon, chosen, known)
    return lexicon


def _add_printed(lexicon: Lexicon) -> None:
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


def _add_vocabulary(
    lexicon: Lexicon, vocabulary: MoneyWords, *, is_second: bool, is_alone: bool
) -> None:
    tail = re.compile(vocabulary.endings)
    for form, word in _words_of(vocabulary, is_second=is_second, is_alone=is_alone):
        if is_second and is_alone and word.unit is None and word.scale is None:
            continue  # "an" and "to" are other words in other languages
        is_short = len(form) < _SHORT_ANYWHERE and form.isascii()
        if is_second and not is_alone and is_short and word.number is not None:
            continue  # Norwegian "to" is two, and English everywhere
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
    for name, code in currency_names(names):
        words = name.split()
        if _UNSEGMENTED.match(name) and len(words) > 1:
            _put(lexicon, name.replace(" ", "_"), Word(unit=Unit(code)), _NO_TAIL)
        if len(words) > 2:  # noqa: PLR2004 - noun and adjective
            continue
        noun, adjective = _noun_of(words, lexicon, language)
        nouns.setdefault(noun, set()).add(code)
        if adjective and not code.startswith(("EU", "X")):
            _put(lexicon, adjective, Word(country=code[:2]), _NO_TAIL)
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
    text = normalize("NFC", form)
    if _UNSEGMENTED.match(text):
        table, key = lexicon.unsegmented, text.replace("_", " ")
        if key != text:
            _complete(lexicon.unsegmented.setdefault(text.replace("_", ""), Word()), word)
    elif _SEVERAL.search(text):
        body = re.escape(text.removesuffix("~")).replace("_", "[ \u00a0-]").replace("'", "['’‘ʼʻ`]")
        table, key = lexicon.phrases, body + (tail.pattern if text.endswith("~") else "")
    else:
        if text.endswith("~"):
            lexicon.stems.setdefault(text[:-1].lower(), (word, tail))
        table, key = lexicon.words, text.removesuffix("~").lower()
    _complete(table.setdefault(key, Word()), word)


def _complete(there: Word, word: Word) -> None:
    """Adds a meaning to a form; what it means already stays."""
    if there.scale is None and there.unit is None:
        there.scale, there.stands_alone, there.is_letter = (
            word.scale,
            word.stands_alone,
            word.is_letter,
        )
    elif there.scale == word.scale:
        there.stands_alone = there.stands_alone or word.stands_alone
    there.unit = there.unit or word.unit
    there.number = word.number if there.number is None else there.number
    there.country = there.country or word.country
    there.named_country = there.named_country or word.named_country
    there.role = there.role or word.role


def _finish(lexicon: Lexicon, chosen: list[MoneyWords], known: MoneyWords | None) -> None:
    _join_phrases(lexicon)
    for form, printed in lexicon.printed.items():
        # "K" is a kwacha's sign before a number, and a thousand behind it.
        if printed.scale is None and (there := lexicon.words.get(form.lower())) and there.is_letter:
            printed.scale, printed.is_letter = there.scale, True
    if lexicon.unsegmented:
        forms = sorted(lexicon.unsegmented, key=len, reverse=True)
        lexicon.unsegmented_firsts = frozenset(form[0] for form in forms)
        lexicon.unsegmented_pattern = re.compile("|".join(map(re.escape, forms)))
    lengths = defaultdict[str, set[int]](set)
    for stem in lexicon.stems:
        lengths[stem[:2]].add(len(stem))
    lexicon.stem_lengths = {
        start: tuple(sorted(several, reverse=True)) for start, several in lengths.items()
    }
    compounding = [vocabulary for vocabulary in chosen if vocabulary.compounds]
    if compounding:
        atoms = _compound_atoms(compounding)
        lexicon.atom = re.compile("|".join(map(re.escape, atoms)))
        lexicon.atoms = re.compile(rf"(?:{lexicon.atom.pattern})++")
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
        lexicon.words.setdefault(first_word.lower(), Word()).phrase = phrases


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
