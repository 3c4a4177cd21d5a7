"""How a value of a column is written in a line of text."""

from decimal import Decimal
from typing import Any


def show(value: Any) -> str:
    """Writes a value in one line; what is not known, and a list of nothing, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return " ".join(str(value).split())
