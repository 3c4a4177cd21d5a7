"""The headline, chosen among what a page gives as one."""

import json

import pytest

from tests.unit.extract.written_pages import BODY, HEADLINE, extract, paragraphs


def page(
    *,
    ld: str | None = None,
    og: str | None = None,
    h1: str | None = None,
    title: str | None = None,
    more: str = "",
) -> str:
    node = {"@type": "NewsArticle", "headline": ld, "publisher": {"name": "Example Post"}}
    return (
        "<html><head>"
        + (f"<script type='application/ld+json'>{json.dumps(node)}</script>" if ld else "")
        + (f'<meta property="og:title" content="{og}">' if og else "")
        + (f"<title>{title}</title>" if title else "")
        + f"{more}</head><body>"
        + (f"<h1>{h1}</h1>" if h1 else "")
        + f"<article>{paragraphs(*BODY)}</article></body></html>"
    )


def test_two_that_agree_outvote_the_third() -> None:
    found = extract(page(ld="Bridge: town votes", og=HEADLINE, h1=HEADLINE))
    assert (found.title, found.title_source) == (HEADLINE, "og:title")


def test_where_none_agree_json_ld_comes_first() -> None:
    found = extract(page(ld="The first", og="The second", h1="The third"))
    assert (found.title, found.title_source) == ("The first", "json_ld")


@pytest.mark.parametrize(
    "printed",
    [
        f"{HEADLINE} | Example Post",
        f"{HEADLINE} - Example Post",
        f"{HEADLINE} – Town | Example Post",
        f"{HEADLINE}｜Example Post",
    ],
)
def test_the_outlets_name_and_section_are_no_part_of_it(printed: str) -> None:
    more = (
        "<meta property='og:site_name' content='Example Post'><meta name='section' content='Town'>"
    )
    assert extract(page(og=printed, more=more)).title == HEADLINE


def test_an_end_that_the_h1_lacks_is_taken_off() -> None:
    assert extract(page(og=f"{HEADLINE} - by A. Reporter", h1=HEADLINE)).title == HEADLINE


def test_a_dash_in_the_headline_stays() -> None:
    headline = "Bridge or tunnel - the town decides"
    assert extract(page(og=headline, title=f"{headline} - Example Post")).title == headline


def test_entities_are_resolved_however_often_they_were_escaped() -> None:
    found = extract(page(ld="Town&#8217;s bridge &amp; ferry", h1="Town’s bridge &amp; ferry"))
    assert found.title == "Town’s bridge & ferry"


def test_a_headline_cut_short_is_completed_from_another_source() -> None:
    found = extract(page(ld=HEADLINE[:30] + "...", h1=HEADLINE))
    assert found.title == HEADLINE


def test_an_h1_that_is_the_sites_name_is_no_headline() -> None:
    more = "<meta property='og:site_name' content='Example Post'>"
    found = extract(page(h1="Example Post", title=f"{HEADLINE} | Example Post", more=more))
    assert found.title == HEADLINE


def test_parts_of_an_h1_do_not_run_together() -> None:
    found = extract(page(h1="<span>Bridges</span><span>Town votes</span>"))
    assert found.title == "Bridges Town votes"


def test_microdata_stands_in() -> None:
    more = f"<meta itemprop='headline' content='{HEADLINE}'>"
    assert extract(page(title="Example Post", more=more)).title == HEADLINE


def test_every_candidate_is_kept_with_its_source() -> None:
    found = extract(page(ld="One", og="Two", h1="Three", title="Four"))
    assert [(clue.source, clue.text) for clue in found.titles] == [
        ("json_ld", "One"),
        ("og:title", "Two"),
        ("h1", "Three"),
        ("title", "Four"),
    ]


def test_a_page_without_any_has_none() -> None:
    assert extract(paragraphs(*BODY)).title is None


def test_an_outlet_before_the_headline_is_known_by_its_link_to_the_front_page() -> None:
    link = '<a href="http://www.example.com/">The Example Post</a>'
    source = page(title=f"The Example Post - {HEADLINE}").replace("<body>", f"<body>{link}")
    assert extract(source).title == HEADLINE


def test_a_headline_that_begins_with_another_name_keeps_it() -> None:
    link = '<a href="/">The Example Post</a>'
    source = page(title=f"Exampleton - {HEADLINE}").replace("<body>", f"<body>{link}")
    assert extract(source).title == f"Exampleton - {HEADLINE}"


@pytest.mark.parametrize("heading", ["MENU", "Original text", "Allergies Health Center"])
def test_a_heading_that_shares_no_word_with_the_title_is_no_headline(heading: str) -> None:
    page = f"<title>Board moves the ferry terminal</title><h1>{heading}</h1>{paragraphs(*BODY)}"
    assert extract(page).title == "Board moves the ferry terminal"


def test_a_short_description_in_json_ld_is_no_headline() -> None:
    node = '{"@type": "Article", "headline": "port in the north"}'
    page = (
        f"<title>Harbour of Tallbay - Encyclopedia</title>"
        f"<script type='application/ld+json'>{node}</script>"
        f"<h1>Harbour of Tallbay</h1>{paragraphs(*BODY)}"
    )
    assert extract(page).title == "Harbour of Tallbay"


def test_a_printed_headline_that_is_another_one_than_declared_wins() -> None:
    printed = "The Slow Return of the River Ferry"
    source = page(og="How a ferry beat the bridge", h1=printed, title=f"{printed} | Example Post")
    assert extract(source).title == printed


def test_of_two_wordings_of_a_headline_the_declared_one_wins() -> None:
    source = page(og=HEADLINE, h1=f"Monday: {HEADLINE} at last")
    assert extract(source).title == HEADLINE
