"""Drift: where a day differs from what the same outlet's earlier days explain.

Pure functions of counts (`tasks.validate.profile_files`). The rules, their numbers and reasons are
in schemas/drift.py, the statistics in ranges.py.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from schemas.drift import (
    LENGTH_MIN_TEXTS,
    LENGTH_SHORT_QUANTILE,
    LENGTH_STEPS_PER_OCTAVE,
    SHARE_MIN_COUNT,
    SHARE_RULES,
    UNREGISTERED_RULE,
    ShareRule,
)
from schemas.suites import FAULTS
from tasks.validate.audit_state import LandedDay
from tasks.validate.findings import Finding
from tasks.validate.past_days import (
    Counts,
    History,
    Key,
    Past,
    as_a_whole,
    by_host,
    by_outlet,
    past_of,
)
from tasks.validate.ranges import compare_lengths, quantile_of_steps, share_range
from tasks.validate.volumes import find_volumes

_RULES = {rule.measure: rule for rule in SHARE_RULES}


def find_drift(counts: pd.DataFrame, days: Collection[LandedDay]) -> list[Finding]:
    """Compares landing days with those before them.

    Args:
        counts: as `profile_files.read_counts` gives them, with the window before every day.
        days: the days to judge; those without a landing date are passed over.

    Returns:
        The findings, by source, day and outlet.
    """
    dated = counts[counts["landing_date"].notna()]
    found: list[Finding] = []
    for source in sorted({day.source for day in days}):
        rows = dated[dated["source"] == source]
        wanted = sorted(
            day.landing_date for day in days if day.source == source and day.landing_date
        )
        outlets, hosts, whole = (each(rows, wanted) for each in (by_outlet, by_host, as_a_whole))
        for day in wanted:
            found += _find_on(source, day, outlets, hosts, whole)
    return found


def _find_on(
    source: str, day: date, outlets: History, hosts: History, whole: History
) -> Iterator[Finding]:
    if past := past_of(outlets, day):
        yield from _find_shares(source, past)
        yield from _find_lengths(source, past)
        yield from find_volumes(source, past)
    for history in (hosts, whole):
        if past := past_of(history, day):
            yield from _find_unregistered(source, past)


def _find_shares(source: str, past: Past) -> Iterator[Finding]:
    for key in past.history.keys_on(past.position):
        outlet, measure, value = key
        # Faults of newsmill are judged without a comparison.
        if measure in _RULES and value not in FAULTS:
            totals = past.history.of(outlet, _RULES[measure].of)
            yield from _judge_share(source, past, _RULES[measure], key, totals)


def _find_unregistered(source: str, past: Past) -> Iterator[Finding]:
    for key in past.history.keys_on(past.position):
        if key[1] == UNREGISTERED_RULE.measure:
            totals = past.history.of(key[0], UNREGISTERED_RULE.of)
            yield from _judge_share(source, past, UNREGISTERED_RULE, key, totals)


def _judge_share(
    source: str, past: Past, rule: ShareRule, key: Key, totals: Counts
) -> Iterator[Finding]:
    counts = past.history.counts[key]
    example = past.history.examples[past.day, key]
    yield from _compare_share(source, past, rule, key, (counts, totals, example))


def _compare_share(
    source: str, past: Past, rule: ShareRule, key: Key, counted: tuple[Counts, Counts, str]
) -> Iterator[Finding]:
    counts, totals, example = counted
    count, total = past.today(counts), past.today(totals)
    if count < SHARE_MIN_COUNT:
        return
    allowed = share_range(past.before(counts), past.before(totals), total, rule.variation)
    if allowed is None or allowed.allows(count):
        return
    yield Finding(
        measure=rule.label.format(key[2]),
        value=f"{count / total:.0%} of {total:,} {_BASES[rule.of]}",
        expected=f"at most {allowed.high / total:.0%} (usual {allowed.usual / total:.0%})",
        advice=rule.advice.format(example=example),
        holds=rule.holds,
        source=source,
        outlet=key[0] or None,
        landing_date=past.day,
        number=count / total,
        beyond="high",
    )


_BASES = {"documents": "documents", "accepted": "accepted records"}


def _find_lengths(source: str, past: Past) -> Iterator[Finding]:
    by_step: dict[str, dict[int, Counts]] = {}
    for (outlet, measure, value), counts in past.history.counts.items():
        if measure == "words":
            by_step.setdefault(outlet, {})[int(value)] = counts
    for outlet, steps in sorted(by_step.items()):
        histogram = np.zeros((len(past.history.days), max(steps) + 1), dtype="int64")
        for step, counts in steps.items():
            histogram[:, step] = counts
        today, before = histogram[past.position], past.before(histogram)
        if today.sum() >= LENGTH_MIN_TEXTS and before.sum():
            yield from _judge_length(source, past, outlet, before, today)
            yield from _judge_short(source, past, outlet, histogram)


def _judge_length(
    source: str, past: Past, outlet: str, before: Counts, today: Counts
) -> Iterator[Finding]:
    lengths = compare_lengths(before, today)
    if lengths is None or lengths.allowed.allows(lengths.typical):
        return
    allowed = lengths.allowed
    yield Finding(
        measure="typical length of texts",
        value=f"{_words(lengths.typical):,.0f} words in {today.sum():,} accepted records",
        expected=f"{_words(allowed.low):,.0f} to {_words(allowed.high):,.0f} words "
        f"(usual {_words(allowed.usual):,.0f})",
        advice=_RULES["short"].advice.format(example=_example(past, outlet)),
        holds=_RULES["short"].holds,
        source=source,
        outlet=outlet or None,
        landing_date=past.day,
        number=_words(lengths.typical),
        beyond="low" if lengths.typical < allowed.low else "high",
    )


def _judge_short(source: str, past: Past, outlet: str, histogram: Counts) -> Iterator[Finding]:
    pooled = past.before(histogram).sum(axis=0)
    limit = int(quantile_of_steps(pooled, LENGTH_SHORT_QUANTILE))
    short = histogram[:, :limit].sum(axis=1)
    key = (outlet, "short", f"{_words(limit):,.0f}")
    counted = (short, histogram.sum(axis=1), _example(past, outlet))
    yield from _compare_share(source, past, _RULES["short"], key, counted)


def _example(past: Past, outlet: str) -> str:
    return past.history.examples[past.day, (outlet, "accepted", "")]


def _words(step: float) -> float:
    words: Any = 2 ** (step / LENGTH_STEPS_PER_OCTAVE)
    return float(words)
