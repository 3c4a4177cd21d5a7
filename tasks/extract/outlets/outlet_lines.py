"""An outlet's references to itself in a text dump: copyright lines, hosts, boxes, bylines.

A dump has no markup that says who publishes it, so everything here is a hint. A clue counts the
lines that print a name, because menus repeat it.
"""

import re
from collections.abc import Iterator, Sequence

from schemas.languages.compiled_tables import entries
from tasks.extract.evidence import OutletClue, OutletSource
from tasks.extract.outlets.outlet_patterns import NAME, NAME_WORD, SELF_REFERENCES
from tasks.printed.phrases import any_plain

# A whole page on one line is no list of boxes; its beginning is read.
_MAX_LINE = 5_000
_MAX_COPYRIGHT = 200
_MAX_LABEL_LINE = 60
_MAX_LABEL_WORDS = 4
_MAX_LABELS = 16
_MAX_BRANDS = 12
_MIN_BRAND_LINES = 4
_MAX_TAGLINE_WORDS = 6
_EDGE_LINES = 3
# "e.g.", "p.m." and "z.B." are shorter.
_MIN_HOST_LABEL = 3

_HANGUL, _HAN = "가-힣", "一-鿿ァ-ヶー"


def _name_endings() -> Iterator[tuple[str, int, list[str]]]:
    """Yields a script, the most signs of a name before its ending, and the endings."""
    endings = entries("outlets", "name_endings")
    hangul = [ending for ending in endings if re.match(f"[{_HANGUL}]", ending)]
    yield _HAN, 8, [ending for ending in endings if ending not in hangul]
    yield _HANGUL, 6, hangul


_WORDS = re.compile(r"[^\W\d_]+")
_COPYRIGHT_MARKS = ("©", "ⓒ", "(c)", "copyright", *entries("outlets", "copyright_lines"))
_COPYRIGHT = re.compile(
    r"[©ⓒ]|\(c\)\s*(?:19|20)\d\d|^copyright\b|\bcopyright\s*(?:by\b|\(c\)|(?:19|20)\d\d)"
    rf"|{any_plain('outlets', 'copyright_lines')}"
)
_RIGHTS = re.compile(rf"(?:19|20)\d\d|{any_plain('outlets', 'rights_words')}")
_NAMES = re.compile(NAME)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?P<host>(?:[\w-]+\.)+[A-Za-z]{2,12})(?!\w)")
_INNER_DOT = re.compile(r"\w\.\w")
_HOST = re.compile(
    # What joins a page's texts glues a writer's name to an address ("A. Reporterhttps://…").
    r"(?:(?<![\w@.-])|(?=https?://))(?P<www>https?://(?:www\.)?|www\.)?"
    r"(?P<host>(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,12}"
    r"|(?:[A-Z0-9][A-Za-z0-9-]*\.)+(?:[A-Z]{2,4}|[a-z]{2,6}|[A-Z][a-z]{1,3}))(?![\w@]|-\w{5})"
)
# Country codes, as "Oxu.Az" is printed, that are also words a sentence begins with.
_SENTENCE_STARTS = frozenset(
    {"An", "As", "At", "Be", "By", "De", "Do", "El", "En", "Es", "He", "Im", "In", "Is", "It", "La"}
    | {"Le", "Ma", "Me", "My", "Na", "No", "On", "Or", "Pa", "Se", "Si", "So", "Su", "To", "Us"}
    | {"Am", "Va", "We", "Com"}
)
_EAST_ASIAN_SIGN = re.compile(r"[一-鿿가-힣]")
# In Chinese, Japanese and Korean a name has no capitals, but its ending says what it is.
_EAST_ASIAN = re.compile(
    "|".join(
        rf"[{script}]{{2,{longest}}}(?:{'|'.join(endings)})"
        for script, longest, endings in _name_endings()
    )
)
_CAPITALISED = re.compile(rf"(?<![\w’'-]){NAME_WORD}(?: {NAME_WORD}){{0,2}}")
# "Headline | Outlet" is a page's title; "Headline - Agency" may also say whose news it is.
_TITLE_TAILS = (
    (OutletSource.TITLE_TAIL, re.compile(r"\s*[|｜]\s*")),
    (OutletSource.TITLE_DASH, re.compile(r"\s+[–—-]\s+")),
)
_TAGLINE = re.compile(r"\s[-–—|:]\s")

_Named = tuple[OutletSource, str]
_Found = dict[_Named, list[int]]


def collect_outlet_lines(lines: Sequence[str]) -> tuple[OutletClue, ...]:
    """Collects what a text dump prints about who publishes it.

    Args:
        lines: the dump's lines, all of them, in order.

    Returns:
        Clues without repetitions. `count` is how many lines print one; `position` names the first.
    """
    tidy = [" ".join(line[:_MAX_LINE].split()).strip("•*-–| ") for line in lines]
    found: _Found = {}
    for number, line in enumerate(tidy, start=1):
        if line:
            for source, text in _read_line(line, number, len(tidy)):
                found.setdefault((source, text), []).append(number)
    for source, text, numbers in (
        *_copyright_names(found, tidy),
        *_brands(tidy),
        *_label_lines(tidy),
    ):
        found.setdefault((source, text), numbers)
    return tuple(
        OutletClue(text=text, source=source, position=_position(numbers), count=len(set(numbers)))
        for (source, text), numbers in found.items()
    )


