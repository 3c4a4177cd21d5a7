"""Visible dates: `<time>`, microdata and printed bylines, with the labels around them."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from schemas import date_words
from schemas import date_words_markup as markup
from tasks.extract.date_boxes import BoxKinds, class_words
from tasks.extract.date_shapes import DateSpan, find_dates, fold
from tasks.extract.evidence import DateClue, DateKind
from tasks.extract.page import Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# How far from the title a byline is looked for, in text nodes, and how long its line may be.
_NODES_AFTER, _NODES_BEFORE = 160, 50
_MAX_LINE, _MAX_BLOCK = 200, 160
_PARAGRAPH, _PARAGRAPHS_READ = 280, 3
_MAX_TIMES = 40
_MAX_SCATTERED = 60
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "select", "option", "textarea", "svg"}
)
_HAS_DIGIT = re.compile(r"\d")
_NOT_WORD = re.compile(r"[\W_]+")


def visible_clues(page: Page) -> list[DateClue]:
    """Returns the dates that a reader sees near the title, and those of `<time>` and microdata.

    Sources: `time` and `microdata` for attributes, `byline` for printed text near the title.
    """
    title = find_title(page)
    boxes = BoxKinds(title)
    seen: set[HtmlElement] = set()
    clues: list[DateClue] = []
    if title is not None:
        clues.extend(_near_clues(_nodes_after(title), boxes, seen, "after the title"))
        clues.extend(
            _near_clues(
                islice(_nodes_before(title), _NODES_BEFORE), boxes, seen, "before the title"
            )
        )
    clues.extend(_machine_clues(page, boxes, seen, "elsewhere"))
    return clues


def scattered_clues(page: Page) -> list[DateClue]:
    """Returns the dates in short texts anywhere on the page, as source `body`."""
    boxes = BoxKinds(find_title(page))
    clues: list[DateClue] = []
    for text in page.tree.xpath("//body//text()[string-length() < 120]"):
        if not _HAS_DIGIT.search(text):
            continue
        holder = text.getparent()
        if text.is_tail:
            holder = holder.getparent()
        if holder is None or holder.tag in _SKIPPED:
            continue
        clues.extend(_text_clues(text, holder, boxes, "body", "on the page"))
        if len(clues) > _MAX_SCATTERED:
            break
    return clues


def find_title(page: Page) -> "HtmlElement | None":
    """Returns the heading that the page's own title begins with, or its only h1."""
    wanted = [
        _plain(text)
        for text in (
            *page.structured.meta("og:title", "twitter:title"),
            *(element.text or "" for element in page.tree.iterfind(".//title")),
        )
    ]
    wanted = [text for text in wanted if len(text) > 8]  # noqa: PLR2004
    first_headings = []
    for tag in ("h1", "h2"):
        headings = list(islice(page.tree.iter(tag), 12))
        for heading in headings:
            text = _plain(heading.text_content())
            if len(text) > 8 and any(text in title or title in text for title in wanted):  # noqa: PLR2004
                return heading
        if tag == "h1":
            first_headings = headings
    return first_headings[0] if first_headings else None


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())


def _nodes_after(title: "HtmlElement") -> Iterator[tuple[str, "HtmlElement"]]:
    """Yields (text, element that holds it) in document order behind the title, up to the story."""
    paragraphs = count = 0
    current: HtmlElement | None = title
    while current is not None and current.tag != "body":
        parent = current.getparent()
        if parent is None:
            return
        if current.tail and current.tail.strip():
            yield current.tail, parent
        for sibling in current.itersiblings():
            for text, holder in _texts_in(sibling):
                count += 1
                paragraphs += len(text) > _PARAGRAPH
                if count > _NODES_AFTER or paragraphs > _PARAGRAPHS_READ:
                    return
                yield text, holder
            if sibling.tail and sibling.tail.strip():
                yield sibling.tail, parent
        current = parent


def _texts_in(element: "HtmlElement") -> Iterator[tuple[str, "HtmlElement"]]:
    for node in element.iter():
        if not isinstance(node.tag, str) or node.tag in _SKIPPED:
            if node is not element and node.tail and node.tail.strip():
                yield node.tail, node.getparent()
            continue
        if node.tag == "time" and not (node.text or "").strip():
            yield "", node
        if node.text and node.text.strip():
            yield node.text, node
        if node is not element and node.tail and node.tail.strip():
            yield node.tail, node.getparent()


def _nodes_before(title: "HtmlElement") -> Iterator[tuple[str, "HtmlElement"]]:
    """Yields the same in reverse document order before the title."""
    current: HtmlElement | None = title
    while current is not None and current.tag != "body":
        parent = current.getparent()
        for sibling in current.itersiblings(preceding=True):
            if isinstance(sibling.tag, str):
                yield from reversed(list(islice(_texts_in(sibling), _NODES_BEFORE)))
        if parent is not None and parent.text and parent.text.strip():
            yield parent.text, parent
        current = parent


def _near_clues(
    nodes: Iterator[tuple[str, "HtmlElement"]],
    boxes: BoxKinds,
    seen: "set[HtmlElement]",
    where: str,
) -> Iterator[DateClue]:
    for text, holder in nodes:
        if holder.tag == "time" or holder.get("itemprop") or holder.get("datetime"):
            yield from _attribute_clues(holder, boxes, seen, where)
        if _HAS_DIGIT.search(text) or len(text) < 20:  # noqa: PLR2004
            yield from _text_clues(text, holder, boxes, "byline", where)


