"""What a day may be: quiet days stay inside as often as promised, broken ones do not."""

import numpy as np
import numpy.typing as npt
import pytest

from schemas.drift import LENGTH_STEPS_PER_OCTAVE, VOLUME_ALPHA
from tasks.validate.ranges import Lengths, compare_lengths, volume_range

DAYS = 400_000
PAST_DAYS = 40


@pytest.mark.parametrize(("mean", "spread"), [(3, 0.3), (20, 0.25), (20, 0.5), (200, 0.4)])
def test_quiet_days_are_outside_as_seldom_as_promised(mean: float, spread: float) -> None:
    random = np.random.default_rng(7)
    days = random.poisson(mean * random.lognormal(0, spread, DAYS))
    allowed = volume_range(mean, mean, spread)
    # A count is whole: its limit is a little further out than asked for, never further in.
    for share in ((days < allowed.low).mean(), (days > allowed.high).mean()):
        assert share <= VOLUME_ALPHA * 1.5


def test_a_fifth_of_the_pages_of_a_steady_outlet_is_outside_and_a_holiday_inside() -> None:
    allowed = volume_range(100, 100, 0.25)
    assert [allowed.allows(count) for count in (20, 40, 100, 250, 500)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_a_few_documents_on_a_day_that_usually_has_none_are_no_loop() -> None:
    assert volume_range(0, 0, 0.25).allows(4)
    assert not volume_range(0, 0, 0.25).allows(40)


def _lengths(words: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    steps = np.floor(np.log2(np.maximum(words, 1)) * LENGTH_STEPS_PER_OCTAVE).astype(int)
    return np.bincount(steps, minlength=80)


def _compare(today: npt.NDArray[np.float64], spread: float, texts: int) -> Lengths:
    random = np.random.default_rng(3)
    past = [_lengths(400 * random.lognormal(0, spread, texts)) for _ in range(PAST_DAYS)]
    compared = compare_lengths(np.array(past), _lengths(today))
    assert compared is not None
    return compared


def _is_quiet(compared: Lengths) -> bool:
    return compared.allowed.allows(compared.typical)


def test_texts_of_half_the_length_are_found_among_thirty() -> None:
    texts = 400 * np.random.default_rng(5).lognormal(0, 0.6, 30)
    assert _is_quiet(_compare(texts, 0.6, 30))
    halved = _compare(texts / 2, 0.6, 30)
    assert not _is_quiet(halved)
    assert halved.typical < halved.allowed.low


def test_an_outlet_whose_texts_are_all_alike_is_found_too() -> None:
    assert _is_quiet(_compare(np.full(6, 400.0), 0.0, 6))
    assert not _is_quiet(_compare(np.full(6, 90.0), 0.0, 6))


@pytest.mark.parametrize("odd", [1.0, 200_000.0])
def test_one_odd_text_of_five_makes_no_finding(odd: float) -> None:
    texts = np.array([300.0, 350.0, 400.0, 450.0, odd])
    assert _is_quiet(_compare(texts, 0.5, 8))


def test_a_past_of_a_few_days_says_nothing() -> None:
    day = _lengths(np.full(20, 400.0))
    assert compare_lengths(np.array([day] * 6), day) is None
