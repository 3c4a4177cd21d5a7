"""Comparing printed texts."""

import re

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def squash(text: str) -> str:
    """Returns a text's letters and digits in lower case: what two printings have in common."""
    return _NOT_ALPHANUMERIC.sub("", text.casefold())
