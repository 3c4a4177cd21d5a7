"""When a feed or sitemap is asked next: soon enough to miss nothing, and no sooner.

A feed shows its newest entries, its *window*. What is pushed out between two polls is lost. So the
interval follows how fast the window has filled at the same hour of the last days, and how long a
reader may wait. DECISIONS.md has what was measured.
"""

from dataclasses import dataclass
from hashlib import blake2b

from tasks.collect.memory.standings import Source, SourceKind

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
HOURS = 24


@dataclass(frozen=True, slots=True)
class PollingRules:
    """The figures of the policy; seconds, and shares of one.

    Attributes:
        window_share: of its window a feed may fill between two polls.
        floor_s: no feed is asked more often.
        floor_with_sitemap_s: the same, where a news sitemap shows what a feed has lost.
        ceiling_s: no working feed is asked less often.
        burst_share: of the interval that is left, where half of a window was new.
        peak_memory_s: in this time the memory of a busy hour fades to half.
        other_hours: an hour is taken to be at least as busy as this share of the busiest.
        pace_s: new entries are counted over at least this time: one that comes two minutes after a
            poll does not make a pace of 720 a day, which would be polled for, and so found again.
        first_s: between a feed's first two polls.
        news_sitemap_s: between two polls of a news sitemap.
        index_s: between two polls of another sitemap that the sources file names.
        hint_s: what a feed asks for lengthens its interval by no more.
        retry_s: after a first and a second failure, so that an outage of half an hour is known by
            then; each further doubles it.
        retry_ceiling_s: and no further than this. A feed is never given up.
        whole_s: so often a feed is asked without validators, as a proof of them: within a day, with
            the longest interval.
        gap_weight: of a new entry, in the mean time between entries.
        rhythm_memory_s: in this time the memory of how often there is news fades to half.
    """

    window_share: float = 0.25
    floor_s: float = 120.0
    floor_with_sitemap_s: float = 900.0
    ceiling_s: float = 6 * HOUR_S
    burst_share: float = 0.3
    peak_memory_s: float = 4 * DAY_S
    other_hours: float = 0.4
    pace_s: float = 900.0
    first_s: float = 300.0
    news_sitemap_s: float = HOUR_S
    index_s: float = DAY_S
    hint_s: float = HOUR_S
    retry_s: float = 900.0
    retry_ceiling_s: float = 7 * DAY_S
    whole_s: float = 18 * HOUR_S
    gap_weight: float = 0.1
    rhythm_memory_s: float = 14 * DAY_S


RULES = PollingRules()
# A feed's mean gap before anything is known of it.
_UNKNOWN_GAP_S = 1800.0
# 304 for so many times the mean gap is looked into.
_SUSPICIOUS_GAPS = 4.0


def learn(source: Source, new: int, window: int, now: float, rules: PollingRules = RULES) -> None:
    """Takes in what a poll showed; it is called after every poll that was answered.

    Args:
        source: changed in place; `last_poll` is still that of the poll before.
        new: entries that were not there before.
        window: entries shown; 0 where the answer was 304.
        now: epoch seconds.
        rules: the policy.
    """
    if window:
        source.window = window
    if source.last_ok is None:
        # How long what a first poll shows has been there is not known.
        source.last_new = now
        return
    elapsed = max(now - source.last_ok, 1.0)
    fading = 0.5 ** (elapsed / rules.peak_memory_s)
    source.peaks = [peak * fading for peak in source.peaks]
    hour = _hour(now)
    source.peaks[hour] = max(source.peaks[hour], new / max(elapsed, rules.pace_s))
    if new:
        quiet_s = now - (source.last_new or now)
        gap_s = quiet_s / new
        weight = min(1.0, rules.gap_weight * new)
        known_s = gap_s if source.gap_s is None else source.gap_s
        source.gap_s = known_s + (gap_s - known_s) * weight
        source.longest_gap_s = max(source.longest_gap_s, quiet_s)
        fading = 0.5 ** (quiet_s / rules.rhythm_memory_s)
        source.watched_s = source.watched_s * fading + quiet_s
        source.news_polls = source.news_polls * fading + 1
        source.last_new = now
        source.quiet_polls = 0
    else:
        source.quiet_polls += 1


