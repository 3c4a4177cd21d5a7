"""JSON as templates break it: comments, several objects in one block, quotes that nobody escaped.

What can be read is read. Each repair is one pass over the source, so hostile input costs no more
than long input.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_DECODER = json.JSONDecoder(strict=False)
_START = re.compile(r"\{|\[\s*[{\[]")
_STRAY_COMMA = re.compile(r",\s*([}\]])")
# A comment of JavaScript, or a string, in which "//" is none.
_COMMENT_OR_STRING = re.compile(r'("(?:[^"\\]|\\.)*+")|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
# A quote, and what follows it: it closes a string before one of , : } ].
_QUOTE = re.compile(
    r'\\.|"(?P<closes>(?=\s*(?:[:}\]]|,\s*(?:["{\[\d-]|true|false|null)|\Z)))?', re.DOTALL
)


def read_json(source: str) -> Iterator[Any]:
    """Yields the values in a block of JSON, mended where it cannot be read as it is.

    A block may be wrapped in CDATA or a comment, hold several objects, commas before a bracket,
    comments of JavaScript, quotes as `&quot;`, or quotes inside of strings. What cannot be read
    after that yields nothing.
    """
    try:
        yield json.loads(source, strict=False)
        return
    except (ValueError, RecursionError):
        pass
    for mend in (_without_commas, _without_comments, _unescaped, _with_quotes):
        source = mend(source)
        values = list(_values(source))
        if values:
            yield from values
            return


def _values(source: str) -> Iterator[Any]:
    """Yields what stands between brackets, whatever is around; stops at the first fault."""
    start = _START.search(source)
    while start is not None:
        try:
            value, end = _DECODER.raw_decode(source, start.start())
        except (ValueError, RecursionError):
            return
        yield value
        start = _START.search(source, end)


def _without_commas(source: str) -> str:
    return _STRAY_COMMA.sub(r"\1", source)


def _without_comments(source: str) -> str:
    return _STRAY_COMMA.sub(r"\1", _COMMENT_OR_STRING.sub(lambda match: match[1] or "", source))


def _unescaped(source: str) -> str:
    return source if '"' in source else html.unescape(source)


def _with_quotes(source: str) -> str:
    """Escapes the quotes that neither open nor close a string."""
    parts: list[str] = []
    last, is_inside = 0, False
    for quote in _QUOTE.finditer(source):
        if quote[0].startswith("\\"):
            continue
        at = quote.start()
        if not is_inside:
            is_inside = True
        elif quote["closes"] is not None:
            is_inside = False
        else:
            parts += [source[last:at], '\\"']
            last = at + 1
    return "".join([*parts, source[last:]])
