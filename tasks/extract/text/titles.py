"""The headline of an article.

og:title, the JSON-LD headline and the h1 are each right on seven pages of ten, and one of them is
right nearly always: they are collected, freed of the outlet's name, and put to the vote.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree

from tasks.extract.evidence import TextClue, TextSource
from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import ARTICLE_TYPES, StructuredData, nodes_of
from tasks.printed.squashing import as_line, squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Between a headline and the name of the outlet or section.
_SEPARATOR = re.compile(r"\s+[-–—|｜ㅣ·»:/]+\s+|\s*[|｜ㅣ»]+\s*|(?<=\w)-(?=\w+$)")
_MIN_HEADLINE_KEY = 8
# Sources that vote, in the order that breaks a tie; the others only stand in.
_VOTERS = (TextSource.JSON_LD, TextSource.OG_TITLE, TextSource.H1)
_STAND_INS = (TextSource.MICRODATA, TextSource.TWITTER_TITLE, TextSource.TITLE)
# schema.org readers cut headlines at 110 characters, and so do templates.
_CUT = re.compile(r"(?:\.\.\.|…)$")
_MAX_H1S = 5
_MAX_LINKS = 50
_FRONT_PAGE = re.compile(r"/|https?://[^/?#]+/?")
_MICRODATA = etree.XPath(".//*[@itemprop='headline']")


def collect_titles(page: Page) -> tuple[TextClue, ...]:
    """Collects every title candidate, as printed but for entities and white space.

    JSON-LD headlines, og:title and twitter:title, h1s, itemprop headlines, the title element.
    """
    return tuple(dict.fromkeys(clue for clue in _candidates(page) if clue.text))


def _candidates(page: Page) -> Iterator[TextClue]:
    for kind, node in nodes_of(page.structured, ARTICLE_TYPES):
        for key in ("headline", "name"):
            if isinstance(text := node.get(key), str):
                source, place = TextSource.JSON_LD, f"{kind}.{key}"
                yield TextClue(text=_tidy(text), source=source, place=place)
                break
    for source in (TextSource.OG_TITLE, TextSource.TWITTER_TITLE):
        for content in page.structured.meta(source):
            yield TextClue(text=_tidy(content), source=source, place=f"meta {source}")
    for number, heading in enumerate(page.tree.iter("h1")):
        if number == _MAX_H1S:
            break
        yield TextClue(text=_spaced(heading), source=TextSource.H1, place="h1")
    for element in cast("list[HtmlElement]", _MICRODATA(page.tree)):
        text = element.get("content") or _spaced(element)
        place = "itemprop headline"
        yield TextClue(text=_tidy(text), source=TextSource.MICRODATA, place=place)
    for element in page.tree.iterfind("./head/title"):
        yield TextClue(text=_spaced(element), source=TextSource.TITLE, place="title")


def collect_front_links(page: Page) -> frozenset[str]:
    """Collects what the links to the site's front page say, squashed: the outlet's name."""
    texts = (
        squash(_spaced(link))
        for link in islice(page.tree.iter("a"), _MAX_LINKS)
        if _FRONT_PAGE.fullmatch((link.get("href") or "").strip())
    )
    return frozenset(text for text in texts if text)


def choose_title(
    candidates: tuple[TextClue, ...],
    structured: StructuredData,
    front_links: frozenset[str] = frozenset(),
) -> TextClue | None:
    """Chooses the headline.

    What two of the JSON-LD headline, og:title and the h1 agree on, else the first of these in this
    order, else what stands in. Ends that are not the headline are taken off first: the outlet's
    name, the section, and whatever a candidate has over another one.

    Args:
        candidates: what `collect_titles` found.
        structured: the page's own word on its outlet and section.
        front_links: the squashed texts of links to the front page.

    Returns:
        The chosen candidate with its cleaned text, None where there is no candidate.
    """
    names = frozenset(squash(name) for name in _site_names(structured))
    cleaned = [_cleaned(clue, candidates, names | front_links) for clue in candidates]
    firsts: dict[TextSource, TextClue] = {}
    for clue in cleaned:
        if squash(clue.text) not in names:
            firsts.setdefault(clue.source, clue)
    # Headlines link to the front page too, where it shows the story itself.
    others = {s: clue for s, clue in firsts.items() if squash(clue.text) not in front_links}
    firsts = others or firsts
    voters = [firsts[source] for source in _VOTERS if source in firsts]
    if not voters:
        return next((firsts[source] for source in _STAND_INS if source in firsts), None)
    votes = Counter(squash(clue.text) for clue in voters)
    chosen = max(voters, key=lambda clue: votes[squash(clue.text)])
    return _uncut(chosen, cleaned)


def _cleaned(clue: TextClue, candidates: tuple[TextClue, ...], names: frozenset[str]) -> TextClue:
    text = clue.text
    for other in candidates:
        if _is_with_tail(text, other.text):
            text = other.text
    while (cut := _last_separator(text)) is not None and squash(text[cut.end() :]) in names:
        if not squash(text[: cut.start()]):
            break
        text = text[: cut.start()].rstrip()
    while (cut := _SEPARATOR.search(text)) is not None and squash(text[: cut.start()]) in names:
        if not squash(text[cut.end() :]) or not cut.start():
            break
        text = text[cut.end() :].lstrip()
    return replace(clue, text=text)


def _is_with_tail(text: str, shorter: str) -> bool:
    return (
        len(shorter) < len(text)
        and text.startswith(shorter)
        and len(squash(shorter)) >= _MIN_HEADLINE_KEY
        and _SEPARATOR.match(text, len(shorter)) is not None
        and ": " not in text[len(shorter) : len(shorter) + 2]
    )


def _last_separator(text: str) -> re.Match[str] | None:
    return max(_SEPARATOR.finditer(text), key=lambda match: match.start(), default=None)


def _uncut(chosen: TextClue, cleaned: list[TextClue]) -> TextClue:
    if not _CUT.search(chosen.text):
        return chosen
    start = squash(_CUT.sub("", chosen.text))
    longer = [clue for clue in cleaned if squash(clue.text).startswith(start)]
    return max(longer, key=lambda clue: (not _CUT.search(clue.text), len(clue.text)))


def _site_names(structured: StructuredData) -> Iterator[str]:
    yield from structured.meta(
        "og:site_name", "application-name", "twitter:site", "article:section", "section"
    )
    for _, node in nodes_of(structured, ARTICLE_TYPES):
        for value in (node.get("publisher"), node.get("articleSection")):
            name = value.get("name") if isinstance(value, dict) else value
            if isinstance(name, str):
                yield name


def _spaced(element: "HtmlElement") -> str:
    return _tidy(" ".join(element.itertext()))


def _tidy(text: str) -> str:
    # Many pages escape twice.
    return as_line(html.unescape(html.unescape(text)))
