"""What bytes are told to be, whatever they are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.reasons import Reason
from tasks.read.bytes import content_types
from tasks.read.bytes.content_types import is_feed, name_without_article
from tasks.read.contents import make_document
from tasks.read.document import ContentForm, Document, Refusal
from tasks.read.origins import Evidence, file_origin_of

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f'{DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', "a sitemap"),
        (f"{DECLARATION}<!-- made -->\n<?xml-stylesheet href='a.xsl'?>\n<urlset>", "a sitemap"),
        ("\ufeff<sitemapindex>", "an index of sitemaps"),
        (f"{DECLARATION}<!DOCTYPE plist PUBLIC 'a' 'b'>\n<plist version='1.0'>", "a property list"),
        ('<svg:svg xmlns:svg="http://www.w3.org/2000/svg">', "a drawing"),
        (f"{DECLARATION}<Error><Code>AccessDenied</Code>", "an error of a store"),
    ],
)
def test_xml_of_no_article_is_refused_under_its_name(content: str, name: str) -> None:
    outcome = make_document(
        content.encode(),
        ContentForm.HTML,
        file_origin=file_origin_of("x/2024-03-06/a.html"),
        evidence=Evidence(),
    )
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.detail) == (Reason.FORM_UNSUPPORTED, name)


@pytest.mark.parametrize(
    "content",
    [
        "<!doctype html><html><svg><title>Logo</title></svg>",
        f"{DECLARATION}<!DOCTYPE html PUBLIC 'a' 'b'><html>",
        "<svg-holder>",
        "<error>no such page</error>",
        f"{DECLARATION}<nitf><body>",
    ],
)
def test_pages_and_unknown_xml_are_read(content: str) -> None:
    assert name_without_article(content.encode()) is None
    outcome = make_document(
        content.encode(),
        ContentForm.HTML,
        file_origin=file_origin_of("x/2024-03-06/a.html"),
        evidence=Evidence(),
    )
    assert isinstance(outcome, Document)


_PIECES = st.sampled_from(
    b"<rss |<RSS>|<rdf:RDF\n|<RDF:rdf>|<feed xmlns='http://www.w3.org/2005/Atom'>|<feed>|<?xml ?>|"
    b"<!-- a -->|<!DOCTYPE rss >| |\n|<html>|\xef\xbb\xbf|rss|<".split(b"|")
)


@given(content=st.lists(_PIECES, max_size=6).map(b"".join))
def test_a_feed_is_what_the_pattern_says_though_it_is_seldom_asked(content: bytes) -> None:
    assert is_feed(content) is (content_types._FEED_START.match(content) is not None)
