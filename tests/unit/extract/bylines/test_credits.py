"""Bylines and credit lines of a page."""

import pytest

from schemas.settings import Limits
from tasks.extract.bylines.credits import collect_credits
from tasks.extract.page.parsed_page import Page, parse_page
from tasks.read.document import ContentForm, Document, Origin


def credits_of(source: str) -> list[tuple[str, str]]:
    origin = Origin(raw_path="a.html", raw_digest="0")
    document = Document(
        origin=origin, form=ContentForm.HTML, content=source.encode(), charset="utf-8"
    )
    page = parse_page(document, Limits())
    assert isinstance(page, Page)
    return [(clue.source, clue.text) for clue in collect_credits(page)]


def test_reads_declared_and_printed_bylines() -> None:
    found = credits_of(
        """<meta name="author" content="Example Agency">
        <script type="application/ld+json">{"@type": "NewsArticle",
          "author": [{"@type": "Person", "name": "A. Reporter"}, "Example Agency"],
          "creditText": "EA"}</script>
        <body><p class="article-byline">By  A. Reporter, <b>Example Agency</b></p>
        <span itemprop="author">B. Reporter</span></body>"""
    )
    assert found == [
        ("json_ld", "A. Reporter"),
        ("json_ld", "Example Agency"),
        ("json_ld", "EA"),
        ("meta", "Example Agency"),
        ("byline", "By A. Reporter, Example Agency"),
        ("byline", "B. Reporter"),
    ]


def test_leaves_out_pictures_addresses_and_long_texts() -> None:
    found = credits_of(
        f"""<meta name="article:author" content="https://www.facebook.com/examplepost">
        <body><p class="author-photo">Photo: Example Agency</p>
        <div class="author-bio">{"A. Reporter writes about rain. " * 20}</div></body>"""
    )
    assert found == []


def test_a_pictures_author_is_not_the_texts() -> None:
    found = credits_of(
        """<body><figure><span class="author">A. Lens / Example Agency</span></figure>
        <div class="image-box"><p class="author">B. Lens / Example Agency</p></div>
        <p class="author">C. Reporter</p></body>"""
    )
    assert found == [("byline", "C. Reporter")]


@pytest.mark.parametrize("name", ["firma", "source", "kaynak", "news-fonte", "fuente"])
def test_the_one_element_named_a_source_is_a_credit(name: str) -> None:
    html = f'<article><h1>Rain</h1><p class="{name}">EFE</p><p>It rained.</p></article>'
    assert ("byline", "EFE") in credits_of(html)


def test_the_sources_of_other_stories_are_no_credits() -> None:
    html = '<ul><li class="source">AFP</li><li class="source">EFE</li></ul>'
    assert credits_of(html) == []
