"""What stands around an article in a text dump and must not be taken for it, each trap by name."""

import textwrap

import pytest

from schemas.reasons import Reason
from tasks.extract.dumps.text_dump import extract_text_dump
from tasks.extract.evidence import BlockKind, DateKind, Extraction
from tasks.read.document import Origin

ORIGIN = Origin(raw_path="dump.txt", raw_digest="0" * 64)

TITLE = "Village library reopens after the flood"
PARAGRAPHS = (
    "The village library opened its doors again on Saturday, eleven months after the river had "
    "flooded its reading room and ruined more than four thousand books.",
    "Volunteers dried shelves and repaired the floor through the winter. The county paid for a new "
    "heating system, and readers gave nine hundred books from their own homes.",
    '"We did not expect that so many people would help," the librarian said at the opening. She '
    "plans to keep the most valuable books on the upper floor from now on.",
)
ARTICLE = "\n\n".join(PARAGRAPHS)
BODY = "\n".join(PARAGRAPHS)


def extract(*parts: str) -> Extraction:
    return extract_text_dump("\n\n".join(parts), ORIGIN)


def kinds(found: Extraction) -> dict[str, BlockKind]:
    return {block.text: block.kind for block in found.blocks}


def dates(found: Extraction, kind: DateKind) -> list[str]:
    return [clue.text for clue in found.dates if clue.kind is kind]


def test_long_teasers_under_bare_dashes_are_other_stories() -> None:
    teasers = "\n-\n".join(
        f"On May {day}, the mayor of the neighbouring town received a delegation of farmers and "
        "promised that the road to the mill would be repaired before the harvest begins."
        for day in (3, 4, 5)
    )
    found = extract(TITLE, ARTICLE, f"B. Writer\nNews\n-\n{teasers}\nLeave a comment")
    assert found.text == BODY
    assert found.authors == ("B. Writer",)
    assert dates(found, DateKind.PUBLISHED) == []


def test_teasers_with_headings_of_their_own_are_other_stories() -> None:
    teasers = "\n".join(
        f"Sports\nLocal team {number} wins the regional cup again\nAfter a long evening the "
        "players celebrated with their families in the town hall, where the coach thanked everyone."
        for number in ("Rovers", "United", "Wanderers", "Athletic")
    )
    found = extract(TITLE, ARTICLE, teasers)
    assert found.text == BODY


def test_a_second_article_below_the_first_is_not_its_text() -> None:
    second = "\n\n".join(
        (
            "Bakers warn of rising flour prices",
            "By C. Colleague",
            "Published 2 June 2024",
            "Bakers in the region say that flour has become a third dearer since the autumn and "
            "that bread will follow. Several mills have stopped taking orders for the summer.",
            "The guild wants the ministry to release stocks. A spokesman said that talks would "
            "begin next week and that nobody had to fear for their daily loaf.",
        )
    )
    found = extract(TITLE, "By A. Reporter", "Published 1 June 2024", ARTICLE, second)
    assert found.text == BODY
    assert found.authors == ("A. Reporter",)
    assert dates(found, DateKind.PUBLISHED) == ["1 June 2024"]


def test_comments_longer_than_the_article_are_not_its_text() -> None:
    comments = "\n".join(
        f"{name} says:\n3 March 2024 at 1{hour}:05\nI have lived here for thirty years and the "
        "river never came that far. Somebody must have left the gates open, and nobody says so. "
        "The council should finally tell us what happened that night, I think."
        for hour, name in enumerate(("anna", "riverman", "Old Joe", "kim", "lee", "noor", "pat"))
    )
    found = extract(TITLE, ARTICLE, "7 Comments", comments)
    assert found.text == BODY
    assert dates(found, DateKind.PUBLISHED) == []
    assert len(dates(found, DateKind.COMMENT)) == 7


def test_a_comment_count_under_the_title_does_not_end_the_article() -> None:
    found = extract(TITLE, "3 March 2024", "12 Comments", "Share", ARTICLE)
    assert found.text == BODY


def test_a_link_to_another_story_inside_the_text_is_left_out() -> None:
    link = "Read more:\nRiver town gets new flood gates this summer"
    found = extract(TITLE, PARAGRAPHS[0], PARAGRAPHS[1], link, PARAGRAPHS[2])
    assert found.text == BODY


