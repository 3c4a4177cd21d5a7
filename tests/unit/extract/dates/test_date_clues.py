"""The dates of a page with the positions that they stand in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from schemas import date_markup as markup
from schemas.settings import Limits
from tasks.extract.dates.date_clues import (
    _script_stamps,
    collect_date_clues,
    collect_origin_clues,
)
from tasks.extract.evidence import DateClue, DateKind
from tasks.extract.page.parsed_page import Page, parse_page
from tasks.normalize.dates.resolve_date import DateContext, resolve_dates
from tasks.read.document import ContentForm, Document, Origin

ARTICLE = "<p>" + "The council met and voted on the budget of the port. " * 8 + "</p>"


def read_page(body: str, head: str = "", url: str | None = None, **origin: object) -> Page:
    source = (
        f"<html><head><title>Port budget approved</title>{head}</head><body>{body}</body></html>"
    )
    return parse(source, Origin(raw_path="page.html", raw_digest="0", url=url, **origin))  # type: ignore[arg-type]


def parse(source: str, origin: Origin) -> Page:
    document = Document(origin=origin, form=ContentForm.HTML, content=source.encode())
    page = parse_page(document, Limits())
    assert isinstance(page, Page)
    return page


def clues_of(body: str, head: str = "", url: str | None = None, **origin: object) -> list[DateClue]:
    return list(collect_date_clues(read_page(body, head, url, **origin)))


def kinds_of(body: str, head: str = "", url: str | None = None) -> dict[str, DateKind]:
    return {clue.text: clue.kind for clue in clues_of(body, head, url)}


def test_json_ld_in_any_graph_with_its_key_as_the_kind() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type":
        ["NewsArticle"], "datePublished": "2023-05-05T10:00:00Z", "dateModified": "2023-05-06",
        "dateCreated": "2023-05-04"}]}</script>"""
    found = {(clue.position, clue.kind.value) for clue in clues_of(ARTICLE, head)}
    assert found >= {
        ("NewsArticle.datePublished", "published"),
        ("NewsArticle.dateModified", "modified"),
        ("NewsArticle.dateCreated", "created"),
    }


def test_json_ld_of_an_event_a_comment_and_another_page() -> None:
    head = """<script type="application/ld+json">[
        {"@type": "Event", "startDate": "2023-06-01"},
        {"@type": "Comment", "datePublished": "2023-06-02"},
        {"@type": "NewsArticle", "url": "https://p.example/port", "datePublished": "2023-05-05"},
        {"@type": "NewsArticle", "url": "https://p.example/other", "datePublished": "2023-06-03"}
        ]</script>"""
    kinds = kinds_of(ARTICLE, head, "https://p.example/port")
    assert kinds == {
        "2023-06-01": DateKind.EVENT,
        "2023-06-02": DateKind.COMMENT,
        "2023-05-05": DateKind.PUBLISHED,
        "2023-06-03": DateKind.RELATED,
    }


def test_json_ld_of_a_list_is_told_by_its_headlines() -> None:
    head = """<script type="application/ld+json">[
        {"@type": "NewsArticle", "headline": "Fish is dear", "datePublished": "2023-01-01"},
        {"@type": "NewsArticle", "headline": "Port budget approved",
         "datePublished": {"@value": "2023-05-05"}}]</script>"""
    assert kinds_of(ARTICLE, head) == {
        "2023-01-01": DateKind.RELATED,
        "2023-05-05": DateKind.PUBLISHED,
    }


def test_json_ld_of_one_article_under_another_address_is_the_pages() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "datePublished":
        "2023-05-05", "url": "https://p.example/amp/7"}</script>"""
    assert kinds_of(ARTICLE, head, "https://p.example/port") == {"2023-05-05": DateKind.PUBLISHED}


def test_an_entry_of_a_live_blog_is_not_the_blog() -> None:
    head = """<script type="application/ld+json">{"@type": "LiveBlogPosting", "datePublished":
        "2023-05-05T12:00:00Z", "liveBlogUpdate": [{"@type": "BlogPosting", "datePublished":
        "2023-05-05T08:00:00Z"}]}</script>"""
    assert kinds_of(ARTICLE, head)["2023-05-05T08:00:00Z"] is not DateKind.PUBLISHED


def test_json_ld_gives_dates_in_lists_too() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline":
        "Port budget approved", "datePublished": ["2023-05-05T10:00:00Z"]}</script>"""
    assert kinds_of(ARTICLE, head) == {"2023-05-05T10:00:00Z": DateKind.PUBLISHED}


