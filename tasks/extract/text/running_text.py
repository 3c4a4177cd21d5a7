"""Running text that a template put into no paragraph: in a `<div>`, a `<span>`, between breaks.

A leaf block of text is a paragraph wherever it stands. Here it becomes one, so that it counts where
bodies are weighed, and trafilatura, which reads `<p>`, finds it.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from tasks.extract.text.text_phrases import FURNITURE_CLASS, LABEL_LINE, NOTES_CLASS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOXES = ("div", "section", "article", "main", "center", "body", "form", "header", "blockquote")
# fmt: off
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "mark", "nobr", "q", "ruby", "rb", "rt", "rp", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})
# fmt: on
_IN_RUNS = _INLINE | {"br"}
# A text in one of these is a card's, an item's, a cell's.
_NO_PROSE = frozenset({"a", "li", "td", "th", "dt", "dd", "p", "pre", "figcaption", "caption"})
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]」』]*$|[」』”]$")
# Scripts that write words without spaces say the same in half of the characters.
_WIDE = re.compile("[\u2e80-\U0010ffff]")
# A sentence of so many characters is running text; without its end it must be longer.
_MIN_SENTENCE_CHARS = 30
_MIN_CHARS = 80
_MAX_LINK_SHARE = 0.5
_MIN_LINE_CHARS = 20
_MIN_PARAGRAPHS = 3
# "LONDON —", "Washington/ New Delhi:" in an element of its own.
_DATELINE = re.compile(r"[^\W\d_][^.!?:;]{1,40}(?:\([^()]{2,20}\)\s*)?\s*[:–—-]")
_DATELINE_ENDS = (":", "–", "—", "-")
# So many sentences in boxes alike are a text, of which a short box is a line.
_MIN_ALIKE = 4
# How far up a name says what a box is: further up, names are of the page's columns.
_NAMED_DEPTH = 3


@dataclass(slots=True)
class _Run:
    """Text and inline elements that follow each other in a box.

    Attributes:
        after: the block child before the run, None at the start of the box.
        nodes: the inline elements of the run; their tails belong to it.
        text: all its text, white space folded.
    """

    after: "HtmlElement | None"
    nodes: "list[HtmlElement]"
    text: str


def mark_running_text(tree: "HtmlElement") -> None:
    """Makes a `<p>` of each run of running text that stands in no paragraph.

    Where most of a box's own text is running text, its short lines become paragraphs as well, and
    so do short boxes among several alike: an answer of two words is part of the interview.
    """
    alike: Counter[tuple[HtmlElement, str]] = Counter()
    short: list[tuple[HtmlElement, _Run]] = []
    for box in list(tree.iter(*_BOXES)):
        if not _has_text(box):
            continue
        runs, is_one = _runs_of(box)
        running = [run for run in runs if _is_running(run)]
        _join_datelines(runs)
        is_one = is_one and box.getparent() is not None
        if not running and is_one:
            short.extend((box, run) for run in runs)
        running = running or _lines_among_paragraphs(box, runs)
        if not running or _is_furniture(box):
            continue
        if is_one:
            alike[_place_of(box)] += 1
        chars = sum(len(run.text) for run in runs)
        is_prose = 2 * sum(len(run.text) for run in running) >= chars
        for run in runs if is_prose else running:
            if run.text:
                _wrap(box, run)
    texts = {place for place, boxes in alike.items() if boxes >= _MIN_ALIKE}
    for box, run in short if texts else ():
        if run.text and _place_of(box) in texts and not _is_linked(run):
            _wrap(box, run)


def _lines_among_paragraphs(box: "HtmlElement", runs: list[_Run]) -> list[_Run]:
    """Returns the lines that stand beside the paragraphs of a box: the first of a list, mostly."""
    lines = [run for run in runs if len(run.text) >= _MIN_LINE_CHARS]
    paragraphs = islice(box.iterchildren("p"), _MIN_PARAGRAPHS) if lines else ()
    if sum(1 for _ in paragraphs) < _MIN_PARAGRAPHS:
        return []
    return [run for run in lines if not _is_linked(run)]


def _join_datelines(runs: list[_Run]) -> None:
    """Moves a dateline that stands before its paragraph into it."""
    for run in runs:
        if not run.nodes or not run.text.endswith(_DATELINE_ENDS):
            continue
        if _DATELINE.fullmatch(run.text) is None or LABEL_LINE.match(run.text):
            continue
        paragraph = run.nodes[-1].getnext()
        if paragraph is None or paragraph.tag != "p" or len(paragraph.text_content()) < _MIN_CHARS:
            continue
        before, paragraph.text = paragraph.text or "", None
        for node in reversed(run.nodes):
            paragraph.insert(0, node)
        tail = run.nodes[-1].tail or ""
        run.nodes[-1].tail = f"{tail}{before}"
        run.text = ""


def _place_of(box: "HtmlElement") -> "tuple[HtmlElement, str]":
    """Returns where boxes alike stand: editors wrap each paragraph in several boxes."""
    parent = box.getparent()
    while (around := parent.getparent()) is not None and len(parent) == 1 and not parent.text:
        box, parent = parent, around
    return parent, box.get("class", "")


def _is_furniture(box: "HtmlElement") -> bool:
    """Tells whether a box lies in a card or item, is hidden, or is named as no prose."""
    if next(box.iterancestors(*_NO_PROSE), None) is not None:
        return True
    for around in islice(chain((box,), box.iterancestors()), _NAMED_DEPTH):
        if _is_named_furniture(around.get("class", ""), around.get("id", "")):
            return True
        if "none" in around.get("style", "") or around.get("aria-hidden") == "true":
            return True
    return False


@lru_cache(maxsize=8_192)
def _is_named_furniture(name: str, identifier: str) -> bool:
    names = f"{name} {identifier}"
    return FURNITURE_CLASS.search(names) is not None and NOTES_CLASS.search(names) is None


def _has_text(box: "HtmlElement") -> bool:
    text = box.text
    if text and not text.isspace():
        return True
    for child in box:
        if child.tag in _INLINE:
            return True
        tail = child.tail
        if tail and not tail.isspace():
            return True
    return False


def _runs_of(box: "HtmlElement") -> tuple[list[_Run], bool]:
    """Returns the runs of a box that have text, and whether no block divides it."""
    runs: list[_Run] = []
    after, nodes, parts = None, [], [box.text]
    for child in box:
        if child.tag in _IN_RUNS and _is_inline(child):
            nodes.append(child)
            parts.append(" " if child.tag == "br" else child.text_content())
        else:
            if text := _folded(parts):
                runs.append(_Run(after, nodes, text))
            after, nodes, parts = child, [], []
        parts.append(child.tail)
    if text := _folded(parts):
        runs.append(_Run(after, nodes, text))
    return runs, after is None


def _folded(parts: list[str | None]) -> str:
    return " ".join("".join(filter(None, parts)).split())


def _is_inline(child: "HtmlElement") -> bool:
    if child.tag == "br":
        return not (_is_break(child.getprevious(), child) or _is_break(child, child.getnext()))
    if _is_named_furniture(child.get("class", ""), ""):
        return False
    return len(child) == 0 or all(part.tag in _IN_RUNS for part in child.iterdescendants())


def _is_break(first: "HtmlElement | None", second: "HtmlElement | None") -> bool:
    """Tells whether these are two breaks with nothing between them: an empty line."""
    return (
        first is not None
        and second is not None
        and first.tag == second.tag == "br"
        and not (first.tail or "").strip()
    )


def _is_running(run: _Run) -> bool:
    weight = length = len(run.text)
    if length < _MIN_CHARS and not run.text.isascii():
        weight += len(_WIDE.findall(run.text))
    if weight < _MIN_SENTENCE_CHARS:
        return False
    if weight < _MIN_CHARS and not _SENTENCE_END.search(run.text):
        return False
    return not _is_linked(run)


def _is_linked(run: _Run) -> bool:
    linked = sum(len(link.text_content()) for node in run.nodes for link in node.iter("a"))
    return linked > _MAX_LINK_SHARE * len(run.text)


def _wrap(box: "HtmlElement", run: _Run) -> None:
    paragraph = box.makeelement("p")
    if run.after is None:
        paragraph.text, box.text = box.text, None
        box.insert(0, paragraph)
    else:
        paragraph.text, run.after.tail = run.after.tail, None
        run.after.addnext(paragraph)
    paragraph.extend(run.nodes)
