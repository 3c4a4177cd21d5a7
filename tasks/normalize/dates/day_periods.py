"""The hour of a twelve-hour clock, by the word beside it: "3:05 de la tarde" is 15:05.

A word speaks of some hours of the day (CLDR's day periods). Of the two hours that a clock can
mean, the one in them or much nearer to them is meant. Where neither is, the hour is not known.
"""

from collections.abc import Sequence

from schemas.languages.dates import DayPeriod

_NOON, _DAY = 12, 24
# Hours out of a period: "3 in the evening" is said, "7 at night" may be meant of morning.
_FAR, _NEARER = 3.0, 2.0
# In these languages many count the hours of the day from six in the morning.
_FROM_SIX = frozenset({"am", "sw", "ti"})
_SAME = {"no": "nb", "nn": "nb", "tl": "fil"}


def hour_of_day(
    hour: int, minute: int, periods: Sequence[DayPeriod], languages: Sequence[str]
) -> int | None:
    """Returns the hour from 0 to 23, None where the words leave it open.

    Args:
        hour: as printed, 0 to 12.
        minute: as printed.
        periods: what the word beside the clock may mean; at least one.
        languages: ISO 639-1 codes of the page; they choose among the meanings.
    """
    wanted = {code for name in languages for code in (_base(name), _SAME.get(_base(name)))}
    spoken = [period for period in periods if wanted & period.languages]
    hours = {_hour(hour, minute, period) for period in spoken or periods}
    return hours.pop() if len(hours) == 1 else None


def _hour(hour: int, minute: int, period: DayPeriod) -> int | None:
    if period.is_half:
        return hour % _NOON + period.start
    if hour == 0:
        return 0
    if period.languages & _FROM_SIX:
        return _hour_of_either_count(hour, minute, period)
    hours = [hour % _NOON, hour % _NOON + _NOON]
    near, far = sorted(hours, key=lambda item: _distance(item + minute / 60, period))
    distance = _distance(near + minute / 60, period)
    other = _distance(far + minute / 60, period)
    is_inside = distance == 0 and other > 1
    return near if is_inside or (distance <= _FAR and other - distance >= _NEARER) else None


def _hour_of_either_count(hour: int, minute: int, period: DayPeriod) -> int | None:
    """Returns the one hour in the period, whether counted from midnight, noon or six."""
    inside = {
        (hour + shift) % _DAY
        for shift in range(0, _DAY, _NOON // 2)
        if not _distance((hour + shift) % _DAY + minute / 60, period)
    }
    return inside.pop() if len(inside) == 1 else None


def _distance(clock: float, period: DayPeriod) -> float:
    """Returns the hours from a clock to the nearest one of the period, around midnight too."""
    length = (period.end - period.start) % _DAY
    since = (clock - period.start) % _DAY
    return 0.0 if since < max(length, 1) else min(since - length, _DAY - since)


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]
