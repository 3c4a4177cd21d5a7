"""Feeds with the articles' texts: an entry is a document, what it says beside it is evidence."""

import gzip
from pathlib import Path

import pytest

from schemas.reasons import Reason
from schemas.row_fields import RowRole
from schemas.settings import Limits
from tasks.extract.dates.date_clues import collect_origin_clues
from tasks.extract.evidence import DateKind, Extraction
from tasks.extract.extract import extract_document
from tasks.inspect.rereading import read_again
from tasks.read.document import ContentForm, Document, Refusal
from tests.unit.read.archives import PAGE, document, read_file, refusal
from tests.unit.read.files.feed_pages import ATOM, PARAGRAPHS, RSS, RSS_1


def stated(outcome: Document | Refusal) -> dict[RowRole, str]:
    return dict(outcome.origin.stated)


def test_entries_of_rss_with_their_text_are_documents(tmp_path: Path) -> None:
    outcomes = read_file(tmp_path, "post/2024-03-09/feed.rss", RSS.encode())
    assert [outcome.origin.raw_offset for outcome in outcomes] == [0, 1, 2, 3, 4]
    page = document(outcomes[0])
    assert page.form is ContentForm.HTML
    assert page.origin.url == "https://post.example/harbour"
    assert stated(page) == {
        RowRole.TITLE: "Harbour opens & ferry returns",
        RowRole.AUTHORS: "Ada Holm",
    }
    assert page.origin.feed_dates == (("rss.pubDate", "Sat, 02 Mar 2024 10:20:30 +0100"),)
    whole = document(outcomes[2])
    assert whole.origin.url == "https://post.example/whole"
    assert stated(whole)[RowRole.AUTHORS] == "Ben Ito"
    assert read_again(tmp_path, whole.origin.raw_path, 2, Limits()) == whole


def test_an_excerpt_is_refused_and_says_so(tmp_path: Path) -> None:
    outcomes = read_file(tmp_path, "feed.rss", RSS.encode())
    for number in (1, 3, 4):
        assert refusal(outcomes[number]).reason is Reason.FEED_EXCERPT_ONLY
    assert "The council met" in refusal(outcomes[1]).detail
    assert outcomes[1].origin.url == "https://post.example/line"


@pytest.mark.parametrize(
    ("end", "is_whole"),
    [
        ('<p><a href="https://post.example/cut">Weiterlesen</a> →</p>', False),
        ("<p>The quay stays closed […]</p>", False),
        ("<p>The quay stays closed...</p>", False),
        ('<p>See <a href="https://other.example/cut">the plan</a></p>', True),
        ('<p>The <a href="https://post.example/cut">plan</a> is old.</p>', True),
    ],
)
def test_a_text_that_leads_on_to_the_article_is_an_excerpt(
    tmp_path: Path, end: str, is_whole: bool
) -> None:
    feed = RSS.replace('<p><a href="/cut">Continue reading</a></p>', end)
    outcome = read_file(tmp_path, "feed.rss", feed.encode())[3]
    assert isinstance(outcome, Document) == is_whole


def test_entries_of_atom(tmp_path: Path) -> None:
    page, plain, elsewhere = read_file(tmp_path, "feed.atom", ATOM.encode())
    assert document(page).form is ContentForm.HTML
    assert page.origin.url == "https://blog.example/ferry"
    assert stated(page) == {
        RowRole.TITLE: "Ferry returns",
        RowRole.AUTHORS: "Ada Holm, Ben Ito",
    }
    kinds = {clue.text: clue.kind for clue in collect_origin_clues(page.origin)}
    assert kinds["2024-03-02T10:20:30Z"] is DateKind.PUBLISHED
    assert kinds["2024-03-05T08:00:00Z"] is DateKind.MODIFIED
    assert document(plain).form is ContentForm.TEXT
    assert refusal(elsewhere).reason is Reason.FEED_EXCERPT_ONLY


