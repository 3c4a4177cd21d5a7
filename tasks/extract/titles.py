"""The headline of an article."""

import re
from collections.abc import Iterator

from tasks.extract.evidence import TextClue
from tasks.extract.page import Page
from tasks.extract.structured_data import ARTICLE_TYPES, nodes_of

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def collect_titles(page: Page) -> tuple[TextClue, ...]:
    """Collects every title candidate: JSON-LD headlines, og/twitter titles, h1s, the title element."""
    return tuple(dict.fromkeys(clue for clue in _candidates(page) if clue.text))


def _candidates(page: Page) -> Iterator[TextClue]:
    for kind, node in nodes_of(page.structured, ARTICLE_TYPES):
        if isinstance(headline := node.get("headline") or node.get("name"), str):
            yield TextClue(text=_tidy(headline), source="json_ld", place=f"{kind}.headline")
    for name in ("og:title", "twitter:title"):
        for content in page.structured.meta(name):
            yield TextClue(text=_tidy(content), source=name, place=f"meta {name}")
    for heading in page.tree.iter("h1"):
        yield TextClue(text=_tidy(heading.text_content()), source="h1", place="h1")
    for element in page.tree.iterfind("./head/title"):
        yield TextClue(text=_tidy(element.text_content()), source="title", place="title")


def choose_title(candidates: tuple[TextClue, ...]) -> TextClue | None:
    """Chooses the headline among the candidates."""
    return candidates[0] if candidates else None


def _tidy(text: str) -> str:
    return " ".join(text.split())
