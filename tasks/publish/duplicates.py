"""Near-duplicates: which article each article repeats.

An article repeats the earliest article of the 72 hours before it, of any outlet, that holds nearly
all of its text and does not contradict its numbers. The comparison has a direction: a copy with its
tail cut off is all in the original; an update that adds a third to the story is not in the first
report, and stands.

No chain is followed: where C is near B and B is near A, C points to A only if it is itself near A
within 72 hours, else to B. So every pointer says what it says: this text stood there before.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.normalize.signatures import TEXT_SLOTS

WINDOW = np.timedelta64(72, "h")
# The share of the later text's shingles that the earlier one holds. At 0.75 half of the short
# copies under an intro and a footer of the site's own are lost (benchmarks/duplicates.py); under
# 0.67 a story that grew by half would be a copy.
MIN_CONTAINED = 0.7
# Two texts below this differ too much in length to be near-identical. The bands below would also
# miss too many such pairs.
MIN_SIMILARITY = 0.4
# Numbers are compared only where both texts have several. Then the texts must share most of those
# that the one with fewer has. Reports made from one template share its own numbers (prices, years).
MIN_NUMBERS = 4
MIN_NUMBERS_SHARED = 0.6

# Two texts are compared where all slots of a band agree: with 32 bands of 4, a pair of similarity
# 0.5 is found 87 times in 100, of 0.6 99 times, of 0.1 hardly ever (1 - (1 - s^4)^32).
_BAND_SLOTS = 4
# The limit on comparisons of one article within one band. A bucket with more articles that are not
# near holds texts made from one template; a copy of one of these shares a rarer band with it.
_MAX_COMPARISONS = 16
# Pairs compared at once: 4 MB of slots.
_CHUNK = 8_192

Indices = npt.NDArray[np.intp]
Signatures = npt.NDArray[np.void]


def find_duplicates(
    article_ids: npt.NDArray[Any],
    published: npt.NDArray[np.datetime64],
    signatures: Signatures,
) -> Indices:
    """Returns for each article the position of the article that it repeats, or -1.

    The outcome depends on the set of articles only, not on their order: the earlier of two is the
    one with the smaller (published, article_id).

    Args:
        article_ids: unique ids, strings or numbers.
        published: instants in UTC; the day's start where only a day is known.
        signatures: rows of `SIGNATURE`; one without shingles takes no part.
    """
    compared = np.flatnonzero(signatures["shingles"])
    order = compared[np.lexsort((article_ids[compared], published[compared]))]
    times = published[order]
    earliest = np.full(len(order), len(order), dtype=np.intp)
    for start in range(0, TEXT_SLOTS, _BAND_SLOTS):
        band = np.ascontiguousarray(signatures["text"][:, start : start + _BAND_SLOTS])
        keys = band.view(np.uint64).ravel()[order]
        for rows, candidates in _candidates(keys, times):
            worth = candidates < earliest[rows]
            later, earlier = rows[worth], candidates[worth]
            near = are_near(signatures, order[earlier], order[later])
            earliest[later[near]] = earlier[near]
    found = np.flatnonzero(earliest < len(order))
    repeated = np.full(len(article_ids), -1, dtype=np.intp)
    repeated[order[found]] = order[earliest[found]]
    return repeated


def _candidates(
    keys: npt.NDArray[np.uint64], times: npt.NDArray[np.datetime64]
) -> Iterator[tuple[Indices, Indices]]:
    """Yields rows beside the first, second, third… row of their bucket within the window.

    Rows are in the order of time.
    """
    by_key = np.argsort(keys, kind="stable")
    ordered = keys[by_key]
    # Most keys are of one row; no more is made of these.
    shared = np.zeros(len(keys), dtype=np.bool_)
    repeats = ordered[1:] == ordered[:-1]
    shared[1:] |= repeats
    shared[:-1] |= repeats
    rows, ordered = by_key[shared], ordered[shared]
    del by_key
    buckets = np.cumsum(np.r_[False, ordered[1:] != ordered[:-1]][: len(ordered)])
    first = _first_in_window(buckets, times[rows])
    own = np.arange(len(rows))
    for _ in range(_MAX_COMPARISONS):
        waiting = first < own
        own, first = own[waiting], first[waiting]
        if not len(own):
            return
        yield rows[own], rows[first]
        first = first + 1


def _first_in_window(buckets: Indices, times: npt.NDArray[np.datetime64]) -> Indices:
    """Returns for each row, sorted by bucket and time, the first of its bucket in its window."""
    if not len(times):
        return np.zeros(0, dtype=np.intp)
    # Seconds are cut off by the clock, not counted from the first of these rows. So a row's window
    # is the same whatever other rows are compared.
    seconds = times.astype("datetime64[s]").astype(np.int64)
    ticks = seconds - seconds.min()
    span = int(ticks.max()) + 1
    back = np.maximum(ticks - int(WINDOW / np.timedelta64(1, "s")), 0)
    first: Indices = np.searchsorted(buckets * span + ticks, buckets * span + back)
    return first


def are_near(signatures: Signatures, earlier: Indices, later: Indices) -> npt.NDArray[np.bool_]:
    """Tells for pairs of rows whether the later text is nearly all in the earlier one."""
    near = np.zeros(len(earlier), dtype=np.bool_)
    for start in range(0, len(earlier), _CHUNK):
        pairs = slice(start, start + _CHUNK)
        alike = start + np.flatnonzero(_are_alike(signatures, earlier[pairs], later[pairs]))
        near[alike] = _share_numbers(signatures, earlier[alike], later[alike])
    return near


def _are_alike(signatures: Signatures, earlier: Indices, later: Indices) -> npt.NDArray[np.bool_]:
    similarity = _similarity(signatures["text"], earlier, later)
    shared = _shared(similarity, signatures["shingles"], earlier, later)
    contained = shared >= MIN_CONTAINED * signatures["shingles"][later]
    alike: npt.NDArray[np.bool_] = contained & (similarity >= MIN_SIMILARITY)
    return alike


def _share_numbers(
    signatures: Signatures, earlier: Indices, later: Indices
) -> npt.NDArray[np.bool_]:
    counts = signatures["numbers"]
    fewer = np.minimum(counts[earlier], counts[later])
    shared = _shared(_similarity(signatures["number"], earlier, later), counts, earlier, later)
    sharing: npt.NDArray[np.bool_] = (fewer < MIN_NUMBERS) | (shared >= MIN_NUMBERS_SHARED * fewer)
    return sharing


def _similarity(slots: Any, earlier: Indices, later: Indices) -> npt.NDArray[np.float64]:
    """Estimates the Jaccard similarity of two sets: the share of their slots that agree."""
    agreeing: npt.NDArray[np.float64] = (slots[earlier] == slots[later]).mean(axis=1)
    return agreeing


def _shared(
    similarity: npt.NDArray[np.float64], counts: Any, earlier: Indices, later: Indices
) -> npt.NDArray[np.float64]:
    """Estimates how many features two sets share: s = |A∩B| / |A∪B|, |A∪B| = |A| + |B| - |A∩B|."""
    total: npt.NDArray[np.float64] = counts[earlier].astype(np.float64) + counts[later]
    return similarity * total / (1 + similarity)