def interval_after(
    source: Source,
    new: int,
    latency_s: float,
    *,
    has_news_sitemap: bool,
    now: float,
    rules: PollingRules = RULES,
) -> float:
    """Returns the seconds until the next poll of a source that has answered.

    Args:
        source: after `learn`.
        new: entries that the last poll brought.
        latency_s: how late an article may be found, as the sources file has it.
        has_news_sitemap: the outlet has one that answers.
        now: epoch seconds.
        rules: the policy.
    """
    # One that is empty is taken for one of news: there have been none for two days.
    if source.kind is SourceKind.NEWS_SITEMAP or (
        source.kind is SourceKind.SITEMAP and not source.window
    ):
        return _spread(source, rules.news_sitemap_s)
    if source.kind is SourceKind.SITEMAP:
        return _spread(source, rules.index_s)
    if source.last_ok is None:
        return _spread(source, rules.first_s)
    fills_s = _seconds_to_fill(source, now, rules)
    gap_s = source.gap_s or _UNKNOWN_GAP_S
    wanted_s = min(fills_s, max(latency_s, gap_s * (0.5 + 0.25 * source.quiet_polls)))
    if source.window and 2 * new >= source.window:
        wanted_s *= rules.burst_share
    if source.hint_s:
        # Never beyond what the window allows.
        wanted_s = max(wanted_s, min(source.hint_s, wanted_s + rules.hint_s, fills_s))
    floor_s = rules.floor_with_sitemap_s if has_news_sitemap else rules.floor_s
    return _spread(source, min(max(wanted_s, floor_s), rules.ceiling_s))


def retry_after_failure(source: Source, rules: PollingRules = RULES) -> float:
    """Returns the seconds until a source that has failed `failures` times in a row is asked."""
    doublings = min(max(source.failures - 2, 0), 20)
    return _spread(source, min(rules.retry_s * 2.0**doublings, rules.retry_ceiling_s))


def asks_for_whole(source: Source, now: float, rules: PollingRules = RULES) -> bool:
    """Tells whether a source is to be asked without validators.

    That is so once a day, and sooner where it says "not modified" for suspiciously long: a server
    whose validators do not change with the content would hide a day's articles.
    """
    if source.is_lying or source.last_whole is None:
        return True
    since_s = now - source.last_whole
    quiet_s = now - (source.last_new or now)
    is_suspicious = quiet_s > _SUSPICIOUS_GAPS * max(source.gap_s or _UNKNOWN_GAP_S, 900.0)
    # Each proof that there is nothing doubles the time to the next.
    return since_s >= rules.whole_s or (is_suspicious and since_s >= max(HOUR_S, quiet_s / 2))


def first_poll(url: str, now: float, spread_s: float) -> float:
    """Returns when a new source is asked first: not all of a file in the same second."""
    return now + spread_s * _fraction(url)


def _seconds_to_fill(source: Source, now: float, rules: PollingRules) -> float:
    """Returns how soon a share of the window fills, at the pace of this hour on other days."""
    hour = _hour(now)
    near = (source.peaks[hour - 1], source.peaks[hour], source.peaks[(hour + 1) % HOURS])
    pace = max(*near, rules.other_hours * max(source.peaks))
    if not pace or not source.window:
        return rules.ceiling_s
    return rules.window_share * source.window / pace


def _spread(source: Source, seconds: float) -> float:
    """Shortens an interval by up to 4 %, so that sources do not fall into step."""
    return seconds * (1 - 0.04 * _fraction(f"{source.url} {source.polls}"))


def _fraction(text: str) -> float:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big") / 2**32


def _hour(now: float) -> int:
    return int(now // HOUR_S) % HOURS
