"""The warehouse that these tests look at."""

from tests.unit.reported import reported

__all__ = ["reported"]
