"""An outlet's references to itself in a text dump: copyright lines, hosts, boxes, bylines.

A dump has no markup that says who publishes it, so everything here is a hint; how many lines print a
name stands in the clue's place, because menus repeat it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tasks.extract import outlet_phrases as phrases
from tasks.extract.evidence import OutletClue

_MAX_LINE = 1_500
_MAX_LABEL_LINE = 60
_MAX_BRANDS = 12
_MIN_BRAND_LINES = 4
_EDGE_LINES = 3

_UPPER = "".join(map(chr, range(0x41, 0x590)))
_UPPER = "".join(sign for sign in _UPPER if sign.isupper())
_WORD = rf"[{_UPPER}0-9][\w&+’'.-]*[\w+]|[{_UPPER}]|[a-z]-?[{_UPPER}][\w.-]+"
_JOIN = r"(?:of|the|and|&|de|del|di|la|le|du|des|der|die|für|fra|y|e|et|и)"
_NAME = rf"(?:[Tt]he )?(?:{_WORD})(?: (?:{_JOIN} (?:the )?)?(?:{_WORD}))" "{0,4}"
_QUOTE = r"[\"“„«»”'*]{0,2}"


def _any_of(alternatives: Sequence[str]) -> str:
    return "|".join(alternatives)


_AFTER_WORDS = r"(?:the |der |die |das |dem |den |el |la |le |il |lo |o |a )?"
_INVITATION = re.compile(
    rf"(?:^|[\s•*(–|-])(?i:{_any_of(phrases.INVITATIONS)})\s+{_AFTER_WORDS}{_QUOTE}(?P<name>{_NAME})"
)
_AFFILIATION = re.compile(
    rf"(?<!\w)(?i:{_any_of(phrases.AFFILIATIONS)}) {_AFTER_WORDS}{_QUOTE}(?P<name>{_NAME})"
)
_BELONGING = re.compile(
    rf"(?<!\w)(?P<name>{_NAME})(?:['’]s)?{_QUOTE}[\s-]+(?i:{_any_of(phrases.BELONGINGS)})(?!\w)"
)
_TELLING = re.compile(
    rf"(?<!\w)(?i:{_any_of(phrases.TELLING)}) {_AFTER_WORDS}{_QUOTE}(?P<name>{_NAME})"
)
_SELF_AFTER = re.compile(
    rf"(?<!\w)(?P<name>{_NAME}?)(?:['’]s)?{_QUOTE} (?i:{_any_of(phrases.SELF_REFERENCES_AFTER)})"
)
_SELF_BEFORE = re.compile(
    rf"(?i:{_any_of(phrases.SELF_REFERENCES_BEFORE)}) {_QUOTE}(?P<name>{_NAME})"
)
_SPOKESPERSON = re.compile(
    rf"^(?:[A-Z][a-z]+ )*Press (?:Briefing|Statement|Release|Conference)s? (?:by|from|of|with) "
    rf"(?:the )?(?P<name>{_NAME}?) (?:Deputy |Principal )*(?:Spokes(?:person|man|woman)|Press Secretary)"
)
_MARK = re.compile(rf"^.{{0,80}}?\((?P<name>[{_UPPER}][\w .-]{{1,24}})\)\s?(?:[:–—]|--?\s)")
# (source, pattern, the longest line it is looked for in): boxes and footers are short.
_NAME_PATTERNS = (
    ("self_reference", _SELF_AFTER, 1_500),
    ("self_reference", _SELF_BEFORE, 1_500),
    ("self_reference", _SPOKESPERSON, 300),
    ("dateline_mark", _MARK, 1_500),
    ("invitation", _INVITATION, 200),
    ("affiliation", _AFFILIATION, 600),
    ("belonging", _BELONGING, 300),
    ("telling", _TELLING, 1_500),
)

_COPYRIGHT = re.compile(
    r"©|ⓒ|\(c\)\s*(?:19|20)\d\d|^copyright\b|\bcopyright\s*(?:by\b|\(c\)|(?:19|20)\d\d)|版权所有|版權所有",
    re.IGNORECASE,
)
_NAMES = re.compile(_NAME)
_MAX_COPYRIGHT = 200
_RIGHTS = re.compile(r"(?:19|20)\d\d|right|recht|droit|direitos|derechos|diritti|права|hak", re.I)
_HOST = re.compile(
    r"(?P<mail>[\w.+-]+@)?(?<![\w@.-])(?P<www>https?://(?:www\.)?|www\.)?"
    r"(?P<host>(?:[a-z0-9][a-z0-9-]*\.)+(?:[a-z]{2,12})|(?:[A-Z0-9][A-Za-z0-9-]*\.)+"
    r"(?:[A-Z]{2,4}|[a-z]{2,6}))(?![\w@]|-\w)"
)
_MAIL = re.compile(r"[\w.+-]+@(?P<host>(?:[\w-]+\.)+[A-Za-z]{2,12})(?!\w)")
_EAST_ASIAN = re.compile(phrases.EAST_ASIAN_NAMES)
_CAPITALISED = re.compile(rf"(?<![\w’'-])(?:{_WORD})(?: (?:{_WORD})){{0,2}}")
_TITLE_TAIL = re.compile(r"\s+[|–—-]\s+|\s*[|｜]\s*")
_TAGLINE = re.compile(r"\s[-–—|:]\s")
_MAX_TAGLINE_WORDS = 6
_MIN_LABEL = 3


def collect_outlet_lines(lines: Sequence[str]) -> tuple[OutletClue, ...]:
    """Collects what a text dump prints about who publishes it.

    Args:
        lines: the dump's lines, all of them, in order.

    Returns:
        Clues without repetitions. `place` names the first line and, for what recurs, how many
        lines there are: `line 4, 12 lines`.
    """
    stripped = [" ".join(line.split()).strip("•*-–| ") for line in lines]
    found: dict[tuple[str, str], list[int]] = {}
    for number, line in enumerate(stripped, start=1):
        if not line:
            continue
        for source, text in _read_line(line, number, len(stripped)):
            found.setdefault((source, text), []).append(number)
    for source, text, numbers in _brands(stripped):
        found.setdefault((source, text), numbers)
    for (source, text), numbers in list(found.items()):
        if source == "copyright_name":
            numbers[:] = [number for number, line in enumerate(stripped, 1) if text in line]
            if len(numbers) == 1:
                del found[source, text]
    return tuple(
        OutletClue(text=text, source=source, place=_place(numbers))
        for (source, text), numbers in found.items()
    )


def _place(numbers: Sequence[int]) -> str:
    distinct = len(set(numbers))
    return f"line {numbers[0]}" + (f", {distinct} lines" if distinct > 1 else "")


def _read_line(line: str, number: int, count: int) -> Iterator[tuple[str, str]]:
    if _COPYRIGHT.search(line) and len(line) < _MAX_LINE:
        is_footer = bool(_RIGHTS.search(line)) or number > count - _EDGE_LINES
        yield "copyright_line" if is_footer else "credit_line", line[:_MAX_COPYRIGHT]
        if is_footer:
            yield from (("copyright_name", _trim(name)) for name in _NAMES.findall(line))
    yield from _hosts(line)
    for source, pattern, longest in _NAME_PATTERNS:
        if len(line) <= longest:
            for match in pattern.finditer(line):
                yield source, _trim(match["name"])
    for match in _EAST_ASIAN.finditer(line):
        yield "east_asian", match.group()
    is_edge = number <= _EDGE_LINES or number > count - _EDGE_LINES
    if is_edge and len(line) <= _MAX_LABEL_LINE:
        yield "edge_line", line
    if number <= _EDGE_LINES and len(tail := _TITLE_TAIL.split(line)) > 1:
        yield "title_tail", tail[-1]


def _hosts(line: str) -> Iterator[tuple[str, str]]:
    if "." not in line:
        return
    for match in _MAIL.finditer(line):
        yield "printed_mail", match["host"].lower()
    for match in _HOST.finditer(line):
        if match["mail"]:
            continue
        if _is_alone(match, line):
            yield "printed_host_alone", match["host"]
        elif match["www"]:
            yield "printed_host", match["host"]
        elif len(match["host"].split(".")[-2]) >= _MIN_LABEL:
            yield "printed_name_host", match["host"]


def _is_alone(match: re.Match[str], line: str) -> bool:
    """Whether a line is nothing but a host, or a tagline and a host: "Armenia News - NEWS.am"."""
    rest = (line[: match.start()] + line[match.end() :]).strip(" /.")
    if not rest:
        return True
    around = f"{line[: match.start()]}\0{line[match.end() :]}"
    return bool(_TAGLINE.search(around)) and len(rest.split()) <= _MAX_TAGLINE_WORDS


def _brands(lines: Sequence[str]) -> Iterator[tuple[str, str, list[int]]]:
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
    counts = Counter({name: len(numbers) for name, numbers in seen.items()})
    for name, count in counts.most_common(_MAX_BRANDS):
        if count >= _MIN_BRAND_LINES:
            yield "brand", name, sorted(seen[name])


def _trim(name: str) -> str:
    return re.sub(r"['’]s?$", "", name.strip()).strip(" .,'’\"")
