"""Finding what looked like money in a text and is none, by the rules that read money."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tasks.inspect.explained_amounts import RejectedAmount, RejectedGroup, words_around
from tasks.normalize.currencies.grounds import Ground
from tasks.normalize.currencies.mentions import find_mentions
from tasks.normalize.currencies.quotes import read_quotes
from tasks.normalize.currencies.rejected import find_rejected

# Groups show so many; a page of results has thousands of numbers.
_MAX_SHOWN = 100
_NOT_STAGED = "an amount by today's rules, not by those of the version that read the document"


def list_rejected(record: dict[str, Any]) -> tuple[RejectedGroup, ...]:
    """Returns what the reader of money looked at in a staged record's text, and left out.

    staged/ keeps accepted amounts only, so its text is read again, by the rules of today.
    """
    groups: dict[tuple[bool, str, str], list[RejectedAmount]] = {}
    for has_currency, rule, meaning, amount in (*_in_text(record), *_in_tickers(record)):
        groups.setdefault((not has_currency, rule, meaning), []).append(amount)
    return tuple(
        RejectedGroup(
            rule=rule,
            meaning=meaning,
            amounts=tuple(amounts[:_MAX_SHOWN]),
            count=len(amounts),
            has_currency=not is_bare,
        )
        for (is_bare, rule, meaning), amounts in sorted(groups.items(), key=lambda item: item[0][0])
    )


_Row = tuple[bool, str, str, RejectedAmount]


def _in_text(record: dict[str, Any]) -> Iterator[_Row]:
    text = record["text"] or ""
    document = (text, record["language"], record["outlet_country"], record["published_date"])
    staged = [(m["start"], m["end"]) for m in record["money"] or () if m["start"] is not None]
    for rejected in find_rejected(*document):
        if not _overlaps(rejected.start, rejected.end, staged):
            amount = _in_context(text, rejected.start, rejected.end)
            yield rejected.has_currency, rejected.ground.value, rejected.ground.description, amount
    for mention in find_mentions(*document):
        assert mention.start is not None
        assert mention.end is not None
        if not _overlaps(mention.start, mention.end, staged):
            amount = _in_context(text, mention.start, mention.end)
            yield True, "not_staged", _NOT_STAGED, amount


def _in_tickers(record: dict[str, Any]) -> Iterator[_Row]:
    for ticker in json.loads(record["extraction"] or "{}").get("quotes", ()):
        if not read_quotes([ticker], record["outlet_country"]):
            ground = Ground.NO_RATES
            yield True, ground.value, ground.description, RejectedAmount(text=ticker)


def _in_context(text: str, start: int, end: int) -> RejectedAmount:
    before, behind = words_around(text, start, end)
    surface = text[start:end].replace("\n", " ")
    return RejectedAmount(text=surface, before=before, behind=behind)


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)
