"""Articles that a page carries as data for its scripts, not as text."""

import json
import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from tasks.extract.page.structured_data import ARTICLE_TYPES, StructuredData, nodes_of
from tasks.printed.cleaning import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MIN_CHARS = 400
_MIN_BLOCKS = 2
_BLOCK = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
# What a block begins with in a script: an escape may follow, or what cleaning takes out.
_BLOCK_IN_SCRIPT = re.compile(r"(?:<|\\u003[cC])[pPbBdD\\\x00-\x1f\x7f-\x9f]")
# A long string literal of JSON or JavaScript; possessive, so that no script makes it backtrack.
# Most literals are short and without escapes, which a set alone tells in a tenth of the time.
_LITERAL = re.compile(
    rf'"(?![^"\\]{{0,{_MIN_CHARS - 1}}}+")(?:[^"\\]|\\.){{{_MIN_CHARS},}}+"', re.DOTALL
)


def find_embedded_body(tree: "HtmlElement", structured: StructuredData) -> "HtmlElement | None":
    """Returns the body of the article from JSON-LD or the page's data, None where it has none.

    Pages that a script fills carry the article as HTML in a string of their data: it is the longest
    string with paragraphs in it. JSON-LD has it in `articleBody`.

    Args:
        tree: the page as parsed, its scripts still in it.
        structured: its structured data.
    """
    bodies = [
        _with_paragraphs(clean(body))
        for _, node in nodes_of(structured, ARTICLE_TYPES)
        if isinstance(body := node.get("articleBody"), str) and len(body) >= _MIN_CHARS
    ]
    for script in tree.iter("script"):
        bodies.extend(_bodies_in(script.text or ""))
    longest = max(bodies, key=len, default=None)
    return _as_tree(longest) if longest is not None else None


def _bodies_in(source: str) -> Iterator[str]:
    # Most scripts are long and have no blocks in them, which costs a tenth of reading literals.
    blocks = islice(_BLOCK_IN_SCRIPT.finditer(source), _MIN_BLOCKS)
    if sum(1 for _ in blocks) < _MIN_BLOCKS:
        return
    for literal in _LITERAL.finditer(source):
        try:
            text = clean(json.loads(literal[0], strict=False))
        except ValueError:
            continue
        if len(_BLOCK.findall(text)) >= _MIN_BLOCKS:
            yield text


def _with_paragraphs(text: str) -> str:
    if _BLOCK.search(text):
        return text
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _as_tree(source: str) -> "HtmlElement | None":
    try:
        content = html.fragment_fromstring(source, create_parent="article")
    except (etree.ParserError, ValueError):
        return None
    content.set("itemprop", "articleBody")
    root: HtmlElement = html.Element("html")
    root.append(html.Element("body"))
    root[0].append(content)
    return root
