"""Patterns of class names, whatever their capitals."""

import re

# Where a word of a class name in camel case begins.
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class ClassPattern:
    """A pattern in small letters, which is tried on class names in small letters.

    With `re.IGNORECASE` the same takes three to nine times as long. A page has hundreds of names.
    """

    def __init__(self, pattern: str) -> None:
        self._compiled = re.compile(pattern)

    def search(self, names: str) -> re.Match[str] | None:
        """Returns the first match in names; its text is in small letters."""
        return self._compiled.search(names.lower())


def dashed(names: str) -> str:
    """Returns class names with a dash before each word of those in camel case."""
    return names if names.islower() else _CAMEL.sub("-", names)
