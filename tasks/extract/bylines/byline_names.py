"""Names out of printed bylines: "By A. Reporter and B. Writer, Political Editor" holds two."""

import html
import re
from collections.abc import Iterator

from schemas.languages.compiled_tables import entries
from tasks.printed.phrases import any_of, any_plain, any_word_of
from tasks.printed.squashing import as_line

# A joiner of one letter in capitals is an initial: "Ann Y Lee".
_JOINERS = sorted(entries("names", "joiners"), key=len, reverse=True)
_LONG_JOINERS = "|".join(re.escape(word) for word in _JOINERS if len(word) > 1)
_SHORT_JOINERS = "|".join(re.escape(word) for word in _JOINERS if len(word) == 1)
# What a byline begins with, before the name.
BYLINE_PREFIX = re.compile(
    rf"^\W*(?:{any_of('names', 'bylines')}\b\s*:?\s+|{any_of('names', 'byline_marks')}"
    # "De Ana Pop" is by her; "De" is a part of other names.
    r"|de(?=\s+[A-ZÀ-ÞȘȚ]\w{2,}\s+[A-ZÀ-ÞȘȚ])\s+)",
    re.IGNORECASE,
)
# "Posted on 3 April 2024 by A. Reporter": the day stands before the name.
_POSTED_BY = re.compile(rf"^\W*{any_of('names', 'posted')}\b.{{0,60}}?\bby\s+", re.IGNORECASE)
# Where the name ends and the time of publishing begins: at its word, or at the first digit.
_STAMP = re.compile(
    rf"(?<![\s,.;|•·–—(-])[\s,.;|•·–—(-]*(?:\b{any_of('names', 'stamp_labels')}\b"
    rf"|(?:\b{any_of('names', 'stamp_words')}\b[\s,.:]*){{0,6}}\d).*$",
    re.IGNORECASE,
)
_JOINER = re.compile(
    rf"\s*(?:[,;]\s*(?i:{_LONG_JOINERS})\s|[,;|/•·]|\s&\s|\s\+\s"
    rf"|\s(?:(?i:{_LONG_JOINERS})|{_SHORT_JOINERS})\s"
    rf"|\s{any_plain('names', 'glued_joiners')}(?=[\u0590-\u06ff]{{2}}))\s*|、|，|／"
)
# Letters behind a name that belong to it.
_LETTERS = re.compile(
    r",\s*(?P<letters>(?:Sr|Jr|I{2,3}|IV|M\.?D|Ph\.?D|Esq|R\.?N|D\.?O|M\.?P\.?H|MBA|CFA|J\.?D)\b\.?)"
)
_LETTERS_MARK = "\x00"
# "Ann Lee @annlee", "Ann Lee ann@example.org": the name is what stands beside.
_CONTACT = re.compile(
    r"\s*[(|–-]?\s*(?:\S{1,60}@\S{1,80}|@\w{1,40}|https?://\S{1,200})\)?"
    r"|\s+(?:e-?mail|contact|follow)(?: the author)?$|\s+(?:e-?mail|contact) the author\b.*$",
    re.IGNORECASE,
)
# Others than the author, named behind him.
_OTHERS = re.compile(
    r"\s*[,;|]?\s*\b(?:edited|illustrat\w+|photos?|photographs?|photography|translated|graphics?|video"
    r"|additional reporting|reviewed)\s+by\b.*$",
    re.IGNORECASE,
)
# Roles glued to a name, with the field in front of them: "Games Editor".
_GLUED_ROLE = re.compile(
    r"(?P<name>\S+ \S+)(?: \S+){0,3} (?i:editor|correspondent|writer|reporter|columnist|staff)"
)
_NO_BYLINE = re.compile(
    r"(?:(?:submitted|posted|published|updated|last modified)\b(?!.*\bby\b)"
    r"|(?:see|view|read|show) (?:full |more |all )?(?:bio|posts|articles|profile)\b)",
    re.IGNORECASE,
)
# Several things in brackets: "(Brussels, European bureau)".
_BRACKETED = re.compile(r"\s*\([^()]{0,60}[,;|/][^()]{0,60}\)")
# Printed behind a name: initials, the office, a role, "and one more".
_SUFFIX = re.compile(
    rf"\s*\((?:[^()]{{1,40}})\)\s*$|\s*{any_of('names', 'suffixes')}\s*$|\s+[-–—|]\s+.*$"
    rf"|\s+{any_plain('names', 'places_before')}\s+[A-ZÀ-Þ].*$|\s*[,:;]+$"
    r"|(?<!\bSr)(?<!\bJr)(?<!\bD)\.$|\s*[-–—|]+$",
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
# Agencies, as they write themselves: "Sid" is a first name, "SID" an agency.
_AGENCIES = "|".join(entries("names", "agencies"))
_AGENCY = re.compile(
    rf"\b(?:{_AGENCIES.upper()})\b|^(?:{_AGENCIES})(?:[/, -].*)?$|^(?i:{_AGENCIES})$|\bTass\b"
)
# Roles that sign where no person does: they name nobody.
_NOBODY = re.compile(
    rf"(?:{any_plain('names', 'staff_openings')} )*{any_of('names', 'staff')}"
    rf"|(?:{any_plain('names', 'desk_openings')} )*{any_of('names', 'desks')}"
    r"|(?:\S+ )?(?:feed|user|admin|administrator|webmaster|import(?:er)?|syndication)"
    rf"|{any_of('names', 'nobody')}",
    re.IGNORECASE,
)
_MIN_CHARS = 2
_MAX_CHARS = 60
_MAX_WORDS = 6


def parse_names(printed: str) -> Iterator[str]:
    """Yields the names in an author field or byline, in order, without roles and places."""
    text = as_line(html.unescape(printed))
    text = _BRACKETED.sub(" ", _OTHERS.sub("", _CONTACT.sub("", text)))
    if _ADDRESS.search(text) or _NO_BYLINE.match(text) or text.endswith("*"):  # "Name *"
        return
    text = _LETTERS.sub(lambda match: f"{_LETTERS_MARK} {match['letters']}", text)
    if BYLINE_PREFIX.fullmatch(f"{text} "):
        return
    parts = [_bare(part) for part in _JOINER.split(BYLINE_PREFIX.sub("", text))]
    # A role is one behind a name ("A. Reporter, Political Editor"), alone it signs ("Staff").
    names = [part for n, part in enumerate(parts) if part and (n == 0 or not _ROLE.search(part))]
    for index, marked in enumerate(names):
        name = marked.replace(_LETTERS_MARK, ",")
        if _is_place(name, index, len(names)):
            continue
        if _MIN_CHARS <= len(name) <= _MAX_CHARS and len(name.split()) <= _MAX_WORDS:
            yield name


def is_organisation(name: str) -> bool:
    """Tells whether a name is that of an organisation or a collective, not of a person."""
    return _ORGANISATION.search(name) is not None or _AGENCY.search(name) is not None


def is_nobody(name: str) -> bool:
    """Tells whether a name is a mere role: "Staff Reporter", "Redaktion"."""
    return _NOBODY.fullmatch(name) is not None


def is_role(text: str) -> bool:
    """Tells whether a text names a role or an office: "Senior Editor"."""
    return _ROLE.search(text) is not None


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
    glued = _GLUED_ROLE.fullmatch(text)
    return glued["name"] if glued is not None and not is_organisation(glued["name"]) else text


def _is_place(name: str, index: int, count: int) -> bool:
    """A single word behind full names is where the author wrote, not another author."""
    return index > 0 and index == count - 1 and len(name.split()) == 1 and name.isascii()
