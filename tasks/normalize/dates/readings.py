"""One way to read a printed date."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tasks.normalize.decisions import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a printed date.

    Attributes:
        day: the day as printed, Gregorian.
        clock: the time as printed, without a zone; None for a day.
        offset_minutes: the offset that is printed beside it; None where there is none.
        is_zulu: the offset is printed as `Z`, `+00:00`, `GMT` or `UTC`, which is false more often
            than others.
        precision: second, minute or day.
        order: how its numbers were read (`ymd`, `dmy`, `mdy`), or `ago`, `day_shift`, `weekday`,
            `unusual`.
        is_foreign: its month has a name of another language than the page's: a script printed it,
            and in the script's zone.
    """

    day: date
    clock: time | None = None
    offset_minutes: int | None = None
    is_zulu: bool = False
    precision: Precision = Precision.DAY
    order: str = "ymd"
    is_foreign: bool = False

    @property
    def instant(self) -> datetime | None:
        """The UTC instant where a time and an offset are printed."""
        if self.clock is None or self.offset_minutes is None:
            return None
        local = datetime.combine(self.day, self.clock)
        return (local - timedelta(minutes=self.offset_minutes)).replace(tzinfo=UTC)
