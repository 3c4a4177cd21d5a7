"""The text of an isolated body, by trafilatura's own steps and no others.

`trafilatura.bare_extraction` looks for the body on a page, copies the page four times, and asks its
rules on names of each element in Python. Of a body that stands alone the text is the same without.
"""

from html import unescape
from typing import TYPE_CHECKING, cast

from lxml import etree
from trafilatura import main_extractor
from trafilatura.core import ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE
from trafilatura.htmlprocessing import (
    convert_tags,
    link_density_test,
    link_density_test_tables,
    process_node,
    prune_unwanted_nodes,
    tree_cleaning,
)
from trafilatura.main_extractor import (
    NOT_AT_THE_END,
    REBUILT_BLOCKS,
    handle_textelem,
)
from trafilatura.settings import (
    CUT_EMPTY_ELEMS,
    INLINE_FORMATTABLE,
    MANUALLY_CLEANED,
    MANUALLY_STRIPPED,
    MIN_DUPLICATE_LENGTH,
    TAG_CATALOG,
    Extractor,
)
from trafilatura.utils import (
    LINK_FARM_RATIO,
    SPACING_PROTECTED,
    line_processing,
    text_chars_test,
    trim,
)
from trafilatura.xml import SEPARATORS, delete_element, process_element
from trafilatura.xpaths import (
    DISCARD_IMAGE_ELEMENTS,
    OVERALL_DISCARD_XPATH,
    RAW_TREE_PRUNE_XPATH,
    REMOVE_COMMENTS_AND_LISTS_XPATH,
    TEASER_DISCARD_XPATH,
)

from tasks.extract.text.named_rules import NamedRules

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What trafilatura's rule for bodies asks of one.
_FRAMES = frozenset({"article", "div", "main", "section"})
_RAW_TAGS = ("div", "section", "aside", "details", "list", "ol", "ul")
_RAW_LISTS = (RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH)
_RAW_RULES = NamedRules(*_RAW_LISTS)
_RULES = NamedRules(OVERALL_DISCARD_XPATH, DISCARD_IMAGE_ELEMENTS, TEASER_DISCARD_XPATH)
# Whole pages have many names, and few pages are read whole: theirs are not kept for the next.
_PAGE_RULES = NamedRules(OVERALL_DISCARD_XPATH, max_known=0)
# Text in paragraphs, below which the text of boxes is read as well.
_MIN_PARAGRAPH_FACTOR = 3
_PARAGRAPH_TEXTS = etree.XPath(".//p//text()", smart_strings=False)
_CHARS_AND_TEXTS = etree.XPath("string-length() + count(descendant::text())")
_TABLE_TAGS = ("table", "td", "th", "tr")
# What `handle_textelem` makes anything of: some `<div>` is code.
_READ_TAGS = TAG_CATALOG | {"div", "ref", "table"}
# Blocks that are lines of their own.
_LINE_TAGS = frozenset({"head", "p", "quote"})
# By which trafilatura marks line breaks of its own.
_BREAK_MARK = "\u2424"
# Elements that are not deleted whatever they hold.
_WEIGHED = frozenset({"figure", "form", "math", "table"})
_EMPTY = etree.XPath("descendant::*[not(node())]")
# What is tested for its share of links, in this order, and what is too long for a collection of
# them where links are not most of it.
_LINKED = [
    (etree.XPath(f"descendant-or-self::{tag}[descendant::ref]"), long_chars)
    for tag, long_chars in (("div", 300), ("list", 300), ("p", 60))
]
_LINK_PASSES = 2
_CELLS = frozenset({"item", "td", "th"})
# A box of as many parts with as little text is discarded with its links.
_MIN_PARTS, _MAX_CHARS = 3, 100


def share_rules() -> None:
    """Lets trafilatura ask its rules on names of whole pages as here: each name once.

    Its two rules call regular expressions for each element, a tenth of what it does with a page.
    """
    main_extractor.OVERALL_DISCARD_XPATH = [_find_discarded]  # type: ignore[attr-defined, list-item]


def _find_discarded(tree: "HtmlElement") -> "list[HtmlElement]":
    """Returns what the rules find, in the tree's order, not one rule's after the other's.

    Of these, trafilatura deletes those that lie in no other; which of them first makes no
    difference.
    """
    try:
        return _PAGE_RULES.find(tree.iterdescendants()).get(0, [])
    except ValueError:  # a name with signs that lxml takes from a parser only
        found = [cast("list[HtmlElement]", rule(tree)) for rule in OVERALL_DISCARD_XPATH]
        return [element for elements in found for element in elements]