def test_paragraphs_broken_to_a_width_are_joined() -> None:
    def broken(paragraph: str) -> str:
        return "\n".join(f"   {line}" for line in textwrap.wrap(paragraph, 72))

    menu = "   * Home\n   * News\n   * Sport"
    found = extract(
        menu, f"# {TITLE}", "   By A. Reporter", *map(broken, PARAGRAPHS), "   * Contact"
    )
    assert found.title == TITLE
    assert found.authors == ("A. Reporter",)
    assert found.text == BODY
    assert [block.line for block in found.blocks] == sorted(block.line for block in found.blocks)
    assert sum(block.kind is BlockKind.BODY for block in found.blocks) > len(PARAGRAPHS)


def test_verses_and_short_lines_are_not_joined() -> None:
    verses = "\n".join(
        ("The mill stands still, the river sleeps,", "and every stone a secret keeps.")
    )
    found = extract(TITLE, ARTICLE, verses, PARAGRAPHS[2])
    assert verses in found.text


def test_subheadings_lists_and_verses_stay_in_the_text() -> None:
    inside = (
        "What was lost",
        "• Four thousand novels\n• All newspapers before 1950\n• Two old maps",
        "Roses for the reader,\nrivers for the rest.",
    )
    found = extract(TITLE, PARAGRAPHS[0], PARAGRAPHS[1], *inside, PARAGRAPHS[2])
    for lines in inside:
        for line in lines.split("\n"):
            assert line in found.text


def test_captions_and_advertisements_inside_the_text_are_left_out() -> None:
    found = extract(
        TITLE,
        PARAGRAPHS[0],
        "The reading room in January. Photo: D. Camera",
        "Advertisement",
        PARAGRAPHS[1],
        "Story continues below",
        PARAGRAPHS[2],
    )
    assert found.text == BODY
    assert kinds(found)["The reading room in January. Photo: D. Camera"] is BlockKind.CAPTION


def test_an_agency_named_in_the_dateline_makes_no_caption() -> None:
    first = "RIVERTON (Reuters) - " + PARAGRAPHS[0]
    found = extract(TITLE, first, PARAGRAPHS[1], PARAGRAPHS[2])
    assert found.text.startswith(first)


def test_the_note_about_the_author_is_not_the_article() -> None:
    found = extract(
        TITLE,
        ARTICLE,
        "A. Reporter\nA. Reporter writes about rivers and the people who live beside them. "
        "She grew up in a mill and has been with the paper since 2011.",
        "Follow us",
    )
    assert found.text == BODY
    assert found.authors == ("A. Reporter",)


def test_who_is_in_the_picture_is_no_author() -> None:
    person = "Maria Testperson"
    text = PARAGRAPHS[1] + f" The speech was held by {person}."
    found = extract(TITLE, person, "By A. Reporter", PARAGRAPHS[0], text, PARAGRAPHS[2])
    assert found.authors == ("A. Reporter",)
    found = extract(TITLE, person, "4 May 2024", PARAGRAPHS[0], text, PARAGRAPHS[2])
    assert found.authors == ()


def test_a_clock_above_the_menu_is_the_page_s() -> None:
    menu = "\n".join(("News", "Politics", "Sport", "Culture", "Weather"))
    found = extract("Tuesday, 26 November 2024", menu, TITLE, "3 March 2023, 08:15", ARTICLE)
    assert dates(found, DateKind.PUBLISHED) == ["3 March 2023, 08:15"]
    assert dates(found, DateKind.PAGE_CLOCK) == ["Tuesday, 26 November 2024"]


def test_an_hour_alone_by_the_title_is_of_the_page_s_day() -> None:
    menu = "\n".join(("News", "Politics", "Sport", "Culture", "Weather"))
    day = "Tuesday, 26 November 2024"
    found = extract(day, menu, TITLE, "Updated 15.59 | Published 14.10", ARTICLE)
    assert dates(found, DateKind.PUBLISHED) == [day]


def test_an_update_is_told_from_the_publication() -> None:
    stamp = "Published: 3 March 2023, 08:15 | Updated: 5 March 2023, 21:40"
    found = extract(TITLE, stamp, ARTICLE)
    assert dates(found, DateKind.PUBLISHED) == ["3 March 2023, 08:15"]
    assert dates(found, DateKind.MODIFIED) == ["5 March 2023, 21:40"]


def test_a_date_glued_to_the_name_before_it_is_read() -> None:
    found = extract("Menu", TITLE, "The Valley ReporterMarch 5, 2024 GMT", ARTICLE)
    assert dates(found, DateKind.PUBLISHED) == ["March 5, 2024"]


