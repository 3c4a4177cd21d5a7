"""The wire: the news agency that a text was taken from.

Only what agencies and their clients sign with counts: datelines, bylines, and credit lines at the
end. An agency that is named inside a sentence ("told Reuters") was quoted, not copied.
"""

import re
from collections.abc import Iterator, Sequence

from schemas.outlets import Registry
from tasks.extract.evidence import TextClue
from tasks.normalize.agency_names import agency_of
from tasks.normalize.datelines import Dateline
from tasks.normalize.decisions import OutletDecision
from tasks.normalize.outlets.derived_ids import DERIVED_PREFIX
from tasks.printed.phrases import any_of, any_plain

_FIRST_LINES = 2
_LAST_LINES = 4
_MAX_LAST_LINE = 80
_MAX_CREDIT = 120
# A last line of the article itself, or a link: "It's complicated? [Bloomberg]".
_SENTENCE = re.compile(r"[?!\"“”„]")
_MAX_SIGNERS = 4
_SIGNERS = re.compile(
    rf"\s*(?:[,;|/·•()\[\]–—（）【】［］：、，＝]|\s-\s|:|\s{any_plain('wires', 'joiners')}\s)\s*"
)
_LABEL = re.compile(rf"^{any_of('wires', 'labels')}(?:\s*[:：]\s*|\s+)", re.IGNORECASE)
_TRIMMINGS = re.compile(
    rf"\b(?:19|20)\d\d\b|\b{any_of('wires', 'trimmings_to_the_end')}\b.*"
    rf"|\b{any_of('wires', 'trimmings')}\b|[©ⓒ*]+",
    re.IGNORECASE,
)
# Newspapers close an agency's last sentence with its mark: "… until spring. (dpa)"
# Behind a question or in square brackets it is a link to somebody's story.
_CLOSING_MARK = re.compile(r"[.。…!»”\"」]\s*[(（]([^()（）]{2,40})[)）]\s*$")
_BRACKETS = " ()[]（）【】［］〔〕「」"
# "Reporting by A in B; Editing by C" closes Reuters' stories and nobody else's by house style.
_REUTERS_SIGN_OFF = re.compile(
    r"^\(?(?:Additional )?(?:Reporting|Writing) by .{3,200}[;.] ?(?:Editing|Writing) by ",
    re.IGNORECASE,
)
# dpa's service number: dpa-infocom, dpa:230428-99-483045/5
_DPA_NUMBER = re.compile(r"\bdpa:\d{6}-\d\d-\d+")
# Two agencies sign APA: the Azerbaijani one, and Austria's in German.
_GERMAN_COUNTRIES = frozenset({"AT", "CH", "DE", "IT", "LI"})


def resolve_wire(
    text: str,
    dateline: Dateline | None,
    credits: Sequence[TextClue],
    authors: Sequence[str],
    outlet: OutletDecision,
    registry: Registry | None,
) -> str | None:
    """Decides which agency a text is from.

    Args:
        text: the article's text; credits may end it.
        dateline: what the text begins with.
        credits: bylines and credit lines as printed.
        authors: names of authors.
        outlet: who published it.
        registry: known outlets, of which those of kind agency are recognised too.

    Returns:
        The agency's outlet_id (`~` first where it is not registered). None where the text is the
        outlet's own, which includes an agency's text on its own site: nothing was taken over.
    """
    for mark in _marks(text, dateline, credits, authors):
        agency = _agency(mark, outlet, registry)
        if agency is None:
            continue
        outlet_id = agency if registry and agency in registry.outlets else DERIVED_PREFIX + agency
        return None if _is_own(agency, outlet, registry) else outlet_id
    return None


def _marks(
    text: str, dateline: Dateline | None, credits: Sequence[TextClue], authors: Sequence[str]
) -> Iterator[str]:
    """Yields what may be agencies' marks, the surest place first."""
    if dateline and dateline.agency:
        yield from re.split(r"\s*[/,]\s*|\s+and\s+", dateline.agency)
    lines = [line.strip() for line in text.strip().split("\n")]
    for line in lines[:_FIRST_LINES]:
        yield from _sole_signers(line)
    if closing := _CLOSING_MARK.search(lines[-1]):
        yield from _sole_signers(closing[1])
    for line in lines[-_LAST_LINES:][::-1]:
        if _REUTERS_SIGN_OFF.match(line):
            yield "Reuters"
        elif "dpa:" in line and _DPA_NUMBER.search(line):
            yield "dpa"
        if len(line) <= _MAX_LAST_LINE and not _SENTENCE.search(line):
            yield from _signers(line)
    for line in dict.fromkeys((*authors, *(clue.text for clue in credits))):
        yield from _signers(line)


def _sole_signers(line: str) -> Iterator[str]:
    """Yields the agencies of a line that nobody else signs; in a headline they are a subject."""
    if len(line) <= _MAX_LAST_LINE and not _SENTENCE.search(line):
        marks = list(_signers(line))
        if all(agency_of(mark) for mark in marks):
            yield from marks


def _signers(line: str) -> Iterator[str]:
    """Yields the parts of a byline or credit line; nothing for a sentence."""
    if not line or len(line) > _MAX_CREDIT:
        return
    line = line.strip(_BRACKETS)
    if agency_of(line):  # "Agence France-Presse" begins with what is also a label
        yield line
        return
    bare = _TRIMMINGS.sub(" ", _LABEL.sub("", f"{line} "))
    parts = [part.strip(" .*\"'") for part in _SIGNERS.split(bare)]
    parts = [part for part in parts if part]
    if len(parts) > _MAX_SIGNERS:
        return
    for part in parts:
        yield part if agency_of(part) else _LABEL.sub("", f"{part} ").strip()


def _agency(mark: str, outlet: OutletDecision, registry: Registry | None) -> str | None:
    found = agency_of(mark)
    if found == "apa" and _is_german(outlet):
        return "apa-at"
    if found is None and registry is not None:
        known = [known for known in registry.find_alias(mark) if known.kind == "agency"]
        is_spelled = len(known) == 1 and mark in (known[0].name, *known[0].aliases)
        return known[0].outlet_id if is_spelled else None
    return found


def _is_german(outlet: OutletDecision) -> bool:
    return outlet.country in _GERMAN_COUNTRIES or outlet.languages[:1] == ("de",)


def _is_own(agency: str, outlet: OutletDecision, registry: Registry | None) -> bool:
    """Whether the outlet is the agency, or one of its services."""
    if registry is None or outlet.outlet_id is None:
        return False
    published_by = registry.outlets.get(outlet.outlet_id)
    return published_by is not None and agency in (published_by.outlet_id, published_by.parent)
