"""Files of rates as central banks publish them."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.normalize.rates.formats import read_rates
from tasks.normalize.rates.table import Rate, RatesFileError, read_table, write_table
from tasks.normalize.rates.value import load_rates

ECB_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time='2024-03-05'><Cube currency='USD' rate='1.0849'/>
<Cube currency='JPY'
rate='162.91'/></Cube>
<Cube time='2024-03-04'><Cube currency='USD' rate='1.0846'/></Cube></Cube></gesmes:Envelope>"""

CBAR_XML = """<?xml version="1.0" encoding="UTF-8"?>
<ValCurs Date="05.03.2024" Name="AZN" Description="rates">
<ValType Type="Bank metalları"><Valute Code="XAU"><Nominal>1
t.u.</Nominal><Name>Qızıl</Name>
<Value>3550</Value></Valute></ValType> <ValType Type="Xarici
valyutalar"> <Valute Code="USD"><Nominal>1</Nominal><Name>1 ABŞ
dolları</Name><Value>1.7</Value></Valute> <Valute Code="RUB"><Nominal>100</Nominal><Name>100
Rusiya rublu</Name><Value>1.86</Value></Valute> </ValType></ValCurs>""".encode()

CBR_XML = """<?xml version="1.0" encoding="windows-1251"?>
<ValCurs Date="05.03.2024" name="Foreign Currency Market">
<Valute ID="R01235">
<NumCode>840</NumCode><CharCode>USD</CharCode><Nominal>1</Nominal><Name>Доллар
США</Name><Value>91,3336</Value></Valute> <Valute
ID="R01060">
<NumCode>051</NumCode><CharCode>AMD</CharCode><Nominal>100</Nominal><Name>Армянских
драмов</Name><Value>22,5630</Value></Valute> </ValCurs>""".encode("windows-1251")

ECB_CSV = b"Date,USD,JPY,RUB,\n2024-03-05,1.0849,162.91,N/A,\n2022-03-01,1.1162,128.66,117.201,\n"

DAY = date(2024, 3, 5)


def _by_code(rates: list[Rate]) -> dict[tuple[date, str], Decimal]:
    return {(rate.rate_date, rate.currency): rate.units_per_base for rate in rates}


@pytest.mark.parametrize("file_format", [None, "ecb-xml"])
def test_ecb_xml(file_format: str | None) -> None:
    rates = read_rates(ECB_XML, file_format)
    assert _by_code(rates)[DAY, "JPY"] == Decimal("162.91")
    assert _by_code(rates)[date(2024, 3, 4), "USD"] == Decimal("1.0846")
    assert {(rate.base, rate.source) for rate in rates} == {("EUR", "ECB")}


def test_ecb_csv_has_holes_and_a_comma_at_the_end() -> None:
    rates = _by_code(read_rates(ECB_CSV))
    assert rates[date(2022, 3, 1), "RUB"] == Decimal("117.201")
    assert (DAY, "RUB") not in rates
    assert len(rates) == 5


def test_cbar_gives_manats_per_nominal_and_metals_are_passed_over() -> None:
    rates = _by_code(read_rates(CBAR_XML))
    assert rates.keys() == {(DAY, "USD"), (DAY, "RUB")}
    assert round(1 / rates[DAY, "USD"], 6) == Decimal("1.7")
    assert round(1 / rates[DAY, "RUB"], 6) == Decimal("0.0186")


def test_cbr_is_windows_1251_with_decimal_commas() -> None:
    rates = read_rates(CBR_XML)
    assert round(1 / _by_code(rates)[DAY, "USD"], 4) == Decimal("91.3336")
    assert round(1 / _by_code(rates)[DAY, "AMD"], 6) == Decimal("0.225630")
    assert {(rate.base, rate.source) for rate in rates} == {("RUB", "CBR")}


def test_a_table_written_is_read_back() -> None:
    rates = read_rates(CBR_XML) + read_rates(ECB_XML)
    assert _by_code(read_table(write_table(rates))) == _by_code(rates)
    assert write_table(read_table(write_table(rates))) == write_table(rates)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "columns missing"),
        (b"<html>Too many requests</html>", "no rates"),
        (b"<ValCurs Date='05.03.2024'><Valute Code='USD'>", "not XML"),
        (b"<ValCurs Date='05.13.2024'></ValCurs>", "not a day"),
        (b"Date,USD,\n2024-03-05,abc,\n", "not a rate"),
        (b"Date,USD,\n05/03/2024,1.08,\n", "not a day"),
        (b"rate_date,currency\n2024-03-05,USD\n", "columns missing: base"),
        (b"rate_date,currency,base,units_per_base,source\n2024-03-05,USD,EUR,0,x\n", "line 2"),
        (b"rate_date,currency,base,units_per_base,source\n2024-03-05,usd,EUR,1.1,x\n", "line 2"),
        (b"rate_date,currency,base,units_per_base,source\n2024-03-05,USD,EUR,NaN,x\n", "line 2"),
        (
            b"rate_date,currency,base,units_per_base,source,frequency\n2024-03-05,USD,EUR,1.1,x,yearly\n",
            "line 2",
        ),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_file_that_is_not_rates_is_refused_with_the_place(content: bytes, message: str) -> None:
    with pytest.raises(RatesFileError, match=message):
        read_rates(content)


def test_every_fault_of_a_table_is_told_with_file_line_and_value(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "rate_date,currency,base,units_per_base,source\n"
        "2024-03-05,USD,EUR,1.08,own\n"
        "2024-03-05,EURO,EUR,1.08,own\n"
        "5.3.2024,GBP,EUR,0.86,own\n"
        "2024-03-05,GBP,EUR,0.86 £,own\n"
        "2024-03-05,USD,EUR,1.09,own\n"
        "2024-03-05,USD,EUR,1.080,own\n",
        encoding="utf-8",
    )
    with pytest.raises(RatesFileError) as raised:
        load_rates([path])
    assert str(raised.value).splitlines() == [
        f"{path}:3: not a currency code: 'EURO'",
        f"{path}:4: not a day: '5.3.2024'",
        f"{path}:5: not a rate: '0.86 £'",
        f"{path}:6: USD on 2024-03-05 is 1.09, and in line 2 1.08",
    ]
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(RatesFileError, match=f"^{re.escape(str(path))}: not UTF-8"):
        load_rates([path])


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(RatesFileError, match="not a format"):
        read_rates(ECB_CSV, "imf")
