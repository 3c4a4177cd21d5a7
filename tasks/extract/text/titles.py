"""The headline of an article.

og:title, the JSON-LD headline and the h1 are each right on seven pages of ten, and one of them is
right nearly always: they are collected, freed of the outlet's name, and put to the vote.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from tasks.extract.evidence import TextClue, TextSource
from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import ARTICLE_TYPES, StructuredData, nodes_of
from tasks.printed.squashing import content_words, plain_line, squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Between a headline and the name of the outlet or section.
_SEPARATOR = re.compile(r"\s+[-–—|｜ㅣ·»:/]+\s+|\s*[|｜ㅣ»：]+\s*|(?<=\w)_+(?=\w)|(?<=\w)-(?=\w+$)")
_MIN_HEADLINE_KEY = 8
# "AI", "News", ".com" behind the name of an outlet make no headline of it.
_MAX_MORE = 4
# Sources that vote, in the order that breaks a tie; the others only stand in.
_VOTERS = (TextSource.JSON_LD, TextSource.OG_TITLE, TextSource.H1)
_STAND_INS = (TextSource.MICRODATA, TextSource.TWITTER_TITLE, TextSource.TITLE)
# schema.org readers cut headlines at 110 characters, and so do templates.
_CUT = re.compile(r"(?:\.\.\.|…)$")
_MAX_H1S = 5
# A headline has so many content words, a section less.
_MIN_WORDS = 3
_MAX_H2S = 10
# Behind a headline of several words, the last words of a `<title>` are the outlet's.
_SITE_TAIL = re.compile(r"(.{20,})\s+[-–—|·»]\s+(\S+(?:\s+\S+){0,3})")
_MAX_LINKS = 50
_FRONT_PAGE = re.compile(r"/|https?://[^/?#]+/?")


def collect_titles(page: Page) -> tuple[TextClue, ...]:
    """Collects every title candidate, as printed but for entities and white space.

    JSON-LD headlines, og:title and twitter:title, h1s, itemprop headlines, the title element.
    """
    return tuple(dict.fromkeys(clue for clue in _candidates(page) if clue.text))


def _candidates(page: Page) -> Iterator[TextClue]:
    for kind, node in nodes_of(page.structured, ARTICLE_TYPES):
        for key in ("headline", "name"):
            if isinstance(text := node.get(key), str):
                source, position = TextSource.JSON_LD, f"{kind}.{key}"
                yield TextClue(text=plain_line(text), source=source, position=position)
                break
    for source in (TextSource.OG_TITLE, TextSource.TWITTER_TITLE):
        for content in page.structured.meta(source):
            yield TextClue(text=plain_line(content), source=source, position=f"meta {source}")
    for heading in islice(_headings(page, "h1"), _MAX_H1S):
        yield TextClue(text=_spaced(heading), source=TextSource.H1, position="h1")
    for element in (each for each, mark in page.elements.marked if mark == "headline"):
        text = element.get("content") or _spaced(element)
        position = "itemprop headline"
        yield TextClue(text=plain_line(text), source=TextSource.MICRODATA, position=position)
    for element in page.tree.iterfind("./head/title"):
        text = _spaced(element)
        yield TextClue(text=text, source=TextSource.TITLE, position="title")
        yield from _repeated_in(page, text)


def _headings(page: Page, tag: str) -> "Iterator[HtmlElement]":
    return (heading for heading in page.elements.headings if heading.tag == tag)


def _repeated_in(page: Page, title: str) -> Iterator[TextClue]:
    """Yields the subheads with which the title element begins: the headline, without the outlet."""
    key = squash(title)
    for heading in islice(_headings(page, "h2"), _MAX_H2S):
        text = _spaced(heading)
        start = squash(text)
        if len(start) >= _MIN_HEADLINE_KEY and key.startswith(start):
            yield TextClue(text=text, source=TextSource.H2, position="h2")


def collect_front_links(page: Page) -> frozenset[str]:
    """Collects what the links to the site's front page say, squashed: the outlet's name."""
    texts = (
        squash(_spaced(link))
        for link in islice(page.elements.tagged["a"], _MAX_LINKS)
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
    # Most candidates are the same text.
    texts = {
        text: _without_ends(text, candidates, names | front_links)
        for text in {clue.text for clue in candidates}
    }
    keys = {text: squash(text) for text in texts.values()}
    cleaned = [
        clue if (text := texts[clue.text]) == clue.text else replace(clue, text=text)
        for clue in candidates
    ]
    firsts: dict[TextSource, TextClue] = {}
    for clue in cleaned:
        if not _is_name(keys[clue.text], names):
            firsts.setdefault(clue.source, clue)
    # Headlines link to the front page too, where it shows the story itself.
    others = {s: clue for s, clue in firsts.items() if keys[clue.text] not in front_links}
    firsts = others or firsts
    voters = [firsts[source] for source in _VOTERS if source in firsts]
    words = {source: content_words(clue.text) for source, clue in firsts.items()}
    voters = [clue for clue in voters if not _is_alone(clue.source, words)] or (
        [] if TextSource.TITLE in firsts else voters
    )
    if not voters:
        return next((_bare(firsts[source]) for source in _STAND_INS if source in firsts), None)
    votes = Counter(keys[clue.text] for clue in voters)
    chosen = max(voters, key=lambda clue: votes[keys[clue.text]])
    if votes[keys[chosen.text]] == 1:
        chosen = _printed_instead(chosen, voters, firsts.get(TextSource.TITLE))
    return _uncut(chosen, cleaned)


def _printed_instead(chosen: TextClue, voters: list[TextClue], whole: TextClue | None) -> TextClue:
    """Returns the printed headline where it is another one than all that the page declares.

    Of two wordings of one headline the declared one is free of kickers and line breaks. What the
    title element ends with is the outlet or its section.
    """
    printed = next((clue for clue in voters if clue.source is TextSource.H1), chosen)
    words, key = content_words(printed.text), squash(printed.text)
    is_tail = whole is not None and squash(whole.text).endswith(key) and squash(whole.text) != key
    if len(words) < _MIN_WORDS or is_tail:
        return chosen
    declared = [content_words(clue.text) for clue in voters if clue is not printed]
    is_another = all(2 * len(words & other) < min(len(words), len(other)) for other in declared)
    return printed if is_another else chosen


def _is_name(key: str, names: frozenset[str]) -> bool:
    """Tells whether a candidate is the outlet's name, or little more than it."""
    return key in names or any(
        len(name) >= _MIN_HEADLINE_KEY
        and key.startswith(name)
        and len(key) - len(name) <= _MAX_MORE
        for name in names
    )


