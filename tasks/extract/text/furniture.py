"""Takes out of a page's tree what is furniture by its tag, its style or its name.

Scripts, menus, controls, pictures, what is hidden, readers' comments: never article text. It goes
before anything is weighed or copied.
"""

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree

from tasks.extract.page.page_elements import PageElements
from tasks.extract.text.class_names import dashed
from tasks.extract.text.code_blocks import drop_line_numbers
from tasks.extract.text.formulas import flatten_formulas, flatten_scripts
from tasks.extract.text.markup import unlay_tables
from tasks.extract.text.text_phrases import COMMENTS_CLASS, NOTES_CLASS
from tasks.printed.squashing import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Never article text. trafilatura drops them too, but only after having copied the tree three times.
_DEAD_TAGS = (
    "amp-ad",
    "script",
    "style",
    "noscript",
    "svg",
    "iframe",
    "object",
    "embed",
    "canvas",
    "video",
    "audio",
    "picture",
    "source",
    "track",
    "map",
    "area",
    "nav",
    "aside",
    "menu",
    "select",
    "option",
    "datalist",
    "input",
    "textarea",
    "dialog",
    "link",
    "meta",
    "progress",
    "output",
    "param",
)
# Furniture, but where they hold content.
_FRAMES = ("figure", "footer", "fieldset", "legend", "label", "button")
_BLOCK_FRAMES = frozenset({"figure", "footer", "fieldset", "legend"})
_COMMENT_TAGS = ("div", "section", "ul", "ol")
_FIGURED = ("table", "blockquote", "pre")
_LABELLED = _HEADINGS | {"li", "dt", "dd", "td", "th"}
# The longest tables in news (election results, standings by player) have some hundred rows.
_MAX_ROWS = 2_000
# Attributes are asked, not elements: predicates of all elements take twice as long.
_MAYBE_HIDDEN = etree.XPath(
    "./body/descendant::*/@hidden/.."
    " | ./body/descendant::*/@style[contains(., 'none') or contains(., 'hidden')]/.."
)
_HIDING = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_HIDDEN_SHARE = 0.25


def drop_dead_tags(tree: "HtmlElement", elements: PageElements) -> None:
    """Drops the elements that hold no article text by their tag: scripts, menus, players.

    An aside with notes to the text is a part of it, and so is a formula that a script would print.
    """
    flatten_scripts(elements.tagged["script"])
    for aside in elements.tagged["aside"]:
        if NOTES_CLASS.search(f"{aside.get('class', '')} {aside.get('role', '')}"):
            aside.tag = "div"
    etree.strip_elements(tree, *_DEAD_TAGS, with_tail=False)


def drop_furniture(tree: "HtmlElement", elements: PageElements) -> None:
    """Drops what is hidden, readers' comments, figures and forms.

    A table of thousands of rows is a data file, not a part of an article; trafilatura would take a
    minute over it.
    """
    # Looking for a tag that a page does not have is a walk over all of it.
    if elements.tagged["math"]:
        flatten_formulas(tree)
    if elements.tagged["pre"]:
        drop_line_numbers(tree)
    if elements.tagged["table"]:
        unlay_tables(tree)
    drop_hidden(tree)
    drop_comments(tree)
    for element in list(tree.iter(*_FRAMES)):
        if _is_content(element):
            element.tag = "div" if element.tag in _BLOCK_FRAMES else "span"
            element.attrib.clear()
        else:
            _drop(element)
    for table in elements.tagged["table"]:
        if (
            table.tag == "table"
            and next(islice(table.iter("tr"), _MAX_ROWS, None), None) is not None
        ):
            _drop(table)


def is_hidden(element: "HtmlElement") -> bool:
    """Tells whether an element says that browsers do not show it."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDING.search(style) is not None


def drop_hidden(tree: "HtmlElement") -> None:
    """Drops what no reader sees, unless it is much of the page: scripts show articles later.

    What repeats something that is shown goes, however much it is: it is for print or small screens.
    """
    hidden = list(filter(is_hidden, cast("list[HtmlElement]", _MAYBE_HIDDEN(tree))))
    if not hidden:
        return
    most = _HIDDEN_SHARE * len(tree.text_content())
    for element in hidden:
        if next(element.iter("h1"), None) is not None:
            continue
        if len(element.text_content()) < most or _is_repeated(element, tree):
            _drop(element)


def _is_repeated(element: "HtmlElement", tree: "HtmlElement") -> bool:
    text = squash(element.text_content())
    return bool(text) and squash(tree.text_content()).count(text) > 1


def drop_comments(tree: "HtmlElement") -> None:
    """Drops the containers of readers' comments, which outweigh short news.

    Never one that holds a headline: a column of opinion is called a comment, too.
    """
    for element in list(tree.iter(*_COMMENT_TAGS)):
        name, identifier = element.get("class"), element.get("id")
        if not (name or identifier) or not _is_of_comments(name or "", identifier or ""):
            continue
        if next(element.iter("h1", "article"), None) is None:
            _drop(element)


@lru_cache(maxsize=8_192)
def _is_of_comments(name: str, identifier: str) -> bool:
    return COMMENTS_CLASS.search(dashed(f"{name} {identifier}")) is not None


def _is_content(frame: "HtmlElement") -> bool:
    """Tells whether an element that is furniture elsewhere holds content where it stands.

    A figure may hold a table, a quotation, an embedded post: then only its caption goes. A label or
    button may be the text of a list item or heading, a footer the source of a quotation.
    """
    around = {ancestor.tag for ancestor in frame.iterancestors()}
    if frame.tag == "figure":
        return _is_figured(frame)
    if frame.tag == "footer" or "form" in around:
        return frame.tag == "footer" and "blockquote" in around
    if frame.tag == "fieldset":
        return frame.find(".//p") is not None
    if frame.tag == "legend":
        return not around.isdisjoint({"fieldset", "div"})
    if frame.tag == "button":
        return not around.isdisjoint(_HEADINGS) or ("p" in around and _is_amid_text(frame))
    return not around.isdisjoint(_LABELLED)


def _is_amid_text(button: "HtmlElement") -> bool:
    """Tells whether a button is a word of a sentence, which opens an explanation of it."""
    word = button.text_content()
    if not word:
        return False
    before, _, after = next(button.iterancestors("p")).text_content().partition(word)
    return bool(before.strip()) and bool(after.strip())


def _is_figured(figure: "HtmlElement") -> bool:
    """Tells whether a figure holds more than pictures, and takes off its caption if so."""
    if next(figure.iter(*_FIGURED), None) is None:
        return False
    for caption in list(figure.iter("figcaption")):
        _drop(caption)
    for part in figure.iterdescendants():  # "embed" and "media" are names of content here
        part.attrib.pop("class", None)
    return True


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()
