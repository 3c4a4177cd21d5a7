"""Who a byline of a text dump names."""

import re
from functools import cache

from schemas.dump_words import read_dump_words
from tasks.extract.dump_lines import Line
from tasks.extract.names import is_organisation, parse_names

_MAX_LINE_WORDS = 20
_MAX_NAME_WORDS = 4
_MAX_NAME_CHARS = 40
# A name ends where a date, an address, or a column of the byline begins.
_NAME_END = re.compile(r"\d|https?:|www\.|@|\||[|•·]|\s[-–—]\s")
_PARTICLES = frozenset(
    "al ap ben bin da das de del della den der di do dos du e el i ibn la le las les los o ten ter "
    "van vd von y zu zum".split()
)
_UNSPACED_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}")
_REPORTER = re.compile(r"\s*(?:기자|특파원|記者|记者)\b")
_GLUED_WORD = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZÀ-Þ][a-zà-ÿ]{5,}$)")


def find_byline_names(line: Line, *, is_near_title: bool) -> tuple[str, ...]:
    """Returns the names that a byline gives, none where the line is no byline.

    Args:
        line: a line of a dump.
        is_near_title: it stands by the title or at the article's end, where a name alone is a byline.
    """
    if not line.words or line.weight > _MAX_LINE_WORDS or line.ends_sentence or line.is_item:
        return ()
    printed = _after_byline_word(line.content)
    if printed is not None:
        return _names(_until_end(printed))
    if not is_near_title or line.subjects & _NO_NAMES:
        return ()
    names = _names(_until_end(line.content))
    # Without a word before it only a name of two words and more is one: "Politics" is none.
    if not all(" " in name or _REPORTER.search(line.content) for name in names):
        return ()
    return tuple(name for name in names if not is_organisation(name))


_NO_NAMES = frozenset(
    "share subscribe consent legal advertisement comments menu related_heading tags_heading caption".split()
)


def _after_byline_word(content: str) -> str | None:
    """Returns what follows "By", "Von", "Автор:"; None where no such word stands in the line."""
    for match in _byline_start().finditer(content):
        rest = content[match.end() :].lstrip(" :\u00a0")
        if rest and (match.start() == 0 or is_person_name(_first_name(rest))):
            return rest
    return None


def _first_name(text: str) -> str:
    return next(iter(parse_names(_until_end(text))), "")


@cache
def _byline_start() -> re.Pattern[str]:
    """The longest first, so that "Text by" is not read as "Text"; also after a bar or a dash."""
    starts = sorted(read_dump_words()["byline"].starts, key=lambda start: (-len(start), start))
    joined = "|".join(re.escape(start) for start in starts)
    return re.compile(rf"(?:^|(?<=[|•·–—-] ))(?:{joined})(?<=[:：]|\w)(?=[\s:：]|(?<=[:：]))", re.I)


def _until_end(text: str) -> str:
    end = _NAME_END.search(text)
    return text[: end.start()] if end else text


def _names(text: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for printed in parse_names(_REPORTER.sub("", text)):
        name = _undoubled(_GLUED_WORD.split(printed)[0].strip())
        if not is_person_name(name):
            break
        names.setdefault(name.casefold(), name)
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
    if words[-1].lower() in _PARTICLES and len(words) > 1:
        return False
    return all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    bare = re.sub(r"['’.\-]", "", word)
    if not bare.isalpha():
        # Marks of Indic and Arabic vowels are not letters.
        return bool(bare) and not bare.isascii() and not any(char.isdigit() for char in bare)
    return bare[0].isupper() or bare.lower() in _PARTICLES or not bare[0].islower()
