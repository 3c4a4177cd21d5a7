"""How backfills stand: those that were ordered, until some days after they are over."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tasks.collect.memory.backfills import Backfill, Backfills, Ending, Order

_TOLD_S = 7 * 86_400.0
_NAMED_OUTLETS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillStanding:
    """How a backfill stands.

    Attributes:
        number: in the state.
        order: what it is to bring.
        is_over: nothing of it waits.
        over_at: epoch seconds at which a run saw that first; None where none has yet.
        waiting: catalogues that are still to be read.
        endings: the others, by why.
        counts: of the addresses in them.
        failed: catalogues that could not be read: address and why.
        pages: of its outlets that a backfill has found, and that wait. A page does not know which:
            where several have an outlet in common, each has its pages here.
    """

    number: int
    order: Order
    is_over: bool
    over_at: float | None
    waiting: int
    endings: Counter[Ending]
    counts: Counter[str]
    failed: tuple[tuple[str, str], ...]
    pages: int

    @property
    def known(self) -> int:
        """All its catalogues."""
        return self.waiting + sum(self.endings.values())

    @property
    def read(self) -> int:
        """Catalogues that are done with, and did not fail."""
        return self.known - self.waiting - len(self.failed)

    @property
    def days(self) -> str:
        """Its days of publication, for people."""
        return f"{self.order.window.since} to {self.order.window.until}"

    @property
    def waits(self) -> str:
        """How many pages wait, or why none does, for people."""
        if self.is_over:
            return "over"
        return f"{self.pages:,}" if self.known else "not begun"

    @property
    def outlets(self) -> str:
        """Its outlets, for people: few by name, and how many others."""
        names = self.order.outlets
        if not names:
            return "all outlets"
        others = len(names) - _NAMED_OUTLETS
        named = ", ".join(names[:_NAMED_OUTLETS])
        return named if others <= 0 else f"{named} and {others:,} more"


def describe_backfill(backfills: Backfills, order: Order) -> BackfillStanding | None:
    """Returns how a backfill stands; None where it was never ordered."""
    found = next((known for known in backfills.all() if known.order == order), None)
    if found is None:
        return None
    over_at = backfills.over_since().get(found.id)
    return _describe(backfills, found, over_at, backfills.pages_waiting())


def describe_backfills(backfills: Backfills, now: float) -> Iterator[BackfillStanding]:
    """Yields how backfills stand, without those that are over for a week, in their order."""
    over_since, pages = backfills.over_since(), backfills.pages_waiting()
    for known in backfills.all():
        over_at = over_since.get(known.id)
        if over_at is None or now - over_at < _TOLD_S:
            yield _describe(backfills, known, over_at, pages)


def _describe(
    backfills: Backfills, backfill: Backfill, over_at: float | None, pages: Mapping[str, int]
) -> BackfillStanding:
    endings = backfills.endings(backfill.id)
    waiting = endings.pop(None, 0)
    known = waiting + sum(endings.values())
    return BackfillStanding(
        number=backfill.id,
        order=backfill.order,
        # Others may bring pages of its outlets later on.
        is_over=over_at is not None or backfills.is_over(backfill),
        over_at=over_at,
        waiting=waiting,
        endings=Counter({ending: count for ending, count in endings.items() if ending}),
        counts=Counter(backfills.counts(backfill.id)),
        failed=tuple(backfills.failed(backfill.id)),
        pages=sum(
            count for outlet, count in pages.items() if known and backfill.order.covers(outlet)
        ),
    )
