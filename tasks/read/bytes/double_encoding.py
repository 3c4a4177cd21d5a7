"""Text that was encoded twice: UTF-8 that some tool took for windows-1252 ("â€œ" for a quote).

What it is mended to is ftfy's decision, line by line, and ftfy changes only what no one writes.
"""

import re
from itertools import chain, zip_longest

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
# It begins with a set of letters, which is looked for in a fifth of the time of alternatives.
_SUSPECT = re.compile(
    rf"[ÂÃÐÑØÙâãï](?:(?<=[ÂÃÐÑØÙ])[{_FOLLOWING}]|(?<=â)€|(?<=[ãï])[{_FOLLOWING}]{{2}})"
)
# ASCII with other ASCII around it. ftfy looks no further than seven characters from what it mends;
# 1A stands for a lost byte there.
_PLAIN = r"[\0-\x19\x1b-\x7f]"
_FAR = re.compile(rf"(?<={_PLAIN}{{16}}){_PLAIN}+(?={_PLAIN}{{16}})")


def mend_double_encoding(text: str, content: bytes) -> str:
    """Returns a text without double encoding; only lines that may hold it are given to ftfy.

    Args:
        text: as decoded.
        content: the bytes that it was decoded from.
    """
    if text.isascii() or not _may_be_double(content) or not _SUSPECT.search(text):
        return text
    lines = text.split("\n")
    return "\n".join(_mend_line(line) if _SUSPECT.search(line) else line for line in lines)


def _mend_line(line: str) -> str:
    """Mends a line without what ftfy would only pass over: a minified page is one line."""
    import ftfy  # noqa: PLC0415 - few pages need it

    mended = ftfy.fix_encoding(_FAR.sub("\n", line)).split("\n")
    return "".join(chain.from_iterable(zip_longest(mended, _FAR.findall(line), fillvalue="")))


def _may_be_double(content: bytes) -> bool:
    """Tells whether bytes hold a mark of double encoding; most pages do not even hold its start."""
    start = content.find(_MARK_START)
    return start >= 0 and _MARK.search(content, start) is not None
