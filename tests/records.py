"""A record that meets every expectation, for tests to change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from tasks.normalize.record import MoneyRow, Record

GOOD_MONEY = MoneyRow(
    start=0,
    end=9,
    surface="5 million",
    kind="mention",
    amount=Decimal("5000000"),
    amount_high=Decimal("6000000"),
    currency_code="USD",
    currency_rule="code",
    quote_currency_code=None,
    is_ambiguous=False,
    usd_amount=Decimal("5000000"),
    usd_rate=Decimal(1),
    usd_rate_date=date(2024, 3, 1),
    usd_rate_source="ecb",
    usd_status="ok",
)
GOOD = Record(
    fate="accepted",
    reasons=(),
    detail="",
    form="html",
    article_id="0123456789abcdef0123",
    url="http://harbourpost.example/a",
    canonical_url="https://harbourpost.example/a",
    outlet_id="~harbourpost.example",
    outlet_name="Harbour Post",
    outlet_country="AZ",
    language="en",
    title="A title",
    text="5 million dollars for a quay.",
    word_count=6,
    published_at=datetime(2024, 3, 1, 9, 30, tzinfo=UTC),
    published_date=date(2024, 3, 1),
    published_precision="minute",
    published_source="json_ld",
    published_offset_minutes=240,
    fetched_at=datetime(2024, 3, 1, 12, 0, tzinfo=UTC),
    content_digest="0" * 64,
    money_count=1,
    raw_path="a.html",
    raw_offset=0,
    raw_digest="f" * 64,
    landing_date=date(2024, 3, 1),
    money=(GOOD_MONEY,),
)


def consistent(record: Record) -> Record:
    """Returns a record whose amounts are counted, and valued on its day.

    One that contradicts itself is quarantined, whatever else a test is about.
    """
    money = tuple(replace(row, usd_rate_date=record.published_date) for row in record.money)
    return replace(record, money=money, money_count=len(money))


def dated(record: Record, day: date) -> Record:
    """Returns a record that was published on another day, in the morning."""
    instant = datetime.combine(day, time(9, 30), UTC)
    return consistent(replace(record, published_date=day, published_at=instant))
