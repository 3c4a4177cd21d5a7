"""One pass over a text: the numbers, signs and words that may take part in an amount of money."""

import re
import unicodedata
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


# Groups of the token pattern.
_NUMBER, _UNSEGMENTED = 1, 4

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
    word = rf"[{letters}]++(?:(?<=[\u0590-\u05ff])[\"״][{letters}]++)?+"
    stroke = rf"(?<![{letters}])(?:{strokes})(?=[ \u00a0]?\d)"
    return re.compile(rf"({DIGITS})|({stroke})|({word})|([{UNSEGMENTED_RANGES}])|([{signs}])")


def read_tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """Returns the tokens of a text in order; words that say nothing about money are left out."""
    tokens: list[Token] = []
    seen = lexicon.seen
    done = 0  # end of the last form of several words
    for match in _token_pattern().finditer(text):
        start, end = match.span()
        if start < done:
            continue
        if match.lastindex == _NUMBER:
            tokens.append(Token(start, end, match.group(), None))
        elif match.lastindex == _UNSEGMENTED:
            if found := _unsegmented_at(text, start, lexicon):
                tokens.append(found)
                done = found.end
        else:
            form = match.group()
            word = seen[form] if form in seen else lexicon.classify(form)
            if word is None:
                continue
            token = _completed(text, Token(start, end, form, word))
            done = token.end
            while tokens and tokens[-1].end > token.start:
                tokens.pop()
            if token.word and token.word.is_meaningful:
                tokens.append(token)
    return tokens


def _completed(text: str, token: Token) -> Token:
    """Extends a form to the phrase that it begins, or a sign by the letters before it."""
    if token.word and token.word.phrase:
        phrase = token.word.phrase.pattern.match(text, token.start)
        if phrase and phrase.lastindex:
            word = token.word.phrase.words[phrase.lastindex - 1]
            return Token(token.start, phrase.end(), phrase.group(), word)
    if token.text in _PREFIXES and (lettered := _with_letters(text, token.start, token.text)):
        start, word = lettered
        return Token(start, token.end, text[start : token.end], word)
    return token


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
