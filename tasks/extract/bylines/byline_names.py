"""Names out of printed bylines: "By A. Reporter and B. Writer, Political Editor" holds two."""

import html
import re
from collections.abc import Iterator

from tasks.printed.phrases import any_of, any_plain, any_word_of

# What a byline begins with, before the name.
BYLINE_PREFIX = re.compile(
    rf"^\W*(?:{any_of('names', 'bylines')}\b\s*:?\s+|{any_of('names', 'byline_marks')})",
    re.IGNORECASE,
)
# "Posted on 3 April 2024 by A. Reporter": the day stands before the name.
_POSTED_BY = re.compile(rf"^\W*{any_of('names', 'posted')}\b.{{0,60}}?\bby\s+", re.IGNORECASE)
# Where the name ends and the time of publishing begins: at its word, or at the first digit.
_STAMP = re.compile(
    rf"[\s,.;|•·–—(-]*(?:\b{any_of('names', 'stamp_labels')}\b"
    rf"|(?:\b{any_of('names', 'stamp_words')}\b[\s,.:]*)*\d).*$",
    re.IGNORECASE,
)
_JOINER = re.compile(
    rf"\s*(?:[,;|/•·]|\s&\s|\s\+\s|\s{any_plain('names', 'joiners')}\s)\s*|、|，|／"
)
# Printed behind a name: initials, the office, a role, "and one more".
_SUFFIX = re.compile(
    rf"\s*\((?:[^()]{{1,40}})\)\s*$|\s*{any_of('names', 'suffixes')}\s*$|\s+[-–—|]\s+.*$"
    rf"|\s+{any_plain('names', 'places_before')}\s+[A-ZÀ-Þ].*$|\s*[,:;.]+$",
)
_ADDRESS = re.compile(
    r"https?:|www\.|@|\.(?:com|org|net)/|^/|facebook|twitter|\d{3,}", re.IGNORECASE
)
# Words of roles and offices, which follow a name after a comma and are no names.
_ROLE = re.compile(any_word_of("names", "roles"), re.IGNORECASE)
# Organisations that sign for no person.
_ORGANISATION = re.compile(
    rf"{any_word_of('names', 'organisations')}|\.(?:com|org|net|de|at|is|be|nl|no|tv|eu|ch)\b",
    re.IGNORECASE,
)
# Roles that sign where no person does: they name nobody.
_NOBODY = re.compile(
    rf"(?:{any_plain('names', 'staff_openings')} )*{any_of('names', 'staff')}"
    rf"|(?:{any_plain('names', 'desk_openings')} )*{any_of('names', 'desks')}"
    rf"|{any_of('names', 'nobody')}",
    re.IGNORECASE,
)
# A contact behind the name, and the label of a form's field that must be filled in ("Name *").
_MAIL = re.compile(r"[\s,;(<]*(?:e-?mail\s*:?\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)]*", re.IGNORECASE)
_FIELD_LABEL = re.compile(r"\*\s*:?$")
_MIN_CHARS = 2
_MAX_CHARS = 60
_MAX_WORDS = 6


def parse_names(printed: str) -> Iterator[str]:
    """Yields the names in an author field or byline, in order, without roles and places."""
    text = _MAIL.sub("", " ".join(html.unescape(printed).split())).strip()
    if _ADDRESS.search(text) or _FIELD_LABEL.search(text):
        return
    if BYLINE_PREFIX.fullmatch(f"{text} "):
        return
    parts = [_bare(part) for part in _JOINER.split(BYLINE_PREFIX.sub("", text))]
    # A role is one behind a name ("A. Reporter, Political Editor"), alone it signs ("Staff").
    names = [part for n, part in enumerate(parts) if part and (n == 0 or not _ROLE.search(part))]
    for index, name in enumerate(names):
        if _is_place(name, index, len(names)):
            continue
        if _MIN_CHARS <= len(name) <= _MAX_CHARS and len(name.split()) <= _MAX_WORDS:
            yield name


def is_organisation(name: str) -> bool:
    """Tells whether a name is that of an organisation or a collective, not of a person."""
    return _ORGANISATION.search(name) is not None


def is_nobody(name: str) -> bool:
    """Tells whether a name is a mere role: "Staff Reporter", "Redaktion"."""
    return _NOBODY.fullmatch(name) is not None


def strip_stamp(line: str) -> str:
    """Takes the time of publishing off a printed byline: "By A. Reporter, 6 March 2024, 10:20".

    Returns:
        What is left, for "Posted 6 March by A. Reporter" beginning with "by"; the whole line where
        the time stands first.
    """
    whole = _POSTED_BY.sub("by ", line)
    rest = _STAMP.sub("", whole)
    return rest if BYLINE_PREFIX.sub("", f"{rest} ").strip() else whole


def _bare(part: str) -> str:
    previous = None
    text = BYLINE_PREFIX.sub("", part.strip())
    while text != previous:
        previous, text = text, _SUFFIX.sub("", text).strip()
    return text


def _is_place(name: str, index: int, count: int) -> bool:
    """A single word behind full names is where the author wrote, not another author."""
    return index > 0 and index == count - 1 and len(name.split()) == 1 and name.isascii()
