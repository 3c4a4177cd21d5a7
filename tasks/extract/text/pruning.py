"""Takes out of a page's tree what is no article text, before the text extractor sees it.

trafilatura judges by class names and link density; what is known here is the shape of news pages.
Each rule names what it takes; none may take the bulk of the text.
"""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from tasks.extract.text.class_names import dashed
from tasks.extract.text.text_phrases import (
    CAPTION_CLASS,
    CREDIT_LINE,
    LABEL_LINE,
    PICTURE_CLASS,
    PROMOTION_CLASS,
    RELATED_CLASS,
    SENTENCE_END,
    TEXT_CLASS,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_MAX_RELATED_CHARS = 300
_MAX_CARD_CHARS = 600
_MAX_ASIDE_CHARS = 600
_TAGS_OF = {
    "caption": frozenset({"p", "div", "span", "small"}),
    "picture": frozenset({"div"}),
    "promotion": frozenset({"div", "section", "p", "ul"}),
    "related": frozenset({"div", "section", "p", "ul"}),
}
_MAX_CREDIT_CHARS = 160
_MIN_SENTENCE_CHARS = 60
# A headline behind a label is longer than the names in a list of winners.
_MIN_STORY_CHARS = 40
_MIN_STORY_WORDS = 5
_MIN_CARDS = 2
_MIN_CAPTIONS = 4
_ITEMS = frozenset({"li", "div", "section", "p"})
_ITEM_DEPTH = 3
_COUNTER = re.compile(r"\s*\d{1,3}\s*(?:/|of|von|de|di|sur)\s*(?P<count>\d{1,3})(?!\d)")
_CARD_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_CONTENT_TAGS = ("h1", "h2", "h3", "ul", "ol", "table", "blockquote")
_PART_OF_WORD = re.compile(
    r"[a-z](?:related|recommend|promo)|(?:related|promo)[a-z]|footnotes?-?footer"
    # Page builders call every block a widget.
    r"|elementor-widget-(?:heading|text|theme-post-|container|toggle|accordion|blockquote|icon-list)",
    re.IGNORECASE,
)
# A word, the end of its sentence, and another sentence.
_SENTENCE_INSIDE = re.compile(r"(?<![^\W\d])[^\W\d]{3,}[.!?] [^\W\d_]+ [^\W\d_]+ [^\W\d_]+")
_CARD_BLOCKS = ("p", "h2", "h3", "h4", "h5", "h6")
_LABEL = re.compile(r"[^.:|»>]{2,40}[:|»>]\s*")
# The day of another story, behind the link to it.
_DAY_BEHIND = re.compile(
    r"[\s(,|·–—-]*(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}\.?(?: de)? [^\W\d]{3,12}\.?(?: de)?,? \d{4}|[^\W\d]{3,12}\.? \d{1,2}, \d{4})"
    r"(?:,? \d{1,2}[:.]\d\d)?[\s)]*"
)
_LINK_SHARE = 0.9
_BULK_SHARE = 0.4


def prune(tree: "HtmlElement") -> None:
    """Drops related links, captions and promotions."""
    drop_galleries(tree)
    drop_cards(tree)
    drop_related_links(tree)
    drop_asides(tree)


def drop_related_links(tree: "HtmlElement") -> None:
    """Drops paragraphs, list items and cards that are nothing but a link to another page.

    A label in front of the link ("Read more:", "Les også |") does not make it a sentence. A link
    around a heading or paragraph is a card of another story; body text has links inside of its
    paragraphs.
    """
    link_lists = _lists_of_links(tree)
    for block, links in _linked_blocks(tree).items():
        if _is_related(block, links, link_lists):
            _drop(block)
    for link in [link for link in tree.iter("a") if len(link)]:
        if next(link.iter(*_CARD_BLOCKS), None) is not None and len(_text(link)) < _MAX_CARD_CHARS:
            _drop(link)
    for parent in list(tree.iter("ul", "ol")):
        if not parent.text_content().strip():
            _drop(parent)


def _linked_blocks(tree: "HtmlElement") -> "dict[HtmlElement, list[HtmlElement]]":
    """Returns the paragraphs and list items with links in them, and those, in the tree's order."""
    blocks: dict[HtmlElement, list[HtmlElement]] = {}
    for link in tree.iter("a"):
        if link.get("href"):
            for block in reversed(list(link.iterancestors("p", "li"))):
                blocks.setdefault(block, []).append(link)
    return blocks


def _is_related(
    block: "HtmlElement",
    links: "list[HtmlElement]",
    link_lists: "frozenset[HtmlElement | None]",
) -> bool:
    text = _text(block)
    if not text or len(text) > _MAX_RELATED_CHARS:
        return False
    linked = sum(len(_text(link)) for link in links)
    if linked >= _LINK_SHARE * len(text):
        return True
    label = _LABEL.match(text)
    if label is not None and linked >= _LINK_SHARE * (len(text) - label.end()):
        # "Best actress: Ada Holt" is a result, "Read more: Bakers protest" another story.
        return (
            _is_story(text[label.end() :])
            or block.getparent() in link_lists
            or LABEL_LINE.fullmatch(label[0].strip()) is not None
        )
    return len(links) == 1 and _DAY_BEHIND.fullmatch(links[0].tail or "") is not None


def _lists_of_links(tree: "HtmlElement") -> "frozenset[HtmlElement | None]":
    """Returns the lists with an item that is a link without a label: all their items are links."""
    return frozenset(
        item.getparent()
        for item in tree.iter("li")
        if (link := next(item.iterdescendants("a"), None)) is not None
        and (text := _text(item))
        and text == _text(link)
    )


def _is_story(linked: str) -> bool:
    """Tells whether a linked text is as long as a headline; names and prizes are shorter."""
    return len(linked) >= _MIN_STORY_CHARS or len(linked.split()) >= _MIN_STORY_WORDS


def drop_galleries(tree: "HtmlElement") -> None:
    """Drops the captions of a gallery: items numbered "1/50", "2/50" in one parent."""
    items: dict[tuple[HtmlElement | None, str], list[HtmlElement]] = defaultdict(list)
    for element in tree.iter():
        start = element.text
        if not start or not start.lstrip()[:1].isdigit():
            continue
        if (counter := _COUNTER.match(start)) is None:
            continue
        around = (e for e in (element, *element.iterancestors()) if e.tag in _ITEMS)
        for item in islice(around, _ITEM_DEPTH):
            items[(item.getparent(), counter["count"])].append(item)
    for captions in items.values():
        if len(captions) >= _MIN_CAPTIONS:
            for caption in captions:
                _drop(caption)


def drop_cards(tree: "HtmlElement") -> None:
    """Drops the teasers below linked headings, and the headings with them: two or more are a list.

    A subhead of an article may be a link as well, but then its box holds other headings or more
    text than a card, or has no box of the same name beside it.
    """
    boxes: dict[tuple[HtmlElement | None, str, str], list[HtmlElement]] = defaultdict(list)
    seen: set[HtmlElement] = set()
    for heading in tree.iter(*_CARD_HEADINGS):
        card = heading.getparent()
        if card is not None and card not in seen and _is_linked(heading):
            seen.add(card)
            boxes[(card.getparent(), str(card.tag), card.get("class", ""))].append(card)
    for alike in boxes.values():
        if len(alike) >= _MIN_CARDS:
            cards = [card for card in alike if _is_card(card)]
            for card in cards if len(cards) >= _MIN_CARDS else ():
                _drop(card)


def _is_card(element: "HtmlElement") -> bool:
    headings = sum(1 for _ in islice(element.iter(*_CARD_HEADINGS), 2))
    return headings == 1 and len(_text(element)) <= _MAX_CARD_CHARS


def _is_linked(heading: "HtmlElement") -> bool:
    linked = sum(len(_text(link)) for link in heading.iter("a"))
    return linked > 0 and linked >= _LINK_SHARE * len(_text(heading))


def drop_asides(tree: "HtmlElement") -> None:
    """Drops captions and credits outside of figures, and boxes that sell: letters, apps, trials."""
    for element in list(tree.iter("p", "div", "span", "small", "section", "ul")):
        name, identifier = element.get("class", ""), element.get("id", "")
        if not (name or identifier):
            continue
        kind = _kind_of(name, identifier)
        if kind is None and _holds_part_of_word(name):
            element.attrib.pop("class")  # trafilatura goes by parts of words
        if kind is None or element.tag not in _TAGS_OF[kind]:
            continue
        if len(_text(element)) < _MAX_ASIDE_CHARS and not _holds_content(element, kind):
            _drop(element)
    for paragraph in list(tree.iter("p")):
        if _is_credit(paragraph):
            _drop(paragraph)


@lru_cache(maxsize=8_192)
def _kind_of(name: str, identifier: str) -> str | None:
    # Templates repeat their class names: a look-up costs a tenth of the expressions.
    name, identifier = dashed(name), dashed(identifier)
    if CAPTION_CLASS.search(name):
        return "caption"
    if PROMOTION_CLASS.search(name) or PROMOTION_CLASS.search(identifier):
        return "promotion"
    if RELATED_CLASS.search(name) or RELATED_CLASS.search(identifier):
        return "related"
    return "picture" if PICTURE_CLASS.search(name) and not TEXT_CLASS.search(name) else None


@lru_cache(maxsize=8_192)
def _holds_part_of_word(name: str) -> bool:
    return _PART_OF_WORD.search(name) is not None


def _holds_content(element: "HtmlElement", kind: str) -> bool:
    """Tells whether a box holds what its name does not announce: sentences, a list, a heading."""
    if kind == "picture":
        return next(element.iter(*_CONTENT_TAGS), None) is not None
    if kind == "related":
        return any(map(_is_sentence, element.iter("p", "li")))
    return False


def _is_sentence(block: "HtmlElement") -> bool:
    """Tells whether a block is a sentence of the article's: no link, no teaser below a link."""
    before = block.getprevious()
    if before is not None and before.tag in _HEADINGS and before.find(".//a") is not None:
        return False
    if block.find(".//a") is not None or next(block.iterancestors("a"), None) is not None:
        return False
    text = _text(block)
    return len(text) >= _MIN_SENTENCE_CHARS and SENTENCE_END.search(text) is not None


def _is_credit(paragraph: "HtmlElement") -> bool:
    """Tells whether a paragraph is a credit from its beginning to its end."""
    text = _text(paragraph)
    if len(text) >= _MAX_CREDIT_CHARS:
        return False
    credit = CREDIT_LINE.match(text)
    return credit is not None and _SENTENCE_INSIDE.search(text, credit.end()) is None


def unname_bulk(tree: "HtmlElement") -> None:
    """Takes class, id and style off the elements that hold the bulk of the paragraphs.

    trafilatura discards elements by such names: hidden, premium, teaser, blurred, in-feed. A
    metered page keeps the article itself in one of them, until a script shows it. No name may take
    away the bulk of the text.
    """
    holders: dict[HtmlElement, int] = defaultdict(int)
    for paragraph in tree.iter("p"):
        holders[paragraph.getparent()] += len(paragraph.text_content())
    total = sum(holders.values())
    chars: dict[HtmlElement, int] = defaultdict(int)
    for holder, length in holders.items():
        for element in (holder, *holder.iterancestors()):
            chars[element] += length
    bulk = [element for element, length in chars.items() if length >= _BULK_SHARE * total]
    names = {name for element in bulk if (name := element.get("class"))}
    # A body in pieces is one whole: what holds for one piece holds for those of the same name.
    alike = [element for element in chars if element.get("class") in names]
    for element in (*bulk, *alike):
        for attribute in ("id", "class", "style", "role", "aria-hidden"):
            element.attrib.pop(attribute, None)


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _text(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())
