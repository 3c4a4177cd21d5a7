"""The extract step as a whole: shapes of real sites, and pages made to hurt."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.extract.evidence import EXTRACTION_JSON
from tasks.extract.extract import extract_document
from tasks.read.document import ContentForm, Document, Origin, Refusal
from tests.unit.extract.written_pages import (
    BODY,
    HEADLINE,
    article,
    document_of,
    extract,
    paragraphs,
)


def test_a_page_with_everything_in_a_json_ld_graph() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Example Post"},
            {"@type": "Person", "@id": "#a", "name": "Ann Example"},
            {
                "@type": ["NewsArticle", "Article"],
                "headline": HEADLINE,
                "author": {"@id": "#a"},
                "inLanguage": "en-GB",
                "keywords": ["bridge", "council", "Bridge"],
                "url": "https://www.example.com/bridge",
                "mainEntityOfPage": {"@id": "https://www.example.com/bridge#main"},
            },
        ],
    }
    found = extract(
        article(head=f"<script type='application/ld+json'>{json.dumps(graph)}</script>")
    )
    assert found.title == HEADLINE
    assert found.authors == ("Ann Example",)
    assert found.language == "en"
    assert found.tags == ("bridge", "council")
    assert {clue.text for clue in found.urls} >= {"https://www.example.com/bridge"}
    assert found.text == "\n".join(BODY)


def test_a_page_with_open_graph_only() -> None:
    head = (
        f"<meta property='og:title' content='{HEADLINE}'>"
        "<meta property='og:type' content='article'><meta property='og:locale' content='en_US'>"
        "<meta property='article:author' content='Ann Example'>"
        "<meta property='article:tag' content='bridge'><meta property='og:url' content='https://example.com/b'>"
        "<link rel='canonical' href='https://example.com/bridge'>"
        "<link rel='amphtml' href='https://example.com/amp/bridge'>"
    )
    found = extract(article(head=head))
    assert (found.title, found.authors, found.tags) == (HEADLINE, ("Ann Example",), ("bridge",))
    assert [(clue.source, clue.text) for clue in found.urls] == [
        ("canonical", "https://example.com/bridge"),
        ("amp", "https://example.com/amp/bridge"),
        ("og:url", "https://example.com/b"),
    ]


def test_a_page_with_microdata_only() -> None:
    page = (
        "<html><body><div itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>{HEADLINE}</h1><span itemprop='author'>Ann Example</span>"
        f"<div itemprop='articleBody'>{paragraphs(*BODY)}</div></div></body></html>"
    )
    found = extract(page)
    assert (found.title, found.authors, found.text) == (HEADLINE, ("Ann Example",), "\n".join(BODY))


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0030)https://www.example.com/bridge -->",
        "<!--\n Page saved with SingleFile \n url: https://www.example.com/bridge \n saved: x -->",
    ],
)
def test_a_saved_page_remembers_its_address(comment: str) -> None:
    urls = extract(article().replace("<html", f"{comment}<html", 1)).urls
    assert [(clue.source, clue.text) for clue in urls] == [
        ("saved_from", "https://www.example.com/bridge")
    ]


def test_an_extraction_survives_staging() -> None:
    found = extract(article())
    assert EXTRACTION_JSON.validate_json(EXTRACTION_JSON.dump_json(found)) == found


def refusal_of(content: bytes) -> Reason | None:
    found = extract_document(document_of(content), Limits())
    return found.reason if isinstance(found, Refusal) else found.refusal


@pytest.mark.parametrize("tag", ["div", "b", "ul><li"])
def test_nesting_beyond_the_limit_is_refused(tag: str) -> None:
    content = b"<html><body>" + f"<{tag}>".encode() * 100_000 + b"text"
    assert refusal_of(content) is Reason.NESTING_TOO_DEEP


def test_nesting_below_the_limit_is_read() -> None:
    page = "<div>" * 300 + paragraphs(*BODY) + "</div>" * 300
    assert extract(page).text == "\n".join(BODY)


@pytest.mark.parametrize("content", [b"", b"  \n ", b"<!-- nothing -->"])
def test_nothing_is_an_empty_document(content: bytes) -> None:
    assert refusal_of(content) is Reason.DOCUMENT_EMPTY


@pytest.mark.parametrize(
    "block",
    [
        "{broken",
        "[" * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        "null",
        '"text"',
        '{"@type": null, "headline": 7, "author": [[[{}]]], "keywords": {"a": 1}}',
        '{"@type": "NewsArticle", "headline": ["a"], "author": 5, "publisher": [], "url": {}}',
    ],
)
def test_json_ld_of_any_kind_costs_no_page(block: str) -> None:
    head = f"<script type='application/ld+json'>{block}</script>"
    assert extract(article(head=head)).text == "\n".join(BODY)


@pytest.mark.parametrize(
    "block",
    [
        '<!--//--><![CDATA[//><!--\n{"@type": "Article", "headline": "The old bridge"}\n//--><!]]>',
        '{"@type": "NewsArticle", "headline": "The old bridge",}',
        '{"@type": "NewsArticle", "headline": "The old bridge"};',
        '{"@type": "NewsArticle", "headline": "The old\tbridge"}',
    ],
)
def test_json_ld_with_the_usual_faults_is_read(block: str) -> None:
    head = f"<script type='application/ld+json'>{block}</script>"
    assert extract(article(head=head)).title == "The old bridge"


@pytest.mark.parametrize(
    "body",
    [
        paragraphs(*BODY).replace("council", "coun\x00cil") + "<p>\x00</p>",
        f"<div class='{'x ' * 500_000}'>{paragraphs(*BODY)}</div>",
        "<a href='/x'>link</a>" * 20_000 + paragraphs(*BODY),
        paragraphs(*BODY) + "<br>" * 50_000,
        paragraphs(*BODY) + "<table>" + "<tr><td>1" * 30_000 + "</table>",
    ],
    ids=["nuls", "giant attribute", "links", "breaks", "rows"],
)
def test_pages_made_to_hurt_still_give_their_text(body: str) -> None:
    assert BODY[1] in extract(article(body)).text


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_bytes_make_extraction_raise(junk: bytes, at: int) -> None:
    source = article().encode()
    content = source[:at] + junk + source[at:]
    extract_document(document_of(content), Limits())


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/='\" abdhilnprsuv&#;!-[]", max_size=300))
def test_no_markup_makes_extraction_raise(markup: str) -> None:
    extract_document(document_of(f"<body>{markup}{paragraphs(*BODY)}"), Limits())


def test_a_text_dump_goes_its_own_way() -> None:
    origin = Origin(raw_path="a.txt", raw_digest="0")
    content = "\n".join([HEADLINE, "", *BODY]).encode()
    found = extract_document(
        Document(origin=origin, form=ContentForm.TEXT, content=content), Limits()
    )
    assert not isinstance(found, Refusal)
    assert found.form is ContentForm.TEXT
    assert BODY[0] in found.text
