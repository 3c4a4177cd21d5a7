"""One pass over a text: the numbers, signs and words that may take part in an amount of money."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas.currencies.signs import (
    CEDI_PREFIXES,
    DOLLAR_PREFIXES,
    MINOR_SIGNS,
    POUND_PREFIXES,
    SIGNS,
    STROKE_SIGNS,
    YEN_PREFIXES,
)
from tasks.normalize.currencies.digits import DIGITS, VULGAR_FRACTIONS
from tasks.normalize.currencies.lexicon import UNSEGMENTED_RANGES
from tasks.normalize.currencies.lexicon_words import Lexicon, Unit, Word


@dataclass(slots=True)
class Token:
    """A piece of text: a number in digits (`word` None), or a form the lexicon knows."""

    start: int
    end: int
    text: str
    word: Word | None


_UNSEGMENTED = re.compile(f"[{UNSEGMENTED_RANGES}]")
_PREFIXES = {
    sign: {letters.lower(): code for letters, code in prefixes.items()}
    for signs, prefixes in (
        ("$＄﹩", DOLLAR_PREFIXES),
        ("£￡₤", POUND_PREFIXES),
        ("¥￥", YEN_PREFIXES),
        ("¢₵", CEDI_PREFIXES),
    )
    for sign in signs
}
# Letters that belong to a sign: "US$", "HK $", "C$"; a single letter before a space only where it
# is no word.
_SIGN_LETTERS = re.compile(
    r"(?<![^\W_])(?:([A-Za-z][A-Za-z.]{0,3})|([A-Za-z]{2,3}|[Cc]|U\.S\.|u\.s\.) )\Z"
)


@cache
def _letters() -> str:
    """The body of a character class: the BMP's letters and marks of scripts that space words."""
    ranges: list[list[int]] = []
    for point in range(0x10000):
        char = chr(point)
        if unicodedata.category(char)[0] not in "LM" or _UNSEGMENTED.match(char) or char in SIGNS:
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(low)}-{chr(high)}" if high > low else chr(low) for low, high in ranges)


@cache
def _token_pattern() -> re.Pattern[str]:
    """The pattern of a token."""
    signs = "".join(re.escape(sign) for sign in (*SIGNS, *MINOR_SIGNS, *VULGAR_FRACTIONS))
    letters = _letters()
    strokes = "|".join(re.escape(sign) for sign in sorted(STROKE_SIGNS, key=len, reverse=True))
    # Hebrew and other abbreviations carry their mark inside the word: ש"ח, ש״ח.
    word = rf"[{letters}]++(?:(?<=[\u0590-\u05ff])[\"״][{letters}]++)?+"
    stroke_first = f"[{''.join(re.escape(sign[0]) for sign in STROKE_SIGNS)}]"
    stroke = rf"(?={stroke_first})(?<![{letters}])(?:{strokes})(?=[ \u00a0]?\d)"
    # Most characters begin none of these: they are passed over by one look. Most others begin a
    # word.
    first = rf"[\d.{letters}{UNSEGMENTED_RANGES}{signs}]"
    return re.compile(
        rf"(?={first})(?:(?!{stroke_first}){word}|(?=[\d.])(?:{DIGITS})|{stroke}|{word}"
        rf"|[{UNSEGMENTED_RANGES}{signs}])"
    )


def read_tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """Returns the tokens of a text in order; words that say nothing about money are left out."""
    tokens: list[Token] = []
    done = 0  # end of the last form of several words
    for start, form in _telling_forms(text, lexicon):
        if start < done:
            continue
        # Digits begin with one, or with the point of "$.50".
        if form[0].isdecimal() or form[0] == ".":
            tokens.append(Token(start, start + len(form), form, None))
        elif not form.isascii() and _UNSEGMENTED.match(form):
            if found := _unsegmented_at(text, start, lexicon):
                tokens.append(found)
                done = found.end
        elif word := lexicon.classify(form):
            token = _completed(text, Token(start, start + len(form), form, word))
            done = token.end
            while tokens and tokens[-1].end > token.start:
                tokens.pop()
            if token.word and token.word.is_meaningful:
                tokens.append(token)
    return tokens


def _telling_forms(text: str, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Yields the printed forms that may say something about money, each with its offset.

    Nine of ten words say nothing, and are looked up only.
    """
    look_up = lexicon.seen.get
    for match in _token_pattern().finditer(text):
        form = match[0]
        if look_up(form, "") is not None:
            yield match.start(), form


def _completed(text: str, token: Token) -> Token:
    """Extends a form to the phrase that it begins, or a sign by the letters before it."""
    phrases = token.word.phrase if token.word else None
    if phrases and (found := phrases.match(text, token.start)):
        end, word = found
        return Token(token.start, end, text[token.start : end], word)
    if token.text in _PREFIXES and (lettered := _with_letters(text, token.start, token.text)):
        start, word = lettered
        return Token(start, token.end, text[start : token.end], word)
    return token


def _unsegmented_at(text: str, start: int, lexicon: Lexicon) -> Token | None:
    for length in lexicon.unsegmented_lengths.get(text[start], ()):
        form = text[start : start + length]
        if word := lexicon.unsegmented.get(form):
            return Token(start, start + len(form), form, word)
    return None


def _with_letters(text: str, start: int, sign: str) -> tuple[int, Word] | None:
    """Reads the letters before a sign; returns where they begin and what they make of it."""
    match = _SIGN_LETTERS.search(text, max(0, start - 5), start)
    if match is None:
        return None
    letters = (match.group(1) or match.group(2)).lower()
    code = _PREFIXES[sign].get(letters)
    if code is None or (len(letters) == 1 and match.group(1) and match.group(1).islower()):
        return None
    return match.start(), Word(unit=Unit(code, is_prefix=True, kind="sign"))
