"""One pass over a text: the numbers, signs and words that may take part in an amount of money."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from schemas.currencies.signs import (
    DOLLAR_PREFIXES,
    MINOR_SIGNS,
    POUND_PREFIXES,
    SIGNS,
    STROKE_SIGNS,
    YEN_PREFIXES,
)
from tasks.normalize.currencies.digits import DIGITS, VULGAR_FRACTIONS
from tasks.normalize.currencies.lexicon import UNSEGMENTED_RANGES
from tasks.normalize.currencies.words import Lexicon, Unit, Word


@dataclass(slots=True)
class Token:
    """A piece of text: a number in digits (`word` None), or a form the lexicon knows."""

    start: int
    end: int
    text: str
    word: Word | None


_NUMBER, _STROKE, _WORD, _UNSEGMENTED, _SIGN = 1, 2, 3, 4, 5

_PREFIXES = {
    **dict.fromkeys("$＄﹩", {letters.lower(): code for letters, code in DOLLAR_PREFIXES.items()}),
    **dict.fromkeys("£￡₤", {letters.lower(): code for letters, code in POUND_PREFIXES.items()}),
    **dict.fromkeys("¥￥", {letters.lower(): code for letters, code in YEN_PREFIXES.items()}),
}
# Letters that belong to a sign: "US$", "HK $", "C$"; a single letter before a space only where it is no word.
_SIGN_LETTERS = re.compile(
    r"(?<![^\W_])(?:([A-Za-z][A-Za-z.]{0,3})|([A-Za-z]{2,3}|[Cc]|U\.S\.|u\.s\.) )\Z"
)


@cache
def _letters() -> str:
    """A character class body of all letters and marks of the Basic Multilingual Plane that stand in spaced words."""
    unsegmented = re.compile(f"[{UNSEGMENTED_RANGES}]")
    ranges: list[list[int]] = []
    for point in range(0x10000):
        char = chr(point)
        if unicodedata.category(char)[0] not in "LM" or unsegmented.match(char) or char in SIGNS:
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(low)}-{chr(high)}" if high > low else chr(low) for low, high in ranges)


@cache
def _token_pattern() -> re.Pattern[str]:
    signs = "".join(re.escape(sign) for sign in (*SIGNS, *MINOR_SIGNS, *VULGAR_FRACTIONS))
    letters = _letters()
    strokes = "|".join(re.escape(sign) for sign in sorted(STROKE_SIGNS, key=len, reverse=True))
    # Hebrew and other abbreviations carry their mark inside the word: ש"ח, ש״ח.
    return re.compile(
        rf"({DIGITS})|((?<![{letters}])(?:{strokes})(?=[ \u00a0]?\d))|((?:[{letters}]++)(?:(?<=[\u0590-\u05ff])[\"״״][{letters}]++)?+)|([{UNSEGMENTED_RANGES}])|([{signs}])"
    )


def read_tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """Returns the tokens of a text in order; words that say nothing about money are left out."""
    tokens: list[Token] = []
    seen = lexicon.seen
    done = 0  # end of the last form of several words
    for match in _token_pattern().finditer(text):
        start, end = match.span()
        if start < done:
            continue
        kind, form = match.lastindex, match.group()
        if kind == _NUMBER:
            tokens.append(Token(start, end, form, None))
        elif kind == _UNSEGMENTED:
            if found := _unsegmented_at(text, start, lexicon):
                tokens.append(found)
                done = found.end
        else:
            word = seen[form] if form in seen else lexicon.classify(form)
            if word is None:
                continue
            if word.phrase and (phrase := word.phrase.pattern.match(text, start)):
                form, end = phrase.group(), phrase.end()
                word = word.phrase.words[(phrase.lastindex or 1) - 1]
                done = end
            if (
                kind == _SIGN
                and form in _PREFIXES
                and (lettered := _with_letters(text, start, form))
            ):
                start, word = lettered
                while tokens and tokens[-1].end > start:
                    tokens.pop()
            if word.is_meaningful:
                tokens.append(Token(start, end, form, word))
    return tokens


def _unsegmented_at(text: str, start: int, lexicon: Lexicon) -> Token | None:
    if lexicon.unsegmented_pattern and text[start] in lexicon.unsegmented_firsts:
        match = lexicon.unsegmented_pattern.match(text, start)
        if match:
            return Token(start, match.end(), match.group(), lexicon.unsegmented[match.group()])
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
