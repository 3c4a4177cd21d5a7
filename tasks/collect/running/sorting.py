"""Which of the entries that a source shows are new."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urldefrag

from tasks.collect.memory.pages import LIVE, Page, Settled, page_key
from tasks.collect.memory.standings import Source, SourceKind
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import OutletPlan, host_key
from tasks.collect.running.shown import Fields, Shown, ShownEntry


@dataclass(frozen=True, slots=True)
class Sorted:
    """The entries of a poll.

    Attributes:
        keys: of all, in order.
        pages: those that nobody found before.
        settled: those of them that are not asked.
        told: waiting pages that this source has told something of.
    """

    keys: list[bytes]
    pages: list[Page]
    settled: list[Settled]
    told: list[tuple[bytes, Fields]]


def sort_entries(
    shown: Shown,
    source: Source,
    planned: OutletPlan,
    state: State,
    known: Collection[bytes],
    now: float,
) -> Sorted:
    """Tells which entries are new, which are not asked, and which are waiting already.

    Args:
        shown: by a poll.
        source: that was polled.
        planned: its outlet.
        state: knows what was found before.
        known: keys of what the source showed in the poll before.
        now: epoch seconds.
    """
    found = Sorted([], [], [], [])
    seen_here = set()
    for entry in shown.entries:
        url = urldefrag(entry.url).url
        key = page_key(url)
        found.keys.append(key)
        if key in seen_here or key in known or state.pages.is_settled(key):
            continue
        seen_here.add(key)
        if state.pages.is_waiting(key):
            found.told.append((key, _told(source, entry)))
            continue
        page = Page(
            key=key,
            url=url,
            ask_url=url,
            host=host_key(url) or "",
            outlet=source.outlet,
            found_at=now,
            due=now,
            rank=LIVE,
            fields=_told(source, entry),
        )
        found.pages.append(page)
        if outcome := planned.judge(url):
            found.settled.append(Settled(page, outcome))
    return found


def _told(source: Source, entry: ShownEntry) -> Fields:
    prefix = "feed" if source.kind is SourceKind.FEED else "sitemap"
    return ((f"{prefix}.url", source.url), *entry.fields)
