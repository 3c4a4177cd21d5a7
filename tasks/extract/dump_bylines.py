"""Who a byline of a text dump names."""

import re
from functools import cache

from schemas.dump_words import read_dump_words
from tasks.extract.dump_lines import Line

_MAX_LINE_WORDS = 16
_MAX_NAME_WORDS = 4
_MAX_NAME_CHARS = 40
# What stands between two names, or between a name and what is said of it.
_BETWEEN = re.compile(
    r"\s*(?:[,;/|&•·]|\s[-–—]\s|\s(?:and|und|et|y|e|en|og|och|ja|i|и|і|та|és|ve|və|και|și|dan|và|و|和|與)\s)\s*",
    re.IGNORECASE,
)
# A name ends where a date, a clock or an address begins.
_NAME_END = re.compile(r"\s*(?:\d|https?:|www\.|@|\(|\[|\s[-–—|•·]\s|:)")
_PARTICLES = frozenset(
    "al ap ben bin da das de del della den der di do dos du el ibn la le les ten ter van vd von y zu zum".split()
)
_UNSPACED_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}")
_REPORTER = re.compile(r"\s*(?:기자|특파원|記者|记者)$")


def find_byline_names(line: Line, *, is_near_title: bool) -> tuple[str, ...]:
    """Returns the names that a byline gives, none where the line is no byline.

    Args:
        line: a line of a dump.
        is_near_title: it stands by the title or at the article's end, where a name alone is a byline.
    """
    if not line.words or line.weight > _MAX_LINE_WORDS or line.ends_sentence:
        return ()
    rest = _after_byline_word(line.content)
    if rest is not None:
        return _names(rest)
    if not is_near_title or line.subjects - {"byline"}:
        return ()
    names = _names(line.content)
    # Without a word before it only a name of two words and more is one: "Politics" is none.
    return (
        names
        if names and all(" " in name or _REPORTER.search(line.content) for name in names)
        else ()
    )


def _after_byline_word(content: str) -> str | None:
    """Returns what follows "By", "Von", "Автор:"; None where no such word begins the line."""
    folded = content.lower()
    for start in _byline_starts():
        if folded.startswith(start):
            rest = content[len(start) :]
            if start.endswith((":", "：")) or rest[:1] in (" ", ":", "\u00a0"):
                return rest.lstrip(" :\u00a0")
    return None


@cache
def _byline_starts() -> tuple[str, ...]:
    """The longest first, so that "Text by" is not read as "Text"."""
    return tuple(sorted(read_dump_words()["byline"].starts, key=lambda start: (-len(start), start)))


def _names(text: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        cut = _NAME_END.search(part)
        name = _undoubled(_REPORTER.sub("", part[: cut.start()] if cut else part).strip(" .,"))
        if not is_person_name(name):
            break
        names.setdefault(name.casefold(), name)
        if cut:
            break
    return tuple(names.values())


def _undoubled(name: str) -> str:
    """Takes a name once where a picture's text and the byline both print it."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else " ".join(words)


def is_person_name(text: str) -> bool:
    """Says whether a text has the shape of a person's name: a few capitalised words, no digits."""
    words = text.split()
    if not words or len(text) > _MAX_NAME_CHARS or len(words) > _MAX_NAME_WORDS:
        return False
    if _UNSPACED_NAME.fullmatch(text):
        return True
    return all(_is_name_word(word) for word in words) and words[0].lower() not in _PARTICLES - {
        "al",
        "el",
        "de",
        "van",
        "von",
        "la",
        "le",
        "di",
        "da",
    }


def _is_name_word(word: str) -> bool:
    bare = word.replace("'", "").replace("’", "").replace("-", "").replace(".", "")
    if not bare.isalpha():
        # Marks of Indic and Arabic vowels are not letters.
        return bool(bare) and not bare.isascii() and not any(c.isdigit() for c in bare)
    return bare[0].isupper() or bare.lower() in _PARTICLES or not (bare[0].islower())
