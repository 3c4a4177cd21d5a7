"""Text that was encoded twice: UTF-8 that some tool took for windows-1252 ("â€œ" for a quote).

What it is mended to is ftfy's decision, line by line, and ftfy changes only what no one writes.
"""

import re

# What UTF-8's first bytes become when they are encoded again: those of Latin, Cyrillic and Arabic,
# of quotes, kana and wide commas. All begin with one byte, so that one fast pass finds them.
_MARK = re.compile(
    rb"\xc3(?:[\x82\x83\x90\x91\x98\x99]|\xa2\xe2\x82\xac|\xa3\xc2\x81|\xaf\xc2\xbc)"
)
# Looking for one byte costs a twentieth of what a regular expression does.
_MARK_START = b"\xc3"
# The bytes 80 to BF, which follow.
_FOLLOWING = (
    "\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030"
    "\u2039\u203a\u20ac\u2122"
)
_SUSPECT = re.compile(rf"[ÂÃÐÑØÙ][{_FOLLOWING}]|â€|[ãï][{_FOLLOWING}]{{2}}")


def mend_double_encoding(text: str, content: bytes) -> str:
    """Returns a text without double encoding; only lines that may hold it are given to ftfy.

    Args:
        text: as decoded.
        content: the bytes that it was decoded from.
    """
    if text.isascii() or not _may_be_double(content) or not _SUSPECT.search(text):
        return text
    import ftfy  # noqa: PLC0415 - few pages need it

    lines = text.split("\n")
    return "\n".join(ftfy.fix_encoding(line) if _SUSPECT.search(line) else line for line in lines)


def _may_be_double(content: bytes) -> bool:
    """Tells whether bytes hold a mark of double encoding; most pages do not even hold its start."""
    start = content.find(_MARK_START)
    return start >= 0 and _MARK.search(content, start) is not None
