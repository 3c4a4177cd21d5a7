"""Closed sets of names that each say what they mean."""

from enum import StrEnum
from typing import Self


class DescribedEnum(StrEnum):
    """A closed set of names; each member is declared as `NAME = "name", "what it means"`.

    A member is the string that is stored and compared; its description is for people.

    Attributes:
        description: what the name means, in words.
    """

    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Makes a member out of its name and its description.

        Raises:
            TypeError: it has none; to look a member up, its name is enough.
        """
        if not description:
            raise TypeError(f"{value!r} is declared without saying what it means")
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member
