"""The section that a page files its article under.

JSON-LD's `articleSection`, `article:section` and their kin. A page may declare several: categories
of a content system, in the order of the alphabet. Which is the main one only another declaration
or the address tells. Breadcrumbs are no source: they are links of the template, in its language,
and lead through menus, archives and tags.
"""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote, urlsplit

from schemas.declared_reasons import NotBelieved
from schemas.unfiled import UNFILED
from tasks.extract.page.declared import (
    Declared,
    is_template,
    not_believed,
    outlet_keys,
    own_articles,
)
from tasks.extract.page.structured_data import StructuredData
from tasks.printed.squashing import plain_line, squash

_METAS = ("article:section", "og:article:section", "og:section", "parsely-section", "section")
_JSON_LD = "json_ld"
# The longest names of departments have 60 characters.
_MAX_CHARS = 100
# Content systems join categories by these. A name with a comma in it is told by no page.
_BETWEEN = re.compile("[,;|]")
_EDGES = " /\\-–—·>»#"


def resolve_section(structured: StructuredData, title: str | None, url: str | None) -> Declared:
    """Returns the section that the page declares, as printed.

    Args:
        structured: of the page.
        title: the headline that was chosen.
        url: the address of the page, where known.
    """
    outlets, headline = outlet_keys(structured), squash(title or "")
    reasons: list[NotBelieved] = []
    several: list[tuple[str, str]] = []
    for source, printed in _declared(structured, title):
        sections: dict[str, str] = {}
        for section in printed:
            if reason := _refuse(section, headline, outlets):
                reasons.append(reason)
            else:
                sections.setdefault(squash(section), section)
        if len(sections) == 1:
            return Declared(next(iter(sections.values())), source)
        several += [(section, source) for section in sections.values()]
    if not several:
        return not_believed(reasons[0]) if reasons else Declared()
    folders = _folders(url)
    named = {squash(section): Declared(section, source) for section, source in reversed(several)}
    told = [declared for key, declared in named.items() if key in folders]
    return told[0] if len(told) == 1 else not_believed(NotBelieved.SEVERAL)


def _declared(structured: StructuredData, title: str | None) -> Iterator[tuple[str, list[str]]]:
    """Yields each source with the sections that it names."""
    for node in own_articles(structured, title):
        yield _JSON_LD, list(_split(node.get("articleSection")))
    for name in _METAS:
        yield name, list(chain.from_iterable(map(_split, structured.meta(name))))


def _split(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str):
            parts = (part.strip(_EDGES) for part in _BETWEEN.split(plain_line(name)))
            yield from (part for part in parts if part)


def _refuse(section: str, headline: str, outlets: frozenset[str]) -> NotBelieved | None:
    if is_template(section) or section.casefold() in UNFILED:
        return NotBelieved.PLACEHOLDER
    if len(section) > _MAX_CHARS:
        return NotBelieved.TOO_LONG
    key = squash(section)
    if key == headline:
        return NotBelieved.TITLE
    return NotBelieved.OUTLET if key in outlets else None


def _folders(url: str | None) -> frozenset[str]:
    """Returns the folders of an address, squashed."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return frozenset()
    return frozenset(filter(None, (squash(unquote(part)) for part in path.split("/"))))
