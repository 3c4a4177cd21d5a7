"""What a page declares about its article for machines: the section and the description.

Templates fill these fields with whatever is at hand. What is believed is what can only be meant of
this article; of the rest the reason is kept.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.declared_reasons import NotBelieved
from tasks.extract.page.structured_data import (
    ARTICLE_TYPES,
    JsonLdNode,
    StructuredData,
    nodes_of,
)
from tasks.printed.squashing import squash

# A shorter headline is the beginning of too many others.
_MIN_HEADLINE_KEY = 8
# `{{ teaser }}`, `%s`, `[excerpt]` alone: fields of a template that nobody filled in.
_TEMPLATE = re.compile(r"\{[{%$]|\{\w+\}|%[sd]\b|\$\{|^\[[\w-]+\]$")


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared value and its source; where it is not believed, None and the reason.

    Attributes:
        value: as printed, but for entities and white space.
        source: `json_ld`, the name of a meta, or a `NotBelieved`; None where nothing is declared.
    """

    value: str | None = None
    source: str | None = None


def own_articles(structured: StructuredData, title: str | None) -> list[JsonLdNode]:
    """Returns the JSON-LD articles that are the page's own, by their headline.

    Pages also describe the articles that they link to. Where no headline is the page's, only a
    single article is its own.

    Args:
        structured: of the page.
        title: the headline that was chosen.
    """
    articles = [node for _, node in nodes_of(structured, ARTICLE_TYPES)]
    key = squash(title) if title else ""
    own = [node for node in articles if _is_headline(node.get("headline"), key)]
    return own or (articles if len(articles) == 1 else [])


def outlet_keys(structured: StructuredData) -> frozenset[str]:
    """Returns the outlet's names, squashed, as the page declares them."""
    return frozenset(filter(None, map(squash, _outlet_names(structured))))


def is_template(text: str) -> bool:
    """Tells whether a text is a field of a template, or has nothing that is a letter or digit."""
    return _TEMPLATE.search(text) is not None or not squash(text)


def first_believed(candidates: Iterable[Declared]) -> Declared:
    """Returns the first that has a value, else the first, else nothing."""
    found = list(candidates)
    return next((each for each in found if each.value is not None), (found or [Declared()])[0])


def not_believed(reason: NotBelieved) -> Declared:
    """Returns what stands for a value that is not believed."""
    return Declared(None, reason.value)


def _is_headline(headline: object, key: str) -> bool:
    found = squash(headline) if isinstance(headline, str) else ""
    is_told = min(len(found), len(key)) >= _MIN_HEADLINE_KEY or found == key != ""
    return is_told and (found.startswith(key) or key.startswith(found))


def _outlet_names(structured: StructuredData) -> Iterator[str]:
    yield from structured.meta("og:site_name", "application-name")
    for _, node in nodes_of(structured, ARTICLE_TYPES):
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str):
            yield name
