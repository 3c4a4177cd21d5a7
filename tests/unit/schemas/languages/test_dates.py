"""The words of dates: complete, folded, and without a word that hides another."""

from schemas.languages import dates
from tasks.printed.dates.date_parts import fold


def test_more_than_forty_languages_have_their_months_and_weekdays() -> None:
    languages = dates.read_cldr_words()
    full = [
        code
        for code, words in languages.items()
        if all(words["months"]) and len(words["weekdays"]) == 7
    ]
    assert len(full) >= 40


def test_words_are_folded_as_texts_are() -> None:
    words = [*dates.month_names(), *dates.weekday_names(), *dates.relative_days()]
    words += [*dates.words_of("published"), *dates.words_of("modified")]
    assert [word for word in words if fold(word) != word] == []


def test_months_mean_one_month_but_for_the_slavic_ones() -> None:
    ambiguous = {
        word
        for word, meanings in dates.month_names().items()
        if len({(meaning.calendar, meaning.number) for meaning in meanings}) > 1
    }
    assert ambiguous == {"lip", "lis", "listopad", "listopada", "listopadu", "srp"}


def test_a_language_files_words_join_those_of_cldr() -> None:
    assert dates.ago_forms()["", "saat əvvəl"] == 3600
    assert dates.ago_forms()["il y a", "h"] == 3600
    assert {"nb"} <= {code for name in dates.month_names()["jul"] for code in name.languages}
    (dusk,) = dates.day_periods()["傍晚"]
    assert (dusk.start, dusk.is_half) == (12, True)
    assert dates.eras()["令和"] == 2019