@pytest.mark.parametrize("attribute", ["data-epoch", "data-timestamp", "data-utime"])
def test_a_stamp_for_scripts_is_read_beside_its_text(attribute: str) -> None:
    body = f"""<article><h1>Port budget approved</h1>
        <p><span class="date" {attribute}="1683281730">May 5</span></p></article>"""
    assert kinds_of(body)["1683281730"] is DateKind.UNKNOWN


def test_teasers_in_a_small_aside_are_other_stories() -> None:
    body = """<aside class="bar"><ul>
        <li><a href="/a">Harbour cranes painted</a> <time datetime="2023-05-09">9 May</time></li>
        <li><a href="/b">Ferry bar opens again</a> <time datetime="2023-05-08">8 May</time></li>
        </ul></aside>
        <article><h1>Port budget approved</h1><p class="date">5 May 2023</p></article>"""
    found = kinds_of(body)
    assert {found["2023-05-09"], found["2023-05-08"]} == {DateKind.RELATED}
    assert found["5 May 2023"] is not DateKind.RELATED


def test_the_opening_lines_of_a_page_without_markup_are_read() -> None:
    body = "Port budget approved\n\n5 May 2023\n\n" + "The council voted for it. " * 20
    assert "5 May 2023" in kinds_of(body)


def test_metas_by_the_words_in_their_names() -> None:
    head = """
        <meta property="article:published_time" content="2023-05-05T10:00:00Z">
        <meta property="og:updated_time" content="2023-05-06T10:00:00Z">
        <meta name="DC.date.created" content="2023-05-04">
        <meta name="sailthru.date" content="2023-05-05 14:00:00">
        <meta name="article:expiration_time" content="2024-05-05T10:00:00Z">
        <meta name="msvalidate.01" content="AC620230505B">
        <meta name="generator" content="WordPress 6.2.20230501">"""
    assert kinds_of(ARTICLE, head) == {
        "2023-05-05T10:00:00Z": DateKind.PUBLISHED,
        "2023-05-06T10:00:00Z": DateKind.MODIFIED,
        "2023-05-04": DateKind.CREATED,
        "2023-05-05 14:00:00": DateKind.PUBLISHED,
    }


def test_a_byline_in_pieces_is_one_line() -> None:
    body = f"""<h1>Port budget approved</h1><div><span>A. Reporter</span> <span>5 May 2023</span>
        <span>|</span> <span>09:15</span></div>{ARTICLE}"""
    assert "5 May 2023 | 09:15" in kinds_of(body)


def test_labels_tell_publication_from_update() -> None:
    body = f"""<h1>Port budget approved</h1>
        <p>Published: 5 May 2023, 09:15. Updated: 6 May 2023, 10:20</p>{ARTICLE}"""
    assert kinds_of(body) == {
        "5 May 2023, 09:15": DateKind.PUBLISHED,
        "6 May 2023, 10:20": DateKind.MODIFIED,
    }


def test_labels_of_other_languages() -> None:
    for label, kind in {
        "Опубликовано": DateKind.PUBLISHED,
        "Обновлено": DateKind.MODIFIED,
        "Yayınlanma tarihi": DateKind.PUBLISHED,
        "Zuletzt aktualisiert am": DateKind.MODIFIED,
        "Yenilənib": DateKind.MODIFIED,
        "آخر تحديث": DateKind.MODIFIED,
    }.items():
        body = f"<h1>Port budget approved</h1><p>{label}: 05.05.2023</p>{ARTICLE}"
        assert kinds_of(body)["05.05.2023"] is kind, label


def test_a_time_element_gives_its_attribute() -> None:
    body = f"""<h1>Port budget approved</h1>
        <time datetime="2023-05-05T09:15:00+04:00">today</time>{ARTICLE}"""
    (clue,) = [clue for clue in clues_of(body) if clue.source == "time"]
    assert (clue.text, clue.rank) == ("2023-05-05T09:15:00+04:00", 0)


def test_boxes_tell_clocks_comments_and_related_stories() -> None:
    body = f"""<header><div class="current-date">9 June 2024</div></header>
        <article><h1>Port budget approved</h1><p>5 May 2023</p>{ARTICLE}</article>
        <ul class="related-news"><li><a href="/x">Fish prices</a>
        <time datetime="2024-01-01">1 January 2024</time></li></ul>
        <div class="comments"><time datetime="2023-07-07">7 July 2023</time></div>"""
    kinds = kinds_of(body)
    assert kinds["9 June 2024"] is DateKind.PAGE_CLOCK
    assert kinds["2024-01-01"] is DateKind.RELATED
    assert kinds["2023-07-07"] is DateKind.COMMENT
    decision = resolve_dates(clues_of(body), DateContext())
    assert decision.published_date is not None
    assert decision.published_date.isoformat() == "2023-05-05"


