"""Any instant in any locale's layout comes back as itself, as ambiguous or not at all."""

import locale
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from babel.dates import format_date, format_datetime, format_skeleton
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.date_sources import DateSource
from schemas.languages.cldr_dates import LANGUAGES
from tasks.extract.evidence import DateClue, DateKind, Stand
from tasks.normalize.dates.parse import DateHints, parse_date
from tasks.normalize.dates.resolve_date import DateContext, resolve_dates

DAYS = st.dates(date(1996, 1, 1), date(2029, 12, 31))
# Wall clock times without a zone.
MOMENTS = st.datetimes(datetime(1996, 1, 1), datetime(2029, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
LOCALES = st.sampled_from([code for code in LANGUAGES if code not in {"xh"}])
FORMATS = st.sampled_from(["full", "long", "medium", "short"])
OFFSETS = st.sampled_from([-480, -300, -210, 0, 60, 120, 210, 240, 330, 345, 540, 765])
LAYOUTS = st.sampled_from(
    [
        "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z", "%Y%m%dT%H%M%S%z",
        "%a, %d %b %Y %H:%M:%S %z", "%B %d, %Y %I:%M:%S %p %z", "%d %B %Y, %H:%M:%S (UTC%z)",
        "%H:%M:%S %z, %d.%m.%Y", "%Y/%m/%d %H:%M:%S %z", "%A, %B %d, %Y at %H:%M:%S %z",
    ]
)  # fmt: skip


def hints_of(code: str) -> DateHints:
    return DateHints(languages=(code.split("_", maxsplit=1)[0],))


@given(day=DAYS, code=LOCALES, form=FORMATS)
@settings(max_examples=600, deadline=None)
def test_a_day_in_any_locale_is_never_another(day: date, code: str, form: str) -> None:
    printed = format_date(day, form, locale=code)
    readings = [reading.day for reading in parse_date(printed, hints_of(code))]
    assert not readings or day in readings, printed


@given(day=DAYS, code=LOCALES)
@settings(max_examples=400, deadline=None)
def test_a_day_with_its_months_name_is_read_where_the_language_is_known(
    day: date, code: str
) -> None:
    if code in {"eu", "my"}:  # "(e)ko" in brackets; abbreviations of one letter
        return
    printed = format_date(day, "long", locale=code)
    assert [reading.day for reading in parse_date(printed, hints_of(code))] == [day], printed


@given(moment=MOMENTS, code=LOCALES, form=st.sampled_from(["medium", "short"]))
@settings(max_examples=400, deadline=None)
def test_a_clock_time_in_any_locale_is_never_another(
    moment: datetime, code: str, form: str
) -> None:
    printed = format_datetime(moment, form, locale=code)
    for reading in parse_date(printed, hints_of(code)):
        if reading.day == moment.date() and reading.clock is not None:
            assert (reading.clock.hour, reading.clock.minute) == (moment.hour, moment.minute), (
                printed
            )


@given(moment=MOMENTS, offset=OFFSETS, layout=LAYOUTS)
@settings(max_examples=400, deadline=None)
def test_a_stamp_with_an_offset_is_that_instant(moment: datetime, offset: int, layout: str) -> None:
    instant = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    readings = parse_date(instant.strftime(layout), DateHints(date_order="DMY"))
    assert [reading.instant for reading in readings] == [instant.astimezone(UTC)]


@given(text=st.text(max_size=60) | st.from_regex(r"[\d./:, \-T+Z]{4,40}", fullmatch=True))
@settings(max_examples=600, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    for reading in parse_date(text, DateHints()):
        assert isinstance(reading.day, date)


CLUES = st.lists(
    st.builds(
        DateClue,
        text=MOMENTS.map(lambda moment: moment.strftime("%d/%m/%Y %H:%M"))
        | MOMENTS.map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
        | DAYS.map(lambda day: format_skeleton("yMMMd", day, locale="en")),
        source=st.sampled_from(DateSource),
        position=st.sampled_from(["line 3", "time before the title", "WebPage.datePublished", ""]),
        kind=st.sampled_from(DateKind),
        name=st.sampled_from(["NewsArticle.datePublished", "time", ""]),
        stand=st.sampled_from(Stand) | st.none(),
        line=st.integers(1, 40) | st.none(),
        rank=st.integers(0, 3),
    ),
    max_size=6,
)


@given(clues=CLUES, shuffled=st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_clues_changes_nothing(clues: list[DateClue], shuffled: object) -> None:
    context = DateContext(timezone="Asia/Baku", date_order="DMY")
    other = list(clues)
    shuffled.shuffle(other)  # type: ignore[attr-defined]
    assert resolve_dates(clues, context) == resolve_dates(other, context)


@given(clues=CLUES, label=st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_rewording_a_label_changes_no_decision(clues: list[DateClue], label: str) -> None:
    context = DateContext(timezone="Asia/Baku", date_order="DMY")
    reworded = [replace(clue, position=label) for clue in clues]
    found, other = resolve_dates(clues, context), resolve_dates(reworded, context)
    assert replace(found, candidates=()) == replace(other, candidates=())


@given(clues=CLUES)
@settings(max_examples=150, deadline=None)
def test_a_decision_is_a_day_or_a_reason(clues: list[DateClue]) -> None:
    decision = resolve_dates(clues, DateContext())
    assert (decision.published_date is None) == (decision.reason is not None)
    if decision.published_at is not None and decision.published_date is not None:
        offset = decision.utc_offset_minutes
        local = decision.published_at + timedelta(minutes=offset or 0)
        # Without an offset the day is the one that readers see, in whatever zone they are.
        reach = timedelta(days=1 if offset is None else 0)
        assert abs(local.date() - decision.published_date) <= reach


SAMPLE = [
    DateClue(
        text="05.05.2023 23:30",
        source=DateSource.BYLINE,
        position="div after the title",
        stand=Stand.AFTER_TITLE,
        kind=DateKind.PUBLISHED,
    ),
    DateClue(
        text="1683315000",
        source=DateSource.TIME,
        position="time after the title",
        stand=Stand.AFTER_TITLE,
        kind=DateKind.UNKNOWN,
        rank=1,
    ),
    DateClue(
        text="yesterday",
        source=DateSource.BYLINE,
        position="div after the title",
        stand=Stand.AFTER_TITLE,
        rank=2,
    ),
]


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def process_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def decide() -> tuple[object, ...]:
    context = DateContext(
        timezone="Asia/Baku", date_order="DMY", fetched_at=datetime(2023, 5, 6, 1, tzinfo=UTC)
    )
    decision = resolve_dates(SAMPLE, context)
    return decision.published_at, decision.published_date, decision.rule, decision.modified_at


def test_the_zone_of_the_process_changes_nothing(process_zone: str) -> None:
    assert process_zone
    assert decide()[:2] == (datetime(2023, 5, 5, 19, 30, tzinfo=UTC), date(2023, 5, 5))


def test_the_locale_of_the_process_changes_nothing() -> None:
    before = decide()
    own = locale.setlocale(locale.LC_ALL)
    try:
        for name in ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8"):
            try:
                locale.setlocale(locale.LC_ALL, name)
            except locale.Error:
                continue
            assert decide() == before
    finally:
        # The tests that follow in this process read files in its encoding.
        locale.setlocale(locale.LC_ALL, own)


_STAMPS = st.builds(
    lambda moment, offset, layout: moment.replace(
        tzinfo=timezone(timedelta(minutes=offset))
    ).strftime(layout),
    st.datetimes(datetime(2020, 1, 7, 12), datetime(2020, 1, 9)),  # noqa: DTZ001
    OFFSETS,
    st.sampled_from(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M", "%Y-%m-%d"]),
)
_CLUES = st.builds(
    DateClue,
    text=_STAMPS,
    source=st.sampled_from(DateSource),
    position=st.sampled_from(["a", "b"]),
    stand=st.sampled_from([None, *Stand]),
    line=st.sampled_from([None, 3]),
    kind=st.sampled_from([DateKind.PUBLISHED, DateKind.UNKNOWN, DateKind.MODIFIED]),
    rank=st.integers(0, 2),
)


@given(
    clues=st.lists(_CLUES, min_size=1, max_size=5),
    zone=st.sampled_from([None, "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]),
    language=st.sampled_from([None, "de", "en", "ja"]),
    fetched=st.sampled_from([None, datetime(2020, 1, 8, 1, tzinfo=UTC)]),
)
@settings(max_examples=1500, deadline=None)
def test_the_day_is_that_of_the_instant_by_the_offset_given_with_it(
    clues: list[DateClue], zone: str | None, language: str | None, fetched: datetime | None
) -> None:
    context = DateContext(timezone=zone, language=language, fetched_at=fetched)
    decision = resolve_dates(clues, context)
    if decision.published_at is not None and decision.published_date is not None:
        offset = decision.utc_offset_minutes
        local = decision.published_at + timedelta(minutes=offset or 0)
        # Without an offset the day is the one that readers see, in whatever zone they are.
        reach = timedelta(days=1 if offset is None else 0)
        assert abs(local.date() - decision.published_date) <= reach
    if decision.published_at is not None and decision.modified_at is not None:
        assert decision.modified_at >= decision.published_at
