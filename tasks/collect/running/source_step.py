"""What becomes of a source that was asked: new pages, and when it is asked again.

All that a poll changes is one transaction: a validator that was kept without the addresses that
came with it would lose articles.
"""

import hashlib
from collections.abc import Iterator

from tasks.collect.exchange import Answer, FetchError, Outcome, Request, RequestKind
from tasks.collect.http_times import max_age_s
from tasks.collect.memory.pages import KEY_BYTES, LIVE
from tasks.collect.memory.standings import Source, SourceKind
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import CollectPlan
from tasks.collect.planning.polling import (
    DAY_S,
    PollingRules,
    asks_for_whole,
    first_poll,
    interval_after,
    learn,
    retry_after_failure,
)
from tasks.collect.redirects import find_redirect, is_permanent
from tasks.collect.running.hosts import Hosts
from tasks.collect.running.reading_sources import RECENT_S
from tasks.collect.running.shown import ReadSource, Shown, ShownSitemap
from tasks.collect.running.sorting import sort_entries

_OK, _NOT_MODIFIED = 200, 304
_CLIENT_ERRORS = range(400, 500)
# A gap sends for the outlet's sitemaps, unless they were asked just now.
_JUST_NOW_S = 300.0
# A sitemap whose index says when it has changed is asked then, and in this time at the latest.
_UNCHANGED_S = 30 * DAY_S
# A source that has moved and fails there so often is asked where it was before.
_FAILURES_OF_MOVED = 3
# Of an outlet: an index may name itself in ever new ways.
_MAX_SOURCES = 10_000
# New sources are asked so many a second, and not all in the same.
_FIRST_A_SECOND = 10