def read_body(tree: "HtmlElement", options: Extractor) -> str | None:
    """Reads the text of a body that stands alone in a tree; consumes the tree.

    Args:
        tree: an `<html>` with a `<body>`, whose first child is the article's body and says so.
        options: fast, without comments, formatting, images, links.

    Returns:
        What `bare_extraction` returns as text; None where it would not leave it at this body: it is
        no frame, or next to nothing was found in it.
    """
    sections = list(tree.iter(*_RAW_TAGS))
    if _RAW_RULES.may_find(sections):
        for number in sorted(_RAW_RULES.find(sections)):
            prune_unwanted_nodes(tree, _RAW_LISTS[number])
    shown = cast("float", _CHARS_AND_TEXTS(tree))
    tree = convert_tags(_clean(tree, options), options)
    frame = _frame_of(tree)
    if frame is None:
        return None
    _prune(frame)
    if len(frame) == 0:
        return None
    blocks = _read_blocks(frame, _tags_of(tree, options), options)
    if len(blocks) <= 1:
        return None
    chars = len(" ".join(map(str, blocks.itertext())).strip())
    is_sparse = chars < ESCALATION_MAX_LENGTH and chars < ESCALATION_PAGE_SHARE * shown
    if is_sparse or chars < options.min_extracted_size:
        return None
    _tidy(blocks)
    return write_plain(blocks)


def _clean(tree: "HtmlElement", options: Extractor) -> "HtmlElement":
    """Does what `tree_cleaning` does to a tree, which seldom holds what that looks for."""
    tags = {element.tag for element in tree.iter()}
    if not tags.isdisjoint(_WEIGHED):
        return tree_cleaning(tree, options)
    if not tags.isdisjoint(MANUALLY_STRIPPED):
        etree.strip_tags(tree, *MANUALLY_STRIPPED)
    for tag in MANUALLY_CLEANED:
        for element in tree.iter(tag) if tag in tags else ():
            delete_element(element)
    for element in cast("list[HtmlElement]", _EMPTY(tree)):
        if element.tag in CUT_EMPTY_ELEMS:
            delete_element(element)
    return tree


def _frame_of(tree: "HtmlElement") -> "HtmlElement | None":
    """Returns the body, None where trafilatura's first rule would not find it."""
    frame = next(tree.iterdescendants(*_FRAMES), None)
    if frame is None or frame.get("itemprop") != "articleBody":
        return None
    return frame


def _prune(frame: "HtmlElement") -> None:
    """Deletes what trafilatura's rules on names, link density and tables discard."""
    found = _RULES.find(frame.iterdescendants())
    if discarded := found.get(0):
        # What stands for an XPath is called with the tree, as one is.
        rule = cast("etree.XPath", lambda _: discarded)
        prune_unwanted_nodes(frame, [rule], with_backup=True)
    for number in (1, 2):
        for element in found.get(number, ()):
            delete_element(element)
    delete_linked(frame)
    for table in [table for table in frame.iter("table") if link_density_test_tables(table)]:
        delete_element(table, keep_tail=False)
    etree.strip_tags(frame, "span", "ref")


def delete_linked(frame: "HtmlElement") -> None:
    """Deletes the boxes, lists and paragraphs that trafilatura takes for collections of links.

    Args:
        frame: a body with its links as `<ref>`.
    """
    for _ in range(_LINK_PASSES):
        links = {link: len(link.text_content()) for link in frame.iter("ref")}
        for find_linked, long_chars in _LINKED if links else ():
            discarded = [
                element
                for element in cast("list[HtmlElement]", find_linked(frame))
                if not _is_prose(element, links, long_chars) and _is_of_links(element)
            ]
            for element in discarded:
                delete_element(element)
        if sum(1 for _ in frame.iter("ref")) == len(links):  # nothing deleted, nothing new to see
            break


def _is_prose(element: "HtmlElement", links: "dict[HtmlElement, int]", long_chars: int) -> bool:
    """Tells whether an element is no collection of links, without a look at all of its text."""
    linked = sum(links[link] for link in element.iter("ref"))
    left = max(long_chars, linked / LINK_FARM_RATIO)
    for text in element.itertext():
        left -= len(trim(text))
        if left < 0:
            return True
    return False


