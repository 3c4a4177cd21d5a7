"""The value of an amount in US dollars on a day."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.rate_statuses import RateStatus
from tasks.normalize.rates.embedded_rates import EcbHistory, nbp_tables
from tasks.normalize.rates.table import TableSource, read_table
from tasks.normalize.rates.value import Rates, UsdValue, load_rates, usd_value

TABLE = """rate_date,currency,base,units_per_base,source,frequency
2024-03-01,USD,EUR,1.10,Bank,daily
2024-03-01,GBP,EUR,0.88,Bank,daily
2024-03-04,GBP,EUR,0.80,Bank,daily
2024-03-05,USD,EUR,1.20,Bank,daily
2024-03-20,USD,EUR,1.20,Bank,daily
2024-03-20,GBP,EUR,0.90,Bank,daily
2024-03-06,USD,PLN,0.25,Weekly,weekly
2024-03-06,AZN,PLN,0.40,Weekly,weekly
"""


@pytest.fixture
def rates() -> Rates:
    return Rates(TableSource.of(read_table(TABLE), "digest"), with_embedded=False)


def _value(rates: Rates, code: str | None, day: str | None, amount: str = "100") -> UsdValue:
    return usd_value(Decimal(amount), code, date.fromisoformat(day) if day else None, rates)


def test_both_legs_are_of_the_newest_day_that_has_both(rates: Rates) -> None:
    value = _value(rates, "GBP", "2024-03-06")
    assert (value.rate, value.rate_date, value.source) == (
        Decimal("1.25"),
        date(2024, 3, 1),
        "Bank",
    )
    assert value.usd_amount == 125


def test_the_base_itself_has_a_value(rates: Rates) -> None:
    assert _value(rates, "EUR", "2024-03-05").usd_amount == 120


def test_us_dollars_are_worth_themselves(rates: Rates) -> None:
    value = _value(rates, "USD", "1950-01-01", "2.50")
    assert (value.usd_amount, value.rate, value.source) == (Decimal("2.50"), 1, "unit")


@pytest.mark.parametrize(
    ("code", "day", "status"),
    [
        (None, "2024-03-06", RateStatus.NO_CURRENCY),
        ("GBP", None, RateStatus.NO_DATE),
        ("KZT", "2024-03-06", RateStatus.NO_SOURCE),
        ("GBP", "2024-02-29", RateStatus.BEFORE_FIRST),
        ("GBP", "2024-03-08", RateStatus.OK),  # seven days
        ("GBP", "2024-03-09", RateStatus.STALE),  # eight
        ("GBP", "2024-03-27", RateStatus.OK),
        ("GBP", "2024-03-28", RateStatus.AFTER_LAST),
        ("AZN", "2024-03-20", RateStatus.OK),  # weekly: fourteen days
        ("AZN", "2024-03-21", RateStatus.AFTER_LAST),
    ],
)
def test_statuses(rates: Rates, code: str | None, day: str | None, status: RateStatus) -> None:
    value = _value(rates, code, day)
    assert value.status is status
    assert (value.usd_amount is not None) == (status is RateStatus.OK)


def test_amount_times_rate_is_the_value_as_published(rates: Rates) -> None:
    value = _value(rates, "AZN", "2024-03-06", "1234567.89")
    assert value.usd_amount is not None
    assert value.rate is not None
    assert value.usd_amount == (Decimal("1234567.89") * value.rate).quantize(Decimal("1E-6"))


def test_an_amount_of_28_digits_is_valued_exactly(rates: Rates) -> None:
    assert _value(rates, "EUR", "2024-03-05", "9" * 28).usd_amount == Decimal(
        "11999999999999999999999999998.8"
    )


def test_a_users_file_goes_before_the_embedded_rates(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(TABLE)
    loaded = load_rates([own])
    assert _value(loaded, "EUR", "2024-03-05").source == "Bank"
    assert _value(loaded, "EUR", "2023-03-03").source == "ECB"


def test_the_digest_changes_with_the_files(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(TABLE)
    first = load_rates([own]).digest()
    assert first == load_rates([own]).digest()
    assert first != load_rates().digest()
    own.write_text(TABLE.replace("1.10", "1.11"))
    assert load_rates([own]).digest() != first


class TestEmbedded:
    """The packages' data, at days that are known from the banks' publications."""

    rates = load_rates()

    def test_the_ecb_on_a_weekend_is_fridays(self) -> None:
        value = _value(self.rates, "EUR", "2024-09-22", "1")
        assert (value.rate, value.rate_date, value.source) == (
            Decimal("1.1166"),
            date(2024, 9, 20),
            "ECB",
        )

    def test_roubles_after_march_2022_are_not_the_ecbs_last(self) -> None:
        value = _value(self.rates, "RUB", "2025-03-01", "1000")
        assert value.source == "NBP"
        assert value.rate_date is not None
        assert value.rate_date >= date(2025, 2, 15)
        assert value.usd_amount is not None
        assert 10 < value.usd_amount < 13

    @pytest.mark.parametrize(
        ("code", "low", "high"),
        [
            ("AZN", "0.58", "0.60"),
            ("AMD", "0.0024", "0.0027"),
            ("GEL", "0.36", "0.39"),
            ("KZT", "0.0021", "0.0024"),
            ("UAH", "0.023", "0.027"),
            ("AED", "0.271", "0.274"),
        ],
    )
    def test_currencies_that_the_ecb_lacks(self, code: str, low: str, high: str) -> None:
        value = _value(self.rates, code, "2024-05-05", "1")
        assert value.source == "NBP"
        assert value.rate is not None
        assert Decimal(low) < value.rate < Decimal(high)

    def test_lira_is_the_new_one_only(self) -> None:
        assert _value(self.rates, "TRY", "2003-01-01").status is RateStatus.BEFORE_FIRST

    def test_a_currency_that_ended_is_not_carried_on(self) -> None:
        assert _value(self.rates, "HRK", "2024-01-01").status is RateStatus.AFTER_LAST

    def test_days_after_the_packages_data_have_no_value(self) -> None:
        assert _value(self.rates, "EUR", "2199-01-01").status is RateStatus.AFTER_LAST
        assert _value(self.rates, "AZN", "2199-01-01").status is RateStatus.AFTER_LAST


def test_an_ecb_history_in_any_order_is_read() -> None:
    history = EcbHistory(
        b"Date,USD,JPY,\n2024-03-01,1.1,160,\n2024-03-05,N/A,161,\n2024-03-04,1.2,N/A,\n"
    )
    found = history.newest_on_or_before("EUR", date(2024, 3, 6), date(2024, 2, 1))
    assert found == (date(2024, 3, 4), Decimal(1), Decimal("1.2"))
    yen = history.newest_on_or_before("JPY", date(2024, 3, 6), date(2024, 2, 1))
    assert yen == (date(2024, 3, 1), Decimal(160), Decimal("1.1"))
    assert history.span("JPY") == (date(2024, 3, 1), date(2024, 3, 5))


def test_a_currency_without_a_rate_spans_no_days() -> None:
    history = EcbHistory(b"Date,USD,TRL,\n2024-03-01,1.1,N/A,\n2024-03-04,1.2,N/A,\n")
    assert history.span("TRL") is None
    assert history.span("USD") == (date(2024, 3, 1), date(2024, 3, 4))


@pytest.mark.parametrize("currency", ["USD", "ZWL", "LTL"])
def test_a_span_is_from_the_first_to_the_last_day_with_a_rate(currency: str) -> None:
    tables = nbp_tables()
    days = [date(1984, 1, 1) + timedelta(days=number) for number in range(16_000)]
    has_rate = [day for day in days if tables.newest_on_or_before(currency, day, day)]
    assert tables.span(currency) == ((has_rate[0], has_rate[-1]) if has_rate else None)
