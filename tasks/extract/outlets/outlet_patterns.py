"""The patterns by which an outlet speaks of itself, compiled from the phrases."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.languages.compiled_tables import entries
from tasks.extract.evidence import OutletSource
from tasks.printed.phrases import any_plain

# Latin, Greek, Cyrillic and Armenian capitals: a name's words begin with one.
_CAPITALS = "".join(sign for sign in map(chr, range(0x41, 0x590)) if sign.isupper())
NAME_WORD = rf"(?:[{_CAPITALS}0-9][\w&+’'.-]*[\w+]|[{_CAPITALS}]|[a-z]-?[{_CAPITALS}][\w.-]+)"
_JOIN = any_plain("outlets", "name_joiners")
NAME = rf"(?:[Tt]he )?{NAME_WORD}(?: (?:{_JOIN} (?:the )?)?{NAME_WORD}){{0,4}}"
_QUOTE = r"[\"“„«»”'*]{0,2}"
_ARTICLE = rf"(?:{any_plain('outlets', 'articles')} )?"
_LITERAL = re.compile(r"[^\W\d_]+")
_OPTIONAL_LETTER = re.compile(r"([^\W\d_]*)([^\W\d_])\?")


@dataclass(frozen=True, slots=True)
class SelfReference:
    """One way in which an outlet names itself.

    Attributes:
        source: what kind of clue it gives.
        pattern: matches with the name in the group `name`.
        words: lower-case words of which every match holds one, to pass over other lines at once;
            None where the pattern has none.
        longest: lines longer than this are no boxes or footers and are passed over.
    """

    source: OutletSource
    pattern: re.Pattern[str]
    words: frozenset[str] | None
    longest: int


def trigger_words(alternatives: Iterable[str]) -> frozenset[str]:
    """Returns the literal words of phrases, with and without an optional last letter."""
    found: set[str] = set()
    for phrase in alternatives:
        found.update("".join(match.groups()) for match in _OPTIONAL_LETTER.finditer(phrase))
        found.update(match[1] for match in _OPTIONAL_LETTER.finditer(phrase))
        found.update(_LITERAL.findall(phrase.replace(r"\w", " ").replace(r"\.", " ")))
    return frozenset(word.lower() for word in found if word)


def _before(source: OutletSource, alternatives: Sequence[str], longest: int) -> SelfReference:
    """The phrase stands before the name: "subscribe to X"."""
    pattern = re.compile(
        rf"(?:^|[\s•*(–|-])(?i:{'|'.join(alternatives)})\s+{_ARTICLE}{_QUOTE}(?P<name>{NAME})"
    )
    return SelfReference(source, pattern, trigger_words(alternatives), longest)


def _after(source: OutletSource, alternatives: Sequence[str], longest: int) -> SelfReference:
    """The phrase stands behind the name: "X newsletter", "X-Redaktion"."""
    pattern = re.compile(
        rf"(?<!\w)(?P<name>{NAME})(?:['’]s)?{_QUOTE}[\s-]+(?i:{'|'.join(alternatives)})(?!\w)"
    )
    return SelfReference(source, pattern, trigger_words(alternatives), longest)


_SPOKESPERSON = SelfReference(
    OutletSource.SELF_REFERENCE,
    re.compile(
        r"^(?:[A-Z][a-z]+ )*Press (?:Briefing|Statement|Release|Conference)s? (?:by|from|of|with) "
        rf"(?:the )?(?P<name>{NAME}?) (?:Deputy |Principal )*"
        r"(?:Spokes(?:person|man|woman)|Press Secretary)"
    ),
    frozenset({"press"}),
    300,
)
# "Baku, 7 December 2021 (TDI): …": the outlet's own mark where agencies have theirs.
_DATELINE_MARK = SelfReference(
    OutletSource.DATELINE_MARK,
    re.compile(rf"^.{{0,80}}?\((?P<name>[{_CAPITALS}][\w .-]{{1,24}})\)\s?(?:[:–—]|--?\s)"),
    None,
    1_500,
)


def _phrases(*keys: str) -> list[str]:
    return [phrase for key in keys for phrase in entries("outlets", key)]


SELF_REFERENCES = (
    _after(
        OutletSource.SELF_REFERENCE,
        _phrases("self_references_after_patterns", "self_references_after"),
        1_500,
    ),
    _before(OutletSource.SELF_REFERENCE, _phrases("self_references_before"), 1_500),
    _SPOKESPERSON,
    _DATELINE_MARK,
    _before(OutletSource.SUBSCRIPTION, _phrases("subscriptions"), 300),
    _before(OutletSource.INVITATION, _phrases("invitations", "invitation_patterns"), 200),
    _before(OutletSource.AFFILIATION, _phrases("affiliations"), 600),
    _after(OutletSource.BELONGING, _phrases("belongings"), 300),
    _before(OutletSource.TELLING, _phrases("telling", "telling_patterns"), 1_500),
    _after(OutletSource.TELLING, _phrases("reporting"), 1_500),
)
