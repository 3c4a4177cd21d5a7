"""Who wrote an article."""

from collections.abc import Iterator

from tasks.extract.page import Page
from tasks.extract.structured_data import ARTICLE_TYPES, nodes_of


def collect_authors(page: Page) -> tuple[str, ...]:
    """Returns the names of the article's authors, in the order printed."""
    names: dict[str, str] = {}
    for name in _json_ld_names(page):
        text = " ".join(name.split())
        if text:
            names.setdefault(text.casefold(), text)
    return tuple(names.values())


def _json_ld_names(page: Page) -> Iterator[str]:
    for _, node in nodes_of(page.structured, ARTICLE_TYPES):
        yield from _names_in(node.get("author"))


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if not value.startswith(("http://", "https://")):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _names_in(item)
    elif isinstance(value, dict):
        yield from _names_in(value.get("name"))
