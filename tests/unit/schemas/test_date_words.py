"""The tables of date words: complete, folded, and without a word that hides another."""

from schemas import date_words, date_words_tables
from tasks.printed.dates.date_parts import fold


def test_more_than_forty_languages_have_their_months_and_weekdays() -> None:
    languages = date_words.read_cldr_words()
    full = [
        code
        for code, words in languages.items()
        if all(words["months"]) and len(words["weekdays"]) == 7
    ]
    assert len(full) >= 40


def test_words_are_folded_as_texts_are() -> None:
    words = [*date_words.month_names(), *date_words.weekday_names(), *date_words.relative_days()]
    words += [*date_words_tables.PUBLISHED_LABELS, *date_words_tables.MODIFIED_LABELS]
    assert [word for word in words if fold(word) != word] == []


def test_no_label_says_two_things() -> None:
    published = set(date_words_tables.PUBLISHED_LABELS)
    assert published.isdisjoint(date_words_tables.MODIFIED_LABELS)
    assert published.isdisjoint(date_words_tables.OTHER_LABELS)


def test_months_mean_one_month_but_for_the_slavic_ones() -> None:
    ambiguous = {
        word
        for word, meanings in date_words.month_names().items()
        if len({(meaning.calendar, meaning.number) for meaning in meanings}) > 1
    }
    assert ambiguous == {"lip", "lis", "listopad", "listopada", "listopadu", "srp"}