def _machine_clues(
    page: Page, boxes: BoxKinds, seen: "set[HtmlElement]", where: str
) -> Iterator[DateClue]:
    for element in islice(page.tree.iter("time"), _MAX_TIMES):
        yield from _attribute_clues(element, boxes, seen, where)
    for element in page.tree.xpath(
        "//*[@itemprop='datePublished' or @itemprop='dateModified' or @itemprop='dateCreated']"
    ):
        yield from _attribute_clues(element, boxes, seen, where)


_STAMP_ATTRIBUTES = ("datetime", "content", "title", "data-timestamp", "data-time", "data-datetime")
_ITEMPROPS = {
    "datepublished": DateKind.PUBLISHED,
    "datemodified": DateKind.MODIFIED,
    "datecreated": DateKind.CREATED,
}


def _attribute_clues(
    element: "HtmlElement", boxes: BoxKinds, seen: "set[HtmlElement]", where: str
) -> Iterator[DateClue]:
    """Reads the attribute in which `<time>` or microdata keeps the stamp."""
    if element in seen or element.tag == "meta":
        return
    text = next((value for name in _STAMP_ATTRIBUTES if (value := element.get(name))), "").strip()
    if not text or len(text) > _MAX_BLOCK or not _HAS_DIGIT.search(text):
        return
    seen.add(element)
    itemprop = _ITEMPROPS.get((element.get("itemprop") or "").lower())
    kind = boxes.kind_of(element)
    if kind is DateKind.UNKNOWN:
        kind = itemprop or _label_kind_around(element) or DateKind.UNKNOWN
    source = "microdata" if itemprop else "time"
    yield DateClue(text=text, source=source, place=f"{element.tag} {where}", kind=kind)


def _label_kind_around(element: "HtmlElement") -> DateKind | None:
    words = f"{class_words(element)} {element.get('pubdate') is not None and 'publi' or ''}"
    before = element.getprevious()
    lead = (before.tail or before.text_content()[-60:]) if before is not None else ""
    parent = element.getparent()
    if before is None and parent is not None:
        lead = parent.text or ""
        words += class_words(parent)
    return label_kind(fold(lead)) or _class_kind(words)


def _class_kind(words: str) -> DateKind | None:
    if markup.MODIFIED_BOX.search(words):
        return DateKind.MODIFIED
    return DateKind.PUBLISHED if markup.PUBLISHED_BOX.search(words) else None


def _text_clues(
    text: str,
    holder: "HtmlElement",
    boxes: BoxKinds,
    source: str,
    where: str,
) -> Iterator[DateClue]:
    """Reads the dates of the small block that a text stands in, so that a line in pieces is whole."""
    block = _block_of(holder)
    if block is None:
        line = " ".join(text.split())
    else:
        line = " ".join(" ".join(block.itertext()).split())
    key = block if block is not None else holder
    if key in boxes.read_blocks:
        return
    boxes.read_blocks.add(key)
    if len(line) > _MAX_LINE:
        line = line[:_MAX_LINE]
    spans = find_dates(line)
    if not spans:
        return
    box = boxes.kind_of(holder)
    class_kind = _class_kind(class_words(key))
    for span, label in label_spans(line, spans):
        kind = box if box is not DateKind.UNKNOWN else label or class_kind or DateKind.UNKNOWN
        yield DateClue(text=span.text, source=source, place=f"{key.tag} {where}", kind=kind)


def _block_of(holder: "HtmlElement") -> "HtmlElement | None":
    """Returns the largest element around that is still no longer than a byline."""
    block = None
    current: HtmlElement | None = holder
    while current is not None and current.tag not in ("body", "article", "main"):
        length = 0
        for piece in current.itertext():
            length += len(piece.strip())
            if length > _MAX_BLOCK:
                return block
        block = current
        current = current.getparent()
    return block


def label_spans(line: str, spans: list[DateSpan]) -> Iterator[tuple[DateSpan, DateKind | None]]:
    """Yields each date of a line with what its label says; a label holds until the next one."""
    folded = fold(line)
    position = 0
    for span in spans:
        yield span, label_kind(folded[position : span.start])
        position = span.end


@cache
def _labels() -> dict[str, DateKind]:
    found: dict[str, DateKind] = {}
    for words, kind in (
        (date_words.PUBLISHED_LABELS, DateKind.PUBLISHED),
        (date_words.MODIFIED_LABELS, DateKind.MODIFIED),
        (date_words.OTHER_LABELS, DateKind.EVENT),
        (date_words.PRINT_LABELS, DateKind.PRINT_EDITION),
    ):
        found.update(dict.fromkeys(words, kind))
    return found


_LABEL_WORDS = re.compile(r"[^\s:;,|()/\-]+")
_MAX_LABEL_WORDS = 5
# Prepositions that stand in the table as labels are none by themselves.
_MIN_LABEL = 4


def label_kind(lead: str) -> DateKind | None:
    """Returns what a label at the end of a folded text says: PUBLISHED, MODIFIED, EVENT, PRINT_EDITION."""
    words = _LABEL_WORDS.findall(lead[-80:])
    while words and len(words[-1]) < _MIN_LABEL and words[-1] in _labels_short():
        if (kind := _labels().get(" ".join(words[-2:]))) is not None and len(words) > 1:
            return kind
        words.pop()
    for count in range(min(_MAX_LABEL_WORDS, len(words)), 0, -1):
        phrase = " ".join(words[-count:])
        if (kind := _labels().get(phrase)) is not None and len(phrase) >= _MIN_LABEL - 1:
            return kind
    return None


@cache
def _labels_short() -> frozenset[str]:
    connectors = {word for word in date_words.CONNECTORS if len(word) < _MIN_LABEL}
    return frozenset(connectors)
