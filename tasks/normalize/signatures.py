"""Text signatures: a few hundred bytes that tell whether two texts are near-identical.

A signature holds two MinHash sketches (Broder 1997, in the one-pass form of Dahlgaard et al. 2017
that rensa implements). One is of the text's shingles: runs of neighbouring words. The other is of
its numbers, each with the word before it. A weather or market report differs from yesterday's in
little but its numbers, hence the second sketch. Such reports draw their numbers from one small
range, hence the word before: "up to 14 degrees" is not "down to 14".
"""

import re
import unicodedata

import numpy as np
from rensa import RMinHash

from tasks.printed.characters import characters_of

# 128 slots estimate a similarity of 0.8 to within 0.035 (one standard deviation), 64 numbers to
# within 0.05. Of each 32-bit slot the low half is kept: two unequal slots then agree by chance once
# in 65,536, and a row is half as long.
TEXT_SLOTS = 128
NUMBER_SLOTS = 64
SIGNATURE = np.dtype(
    [
        ("shingles", "<u4"),
        ("numbers", "<u4"),
        ("text", "<u2", (TEXT_SLOTS,)),
        ("number", "<u2", (NUMBER_SLOTS,)),
    ]
)
# In a shorter text one changed word weighs as much as a different story: of 38 runs it takes 3, and
# two flashes on one event ("Parliament adopts the budget") agree by their names alone.
MIN_SHINGLES = 40
_SEED = 1

_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SOUTH_EAST_ASIAN = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
# A thousands space joins three digits at a time; NFKD made plain spaces of its variants.
# The first digit stands by itself: what a pattern begins with is searched for in half the time.
# Folded texts have no other digits than these, which are found faster than those of all scripts.
_NUMBER = r"[0-9](?:[0-9]{0,2}(?:[ '’][0-9]{3})+(?![0-9])|[0-9]*(?:[.,:][0-9]+)*)"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})"
    rf"|(?P<ideograph>[{_IDEOGRAPHS}])"
    rf"|(?P<south_east_asian>[{_SOUTH_EAST_ASIAN}])"
    rf"|(?P<word>[^\W\d_{_IDEOGRAPHS}{_SOUTH_EAST_ASIAN}]+)"
)
_UNSPACED = re.compile(f"[{_IDEOGRAPHS}{_SOUTH_EAST_ASIAN}]")
# Most texts have spaces between all words, and folded no other signs than ASCII's.
_NUMBERS = re.compile(f"({_NUMBER})")
_ASCII = 128
_SIGNS_TO_SPACES = bytes(
    code if code >= _ASCII or chr(code).isalnum() else ord(" ") for code in range(256)
)
# Tokens a shingle. Three words tell one story's phrases from another's and lose little to an edit;
# where words are not spaced, about as many characters as three words have.
_WIDTHS = {"word": 3, "ideograph": 5, "south_east_asian": 10}


def sign_text(text: str) -> bytes | None:
    """Returns the signature of a text, or None where it is too short to be compared.

    Case, punctuation, quotation marks, accents and vowel marks, kinds of spaces, digits and
    thousands separators never show. The script is seen from the text itself.

    Returns:
        The bytes of one `SIGNATURE`; None under 40 different shingles (42 words, or 44 characters
        of Chinese or Japanese).
    """
    shingles, numbers = _features(text)
    if len(shingles) < MIN_SHINGLES:
        return None
    signature = np.zeros((), SIGNATURE)
    signature["shingles"] = len(shingles)
    signature["numbers"] = len(numbers)
    signature["text"] = _sketch(shingles, TEXT_SLOTS)
    signature["number"] = _sketch(numbers, NUMBER_SLOTS)
    return signature.tobytes()


def _features(text: str) -> tuple[set[str], set[str]]:
    """Returns the shingles of a text, and its numbers with the word before each."""
    folded = _fold(text)
    if not folded.isascii() and _UNSPACED.search(folded):
        return _mixed_features(folded)
    before, *rest = _NUMBERS.split(folded)
    tokens = _words(before)
    numbers: set[str] = set()
    for number, behind in zip(rest[::2], rest[1::2], strict=True):
        plain = _digits(number)
        numbers.add(f"{tokens[-1] if tokens else ''} {plain}")
        tokens += [plain, *_words(behind)]
    return set(map(" ".join, zip(tokens, tokens[1:], tokens[2:], strict=False))), numbers


def _words(folded: str) -> list[str]:
    """Returns the words of a folded text without digits, in a fifth of a pattern's time."""
    plain = folded.encode("utf-8", "surrogatepass").translate(_SIGNS_TO_SPACES)
    return plain.decode("utf-8", "surrogatepass").split()


def _mixed_features(folded: str) -> tuple[set[str], set[str]]:
    """Returns the same of a text in which some words are not spaced."""
    tokens: list[str] = []
    numbers: set[str] = set()
    counts = dict.fromkeys(_WIDTHS, 0)
    for match in _TOKEN.finditer(folded):
        token = match[0]
        if match.lastgroup == "number":
            token = _digits(token)
            numbers.add(f"{tokens[-1] if tokens else ''} {token}")
        else:
            counts[match.lastgroup or "word"] += 1
        tokens.append(token)
    width = _WIDTHS[max(counts, key=lambda script: counts[script])]
    shingles = {" ".join(tokens[i : i + width]) for i in range(len(tokens) - width + 1)}
    return shingles, numbers


def _fold(text: str) -> str:
    """Takes away what copies of one text differ in: case, compatibility forms, marks and signs.

    Digits and signs become ASCII: signs only part words, an apostrophe may also stand in a number.
    """
    if text.isascii():
        return text.lower()
    plain = _fold_characters(text)
    for character in set(_fold_characters(characters_of(text))):
        if unicodedata.category(character).startswith("M"):
            plain = plain.replace(character, "")
        elif character.isdecimal() and not character.isascii():
            plain = plain.replace(character, str(unicodedata.digit(character)))
        elif not (character.isascii() or character.isalnum() or _UNSPACED.match(character)):
            plain = plain.replace(character, "-")
    return plain


def _fold_characters(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold().replace("’", "'")


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))


def _sketch(features: set[str], slots: int) -> np.ndarray:
    sketch = RMinHash(num_perm=slots, seed=_SEED)
    sketch.update(list(features))
    return np.array(sketch.digest(), dtype=np.uint32).astype(np.uint16)