def test_wrappers_that_hold_the_title_are_no_boxes() -> None:
    body = f"""<div class="related-layout has-sidebar latest"><h1>Port budget approved</h1>
        <p>5 May 2023</p>{ARTICLE}</div>"""
    assert kinds_of(body)["5 May 2023"] is DateKind.UNKNOWN


def test_dates_in_sentences_are_no_bylines() -> None:
    body = f"""<h1>Port budget approved</h1><p>5 May 2023</p>
        <p>The works that began on 3 March 2019 will end this year, the mayor said.</p>{ARTICLE}"""
    sources = {clue.text: clue.source for clue in clues_of(body)}
    assert sources == {"5 May 2023": "byline", "3 March 2019": "text"}


def test_the_address_gives_a_day_a_stamp_or_a_month() -> None:
    for url, text in {
        "https://paper.example/2023/05/05/port": "2023/05/05",
        "https://paper.example/2023/05/port": "2023/05",
        "https://paper.example/news-20230505.html": "20230505",
        "https://paper.example/port-20230505091530-nt.html": "2023-05-05",
        "https://paper.example/05-05-2023/port": "05-05-2023",
        "https://web.archive.org/web/20240101000000/http://p.example/2023/05/05/port": "2023/05/05",
    }.items():
        assert [clue.text for clue in clues_of(ARTICLE, url=url)] == [text], url


def test_numbers_in_an_address_are_no_day() -> None:
    for url in ("https://paper.example/a20239905", "https://paper.example/12345678", "mailto:x@[y"):
        assert clues_of(ARTICLE, url=url) == []


def test_feeds_and_headers_come_from_the_origin() -> None:
    origin = Origin(
        raw_path="page.html",
        raw_digest="0",
        headers=(("date", "Sat, 06 May 2023 10:00:00 GMT"), ("last-modified", "2023-05-05")),
        feed_dates=(("published", "2023-05-05T10:00:00Z"), ("lastmod", "2023-05-06")),
    )
    kinds = {clue.position: clue.kind for clue in collect_origin_clues(origin)}
    assert kinds == {
        "feed published": DateKind.PUBLISHED,
        "feed lastmod": DateKind.MODIFIED,
        "header last-modified": DateKind.MODIFIED,
        "header date": DateKind.PAGE_CLOCK,
    }


def test_a_stamp_far_from_the_title_is_found_where_there_is_no_other() -> None:
    body = f"""<h1>Port budget approved</h1>{ARTICLE * 12}<p>5 May 2023 / 10:44</p>"""
    (clue,) = clues_of(body)
    assert (clue.text, clue.source) == ("5 May 2023 / 10:44", "body")


def test_the_page_is_left_as_it_was() -> None:
    page = read_page(f"<h1>Port budget approved</h1><p>5 May 2023</p>{ARTICLE}")
    before = html.tostring(page.tree)
    collect_date_clues(page)
    assert html.tostring(page.tree) == before


def test_a_page_without_a_body_or_a_title_has_no_clues() -> None:
    for source in ("<html></html>", "<p></p>", "<html><head><title>x</title></head></html>"):
        page = parse(source, Origin(raw_path="page.html", raw_digest="0"))
        assert collect_date_clues(page) == ()


_PIECES_OF_SCRIPTS = (
    '"', "'", "date", "_", "first", "pub", "PUB", "pUb", "lish", "ed", "at", "On", "lication_date",
    "time", ":", " ", "\\", "2024-03-05T10:00:00Z", ",",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES_OF_SCRIPTS), max_size=60))
def test_stamps_of_scripts_are_found_as_their_pattern_finds_them(pieces: list[str]) -> None:
    source = "".join(pieces)
    assert list(_script_stamps(source)) == markup.SCRIPT_STAMP.findall(source)


@given(
    st.lists(st.from_regex(markup.SCRIPT_STAMP, fullmatch=True), max_size=4),
    st.sampled_from(["", ",", '"', '"pub', '"datePublished":"']),
)
def test_stamps_that_follow_each_other_are_found(stamps: list[str], between: str) -> None:
    source = between.join(stamps)
    assert list(_script_stamps(source)) == markup.SCRIPT_STAMP.findall(source)
