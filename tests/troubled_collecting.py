"""A collector's state with a month behind it, a source of each trouble, and backfills."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tasks.collect.exchange import Outcome
from tasks.collect.memory.accounts import FOUND
from tasks.collect.memory.backfills import Catalogue, CatalogueKind, Ending, Order
from tasks.collect.memory.pages import BACKFILL
from tasks.collect.memory.standings import Host, Source, SourceKind
from tasks.collect.memory.state import State, open_state
from tasks.collect.planning.window import Window
from tests.collected import waiting_page

NOW = datetime(2026, 3, 30, 9, 40, tzinfo=UTC)
_AT = NOW.timestamp()
_HOUR_S = 3600.0
TITLES = ("harbour-post", "gull-echo", "inland-wire", "quay-letter")
WAITING = 7
BACKFILLED = 3


def write_troubled_state(folder: Path) -> None:
    """Makes the state in a folder."""
    with open_state(folder) as state, state.transaction():
        _count(state)
        for source in _sources():
            state.standings.keep_source(source, b"")
        state.standings.keep_host(Host(name="a.example"))
        pages = [waiting_page(f"https://a.example/{number}") for number in range(WAITING)]
        state.pages.add(pages, _AT)
        _order_backfills(state)


def _order_backfills(state: State) -> None:
    """Orders one that nobody has begun, one that reads, and one that is over and has lost two."""
    orders = [
        Order(Window(date(2025, month, 1), date(2025, month, 28)), outlets)
        for month, outlets in ((1, ("inland-wire",)), (2, TITLES), (3, ("gull-echo",)))
    ]
    _, reading, over = [state.backfills.order(order) for order in orders]
    failed, denied = (Ending.FAILED, "http_5xx: 503"), (Ending.DENIED, "robots.txt forbids it")
    _put_catalogues(state, reading, "inland-wire", (None, None), (Ending.READ, None), failed)
    _put_catalogues(state, over, "gull-echo", (Ending.OLDER, None), failed, denied)
    pages = [waiting_page(f"https://inland.example/{n}", "inland-wire") for n in range(BACKFILLED)]
    state.pages.add([replace(page, rank=BACKFILL) for page in pages], _AT)
    state.backfills.note_over(_AT)


def _put_catalogues(
    state: State, backfill: int, outlet: str, *endings: tuple[Ending | None, str | None]
) -> None:
    state.backfills.mark_begun(backfill)
    for number, (ending, problem) in enumerate(endings):
        url = f"https://{outlet}.example/sitemaps/of/every/section/sitemap-2025-{number}.xml"
        state.backfills.keep(
            Catalogue(
                backfill=backfill,
                url=url,
                outlet=outlet,
                kind=CatalogueKind.SITEMAP,
                root=url,
                host=f"{outlet}.example",
                due=None if ending else _AT,
                found_at=_AT,
                ending=ending,
                problem=problem,
            )
        )


def stored(day: date, number: int) -> int:
    """Returns how many pages of an outlet were stored on a day; one rests at week-ends."""
    if number == 1 and day.weekday() >= 5:
        return 0
    return (number + 1) * 9 + day.day % 5


def _count(state: State) -> None:
    for back in range(30):
        at = NOW - timedelta(days=back)
        for number, outlet in enumerate(TITLES):
            pages = stored(at.date(), number)
            counts = [(outlet, FOUND, pages + 3), (outlet, Outcome.STORED, pages)]
            counts += [(outlet, Outcome.HTTP_4XX, 2), (outlet, Outcome.UNCHANGED, 1)]
            state.accounts.add(at.timestamp(), counts)


def _sources() -> list[Source]:
    known = {"first_poll": _AT - 30 * 24 * _HOUR_S, "last_poll": _AT, "last_ok": _AT}
    known |= {"last_new": _AT, "polls": 900, "unmodified": 600}
    changed: list[dict[str, object]] = [
        {},
        {"last_new": _AT - 31 * _HOUR_S, "quiet_polls": 14},
        {
            "failures": 9,
            "failing_since": _AT - 50 * _HOUR_S,
            "problem": "connect_failed: [Errno 111] <refused> by quay.example",
        },
        {"denied": True, "problem": "robots.txt forbids it"},
        {"is_lying": True, "gaps": 3},
    ]
    urls = (
        "https://harbourpost.example/rss",
        "https://gullecho.example/feeds/all/the-newest-entries-of-every-section.xml?format=rss2",
        "https://quay.example/feed",
        "https://inland.example/search/rss",
        "https://inland.example/rss",
    )
    outlets = ("harbour-post", "gull-echo", "quay-letter", "inland-wire", "inland-wire")
    return [
        Source(url=url, outlet=outlet, kind=SourceKind.FEED, **{**known, **given})  # type: ignore[arg-type]
        for url, outlet, given in zip(urls, outlets, changed, strict=True)
    ]
