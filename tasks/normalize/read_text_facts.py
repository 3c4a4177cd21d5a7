"""Reading what a text says by itself."""

import re
from datetime import date

from tasks.normalize.currencies.mentions import find_mentions
from tasks.normalize.signatures import sign_text
from tasks.normalize.text_facts import TextFacts, plain
from tasks.printed.characters import characters_of

# In scripts written without spaces a word is counted a character (as word processors do).
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_UNSPACED_SIGN = re.compile(f"[{_UNSPACED}]")


def read_text_facts(
    text: str, language: str | None, country: str | None, day: date | None
) -> TextFacts:
    """Reads what a text says.

    Args:
        text: the article's text.
        language: its ISO 639-1 code, None where unknown.
        country: the outlet's ISO 3166 code, None where unknown.
        day: the day of publication, None where unknown.
    """
    return TextFacts(
        country=country,
        day=day,
        mentions=tuple(map(plain, find_mentions(text, language, country, day))),
        word_count=count_words(text),
        signature=sign_text(text),
    )


def count_words(text: str) -> int:
    """Counts words; in scripts without spaces (Chinese, Japanese, Korean, Thai), characters."""
    characters = characters_of(text)
    if _UNSPACED_SIGN.search(characters):
        return len(_WORD.findall(text))
    for character in characters:
        if not (character.isalnum() or character == "_"):
            text = text.replace(character, " ")
    return len(text.split())
