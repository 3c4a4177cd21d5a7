"""Takes out of a page's tree what is no article text, before the text extractor sees it.

trafilatura judges by class names and link density; what is known here is the shape of news pages.
Each rule names what it takes; none may take the bulk of the text.
"""

from typing import TYPE_CHECKING

from lxml import etree

from tasks.extract.phrases import CAPTION_CLASS, CREDIT_LINE, PROMOTION_CLASS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Never article text. trafilatura drops them too, but only after having copied the tree three times.
_DEAD_TAGS = (
    "script style noscript svg iframe object embed canvas video audio picture figure source track "
    "map area nav aside footer menu button select option datalist input textarea label legend "
    "fieldset dialog link meta math progress output param"
).split()

_BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_MAX_RELATED_CHARS = 300
_MAX_LABEL_CHARS = 30
_LINK_SHARE = 0.9


def drop_dead_elements(tree: "HtmlElement") -> None:
    """Drops what never holds article text: scripts, menus, forms' controls, figures, players."""
    etree.strip_elements(tree, *_DEAD_TAGS, with_tail=False)


def drop_related_links(tree: "HtmlElement") -> None:
    """Drops paragraphs and list items that are nothing but a link to another page.

    A label in front of the link ("Read more:", "Les også:") does not make it a sentence. Headings
    stay, linked or not; a heading that only announced dropped links goes with them.
    """
    for block in list(tree.iter("p", "li")):
        if _is_related(block):
            _drop(block)
    for parent in list(tree.iter("ul", "ol")):
        if not parent.text_content().strip():
            _drop(parent)


def _is_related(block: "HtmlElement") -> bool:
    links = [link for link in block.iter("a") if link.get("href")]
    if not links:
        return False
    text = _text(block)
    if not text or len(text) > _MAX_RELATED_CHARS:
        return False
    linked = sum(len(_text(link)) for link in links)
    if linked >= _LINK_SHARE * len(text):
        return True
    label, _, rest = text.partition(":")
    return len(label) <= _MAX_LABEL_CHARS and linked >= _LINK_SHARE * len(rest.strip())


def drop_captions(tree: "HtmlElement") -> None:
    """Drops captions and picture credits that stand outside of figures."""
    for element in list(tree.iter("p", "div", "span", "small", "em", "figcaption")):
        name = element.get("class")
        if name and CAPTION_CLASS.search(name) and len(_text(element)) < 600:
            _drop(element)
        elif element.tag == "p" and len(text := _text(element)) < 160 and CREDIT_LINE.match(text):
            _drop(element)


def drop_promotions(tree: "HtmlElement") -> None:
    """Drops boxes that sell: newsletters, subscriptions, apps, donations."""
    for element in list(tree.iter("div", "section", "p", "ul")):
        name = f"{element.get('class', '')} {element.get('id', '')}"
        if PROMOTION_CLASS.search(name) and len(_text(element)) < 600:
            _drop(element)


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _text(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())
