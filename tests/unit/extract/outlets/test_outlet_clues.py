"""What a page prints about who publishes it."""

from schemas.settings import Limits
from tasks.extract.outlets.outlet_clues import collect_outlet_clues
from tasks.extract.page.parsed_page import Page, parse_page
from tasks.read.document import ContentForm, Document, Origin


def parse(source: str) -> Page:
    origin = Origin(raw_path="a.html", raw_digest="0")
    document = Document(
        origin=origin, form=ContentForm.HTML, content=source.encode(), charset="utf-8"
    )
    page = parse_page(document, Limits())
    assert isinstance(page, Page)
    return page


def clues_of(source: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for clue in collect_outlet_clues(parse(source)):
        found.setdefault(clue.source, []).append(clue.text)
    return found


def test_reads_the_names_that_a_page_declares() -> None:
    found = clues_of(
        """<html><head><title>Rain falls - Example Post</title>
        <meta property="og:site_name" content=" Example  Post ">
        <meta name="application-name" content="Example Post App">
        <meta name="twitter:site" content="@examplepost">
        <link rel="alternate" type="application/rss+xml" title="Example Post RSS" href="/rss">
        <link rel="search" title="Search Example Post" href="/search.xml">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Rain falls",
          "publisher": {"@type": "Organization", "name": "Example Post Ltd",
                        "url": "https://www.examplepost.com"}}</script>
        </head><body><a href="/"><img alt="Example Post logo" src="/logo.png"></a>
        <h1>Rain falls</h1><p>It rained.</p>
        <footer><a href="/about-us">About Example Post</a> <a href="/about">About us all</a>
        &copy; 2024 Example Post Ltd</footer></body></html>"""
    )
    assert found["og:site_name"] == ["Example Post"]
    assert found["publisher"] == ["Example Post Ltd"]
    assert found["application-name"] == ["Example Post App"]
    assert found["handle"] == ["@examplepost"]
    assert found["feed"] == ["Example Post RSS"]
    assert found["search"] == ["Search Example Post"]
    assert found["title_suffix"] == ["Example Post"]
    assert found["home_link"] == ["Example Post logo"]
    assert found["copyright"] == ["© 2024 Example Post Ltd"]
    assert "Example Post" in found["about"]
    assert "https://www.examplepost.com" in found["host"]


def test_reads_where_a_page_and_its_publisher_say_they_are() -> None:
    found = clues_of(
        """<html lang="en-CA"><head><meta property="og:locale" content="en_CA">
        <script type="application/ld+json">{"@type": "NewsArticle", "publisher":
          {"@type": "Organization", "name": "Example Post", "address": [
            {"@type": "PostalAddress", "addressCountry": "CA"},
            {"@type": "PostalAddress", "addressCountry": {"@type": "Country", "name": "France"}},
            "1 Wharf Road"]}}</script></head><body><p>It rained.</p></body></html>"""
    )
    assert found["locale"] == ["en_CA", "en-CA"]
    assert found["address_country"] == ["CA", "France"]


def test_the_headline_is_not_taken_for_the_outlet() -> None:
    found = clues_of(
        "<title>Rain - and snow - fall | Example Post</title><body><h1>Rain - and snow - fall</h1>"
    )
    assert found["title_suffix"] == ["Example Post"]
    assert "title_prefix" not in found


def test_titles_without_spaces_are_taken_apart() -> None:
    found = clues_of("<title>今天下雨_天气_示例网</title><body><h1>今天下雨</h1>")
    assert found["title_suffix"][0] == "示例网"


def test_counts_the_hosts_that_links_lead_to() -> None:
    links = "".join(f'<a href="https://www.examplepost.com/{n}">x</a>' for n in range(8))
    page = parse(
        f"""<body>{links}<a href="https://other.com/">y</a>
        <a href="mailto:news@examplepost.com?subject=x">z</a>
        <a href="https://share.example/?url=https%3A%2F%2Fwww.examplepost.com%2F1">s</a>
        <a href="/web/20240102030405/http://examplepost.com/2">archived</a></body>"""
    )
    found = {clue.source: clue for clue in reversed(collect_outlet_clues(page))}
    assert found["host_of_links"].text == "www.examplepost.com"
    assert (found["host_of_links"].count, found["host_of_links"].total) == (8, 10)
    assert found["host_of_mail"].text == "examplepost.com"
    assert found["host_of_shares"].text == "www.examplepost.com"


def test_code_behind_a_copyright_line_stays_out() -> None:
    found = clues_of("<body><p>© 2024 Example Post<script>var a = 1;</script></p></body>")
    assert found["copyright"] == ["© 2024 Example Post"]


def test_a_page_without_anything_gives_nothing() -> None:
    assert clues_of("<p>It rained.</p>") == {}


def test_an_address_as_publisher_is_no_name() -> None:
    found = clues_of(
        """<script type="application/ld+json">{"@type": "Article",
        "publisher": "https://examplepost.com"}</script><p>It rained.</p>"""
    )
    assert "publisher" not in found


def test_a_link_to_the_front_page_keeps_its_address() -> None:
    source = '<a href="http://www.examplepost.com/">Example Post</a><p>It rained.</p>'
    (link,) = [clue for clue in collect_outlet_clues(parse(source)) if clue.source == "home_link"]
    assert (link.text, link.href) == ("Example Post", "http://www.examplepost.com/")


def test_a_long_address_of_a_picture_still_tells_its_host() -> None:
    address = f"https://examplepost.com/{'a' * 200}.jpg"
    found = clues_of(f'<meta property="og:image" content="{address}"><p>It rained.</p>')
    assert found["host_of_image"][0].startswith("https://examplepost.com/")