def _is_of_links(element: "HtmlElement") -> bool:
    is_rich, is_short = link_density_test(element)
    if element.tag == "p":
        # The link density of a list or a table is its own.
        around = element.getparent()
        return is_rich and (around is None or around.tag not in _CELLS)
    if element.tag == "div" and is_short and len(element) >= _MIN_PARTS:
        return is_rich or len(trim(element.text_content())) < _MAX_CHARS
    return is_rich


def _tags_of(tree: "HtmlElement", options: Extractor) -> set[str]:
    """Returns the tags that are read: boxes only where paragraphs hold little."""
    tags = {*TAG_CATALOG, *_TABLE_TAGS}
    chars = sum(map(len, cast("list[str]", _PARAGRAPH_TEXTS(tree))))
    if chars < _MIN_PARAGRAPH_FACTOR * options.min_extracted_size:
        tags.add("div")
    return tags


def _read_blocks(frame: "HtmlElement", tags: set[str], options: Extractor) -> "etree._Element":
    """Returns a `<body>` with what trafilatura makes of each block of a frame."""
    blocks = etree.Element("body")
    parts = list(frame.iterdescendants())
    kinds = {part.tag for part in parts}
    is_one_run = frame.tag == "div" and "div" in tags and kinds <= INLINE_FORMATTABLE | {"lb"}
    if kinds == {"lb"} or is_one_run:
        parts = [frame]
    lead = None if parts == [frame] else _paragraph_of(frame.text, options)
    for part in parts:
        tag, tail = part.tag, part.tail  # which reading it changes
        if tag not in _READ_TAGS or part.getroottree().getroot() is blocks:
            continue  # nothing is made of it, or it is within a block that was moved as a whole
        block = handle_textelem(part, tags, options)
        if block is not None:
            blocks.append(block)
            if part.getroottree().getroot() is not blocks:
                part.tag = "done"
        if tag in REBUILT_BLOCKS and (block is None or block.tail is None):
            behind = _paragraph_of(tail, options)
            if behind is not None:
                blocks.append(behind)
    while len(blocks) and blocks[-1].tag in NOT_AT_THE_END:
        delete_element(blocks[-1], keep_tail=False)
    if lead is not None and len(blocks) > 1:
        blocks.insert(0, lead)
    return blocks


def _paragraph_of(text: str | None, options: Extractor) -> "etree._Element | None":
    if not text_chars_test(text):
        return None
    paragraph = etree.Element("p")
    paragraph.text = text
    return process_node(paragraph, options)


def _tidy(blocks: "etree._Element") -> None:
    """Drops what overlapping blocks repeat, and what was read already."""
    previous: list[str] = []
    for block in list(blocks):
        words = _text_of(block).split()
        if words and words == previous and len(" ".join(words)) > MIN_DUPLICATE_LENGTH:
            delete_element(block, keep_tail=False)
        else:
            previous = words
    etree.strip_elements(blocks, "done")
    etree.strip_tags(blocks, "div")
    for line_break in blocks.iter("lb"):
        if not text_chars_test(line_break.tail) and not _is_spaced(line_break):
            line_break.tail = None


def write_plain(blocks: "etree._Element") -> str:
    """Writes blocks as trafilatura's `xmltotxt` does without formatting."""
    pieces: list[str] = []
    for block in blocks:
        text = block.text
        if text and len(block) == 0 and block.tail is None and block.tag in _LINE_TAGS:
            if pieces and pieces[-1][-1:] not in SEPARATORS:
                pieces.append("\n")
            pieces += (text, "\n")
        else:
            process_element(block, pieces, include_formatting=False)
    lines = [
        line if _is_clean(line) else line_processing(line, preserve_space=True)
        for line in "".join(pieces).splitlines()
    ]
    return unescape("\n".join(filter(None, lines)).replace(_BREAK_MARK, ""))


def _is_clean(line: str) -> bool:
    """Tells whether a line has no entities and nothing but printables and spaces, as most have."""
    return "&" not in line and line.replace("\xa0", " ").isprintable()


def _text_of(block: "etree._Element") -> str:
    if len(block) == 0:
        return block.text or ""
    return etree.tostring(block, encoding=str, method="text", with_tail=False)


def _is_spaced(line_break: "etree._Element") -> bool:
    return any(around.tag in SPACING_PROTECTED for around in line_break.iterancestors())
