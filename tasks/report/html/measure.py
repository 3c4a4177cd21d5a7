"""A number at the head of a page."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number at the head of a page, with how it moved since the run before."""

    label: str
    value: str
    tone: str
    delta: str = ""
    trend: Markup | str = ""
