"""What no column holds: characters that are no text, taken out of all that pages and crawlers say.

Taken out are the controls of C0 and C1 but tab and line ends, lone surrogates (half an emoji, which
JSON can spell) and noncharacters (The Unicode Standard, 23.7). Files, exporters, charts and
terminals fail on them, or obey them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

T = TypeVar("T")

_LAST_OF_PLANES = "".join(
    chr(plane + code) for plane in range(0, 0x110000, 0x10000) for code in (0xFFFE, 0xFFFF)
)
# Python ends a word or a line at these: what stood on both sides of one stays apart.
_SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_NO_CHARACTERS = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
_ANY = re.compile("|".join(part.pattern for part in (_SEPARATORS, _CONTROLS, _NO_CHARACTERS)))
_UNPRINTED = re.compile(f"[\t\n\r]|{_ANY.pattern}")
# What the above are, or may be, in UTF-8 and in JSON. Nearly all texts hold none of it, and bytes
# tell so in a tenth of the time.
_IN_UTF8 = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_IN_JSON = re.compile(rb"\\[bfu]")
_IN_BOTH = tuple(
    map(re.compile, (rb"\x7f", rb"\xc2[\x80-\x9f]", rb"\xef\xb7[\x90-\xaf]", rb"\xbf[\xbe\xbf]"))
)


def clean(text: str) -> str:
    """Returns a text without controls; U+FFFD stands for what is no character."""
    if is_clean(text):
        return text
    text = _CONTROLS.sub("", _SEPARATORS.sub(" ", text))
    return _NO_CHARACTERS.sub("\ufffd", text)


def is_clean(text: str) -> bool:
    """Tells whether cleaning would leave a text as it is."""
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return False
    return not _is_suspect(content, _IN_UTF8) or _ANY.search(text) is None


def is_clean_json(content: bytes) -> bool:
    """Tells that no text in a value is unclean, by the JSON written of it; False may be wrong."""
    return not _is_suspect(content, _IN_JSON)


def _is_suspect(content: bytes, controls: re.Pattern[bytes]) -> bool:
    if controls.search(content):
        return True
    return any(part.search(content) for part in _IN_BOTH)


def clean_all(value: T) -> T:
    """Returns a dataclass with every text in it cleaned; itself where there is nothing to clean.

    It goes through dataclasses and tuples. A text that cleaning empties is left out of a tuple, and
    is None where a dataclass has None by default.
    """
    if is_clean("".join(_texts(value))):
        return value
    return cast("T", _cleaned(value))


def escape_name(name: str) -> str:
    r"""Returns a file's name as it can be printed.

    Bytes that are not UTF-8, what cleaning takes out, tabs and line ends become `\xNN`, `\uNNNN`
    and the like: cleaned, two names could become one.
    """
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNPRINTED.sub(_escape, readable)


def _escape(character: re.Match[str]) -> str:
    """Writes a character as Python would between quotes."""
    return character[0].encode("unicode_escape").decode()


def _texts(value: object) -> Iterator[str]:
    if type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _texts(_values_of(type(value))(value))


@cache
def _values_of(kind: Any) -> Callable[[object], tuple[object, ...]]:
    """Returns what gets the values of a dataclass's fields, all at once."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names)


def _cleaned(value: object) -> object:
    if type(value) is str:
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_without_emptied(value))
    if is_dataclass(value) and not isinstance(value, type):
        cleaned = {field.name: _cleaned(getattr(value, field.name)) for field in fields(value)}
        emptied = {
            field.name: None
            for field in fields(value)
            if field.default is None and cleaned[field.name] == ""
        }
        return replace(value, **cleaned | emptied)
    return value


def _without_emptied(parts: Iterable[object]) -> Iterator[object]:
    for part in parts:
        cleaned = _cleaned(part)
        if cleaned != "" or part == "":
            yield cleaned
