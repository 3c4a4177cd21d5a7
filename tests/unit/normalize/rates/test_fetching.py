"""Fetching rates, against a server of our own."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from newsmill.rates import rates


def _cbar(day: str, dollar: str) -> bytes:
    row = f"<Valute Code='USD'><Nominal>1</Nominal><Value>{dollar}</Value></Valute>"
    return f"<ValCurs Date='{day}'>{row}</ValCurs>".encode()


PAGES = {
    "/2024-03-04.xml": _cbar("04.03.2024", "1.7"),
    # A holiday: the bank answers with the day before.
    "/2024-03-05.xml": _cbar("04.03.2024", "1.7"),
    "/2024-03-06.xml": _cbar("06.03.2024", "1.71"),
    "/hist.csv": b"Date,USD,\n2024-03-06,1.2,\n2024-03-05,1.1,\n2024-03-04,1.0,\n",
    "/broken.xml": b"<html>Service unavailable",
}


class _Bank(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def bank() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bank)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def _fetch(*arguments: str) -> Result:
    return CliRunner().invoke(rates, ["fetch", *arguments])


def _spanned(since: str, until: str) -> list[str]:
    return ["--since", since, "--until", until]


def test_a_document_a_day_is_kept_under_its_own_date(bank: str, tmp_path: Path) -> None:
    out = tmp_path / "rates" / "cbar.csv"
    url = bank + "/%Y-%m-%d.xml"
    result = _fetch("cbar", "--url", url, *_spanned("2024-03-04", "2024-03-06"), "--out", str(out))
    assert result.exit_code == 0, result.output
    lines = out.read_text().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["2024-03-04", "2024-03-06"]
    assert [path.name for path in out.parent.iterdir()] == ["cbar.csv"]


def test_a_second_fetch_keeps_what_the_table_has(bank: str, tmp_path: Path) -> None:
    out = tmp_path / "ecb.csv"
    arguments = ["ecb", "--url", bank + "/hist.csv", "--format", "ecb-csv", "--out", str(out)]
    assert _fetch(*arguments, *_spanned("2024-03-04", "2024-03-04")).exit_code == 0
    assert _fetch(*arguments, *_spanned("2024-03-06", "2024-03-06")).exit_code == 0
    assert [line.split(",")[0] for line in out.read_text().splitlines()[1:]] == [
        "2024-03-04",
        "2024-03-06",
    ]


def test_without_a_first_day_a_fetch_goes_on_where_the_table_ends(
    bank: str, tmp_path: Path
) -> None:
    out = tmp_path / "ecb.csv"
    arguments = ["ecb", "--url", bank + "/hist.csv", "--format", "ecb-csv", "--out", str(out)]
    assert "1 rates of 1 days" in _fetch(*arguments, "--until", "2024-03-04").output
    assert "2 rates of 2 days, 2024-03-06" in _fetch(*arguments, "--until", "2024-03-06").output
    table = out.read_bytes()
    weekend = _fetch(*arguments, "--until", "2024-03-07")
    assert weekend.exit_code == 0
    assert "no rates newer than 2024-03-06" in weekend.output
    assert out.read_bytes() == table


def test_the_table_is_what_show_reads(bank: str, tmp_path: Path) -> None:
    out = tmp_path / "ecb.csv"
    arguments = ["ecb", "--url", bank + "/hist.csv", "--format", "ecb-csv", "--out", str(out)]
    assert _fetch(*arguments, *_spanned("2024-03-04", "2024-03-06")).exit_code == 0
    shown = CliRunner().invoke(rates, ["show", "eur", "2024-03-05", "--rates", str(out)])
    assert shown.output == "1 EUR = 1.100000000000 USD (ECB, 2024-03-05)\n"


@pytest.mark.parametrize(
    ("page", "message"),
    [("/absent.xml", "404"), ("/broken.xml", "not XML")],
)
def test_a_failed_fetch_says_where_and_writes_nothing(
    bank: str, tmp_path: Path, page: str, message: str
) -> None:
    out = tmp_path / "cbar.csv"
    result = _fetch(
        "cbar", "--url", bank + page, *_spanned("2024-03-04", "2024-03-04"), "--out", str(out)
    )
    assert result.exit_code == 1
    assert message in result.output
    assert page in result.output
    assert not out.exists()


def test_only_web_addresses_are_fetched(tmp_path: Path) -> None:
    result = _fetch("cbar", "--url", "file:///etc/hostname", "--out", str(tmp_path / "x.csv"))
    assert result.exit_code == 1
    assert "not a web address" in result.output


def test_since_after_until_is_a_usage_error(tmp_path: Path) -> None:
    result = _fetch("ecb", *_spanned("2024-03-06", "2024-03-04"), "--out", str(tmp_path / "x.csv"))
    assert result.exit_code == 2


def test_show_names_sources_and_says_why_there_is_no_rate() -> None:
    assert "ECB" in CliRunner().invoke(rates, ["show"]).output
    assert "NBP      AZN weekly 2006-08-02" in CliRunner().invoke(rates, ["show", "azn"]).output
    unknown = CliRunner().invoke(rates, ["show", "xyz"])
    assert (unknown.exit_code, unknown.output) == (1, "Error: 'XYZ' is no code of ISO 4217\n")
    failed = CliRunner().invoke(rates, ["show", "azn", "1999-01-01"])
    assert failed.exit_code == 1
    assert "before_first" in failed.output
