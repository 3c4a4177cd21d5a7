"""How an expected answer is compared with a staged record, field by field."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Record = dict[str, Any]
Compare = Callable[[Any, Record], Iterator[str]]


def _differs(field: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"  {field}:\n    expected {expected!r}\n    found    {found!r}"


def _field(name: str) -> Compare:
    return lambda expected, record: _differs(name, expected, record[name])


def _list(name: str) -> Compare:
    return lambda expected, record: _differs(name, expected, list(record[name] or ()))


def _title(expected: str, record: Record) -> Iterator[str]:
    yield from _differs("title", expected, " ".join((record["title"] or "").split()))


def _language(expected: str | list[str], record: Record) -> Iterator[str]:
    if record["language"] not in (expected if isinstance(expected, list) else [expected]):
        yield from _differs("language", expected, record["language"])


def _published(expected: str | None, record: Record) -> Iterator[str]:
    if expected is None:
        yield from _differs("published_date", None, record["published_date"])
        return
    day = date.fromisoformat(expected[:10])
    yield from _differs("published_date", day, record["published_date"])
    if len(expected) > len("2024-03-05"):
        found = record["published_at"]
        if found is None or found != datetime.fromisoformat(expected):
            yield from _differs("published_at", expected, found and found.isoformat())


def _modified(expected: str, record: Record) -> Iterator[str]:
    found = record["modified_at"]
    if found is None or found != datetime.fromisoformat(expected):
        yield from _differs("modified_at", expected, found and found.isoformat())


def _outlet_id(expected: str | None, record: Record) -> Iterator[str]:
    found = record["outlet_id"]
    kind = found and ("derived" if found.startswith("~") else "registered")
    if kind != expected:
        yield from _differs("outlet_id", expected, found)


def _text_begins(expected: str, record: Record) -> Iterator[str]:
    text = record["text"] or ""
    if not text.startswith(expected):
        yield from _differs("text begins", expected, text[: len(expected) + 40])


def _text_ends(expected: str, record: Record) -> Iterator[str]:
    text = (record["text"] or "").rstrip()
    if not text.endswith(expected):
        yield from _differs("text ends", expected, text[-len(expected) - 40 :])


def _text_contains(expected: list[str], record: Record) -> Iterator[str]:
    for part in expected:
        if part not in (record["text"] or ""):
            yield f"  text lacks {part!r}"


def _text_excludes(expected: list[str], record: Record) -> Iterator[str]:
    for part in expected:
        if part in (record["text"] or ""):
            yield f"  text holds {part!r}, which is not of the article"


def _money(expected: list[list[str | None]], record: Record) -> Iterator[str]:
    wanted = [
        (surface, _decimal(low), _decimal(high), code) for surface, low, high, code in expected
    ]
    found = [
        (
            row["surface"],
            row["amount"].normalize(),
            _decimal(row["amount_high"]),
            row["currency_code"],
        )
        for row in record["money"] or ()
        if row["kind"] == "mention"
    ]
    yield from _differs("money", wanted, found)


def _quotes(expected: list[list[str]], record: Record) -> Iterator[str]:
    wanted = [(unit, _decimal(rate), code) for unit, rate, code in expected]
    found = [
        (row["currency_code"], _decimal(row["amount"]), row["quote_currency_code"])
        for row in record["money"] or ()
        if row["kind"] == "quote"
    ]
    yield from _differs("quotes", sorted(wanted, key=str), sorted(found, key=str))


def _decimal(value: str | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value).normalize()


COMPARISONS: dict[str, Compare] = {
    "fate": _field("fate"),
    "reasons": _list("reasons"),
    "title": _title,
    "authors": _list("authors"),
    "language": _language,
    "published": _published,
    "precision": _field("published_precision"),
    "modified": _modified,
    "outlet_name": _field("outlet_name"),
    "outlet_id": _outlet_id,
    "outlet_domain": _field("outlet_domain"),
    "wire": _field("wire"),
    "section": _field("section"),
    "description": _field("description"),
    "tags": _list("tags"),
    "dateline_place": _field("dateline_place"),
    "text_begins": _text_begins,
    "text_ends": _text_ends,
    "text_contains": _text_contains,
    "text_excludes": _text_excludes,
    "money": _money,
    "quotes": _quotes,
}
