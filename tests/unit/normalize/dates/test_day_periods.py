"""Clocks of twelve hours, by the words that papers print beside them."""

from datetime import date, time

import pytest

from schemas.languages.cldr_dates import LANGUAGES
from schemas.languages.dates import read_cldr_words
from tasks.normalize.dates.parse import DateHints, parse_date


def clock(text: str, language: str) -> time | None:
    (reading,) = parse_date(text, DateHints(languages=(language,)))
    assert reading.day == date(2023, 5, 5)
    return reading.clock


@pytest.mark.parametrize(
    ("text", "language", "hour"),
    [
        ("5 de mayo de 2023, 3:05 de la tarde", "es", 15),
        ("5 de mayo de 2023, 9:05 de la noche", "es", 21),
        ("5 de mayo de 2023, 1:05 de la madrugada", "es", 1),
        ("5 de maio de 2023, 9:05 da noite", "pt", 21),
        ("5 مايو 2023 - 11:05 مساء", "ar", 23),
        ("5 مايو 2023 - 11:05 صباحا", "ar", 11),
        ("৫ মে ২০২৩, ১১:০৫ অপরাহ্ন", "bn", 23),
        ("৫ মে ২০২৩, ০৩:০৫ পিএম", "bn", 15),
        ("৫ মে ২০২৩, রাত ১:০৫", "bn", 1),
        ("৫ মে ২০২৩, রাত ৯:০৫", "bn", 21),
        ("5 במאי 2023, 3:05 אחה״צ", "he", 15),
        ('5 במאי 2023, 3:05 אחה"צ', "he", 15),
        ("3:05 chiều 5/5/2023", "vi", 15),
        ("5/5/2023, 9:05 tối", "vi", 21),
        ("5 Mei 2023, 3.05 petang", "ms", 15),
        ("5 Mei 2023 pukul 11.05 siang", "id", 11),
        ("5 maj 2023, 9:05 e mbrëmjes", "sq", 21),
        ("Mayo 5, 2023, 3:05 ng hapon", "tl", 15),
        ("5 Mei 2023 3:05 alasiri", "sw", 15),
        ("5 Mei 2023 9:05 alasiri", "sw", 15),  # counted from six in the morning
        ("5 مئی 2023 سہ پہر 3:05", "ur", 15),
        ("५ मे २०२३, दुपारी ३:०५", "mr", 15),
        ("5 mai 2023, 9:05 du soir", "fr", 21),
        ("5. Mai 2023, 9:05 Uhr abends", "de", 21),
        ("5 mei 2023, 9:05 's avonds", "nl", 21),
        ("5 мая 2023, 12:05 ночи", "ru", 0),
        ("5 мая 2023, 3:05 дня", "ru", 15),
        ("5 Mayıs 2023 öğleden sonra 3:05", "tr", 15),
        ("2023年5月5日晚8:05", "zh", 20),
        ("2023年5月5日 中午12:05", "zh", 12),
        ("2023年5月5日 夜9:05", "ja", 21),
        ("5 May 2023, 12:05 midnight", "en", 0),
        ("5 May 2023, 12 noon", "en", 12),
        ("5 May 2023, 15:05 in the afternoon", "en", 15),
    ],
)
def test_a_part_of_the_day_tells_the_hour(text: str, language: str, hour: int) -> None:
    found = clock(text, language)
    assert found is not None
    assert found.hour == hour


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5 May 2023, 3:05 wibbling", "en"),
        ("5 мая 2023, 3:05 пополуночи", "ru"),
        ("5 மே 2023, 3:05 அஆஇ", "ta"),
        ("5 Mei 2023, 7:05 usiku", "sw"),  # seven in the evening, or one at night
        ("5 de mayo de 2023, 12:30 de la mañana", "es"),  # half past noon to some
    ],
)
def test_an_hour_that_a_word_leaves_open_is_not_known(text: str, language: str) -> None:
    assert clock(text, language) is None


@pytest.mark.parametrize(
    "text",
    [
        "5 May 2023, 3:05 by A. Reporter",
        "5 May 2023, 3:05 Elbonia",
        "5 May 2023, 3:05 | updated at noon",
        "5 May 2023, 15:05 wibbling",
        "5 May 2023, 0:05 wibbling",
        "2023-05-05 09:05 来源：某某网",
    ],
)
def test_other_words_behind_a_clock_cost_nothing(text: str) -> None:
    assert clock(text, "en") is not None


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"am", "sw"}))
def test_no_afternoon_of_cldr_is_read_as_a_morning(language: str) -> None:
    words = read_cldr_words()[language.replace("_", "-")]["day_periods"]
    for word, start, end in words:
        if start in range(12, 17) and end - start > 1 and " " not in word:
            hints = DateHints(languages=(language.split("_", maxsplit=1)[0],))
            (reading,) = parse_date(f"2023-05-05 4:05 {word}", hints)
            assert reading.clock is None or reading.clock.hour == 16, (word, reading)
