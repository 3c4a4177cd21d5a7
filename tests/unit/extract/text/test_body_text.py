"""The text of an isolated body is what trafilatura makes of a page with nothing else on it."""

from copy import copy, deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.htmlprocessing import delete_by_link_density
from trafilatura.settings import Document, Extractor
from trafilatura.xml import xmltotxt

from tasks.extract.text.body_text import delete_linked, read_body, write_plain
from tests.unit.extract.written_pages import BODY, paragraphs

OPTIONS = Extractor(output_format="python", fast=True, comments=False)
LINKS = "".join(f"<li><a href='/{n}'>Other story {n}</a></li>" for n in range(6))

SHAPES = {
    "paragraphs": paragraphs(*BODY),
    "boxes": "".join(f"<div>{text}</div>" for text in BODY),
    "breaks": paragraphs(*BODY[:2]) + "<br><br>".join(BODY[2:]),
    "inline": f"<p>{BODY[0]} <b>Bold</b> and <a href='/x'>linked <i>words</i></a>.</p>{BODY[1]}"
    f"<p>{BODY[2]}</p>",
    "list": paragraphs(*BODY) + f"<ul><li>{BODY[0]}</li><li>Two<ul><li>Deep</li></ul></li></ul>",
    "links": paragraphs(*BODY) + f"<ul>{LINKS}</ul><div>{paragraphs('Last words of it.')}</div>",
    "quotation": paragraphs(*BODY[:2]) + f"<blockquote><p>{BODY[2]}</p></blockquote>{BODY[3]}",
    "table": paragraphs(*BODY)
    + "<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2024</td><td>3</td></tr></table>",
    "names": "<div class='share-bar'>Share this</div>"
    + paragraphs(*BODY)
    + "<p class='author-box'>About her</p><div class='teaser'><p>Other story.</p></div>"
    "<span style='display:none'>Hidden</span><div class='caption'>A bridge</div>",
    "comments": paragraphs(*BODY) + "<ul id='comments'><li>First!</li></ul>",
    "headings": f"<h2>One</h2>{paragraphs(*BODY[:2])}<h3>Two</h3>{paragraphs(*BODY[2:])}<h3>Z</h3>",
    "repeated": paragraphs(BODY[0], BODY[0], BODY[1], BODY[2]),
    "code": paragraphs(*BODY) + "<pre><code>a = {'b': 1}\n    c</code></pre>",
    "emptied": f"<p></p><div><p class='x'></p></div>{paragraphs(*BODY)}<span></span>Tail<br>end",
    "cleaned": f"<time>Monday</time><p><cite>{BODY[0]}</cite></p><aside>Ad</aside>"
    + paragraphs(*BODY[1:]),
    "layout": f"<table role='presentation'><tr><td>{paragraphs(*BODY)}</td></tr></table>",
    "foreign tags": paragraphs(*BODY) + "<fb:like class='share'>Like</fb:like><o:p>Word</o:p>",
}


@pytest.mark.parametrize("frame", ["article", "div", "section"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_body_reads_as_trafilatura_reads_it_alone(shape: str, frame: str) -> None:
    tree = _alone(SHAPES[shape], frame)
    document = bare_extraction(copy(tree), options=OPTIONS)
    assert isinstance(document, Document)
    assert document.text
    assert read_body(tree, OPTIONS) == document.text


@pytest.mark.parametrize(
    ("content", "frame"),
    [
        ("<p>Closed on Monday.</p><p>Ask at the office.</p>", "div"),
        ("<br><br>".join(BODY), "div"),
        (f"<div class='related'>{paragraphs(*BODY)}</div><p>{BODY[0]}</p>", "article"),
        (paragraphs(*BODY), "center"),
    ],
)
def test_what_trafilatura_would_look_beyond_is_left_to_it(content: str, frame: str) -> None:
    assert read_body(_alone(content, frame), OPTIONS) is None


def _alone(content: str, frame: str) -> html.HtmlElement:
    return html.document_fromstring(
        f"<html><body><{frame} itemprop='articleBody'>{content}</{frame}></body></html>"
    )


def _trees(tags: list[str], texts: list[str], depth: int) -> st.SearchStrategy[etree._Element]:
    """Returns elements that hold elements, with a text in each and one behind each."""
    parts = st.tuples(st.sampled_from(tags), st.sampled_from(texts), st.sampled_from(texts))
    children = st.lists(_trees(tags, texts, depth - 1), max_size=6) if depth else st.just([])
    return st.builds(_element, parts, children)


def _element(part: tuple[str, str, str], children: list[etree._Element]) -> etree._Element:
    tag, text, tail = part
    element = html.Element(tag)
    element.text, element.tail = text or None, tail or None
    element.extend(children)
    return element


LENGTHS = ["", " \n ", "Word", "A sentence of eight words, read in passing. ", " Long text. " * 12]

SPELLINGS = ["a\xa0|b", "soft\xadhyphen", "\u2424\n", "&nbsp;&amp;&#13;c", "\u2028x\u3000"]


@given(_trees(["div", "div", "list", "item", "p", "p", "ref", "ref", "span", "td"], LENGTHS, 3))
def test_links_are_deleted_as_by_trafilatura(frame: etree._Element) -> None:
    frame.tag = "article"
    expected = deepcopy(frame)
    for _ in range(2):
        delete_by_link_density(expected, "div", backtracking=True)
        delete_by_link_density(expected, "list")
        delete_by_link_density(expected, "p")
    delete_linked(frame)
    assert etree.tostring(frame) == etree.tostring(expected)


@given(
    st.lists(
        _trees(["head", "item", "lb", "list", "p", "p", "quote", "code"], [*LENGTHS, *SPELLINGS], 1)
    )
)
def test_blocks_are_written_as_by_trafilatura(blocks: list[etree._Element]) -> None:
    body = etree.Element("body")
    body.extend(blocks)
    assert write_plain(body) == xmltotxt(body, include_formatting=False)