def _is_alone(source: TextSource, words: dict[TextSource, frozenset[str]]) -> bool:
    """Tells whether a candidate shares no word with any other: a menu, a section, a description."""
    own = words[source]
    others = [other for where, other in words.items() if where != source]
    return bool(own) and any(others) and all(map(own.isdisjoint, others))


def _bare(clue: TextClue) -> TextClue:
    """Takes the outlet off a title that nothing else on the page confirms."""
    tailed = _SITE_TAIL.fullmatch(clue.text) if clue.source is TextSource.TITLE else None
    return clue if tailed is None else replace(clue, text=tailed[1])


def _without_ends(text: str, candidates: tuple[TextClue, ...], names: frozenset[str]) -> str:
    for other in candidates:
        if _is_with_tail(text, other.text) or _is_with_name(text, other, names):
            text = other.text
    while (cut := _last_separator(text)) is not None and squash(text[cut.end() :]) in names:
        if not squash(text[: cut.start()]):
            break
        text = text[: cut.start()].rstrip()
    while (cut := _SEPARATOR.search(text)) is not None and squash(text[: cut.start()]) in names:
        if not squash(text[cut.end() :]) or not cut.start():
            break
        text = text[cut.end() :].lstrip()
    return text


def _is_with_tail(text: str, shorter: str) -> bool:
    return (
        len(shorter) < len(text)
        and text.startswith(shorter)
        and len(squash(shorter)) >= _MIN_HEADLINE_KEY
        and _SEPARATOR.match(text, len(shorter)) is not None
        and ": " not in text[len(shorter) : len(shorter) + 2]
    )


def _is_with_name(text: str, shorter: TextClue, names: frozenset[str]) -> bool:
    """Tells whether an outlet's name was put behind a printed headline, without a separator."""
    if shorter.source not in (TextSource.H1, TextSource.H2) or not text.startswith(
        f"{shorter.text} "
    ):
        return False
    tail = squash(text[len(shorter.text) :])
    return any(len(name) >= _MIN_HEADLINE_KEY and tail.startswith(name) for name in names)


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
    return plain_line(" ".join(element.itertext()))
