"""How one text became another, paragraph by paragraph and word by word."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.inspect.text_diff import Paragraph, Words, diff_texts

HARBOUR = "The harbour will close on Monday for repairs to the old crane."
FERRY = "The ferry company had no comment."
TRUCKS = "Trucks wait in a line of ten kilometres."
MARKET = "A market opens beside the station every second Sunday."


def _kinds(old: str, new: str) -> list[str]:
    return [paragraph.kind for paragraph in diff_texts(old, new)]


def test_a_changed_paragraph_shows_its_words() -> None:
    (paragraph,) = diff_texts(HARBOUR, HARBOUR.replace("Monday", "Tuesday, 5 March,"))
    assert paragraph.words == (
        Words("same", "The harbour will close on "),
        Words("removed", "Monday"),
        Words("added", "Tuesday, 5 March,"),
        Words("same", " for repairs to the old crane."),
    )


def test_words_without_spaces_are_told_apart() -> None:
    (paragraph,) = diff_texts("台風が港を閉鎖した。", "台風が港を再開した。")
    assert [words.text for words in paragraph.words] == ["台風が港を", "閉鎖", "再開", "した。"]


def test_paragraphs_that_stay_are_counted() -> None:
    assert diff_texts(f"{HARBOUR}\n{FERRY}", f"{HARBOUR}\n\n{FERRY}") == (
        Paragraph(kind="same", count=2),
    )


def test_paragraphs_are_removed_and_added_where_they_stood() -> None:
    assert _kinds(f"{HARBOUR}\n{TRUCKS}\n{FERRY}", f"{HARBOUR}\n{FERRY}\n{MARKET}") == [
        "same",
        "removed",
        "same",
        "added",
    ]


def test_a_paragraph_written_anew_is_no_change_of_words() -> None:
    assert _kinds(TRUCKS, MARKET) == ["removed", "added"]


def test_a_changed_paragraph_finds_its_partner_among_new_ones() -> None:
    longer = HARBOUR.replace("old", "old and rusty")
    assert _kinds(f"{HARBOUR}\n{FERRY}", f"{MARKET}\n{TRUCKS}\n{longer}\n{FERRY}") == [
        "added",
        "added",
        "changed",
        "same",
    ]


def test_a_text_on_one_line_too_long_to_compare_is_shown_whole() -> None:
    old = " ".join(f"word{number}" for number in range(20_000))
    new = " ".join(f"word{number}" for number in range(10_000, 30_000))
    assert _kinds(old, new) == ["removed", "added"]


_LINE = st.lists(st.sampled_from(["port", "crane", "日", ".", "\t", " "]), max_size=9).map("".join)


@settings(deadline=None)
@given(st.lists(_LINE, max_size=6), st.lists(_LINE, max_size=6))
@example(["a b"], ["c d"])
def test_both_texts_can_be_put_together_again(old: list[str], new: list[str]) -> None:
    before, after = ([line for line in lines if line.strip()] for lines in (old, new))
    found_old: list[str] = []
    found_new: list[str] = []
    for paragraph in diff_texts("\n".join(old), "\n".join(new)):
        if paragraph.kind == "same":
            start = len(found_old)
            same = before[start : start + paragraph.count]
            assert same == after[len(found_new) : len(found_new) + paragraph.count]
            found_old += same
            found_new += same
            continue
        for kind, found in (("added", found_old), ("removed", found_new)):
            if paragraph.kind != kind:
                found.append("".join(each.text for each in paragraph.words if each.kind != kind))
    assert (found_old, found_new) == (before, after)
