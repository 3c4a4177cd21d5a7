"""What the dates of a text dump are the dates of: labels, sign-offs, glued lines, lone days."""

import pytest

from tasks.extract.dumps.text_dump import extract_text_dump
from tasks.extract.evidence import DateClue, DateKind
from tasks.read.document import Origin

ORIGIN = Origin(raw_path="dump.txt", raw_digest="0" * 64)
TITLE = "Ferry line over the lake runs again"
FIRST = (
    "The old ferry crosses the lake again after its engine was repaired in the yard of the next "
    "town, where two mechanics worked on it through the whole winter."
)
SECOND = (
    "The first boat took forty passengers and a horse to the other shore. The county pays for "
    "three crossings a day and wants to count the passengers until the autumn."
)
LAST = (
    "Tickets cost as much as before. The captain said that he had missed the fog, the gulls and "
    "the regular guests who bring him fresh bread from the bakery."
)


def clues(*lines: str, kind: DateKind = DateKind.PUBLISHED) -> list[DateClue]:
    found = extract_text_dump("\n\n".join(lines), ORIGIN)
    assert FIRST[-20:] in found.text
    return [clue for clue in found.dates if clue.kind is kind]


def texts(*lines: str, kind: DateKind = DateKind.PUBLISHED) -> list[str]:
    return [clue.text for clue in clues(*lines, kind=kind)]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("by Lake HeraldMarch 5, 202401283", "March 5, 2024"),
        ("Redaktion7. März 20240", "7. März 2024"),
        ("05/03/20243 commentaires", "05/03/2024"),
        ("公開日：2024/03/05 11:30", "2024/03/05 11:30"),
    ],
)
def test_a_day_is_read_out_of_what_is_glued_to_it(printed: str, day: str) -> None:
    assert texts(TITLE, printed, FIRST, SECOND, LAST) == [day]


def test_a_day_glued_behind_another_is_that_of_a_change() -> None:
    lines = (TITLE, "10. März 20249. März 2024 von A. Reporter", FIRST, SECOND, LAST)
    assert texts(*lines) == ["10. März 2024"]
    assert texts(*lines, kind=DateKind.MODIFIED) == ["9. März 2024"]


@pytest.mark.parametrize(
    "opening",
    [
        "5 March 2024. {}",
        "(05.03.2024) {}",
        "Lakeside, (5 March 2024). {}",
        "Red. / 05.03.2024 {}",
        "05.03.2024 „{}",
    ],
)
def test_a_day_before_the_first_sentence_is_a_dateline(opening: str) -> None:
    (clue,) = clues(TITLE, opening.format(FIRST), SECOND, LAST)
    assert clue.source == "dateline"


@pytest.mark.parametrize(
    "opening", ["5 March 2024 was a day of fog on the lake.", "On 5 March 2024 The Ferry sank."]
)
def test_a_day_that_a_sentence_speaks_of_is_no_dateline(opening: str) -> None:
    assert texts(TITLE, f"{opening} {FIRST}", SECOND, LAST) == []


@pytest.mark.parametrize(
    ("sign_off", "day"),
    [
        ("(A. Reporter from Lakeside, B. Writer, 5.3.2024)", "5.3.2024"),
        ("(red, 5 marzo 2024)", "5 marzo 2024"),
        ("(Agentura/ 5. března 2024)", "5. března 2024"),
    ],
)
def test_the_day_in_the_signature_that_closes_an_article(sign_off: str, day: str) -> None:
    assert texts(TITLE, FIRST, SECOND, f"{LAST} {sign_off}") == [day]


@pytest.mark.parametrize("note", ["(Photo: A. Reporter, 5.3.2024)", "(Stand: 5.3.2024)"])
def test_the_day_of_a_picture_or_a_state_signs_nothing(note: str) -> None:
    assert texts(TITLE, FIRST, SECOND, f"{LAST} {note}") == []


FAR = ("Home", "News", "Sport", "Weather", "Tickets", "Maps", "Harbours", "Contact", "Help")


@pytest.mark.parametrize(
    "stamp",
    ["Published: 5 March 2024", "Veröffentlicht am 5. März 2024, 14:09", "Publié le 05/03/2024"],
)
def test_a_stamp_that_says_published_counts_far_from_the_title(stamp: str) -> None:
    others = ("Related", "* 3 March 2024", "* 1 March 2024")
    assert len(texts(stamp, *FAR, TITLE, FIRST, SECOND, LAST, *others)) == 1


def test_stamps_of_several_days_that_say_published_are_of_several_stories() -> None:
    related = ("More stories", *FAR, "Published: 3 March 2024", *FAR, "Published: 1 March 2024")
    assert texts(TITLE, FIRST, SECOND, LAST, *related) == []


def test_the_only_day_that_a_page_prints_is_its_own() -> None:
    (clue,) = clues(TITLE, FIRST, SECOND, LAST, "More on the lake", *FAR, "5. 3. 2024, 18:41 Uhr")
    assert clue.position.endswith("the only day")


@pytest.mark.parametrize(
    "stamps",
    [
        ("5. 3. 2024, 18:41 Uhr", "6. 3. 2024, 09:10 Uhr"),
        ("Member since 5 March 2024",),
        ("A. Reporter (@reporter) 5 March 2024",),
        ("* 5.3.2024", "Aus der Ausgabe vom 5.3.2024, Seite 3"),
        ("Updated: 5 March 2024",),
    ],
)
def test_a_day_of_something_else_is_not_the_only_day(stamps: tuple[str, ...]) -> None:
    assert texts(TITLE, FIRST, SECOND, LAST, "More on the lake", *FAR, *stamps) == []


def test_the_day_of_the_week_above_all_is_the_pages_clock() -> None:
    assert texts("Tuesday, 5 March 2024", *FAR, TITLE, FIRST, SECOND, LAST) == []


def test_a_list_of_headlines_with_days_below_an_article_is_not_its_date() -> None:
    listed = ("* Harbour master retires 5 March 2024", "* Storm closes the pier 3 March 2024")
    assert texts(TITLE, FIRST, SECOND, LAST, *listed) == []


def test_the_first_of_several_columns_is_the_stamp() -> None:
    line = "05.03.2024 - 07:18 | Lake Agency Topics | Reading Time 4 Min | Read Aloud | Print Page"
    assert texts(TITLE, line, FIRST, SECOND, LAST) == ["05.03.2024 - 07:18"]
