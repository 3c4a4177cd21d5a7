"""Which articles repeat others, over any number of articles in the order of time."""

from collections.abc import Sequence

import numpy as np

from tasks.normalize.signatures import SIGNATURE
from tasks.publish.blank_rows import blank_rows
from tasks.publish.duplicates import find_duplicates
from tasks.publish.latest import Articles, Positions, read_signatures
from tasks.publish.periods import search_start
from tasks.storage.warehouse import Warehouse

# Articles that are searched for duplicates at once: 40 MB of signatures.
SEARCHED_AT_ONCE = 100_000


def find_originals(warehouse: Warehouse, batches: Sequence[str], articles: Articles) -> Positions:
    """Returns which of some articles each repeats, -1 for most; the first may repeat earlier ones.

    Compared at once are the articles of 72 hours, and as many that may repeat them.
    """
    originals = np.full(len(articles), -1, dtype=np.intp)
    instants = np.ascontiguousarray(articles["published_at"])
    first = 0
    while first < len(articles):
        context = int(np.searchsorted(instants, search_start(int(instants[first]))))
        last = max(context + SEARCHED_AT_ONCE, 2 * first - context, first + 1)
        some = articles[context:last]
        found = _find_among(warehouse, batches, some)[first - context :]
        originals[first:last] = np.where(found < 0, -1, found + context)
        first = last
    return originals


def _find_among(warehouse: Warehouse, batches: Sequence[str], articles: Articles) -> Positions:
    signatures = blank_rows(warehouse, SIGNATURE, len(articles))
    read_signatures(warehouse, batches, articles, signatures)
    return find_duplicates(
        # Articles are already in the order of (published, article_id).
        np.arange(len(articles)),
        articles["published_at"].astype("datetime64[us]"),
        signatures,
    )
