r"""Undo what exports do to a page besides compressing it.

A page is found as Python prints bytes (`b'<html>\n...'`), as a JSON string or the one field of a
JSON object, or with its markup escaped (`&lt;html&gt;`). Published as it stands, its text would
hold backslashes and tags.
"""

import ast
import html
import json
import re

# The printed form begins with markup, or with an escape before it.
_PRINTED_BYTES = re.compile(rb"\s*b(?P<quote>['\"])(?:\\[nrt]|\s)*<")
_JSON_STRING = re.compile(rb'\s*"(?:\\[nrt]|\s)*(?:<|\\u003c)', re.IGNORECASE)
_JSON_OBJECT = re.compile(rb'\s*\{\s*"[\w-]{1,40}"\s*:')
_ESCAPED = re.compile(
    rb"\s*&lt;(?:!doctype|!--|html|head|body|div|article|main|section|p|h[1-6])\b", re.IGNORECASE
)
_FIELDS = ("html", "text")


def unwrap(content: bytes) -> tuple[bytes, str | None]:
    """Take a page out of what it was written into.

    Returns:
        The page, and what was undone; the content itself and None where nothing was.
    """
    if _PRINTED_BYTES.match(content):
        return _undo(content, _read_bytes(content), "Python's printing of bytes")
    if _JSON_STRING.match(content) or _JSON_OBJECT.match(content):
        return _undo(content, _read_json(content), "JSON")
    if _ESCAPED.match(content):
        text = content.decode("utf-8", "surrogateescape")
        plain = html.unescape(text).encode("utf-8", "surrogateescape")
        return plain, "the page's markup was escaped"
    return content, None


def _undo(content: bytes, found: bytes | None, wrapping: str) -> tuple[bytes, str | None]:
    if found is None:
        return content, None
    return found, f"the page was wrapped in {wrapping}"


def _read_bytes(content: bytes) -> bytes | None:
    try:
        value = ast.literal_eval(content.strip().decode("ascii"))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, bytes) else None


def _read_json(content: bytes) -> bytes | None:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        value = next((value[name] for name in _FIELDS if value.get(name)), None)
    # A lone surrogate, which JSON can spell, is no character.
    return value.encode("utf-8", "replace") if isinstance(value, str) else None
