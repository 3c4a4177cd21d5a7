"""Class names as templates write them."""

import re

# Where a word of a class name in camel case begins.
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def dashed(names: str) -> str:
    """Returns class names with a dash before each word of those in camel case."""
    return names if names.islower() else _CAMEL.sub("-", names)
