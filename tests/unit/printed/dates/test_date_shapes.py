"""Printed dates in lines of text, in the scripts and orders that news is printed in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.languages import dates as date_words
from tasks.printed.dates.date_names import _may_name_month, split_tokens
from tasks.printed.dates.date_numbers import _MARKED, _NUMERIC, _ROC, _YMD
from tasks.printed.dates.date_shapes import MAX_LINE, find_dates, fold, is_date_line


@pytest.mark.parametrize(
    ("line", "text", "has_time"),
    [
        ("Filed on 5 May 2023 at 09:15 by the desk", "5 May 2023 at 09:15", True),
        ("May 5th, 2023, 9:15 p.m. ET", "May 5th, 2023, 9:15 p.m. ET", True),
        ("9:15 PM EDT on May 5, 2023", "9:15 PM EDT on May 5, 2023", True),
        ("Fri, 05 May 2023 09:15:00 +0400", "Fri, 05 May 2023 09:15:00 +0400", True),
        ("2023-05-05T09:15:00.123Z", "2023-05-05T09:15:00.123Z", True),
        ("Der Stand: 5. Mai 2023 um 09:15 Uhr", "5. Mai 2023 um 09:15 Uhr", True),
        ("Le 1er mai 2023 à 9h15", "1er mai 2023 à 9h15", True),
        ("5 de mayo de 2023 a las 9:15 p. m.", "5 de mayo de 2023 a las 9:15 p. m.", True),
        ("5 мая 2023 г., 09:15", "5 мая 2023 г., 09:15", True),
        ("2023 m. gegužės 5 d. 09:15", "2023 m. gegužės 5 d. 09:15", True),
        ("2023. gada 5. maijā, plkst. 09:15", "2023. gada 5. maijā, plkst. 09:15", True),
        ("2023. május 5. 09:15", "2023. május 5. 09:15", True),
        ("2023-yil 5-may, 09:15", "2023-yil 5-may, 09:15", True),
        ("5 may 2023, 09:15", "5 may 2023, 09:15", True),
        ("2023年5月5日 午後3時5分", "2023年5月5日 午後3時5分", True),
        ("令和5年5月5日", "令和5年5月5日", False),
        ("2023년 5월 5일 오후 3:05", "2023년 5월 5일 오후 3:05", True),
        ("٥ مايو ٢٠٢٣", "٥ مايو ٢٠٢٣", False),
        ("5 أيار 2023", "5 أيار 2023", False),
        ("5 كانون الثاني 2023", "5 كانون الثاني 2023", False),
        ("۱۵ اردیبهشت ۱۴۰۲", "۱۵ اردیبهشت ۱۴۰۲", False),
        ("५ मई २०२३", "५ मई २०२३", False),
        ("5 พฤษภาคม 2566 เวลา 09:15 น.", "5 พฤษภาคม 2566 เวลา 09:15", True),
        ("Thứ sáu, 5/5/2023, 09:15 (GMT+7)", "Thứ sáu, 5/5/2023, 09:15 (GMT+7)", True),
        ("05/05/2023 (金) 09:15", "05/05/2023 (金) 09:15", True),
        ("28. 3. 2023", "28. 3. 2023", False),
        ("二〇二三年五月五日", "二〇二三年五月五日", False),
        ("昭和六十三年十二月三十一日", "昭和六十三年十二月三十一日", False),
        ("112年5月5日 下午3:05", "112年5月5日 下午3:05", True),
        ("2023年5月5日晚8：00", "2023年5月5日晚8：00", True),
        ("2023. 5. 5. (금) 15:05", "2023. 5. 5. (금) 15:05", True),
        ("2023. május 5., péntek 15:05", "2023. május 5., péntek 15:05", True),
        ("5 de mayo de 2023 a la(s) 15:05", "5 de mayo de 2023 a la(s) 15:05", True),
        ("5 May 2023, 12 noon", "5 May 2023, 12 noon", True),
        ("5 May 2023 1505 GMT", "5 May 2023 1505 GMT", True),
        ("Friday, 5 May, 2023 1505hrs", "Friday, 5 May, 2023 1505", True),
        ("5 May 2023 2014 GMT", "5 May 2023 2014 GMT", True),
        ("May fifth, 2023", "May fifth, 2023", False),
        ("the twenty-first of May 2023", "twenty-first of May 2023", False),
        ("primero de mayo de 2023", "primero de mayo de 2023", False),
        ("၂၀၂၃ ခုနှစ်၊ မေလ ၅ ရက်", "၂၀၂၃ ခုနှစ်၊ မေလ ၅", False),
        ("5ی ئایاری 2023", "5ی ئایاری 2023", False),
        ("5ê Gulanê 2023", "5ê Gulanê 2023", False),
        ("ሚያዝያ 27 ቀን 2015", "ሚያዝያ 27 ቀን 2015", False),
        ("2023-W18-5", "2023-W18-5", False),
        ("2023-125", "2023-125", False),
        ("2023 05 05", "2023 05 05", False),
        ("/Date(1683299100000)/", "/Date(1683299100000)/", True),
        ("D:20230505150500+01'00'", "D:20230505150500+01'00'", True),
    ],
)
def test_finds_the_whole_printed_date(line: str, text: str, has_time: bool) -> None:
    (span,) = find_dates(line)
    assert (span.text.strip(), span.parts.hour is not None, span.is_full) == (text, has_time, True)
    assert line[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "line",
    [
        "Updated 3",
        "12",
        "10:30",
        "May",
        "8. 9. 10. 11. 12. 13",
        "version 1.2.2024-3",
        "99/99/2023",
        "Call +41 22 917 90 00 or 0800 12 34 56",
        "The index fell 3.5 to 1,204.11",
        "① of ③",
        "Resolution 2023-125 was carried",
        "2023 05 05 17 22 08 of the table",
        "2023-W18",
        "The May second round of talks",
        "cinco de ellos",
    ],
)
def test_numbers_that_are_no_date_are_not_found(line: str) -> None:
    assert [span for span in find_dates(line) if span.is_full] == []


def test_several_dates_of_a_line_are_apart() -> None:
    spans = find_dates("Published 5 May 2023, 09:15 | Updated 6 May 2023, 10:20")
    assert [span.text for span in spans] == ["5 May 2023, 09:15", "6 May 2023, 10:20"]


@pytest.mark.parametrize(
    "line",
    [
        "5 May 2023 / 09:15 RU",
        "Published: 5 May 2023",
        "Last updated on May 5, 2023 at 9:15 AM",
        "Опубликовано: 05.05.2023, 09:15",
        "Yayınlanma tarihi: 05.05.2023 - 09:15",
        "09:15",
        "3 hours ago",
        "vor 3 Stunden",
        "3 saat əvvəl",
        "5 часов назад",
        "Yesterday",
        "Сегодня, 09:15",
        "Thursday",
    ],
)
def test_a_line_with_nothing_but_a_date_is_a_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Minister resigns on 5 May 2023",
        "Baku, 5 May 2023 (Agency): The minister resigned",
        "Politics 15:00",
        "Copyright 2023",
        "5 people",
        "",
    ],
)
def test_a_line_with_more_than_a_date_is_none(line: str) -> None:
    assert not is_date_line(line)


def test_a_day_without_a_year_is_not_full() -> None:
    (span,) = find_dates("They met on July 16 in Tbilisi")
    assert not span.is_full


def test_folding_keeps_offsets() -> None:
    line = "İstanbul’da ５ Mayıs ２０２３ — ٥"
    assert len(fold(line)) == len(line)
    assert fold(line).endswith("5 mayıs 2023 - 5")


@pytest.mark.parametrize("pattern", [_NUMERIC, _ROC, _YMD])
def test_what_numbers_are_looked_for_holds_marked_numbers(pattern: re.Pattern[str]) -> None:
    @given(st.from_regex(pattern, fullmatch=True))
    def holds(printed: str) -> None:
        assert _MARKED.search(printed)

    holds()


@pytest.mark.parametrize("line", ["5 {}", "{} 5, 2023", "5 d'{} 2023", "5 ב{} 2023"])
def test_no_name_of_a_month_is_passed_over(line: str) -> None:
    names = [name for name in date_words.month_names() if split_tokens(name) == name.split()]
    assert len(names) > 1_000
    lines = [line.format(name) for name in names]
    assert [line for line in lines if not _may_name_month(line, split_tokens(line))] == []


def test_what_is_remembered_of_a_long_line_is_its_beginning() -> None:
    beginning = f"5 May 2023, {'word ' * MAX_LINE}"
    (found,) = find_dates(f"{beginning}6 May 2023")
    assert found.text == "5 May 2023"
    assert find_dates(beginning)[0] is found
