"""Keywords that a page gives for itself."""

import re
from collections.abc import Iterator

from tasks.extract.page.structured_data import ARTICLE_TYPES, StructuredData, nodes_of

_MAX_TAG_CHARS = 100
# What content systems leave among the keywords: paths, addresses, placeholders, fields of a form.
_DEBRIS = re.compile(
    r"^/|^\W*$|://|^www\.|[{}<>]|%[sd]\b|\*$|^(?:null|undefined|none|n/a)$", re.IGNORECASE
)


def collect_tags(structured: StructuredData) -> tuple[str, ...]:
    """Returns the page's keywords, each once (ignoring case), in the order given."""
    tags: dict[str, str] = {}
    for tag in _printed_tags(structured):
        text = " ".join(tag.split())
        if len(text) <= _MAX_TAG_CHARS and not _DEBRIS.search(text):
            tags.setdefault(text.casefold(), text)
    return tuple(tags.values())


def _printed_tags(structured: StructuredData) -> Iterator[str]:
    yield from structured.meta("article:tag")
    for _, node in nodes_of(structured, ARTICLE_TYPES):
        yield from _split(node.get("keywords"))
    for content in structured.meta("news_keywords", "keywords"):
        yield from _split(content)


def _split(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split("," if "," in value else ";")
    elif isinstance(value, list):
        for item in value:
            yield from _split(item.get("name") if isinstance(item, dict) else item)