def _position(numbers: Sequence[int]) -> str:
    count = len(set(numbers))
    return f"line {numbers[0]}" + (f", {count} lines" if count > 1 else "")


def _read_line(line: str, number: int, count: int) -> Iterator[_Named]:
    lowered = line.lower()
    is_last = number > count - _EDGE_LINES
    if any(mark in lowered for mark in _COPYRIGHT_MARKS) and _COPYRIGHT.search(lowered):
        is_footer = is_last or bool(_RIGHTS.search(lowered))
        yield (
            OutletSource.COPYRIGHT_LINE if is_footer else OutletSource.CREDIT_LINE,
            line[:_MAX_COPYRIGHT],
        )
    if "." in line:
        yield from _hosts(line)
    yield from _self_references(line, set(_WORDS.findall(lowered)))
    if not line.isascii() and _EAST_ASIAN_SIGN.search(line):
        yield from (
            (OutletSource.EAST_ASIAN, match.group()) for match in _EAST_ASIAN.finditer(line)
        )
    if (is_last or number <= _EDGE_LINES) and len(line) <= _MAX_LABEL_LINE:
        yield OutletSource.EDGE_LINE, line
    if number <= _EDGE_LINES:
        yield from _title_tails(line)


def _self_references(line: str, words: set[str]) -> Iterator[_Named]:
    for reference in SELF_REFERENCES:
        if len(line) <= reference.longest and not words.isdisjoint(reference.words or words):
            for match in reference.pattern.finditer(line):
                yield reference.source, _trim(match["name"])


def _title_tails(line: str) -> Iterator[_Named]:
    for source, separator in _TITLE_TAILS:
        if len(tail := separator.split(line)) > 1:
            yield source, tail[-1]


def _hosts(line: str) -> Iterator[_Named]:
    if "@" in line:
        for mail in _MAIL.finditer(line):
            yield OutletSource.PRINTED_MAIL, mail["host"].lower()
        line = _MAIL.sub(" ", line)
    if not _INNER_DOT.search(line):
        return
    for match in _HOST.finditer(line):
        rest = f"{line[: match.start()]} {line[match.end() :]}".strip(" /.")
        if match["www"] and not rest:
            yield OutletSource.PRINTED_ADDRESS, match["host"]
        elif not rest or _is_tagline(rest, match, line):
            yield OutletSource.PRINTED_HOST_ALONE, match["host"]
        elif match["www"]:
            yield OutletSource.PRINTED_HOST, match["host"]
        elif _is_name_host(match["host"]):
            yield OutletSource.PRINTED_NAME_HOST, match["host"]


def _is_name_host(host: str) -> bool:
    """Whether a bare host is one, not "e.g." or two sentences without a space ("rain.In")."""
    labels = host.split(".")
    return len(labels[-2]) >= _MIN_HOST_LABEL and labels[-1] not in _SENTENCE_STARTS


def _is_tagline(rest: str, match: re.Match[str], line: str) -> bool:
    """Whether the rest of a host's line is a tagline: "Armenia News - NEWS.am"."""
    is_parted = _TAGLINE.search(f"{line[: match.start()]}\0{line[match.end() :]}") is not None
    return is_parted and len(rest.split()) <= _MAX_TAGLINE_WORDS


def _copyright_names(
    found: _Found, lines: Sequence[str]
) -> Iterator[tuple[OutletSource, str, list[int]]]:
    """Finds the names of copyright lines that other lines print too."""
    holders = [text for source, text in found if source == "copyright_line"]
    for name in dict.fromkeys(_trim(name) for text in holders for name in _NAMES.findall(text)):
        numbers = [number for number, line in enumerate(lines, start=1) if name in line]
        if len(numbers) > 1:
            yield OutletSource.COPYRIGHT_NAME, name, numbers


def _brands(lines: Sequence[str]) -> Iterator[tuple[OutletSource, str, list[int]]]:
    """Finds the capitalised words that the most short lines share: menus repeat the brand."""
    seen: dict[str, set[int]] = {}
    for number, line in enumerate(lines, start=1):
        if not line or len(line) > _MAX_LABEL_LINE:
            continue
        for match in _CAPITALISED.finditer(line):
            words = match.group().split()
            for start in range(len(words)):
                for end in range(start + 1, len(words) + 1):
                    seen.setdefault(" ".join(words[start:end]), set()).add(number)
    brands = sorted(seen, key=lambda name: -len(seen[name]))[:_MAX_BRANDS]
    for name in brands:
        if len(seen[name]) >= _MIN_BRAND_LINES:
            yield OutletSource.BRAND, name, sorted(seen[name])


def _label_lines(lines: Sequence[str]) -> Iterator[tuple[OutletSource, str, list[int]]]:
    """Finds the short lines that stand in a dump more than once: a logo's text, a footer's name."""
    seen: dict[str, list[int]] = {}
    for number, line in enumerate(lines, start=1):
        if line and len(line) <= _MAX_LABEL_LINE and len(line.split()) <= _MAX_LABEL_WORDS:
            seen.setdefault(line.casefold(), []).append(number)
    repeated = [numbers for numbers in seen.values() if len(numbers) > 1]
    for numbers in sorted(repeated, key=len, reverse=True)[:_MAX_LABELS]:
        yield OutletSource.LABEL_LINE, lines[numbers[0] - 1], numbers


def _trim(name: str) -> str:
    return re.sub(r"['’]s?$", "", name.strip()).strip(" .,'’\"")
