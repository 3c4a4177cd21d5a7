"""When a feed is asked next: before its window is full, and no sooner than needed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.collect.memory.standings import Source, SourceKind
from tasks.collect.planning.polling import (
    DAY_S,
    HOUR_S,
    RULES,
    asks_for_whole,
    interval_after,
    learn,
    retry_after_failure,
)

_NOW = 1_800_000_000.0


def _feed(**given_: object) -> Source:
    known = {"url": "https://a.example/rss", "outlet": "a", "kind": SourceKind.FEED}
    return Source(**{**known, **given_})  # type: ignore[arg-type]


def _polled(source: Source, every_s: float, new: int, window: int, times: int) -> float:
    """Polls some times, each with as much news; returns the interval that follows."""
    now = _NOW
    wait_s = 0.0
    for _ in range(times):
        learn(source, new, window, now)
        wait_s = interval_after(source, new, HOUR_S, has_news_sitemap=False, now=now)
        source.last_ok = now
        now += every_s
    return wait_s


def test_a_busy_feed_is_asked_before_a_quarter_of_its_window_is_new() -> None:
    wait_s = _polled(_feed(), every_s=900, new=9, window=48, times=10)
    assert 0.9 * 12 * 100 <= wait_s <= 12 * 100


def test_an_entry_soon_after_a_poll_makes_no_pace_to_be_polled_for() -> None:
    soon = _polled(_feed(), every_s=120, new=1, window=20, times=10)
    assert soon >= 0.9 * HOUR_S, "one in a quarter of an hour, and not one in two minutes"


def test_half_a_window_of_news_is_followed_up_at_once() -> None:
    calm = _polled(_feed(), every_s=3600, new=9, window=20, times=5)
    burst = _polled(_feed(), every_s=3600, new=10, window=20, times=5)
    assert burst < calm / 2


def test_a_quiet_feed_is_asked_less_and_less_often_but_four_times_a_day() -> None:
    source = _feed()
    waits = [_polled(source, 4 * HOUR_S, 0, 20, 1) for _ in range(60)]
    assert waits[1] <= HOUR_S
    assert 0.95 * 6 * HOUR_S <= waits[-1] <= 6 * HOUR_S


def test_what_a_feed_asks_for_lengthens_its_interval_by_an_hour_at_most() -> None:
    plain = _polled(_feed(), 3600, 1, 40, 5)
    asked = _polled(_feed(hint_s=DAY_S), 3600, 1, 40, 5)
    assert plain < asked <= plain + HOUR_S + 0.04 * (plain + HOUR_S)


def test_what_a_feed_asks_for_never_lets_its_window_overflow() -> None:
    busy = _polled(_feed(hint_s=DAY_S), 900, 5, 20, 5)
    assert busy <= 5 * 180


def test_news_sitemaps_are_asked_hourly_and_empty_ones_are_taken_for_them() -> None:
    for kind, window in ((SourceKind.NEWS_SITEMAP, 9), (SourceKind.SITEMAP, 0)):
        source = _feed(kind=kind, window=window, last_ok=_NOW)
        wait_s = interval_after(source, 0, HOUR_S, has_news_sitemap=True, now=_NOW)
        assert 0.95 * HOUR_S < wait_s <= HOUR_S


def test_a_failing_feed_is_never_given_up() -> None:
    waits = [retry_after_failure(_feed(failures=count)) for count in (1, 2, 3, 4, 50)]
    assert waits[:2] == pytest.approx([900, 900], rel=0.04)
    assert waits[1] < waits[2] < waits[3]
    assert 6.5 * DAY_S < waits[4] <= 7 * DAY_S


def test_validators_are_proved_within_a_day_and_sooner_where_silence_is_suspicious() -> None:
    calm = _feed(last_whole=_NOW, last_new=_NOW, gap_s=HOUR_S)
    assert not asks_for_whole(calm, _NOW + 3 * HOUR_S)
    assert asks_for_whole(calm, _NOW + DAY_S - RULES.ceiling_s)
    suspicious = _feed(last_whole=_NOW, last_new=_NOW, gap_s=900.0)
    assert asks_for_whole(suspicious, _NOW + 1.1 * HOUR_S)


# How fast a loaded machine makes examples is no matter.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    polls=st.lists(
        st.tuples(st.floats(0, 10 * DAY_S), st.integers(0, 100), st.integers(0, 100)), max_size=8
    ),
    hint_s=st.none() | st.floats(0, 1e9),
    latency_s=st.floats(60, 7 * DAY_S),
)
def test_every_interval_is_within_the_bounds(
    polls: list[tuple[float, int, int]], hint_s: float | None, latency_s: float
) -> None:
    source, now = _feed(hint_s=hint_s), _NOW
    for elapsed, new, window in polls:
        now += elapsed
        learn(source, new, window, now)
        wait_s = interval_after(source, new, latency_s, has_news_sitemap=False, now=now)
        source.last_ok = now
        assert 0.96 * RULES.floor_s <= wait_s <= RULES.ceiling_s


def test_sources_do_not_fall_into_step() -> None:
    waits = {
        interval_after(
            _feed(url=f"https://a.example/{number}", kind=SourceKind.NEWS_SITEMAP),
            0,
            HOUR_S,
            has_news_sitemap=True,
            now=_NOW,
        )
        for number in range(20)
    }
    assert len(waits) == pytest.approx(20, abs=1)
