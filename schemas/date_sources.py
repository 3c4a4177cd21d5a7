"""The positions where a document prints its dates, and what each tells of the publication.

A source is declared here once. Its value is what `published_source` publishes.
"""

from enum import Flag, StrEnum, auto
from typing import Self


class DateTrait(Flag):
    """What is true of the dates of a source."""

    NONE = 0
    RANKED = auto()  # it is known how many stamps stand between them and the title
    NEAR_TITLE = auto()  # they weigh less with each of these stamps
    PRINTED = auto()  # readers see them as they are printed
    WALL_CLOCK = auto()  # their time is the one that readers see
    SPOKEN_OF = auto()  # a text may print them of something else


_STAMP = DateTrait.RANKED | DateTrait.NEAR_TITLE
_READ = DateTrait.PRINTED | DateTrait.WALL_CLOCK


class DateSource(StrEnum):
    """Where a date stands.

    Each member names its value, its weight and its traits. The weight is how far a source is to be
    believed about the day of publication, from what human labels of real pages agree with. A CMS
    writes JSON-LD and article metas for exactly this. An address or a general meta is often another
    day's.
    """

    weight: float
    traits: DateTrait

    JSON_LD = "json_ld", 6.0
    META = "meta", 5.0
    MICRODATA = "microdata", 5.0, _STAMP
    FEED = "feed", 5.0
    ROW = "row", 4.0  # of a crawler's export, beside the page or its text
    BYLINE = "byline", 4.0, _STAMP | _READ
    TIME = "time", 4.0, _STAMP | DateTrait.WALL_CLOCK
    DATELINE = "dateline", 4.0, DateTrait.PRINTED
    LINE = "line", 4.0, _READ | DateTrait.SPOKEN_OF  # of a text dump
    URL = "url", 3.0
    META_OTHER = "meta_other", 3.0  # a meta that is not an article's by its name
    BODY = "body", 2.0, _STAMP | _READ  # a short text far from the title
    SCRIPT = "script", 2.0
    TEXT = "text", 0.5, DateTrait.RANKED | DateTrait.SPOKEN_OF  # a sentence
    HEADER = "header", 0.0

    def __new__(cls, value: str, weight: float, traits: DateTrait = DateTrait.NONE) -> Self:
        """Makes a member that carries its weight and traits."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.weight = weight
        member.traits = traits
        return member
