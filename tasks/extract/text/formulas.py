"""Formulas as text: sentences without them have holes.

A formula is the TeX that it was written in, where the page has it: "x2" may be a product, a power
or an index, `x^2` is not. Else it is its letters, with marks for powers, indices and fractions.
"""

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Where KaTeX, MathJax and MediaWiki put a formula, and MathML alone.
_FORMULAS = etree.XPath(
    "./body//*[contains(concat(' ', @class, ' '), ' katex ')"
    " or starts-with(@class, 'mwe-math-element') or self::mjx-container or self::math]"
)
_PRINTED = etree.XPath(".//*[@class='katex-html'] | self::mjx-container//math")
_TEX = etree.XPath("string(.//annotation[@encoding='application/x-tex'])")
# LaTeXML and others write the source into an attribute.
_ALTERNATIVE = etree.XPath("string(descendant-or-self::math/@alttext)")
_IS_DISPLAYED = etree.XPath(
    "boolean(descendant-or-self::*[@display='block' or @display='true']"
    " or parent::*[contains(@class, 'katex-display')])"
)
_DISPLAY_STYLE = re.compile(r"\{\\(?:display|text)style\s+(.*)\}", re.DOTALL)
_MARKS = {"msup": "^", "msub": "_", "mfrac": "/"}
# A picture of a formula has its source as alternative text.
_PICTURE_CLASS = re.compile(r"(?<![a-z])(?:latex|tex|mwe-math|math|equation)(?![a-z])", re.I)
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}|\\[\\{}]")
_MAX_PICTURE_CHARS = 1_000


def flatten_formulas(tree: "HtmlElement") -> None:
    """Makes text of each formula that MathML, KaTeX, MathJax or MediaWiki prints.

    All of them leave a `<math>` on the page. KaTeX prints a formula twice, for eyes and for screen
    readers. MathJax prints letters by styles, and MediaWiki prints a picture: both have them as
    text in MathML alone.
    """
    for formula in cast("list[HtmlElement]", _FORMULAS(tree)):
        # What lies in another formula is gone with it.
        if formula.getparent() is None or next(formula.iterancestors("body"), None) is None:
            continue
        is_displayed = _IS_DISPLAYED(formula)
        text = _tex_of(formula) or _letters_of(formula)
        for part in list(formula):
            formula.remove(part)
        formula.text = text
        formula.tag = "p" if is_displayed and formula.getparent().tag == "div" else "span"
        formula.attrib.clear()


def flatten_scripts(scripts: "Iterable[HtmlElement]") -> None:
    """Makes text of those scripts in which MathJax finds the formulas that it will print."""
    for script in scripts:
        if not (script.get("type") or "").startswith("math/tex"):
            continue
        # What an earlier run of it printed stands in front.
        while (printed := script.getprevious()) is not None and _is_printed(printed):
            printed.drop_tree()
        is_displayed = "display" in script.get("type", "")
        text = _tidy(script.text or "")
        script.tag = "p" if is_displayed and script.getparent().tag != "p" else "span"
        script.attrib.clear()
        script.text = text


def _is_printed(element: "HtmlElement") -> bool:
    return (element.get("class") or "").startswith("MathJax") and not (element.tail or "").strip()


def flatten_pictures(tree: "HtmlElement") -> None:
    """Makes text of pictures of formulas, as blogs have them: their source is their description."""
    for picture in list(tree.iter("img")):
        source = picture.get("alt")
        if not source or len(source) > _MAX_PICTURE_CHARS:
            continue
        if _COMMAND.search(source) or _PICTURE_CLASS.search(picture.get("class") or ""):
            picture.tag, picture.text = "span", _tidy(source)
            picture.attrib.clear()


def _tex_of(formula: "HtmlElement") -> str:
    return _tidy(str(_TEX(formula) or _ALTERNATIVE(formula)))


def _tidy(source: str) -> str:
    text = " ".join(source.split())
    styled = _DISPLAY_STYLE.fullmatch(text)
    return text if styled is None else styled[1]


def _letters_of(formula: "HtmlElement") -> str:
    printed = next(iter(cast("list[HtmlElement]", _PRINTED(formula))), formula)
    etree.strip_elements(printed, "annotation", "annotation-xml", with_tail=False)
    for part in list(printed.iter(*_MARKS)):
        for operand in islice(part, 1, None):  # power, index, denominator
            _mark(operand, _MARKS[str(part.tag)])
    return " ".join("".join(map(str, printed.itertext())).split())


def _mark(operand: "HtmlElement", mark: str) -> None:
    """Puts a mark before an operand, and braces around it where it has several parts."""
    if len(operand) <= 1:
        operand.text = f"{mark}{(operand.text or '').lstrip()}"
        return
    operand.text = f"{mark}{{{(operand.text or '').lstrip()}"
    operand[-1].tail = f"{(operand[-1].tail or '').rstrip()}}}"
