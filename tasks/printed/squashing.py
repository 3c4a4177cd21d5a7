"""Comparing printed texts."""

import re

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def squash(text: str) -> str:
    """Returns a text's letters and digits in lower case: what two printings have in common."""
    return _NOT_ALPHANUMERIC.sub("", text.casefold())


# What patterns see of a line that a page prints about itself: they may look at each pair of its
# characters. No headline, name or byline is as long.
_MAX_LINE = 1_000
_MAX_SPACED = 4_000


def as_line(text: str) -> str:
    """Returns a printed line with single spaces; of what is longer than any line the beginning."""
    return " ".join(text[:_MAX_SPACED].split())[:_MAX_LINE]