def test_a_byline_with_its_date_over_the_title_is_no_page_clock() -> None:
    found = extract("News\nSports\nWeather", "by B. Writer Mar. 5, 2024 1:15 pm", TITLE, ARTICLE)
    assert dates(found, DateKind.PUBLISHED) == ["Mar. 5, 2024 1:15 pm"]


def test_days_spoken_of_are_events() -> None:
    spoken = "The flood came on 12 April 2022, and the gates were closed on 14 April 2022."
    found = extract(TITLE, "3 March 2023", PARAGRAPHS[0], spoken, PARAGRAPHS[1], PARAGRAPHS[2])
    assert dates(found, DateKind.EVENT) == ["12 April 2022", "14 April 2022"]
    assert dates(found, DateKind.PUBLISHED) == ["3 March 2023"]


def test_the_outlet_s_name_is_taken_off_a_page_title() -> None:
    found = extract(f"{TITLE} - Riverside Herald", TITLE, "3 March 2023", ARTICLE)
    assert found.title == TITLE


def test_a_kicker_glued_to_the_title_is_taken_off() -> None:
    found = extract(
        f"After the flood: {TITLE}", f"After the flood {TITLE}", "3 March 2023", ARTICLE
    )
    assert found.title == TITLE


def test_a_question_can_be_the_title() -> None:
    title = "Who will pay for the books that the village library lost?"
    assert extract(title, "By A. Reporter", ARTICLE).title == title


def test_a_page_title_s_rates_are_quotes_and_no_text() -> None:
    found = extract("• $ 1.70\n• € 1.98\n• £ 2.21", TITLE, "3 March 2023", ARTICLE)
    assert found.text == BODY
    assert len(found.quotes) == 1
    assert kinds(found)["• $ 1.70"] is BlockKind.TICKER


def test_dumps_without_an_article_are_refused_with_their_reason() -> None:
    missing = extract("Home", "404 Not Found", "The page you requested is not here.", "Search")
    assert missing.refusal is Reason.PAGE_IS_ERROR
    consent = extract(
        "We and our partners store cookies on your device to measure the audience of this site.",
        "You can change your cookie settings at any time. Rejecting cookies may limit functions.",
        "Accept all",
        "Manage preferences",
    )
    assert consent.refusal is Reason.PAGE_IS_CONSENT
    listing = extract(
        *(f"Council number {number} decides about roads and schools" for number in range(30))
    )
    assert listing.refusal is Reason.PAGE_IS_LISTING
    assert extract("Home", "News", "Sport").refusal is Reason.TEXT_MISSING
    assert extract("").refusal is Reason.TEXT_MISSING


def test_an_article_about_errors_and_cookies_is_no_error_page() -> None:
    found = extract(
        "Why web shops say page not found more often",
        "Readers meet the words page not found more often than ten years ago, a study by two "
        "universities says. Its authors followed links of old articles for eighteen months.",
        "Half of the links led nowhere. The authors also counted cookies on the pages that were "
        "left: forty on average, twice as many as a decade ago, which surprised them.",
        "Librarians have asked publishers for years to keep old addresses alive. Some now do, but "
        "most shops and many newspapers let them die when they change their systems.",
    )
    assert found.refusal is None
    assert "counted cookies" in found.text


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Lee on March 3, 2024",
        "Written by Ann Lee on March 3, 2024 at 10:20 am",
        "ByAnn Lee",
        "Byby Ann Lee",
        "By\nAnn Lee",
        "By Ann LeeStaff Writer",
        'By Ann "Anna" Lee\nMarch 3, 2024',
        "Ann Lee, 3. Jan. 2024",
        "By Ann Lee\nBy Example Agency",
    ],
)
def test_a_name_is_told_from_what_stands_beside_it(line: str) -> None:
    expected = 'Ann "Anna" Lee' if "Anna" in line else "Ann Lee"
    assert extract(TITLE, line, ARTICLE).authors == (expected,)


def test_names_in_a_menu_are_no_authors_beside_a_dated_one() -> None:
    found = extract(
        "House Call", TITLE, "Local Heroes\n\nShare\n\nEmail\n\nAnn Lee\n3 March 2024", ARTICLE
    )
    assert found.authors == ("Ann Lee",)


def test_the_title_that_a_tool_prints_over_all_tells_the_headline() -> None:
    menu = "Home\nVillage life and news\nSports of the county\nFlood in the county: what to do"
    found = extract(f"{TITLE} | Example Post", menu, TITLE, ARTICLE)
    assert found.title == TITLE


def test_a_path_is_no_title() -> None:
    found = extract("Home > County > Village library after the flood", TITLE, ARTICLE)
    assert found.title == TITLE