def test_entries_of_rss_1(tmp_path: Path) -> None:
    (page,) = read_file(tmp_path, "index.rdf", RSS_1.encode())
    assert page.origin.url == "https://post.example/rdf"
    assert page.origin.feed_dates == (("rss.date", "2024-03-02T10:20:30Z"),)


def test_an_entry_becomes_an_article(tmp_path: Path) -> None:
    outcomes = read_file(tmp_path, "feed.rss", RSS.encode())
    found = extract_document(document(outcomes[0]), Limits())
    assert isinstance(found, Extraction)
    assert found.title == "Harbour opens & ferry returns"
    assert found.authors == ("Ada Holm",)
    assert [line for line in found.text.splitlines() if line] == [
        paragraph.removeprefix("<p>") for paragraph in PARAGRAPHS.split("</p>") if paragraph
    ]


@pytest.mark.parametrize(
    "content",
    [RSS.encode(), gzip.compress(RSS.encode()), RSS.replace("UTF-8", "UTF-16").encode("utf-16")],
)
def test_a_feed_is_told_by_its_bytes_under_any_of_its_names(tmp_path: Path, content: bytes) -> None:
    for number, name in enumerate(("a.xml", "a.rss", "a.atom", "a.xml.gz")):
        assert len(read_file(tmp_path / str(number), name, content)) == 5


def test_xml_that_is_no_feed_is_a_page_or_is_refused(tmp_path: Path) -> None:
    (page,) = read_file(tmp_path / "page", "a.xml", b"<?xml version='1.0'?>" + PAGE)
    assert document(page).form is ContentForm.HTML
    (sitemap,) = read_file(tmp_path / "map", "a.xml", b"<urlset><url><loc>x</loc></url></urlset>")
    assert refusal(sitemap).reason is Reason.FORM_UNSUPPORTED


def test_addresses_of_a_feed_that_is_not_well_formed_keep_their_ampersands(tmp_path: Path) -> None:
    broken = RSS.replace("Only a line", "Only & a line").replace(
        "https://post.example/harbour", "https://post.example/harbour?a=1&amp;b=2&c=3"
    )
    outcomes = read_file(tmp_path, "a.xml", broken.encode())
    assert "https://post.example/harbour?a=1&b=2&c=3" in [one.origin.url for one in outcomes]


def test_a_feed_that_is_not_well_formed_is_read_and_says_so(tmp_path: Path) -> None:
    broken = RSS.replace("Only a line", "Only & a line &nbsp;").replace("Ada Holm", "Ada \x0b Holm")
    outcomes = read_file(tmp_path, "a.xml", broken.encode())
    assert [outcome.origin.url for outcome in outcomes if isinstance(outcome, Document)] == [
        "https://post.example/harbour",
        "https://post.example/whole",
    ]
    assert "not well-formed" in outcomes[0].origin.faults[0]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_of_a_feed_that_ends_early_the_whole_entries_come_out(tmp_path: Path, share: float) -> None:
    cut = RSS.encode()[: int(len(RSS) * share)]
    outcomes = read_file(tmp_path, "a.xml", cut)
    whole = read_file(tmp_path / "whole", "a.xml", RSS.encode())
    ended = cut.count(b"</item>")
    assert [outcome.origin.url for outcome in outcomes[:ended]] == [
        outcome.origin.url for outcome in whole[:ended]
    ]
    assert refusal(outcomes[-1]).reason is Reason.CONTAINER_TRUNCATED
    assert len(outcomes) == ended + 1


def test_entities_are_neither_fetched_nor_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    declared = f'<!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
    bomb = RSS.replace("<rss", f"{declared}<rss", 1).replace("Only a line", "&l9;&f;")
    outcomes = read_file(tmp_path, "a.xml", bomb.encode())
    assert all("root:" not in text for outcome in outcomes for text in stated(outcome).values())