class SourceSteps:
    """Sources, from one poll to the next.

    Args:
        plan: what is collected.
        state: where sources and pages are kept.
        hosts: where they are scheduled.
        read: reads what a source shows.
        rules: the policy.
    """

    def __init__(
        self,
        plan: CollectPlan,
        state: State,
        hosts: Hosts,
        read: ReadSource,
        rules: PollingRules | None = None,
    ) -> None:
        self._plan = plan
        self._state = state
        self._hosts = hosts
        self._read = read
        self._rules = rules or PollingRules()
        self._sources: dict[str, Source] = {}
        self._by_outlet: dict[str, list[Source]] = {}
        self._last_keys: dict[str, bytes] = {}

    def begin(self, now: float, only: frozenset[str] | None = None) -> None:
        """Schedules the sources of the plan; those that it has no more are forgotten.

        Args:
            now: epoch seconds.
            only: outlets whose sources are asked; None for all.
        """
        wanted = {source.url: source for source in _configured(self._plan)}
        with self._state.transaction():
            for source, last_keys in self._state.standings.sources():
                origin = source.parent or source.url
                planned = wanted.get(origin)
                if planned is None or planned.outlet != source.outlet:
                    self._state.standings.drop_source(source.url)
                    continue
                self._add(source)
                self._last_keys[source.url] = last_keys
            for source in wanted.values():
                if source.url not in self._sources:
                    source.next_poll = first_poll(source.url, now, len(wanted) / _FIRST_A_SECOND)
                    self._add(source)
                    self._state.standings.keep_source(source)
            for source in self._sources.values():
                if only is None or source.outlet in only:
                    self._hosts.put_source(source)

    def request(self, source: Source, now: float) -> Request:
        """Returns what is asked of a source: conditionally, but for a proof once a day."""
        kind = RequestKind.FEED if source.kind is SourceKind.FEED else RequestKind.SITEMAP
        headers = []
        if not asks_for_whole(source, now, self._rules):
            headers += [("If-None-Match", source.etag)] if source.etag else []
            headers += [("If-Modified-Since", source.last_modified)] if source.last_modified else []
        return Request(source.address, kind, tuple(headers))

    def answered(self, source: Source, answer: Answer, now: float) -> None:
        """Takes in the answer to a poll. A 429 or 503 is `throttled`.

        Raises:
            FetchError: the answer is of no use.
        """
        if answer.status == _NOT_MODIFIED:
            source.unmodified += 1
            self._schedule(source, now, new=0)
            return
        target = find_redirect(answer, (*source.trail, source.address))
        if target is not None:
            self._follow(source, answer, target, now)
            return
        if answer.status != _OK:
            is_refused = answer.status in _CLIENT_ERRORS
            outcome = Outcome.HTTP_4XX if is_refused else Outcome.HTTP_5XX
            raise FetchError(outcome, f"{answer.status} {answer.reason}".strip())
        digest = hashlib.sha256(answer.body).hexdigest()
        is_same = digest == source.digest
        shown = None if is_same else self._read(source, answer)
        self._notice_lie(source, answer, is_same=is_same)
        source.etag, source.last_modified = answer.header("etag"), answer.header("last-modified")
        source.digest = digest
        if answer.truncated:
            # What is missing would hide behind its validators.
            source.etag = source.last_modified = source.digest = None
        source.last_whole = now
        source.hint_s = max_age_s(answer)
        if shown is None:
            self._schedule(source, now, new=0)
        else:
            self._take(source, shown, now)

    def throttled(self, source: Source, wait_s: float, now: float) -> None:
        """Lets a source wait as long as its host asks."""
        self._end_poll(source, now)
        source.next_poll = now + max(wait_s, self._rules.floor_s)
        self._keep(source)

    def failed(self, source: Source, error: FetchError, now: float) -> None:
        """Lets a source be asked again later; it is never given up."""
        self._end_poll(source, now)
        source.failures += 1
        source.failing_since = source.failing_since or now
        source.problem = str(error)
        if source.failures >= _FAILURES_OF_MOVED:
            source.moved_to = None
        source.next_poll = now + retry_after_failure(source, self._rules)
        self._keep(source)

    def deny(self, source: Source, now: float) -> None:
        """Notes that robots.txt forbids a source; a day later it is looked at again."""
        source.denied = True
        source.problem = "robots.txt forbids it"
        source.next_poll = now + DAY_S
        self._keep(source)

    def _follow(self, source: Source, answer: Answer, target: str, now: float) -> None:
        if not is_permanent(answer):
            source.is_detour = True
        source.trail = [*source.trail, source.address]
        source.ask_url = target
        source.next_poll = now
        self._hosts.put_source(source)

    def _end_poll(self, source: Source, now: float) -> None:
        source.polls += 1
        source.last_poll = now
        source.first_poll = source.first_poll or now
        source.ask_url = None
        source.is_detour = False
        source.trail = []

    def _notice_lie(self, source: Source, answer: Answer, *, is_same: bool) -> None:
        """Notices that the content has changed behind a validator that has not."""
        etag, modified = answer.header("etag"), answer.header("last-modified")
        has_any = bool(etag or modified)
        is_stale = has_any and (etag, modified) == (source.etag, source.last_modified)
        if source.digest and not is_same and is_stale:
            source.is_lying = True

    def _take(self, source: Source, shown: Shown, now: float) -> None:
        if shown.kind is not source.kind and source.kind is not SourceKind.FEED:
            source.kind = shown.kind
        last = self._last_keys.get(source.url, b"")
        known = {last[at : at + KEY_BYTES] for at in range(0, len(last), KEY_BYTES)}
        planned = self._plan.outlets[source.outlet]
        found = sort_entries(shown, source, planned, self._state, known, now)
        keys = dict.fromkeys(found.keys)
        new = sum(key not in known for key in keys)
        is_gap = source.last_ok is not None and bool(keys) and known.isdisjoint(keys)
        if is_gap and source.kind is SourceKind.FEED:
            source.gaps += 1
            self._hasten_sitemaps(source, now)
        if shown.hint_s:
            source.hint_s = max(source.hint_s or 0.0, shown.hint_s)
        # All entries of an ordinary sitemap are known already, or old.
        is_kept = source.kind is not SourceKind.SITEMAP
        last_keys = b"".join(keys) if is_kept else b""
        with self._state.transaction():
            self._state.pages.add(found.pages, now)
            self._state.pages.settle(found.settled, now)
            for key, fields in found.told:
                waited = self._state.pages.add_fields(key, fields)
                if waited.rank != LIVE:
                    self._hosts.take_up(waited)
            for child in shown.sitemaps:
                self._put_child(source, child, now)
            self._last_keys[source.url] = last_keys
            # One that names nothing is polled as news are.
            window = len(keys) or int(not shown.is_empty)
            self._schedule(source, now, new=new, window=window, last_keys=last_keys)
            settled = {one.page.key for one in found.settled}
            for page in found.pages:
                if page.key not in settled:
                    self._hosts.expect_page(page)

    def _put_child(self, parent: Source, shown: ShownSitemap, now: float) -> None:
        """Schedules a sitemap that an index names, where it has changed lately."""
        child = self._sources.get(shown.url)
        is_new = child is None
        if child is None:
            if len(self._by_outlet[parent.outlet]) >= _MAX_SOURCES:
                return
            origin = parent.parent or parent.url
            child = Source(
                url=shown.url, outlet=parent.outlet, kind=SourceKind.SITEMAP, parent=origin
            )
            self._add(child)
        has_changed = shown.lastmod is None or shown.lastmod != child.listed_lastmod
        is_old = shown.changed_at is not None and now - shown.changed_at > RECENT_S
        child.listed_lastmod = shown.lastmod
        if is_old and is_new:
            child.next_poll = now + _UNCHANGED_S
        elif is_new or (has_changed and shown.lastmod is not None):
            child.next_poll = now
        self._state.standings.keep_source(child)
        self._hosts.put_source(child)

    def _hasten_sitemaps(self, source: Source, now: float) -> None:
        for other in self._by_outlet[source.outlet]:
            is_sitemap = other.kind is not SourceKind.FEED
            if is_sitemap and now - (other.last_poll or 0.0) > _JUST_NOW_S:
                other.next_poll = min(other.next_poll, now)
                self._hosts.put_source(other)

    def _schedule(
        self,
        source: Source,
        now: float,
        *,
        new: int,
        window: int = 0,
        last_keys: bytes | None = None,
    ) -> None:
        """Ends a poll that was answered."""
        if source.trail and not source.is_detour:
            source.moved_to = source.address
        self._end_poll(source, now)
        learn(source, new, window, now, self._rules)
        planned = self._plan.outlets[source.outlet]
        source.next_poll = now + interval_after(
            source,
            new,
            planned.outlet.latency_s,
            has_news_sitemap=self._has_news_sitemap(source.outlet),
            now=now,
            rules=self._rules,
        )
        if source.kind is SourceKind.SITEMAP and source.parent and source.listed_lastmod:
            # Its index says when it has changed.
            source.next_poll = now + _UNCHANGED_S
        source.last_ok = now
        source.failures = 0
        source.failing_since = None
        source.denied = False
        source.problem = None
        self._keep(source, last_keys)

    def _has_news_sitemap(self, outlet: str) -> bool:
        return any(
            source.kind is SourceKind.NEWS_SITEMAP and not source.failures
            for source in self._by_outlet[outlet]
        )

    def _add(self, source: Source) -> None:
        self._sources[source.url] = source
        self._by_outlet.setdefault(source.outlet, []).append(source)

    def _keep(self, source: Source, last_keys: bytes | None = None) -> None:
        with self._state.transaction():
            self._state.standings.keep_source(source, last_keys)
        self._hosts.put_source(source)


def _configured(plan: CollectPlan) -> Iterator[Source]:
    for planned in plan.outlets.values():
        outlet = planned.outlet
        for url in outlet.feeds:
            yield Source(url=url, outlet=outlet.id, kind=SourceKind.FEED)
        for url in outlet.sitemaps:
            yield Source(url=url, outlet=outlet.id, kind=SourceKind.SITEMAP)
