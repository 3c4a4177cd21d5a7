"""Comparing printed texts."""

import html
import re

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
# Chinese and Japanese put no spaces between words: two signs are about one.
_WIDE_CHARS = 2
_WIDE = re.compile("[\u2e80-\U0010ffff]{2}")


def squash(text: str) -> str:
    """Returns a text's letters and digits in lower case: what two printings have in common."""
    return without_signs(text.casefold())


def without_signs(text: str) -> str:
    """Returns a text's letters and digits."""
    # Most signs are ASCII, and to delete bytes takes a tenth of what a regular expression does.
    kept = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_SIGNS)
    if kept.isascii():
        return kept.decode()
    rest = kept.decode("utf-8", "surrogatepass")
    return rest if rest.isalnum() else _NOT_ALPHANUMERIC.sub("", rest)


# What patterns see of a line that a page prints about itself: they may look at each pair of its
# characters. No headline, name or byline is as long.
_MAX_LINE = 1_000
_MAX_SPACED = 4_000


def as_line(text: str) -> str:
    """Returns a printed line with single spaces; of what is longer than any line the beginning."""
    return " ".join(text[:_MAX_SPACED].split())[:_MAX_LINE]


def plain_line(text: str) -> str:
    """Returns a printed line without entities; many pages escape twice."""
    return as_line(html.unescape(html.unescape(text)))


def content_words(text: str) -> frozenset[str]:
    """Returns the words of a text that tell what it is about: those of four letters or more."""
    folded = text.casefold()
    pairs = (folded[at : at + 2] for at in range(len(folded) - 1))
    wide = (pair for pair in pairs if _WIDE.fullmatch(pair)) if _WIDE.search(folded) else ()
    return frozenset((*_CONTENT_WORD.findall(folded), *wide))


def holds_word(folded: str, word: str) -> bool:
    """Tells whether a word is one of the content words of a text, which is folded already.

    To look for a few words of a lead takes a tenth of listing all words of an article.
    """
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        around = (folded[at - 1 : at], folded[end : end + 1])
        if len(word) == _WIDE_CHARS or not any(map(_joins, around)):
            return True
        at = folded.find(word, at + 1)
    return False


def _joins(character: str) -> bool:
    """Tells whether a character beside a word makes another word of it, as in `_CONTENT_WORD`."""
    return character.isalnum() and not character.isdecimal()
