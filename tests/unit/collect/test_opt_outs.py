import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.collect.exchange import Answer
from tasks.collect.opt_outs import find_opt_outs, parse_tdmrep, tdmrep_url

URL = "https://harbour.example/2026/ferry"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def answered(*headers: tuple[str, str]) -> Answer:
    pairs = tuple((name.encode(), value.encode()) for name, value in headers)
    return Answer(URL, 200, "OK", "HTTP/1.1", pairs, b"", "192.0.2.1", NOW, NOW)


def head(meta: str) -> bytes:
    return f"<!DOCTYPE html><html><head>{meta}</head><body><p>A ferry.</p></body>".encode()


@pytest.mark.parametrize(
    ("headers", "meta"),
    [
        ([("TDM-Reservation", "1")], ""),
        ([("X-Robots-Tag", "noindex, NoArchive")], ""),
        ([("X-Robots-Tag", "noindex"), ("x-robots-tag", "noarchive")], ""),
        ([("X-Robots-Tag", "newsmill: noarchive")], ""),
        ([("X-Robots-Tag", "unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive")], ""),
        ([], '<meta name="tdm-reservation" content="1">'),
        ([], "<META CONTENT='1' NAME=TDM-Reservation />"),
        (
            [],
            '<meta property="x" data-note="a > b" name="robots" content="max-snippet:9,noarchive">',
        ),
        ([], '<meta name="newsmill" content="noarchive">'),
        ([], '<script>"<body>"</script><meta name="robots" content="noarchive">'),
    ],
)
def test_pages_that_opt_out(headers: list[tuple[str, str]], meta: str) -> None:
    assert find_opt_outs(answered(*headers), head(meta)).is_opted_out


@pytest.mark.parametrize(
    ("headers", "meta"),
    [
        ([], ""),
        ([("TDM-Reservation", "0")], '<meta name="tdm-reservation" content="0">'),
        ([("X-Robots-Tag", "googlebot: noarchive")], ""),
        ([("X-Robots-Tag", "noindex, noai")], '<meta name="robots" content="noindex, noai">'),
        ([], '<!-- <meta name="robots" content="noarchive"> -->'),
        ([], '<script>\'<meta name="robots" content="noarchive">\'</script>'),
        ([], '<meta name="googlebot" content="noarchive">'),
        ([], '</head><body><meta name="robots" content="noarchive">'),
    ],
)
def test_pages_that_do_not(headers: list[tuple[str, str]], meta: str) -> None:
    assert not find_opt_outs(answered(*headers), head(meta)).is_opted_out


def test_what_is_said_is_written_down() -> None:
    answer = answered(("TDM-Reservation", "0"), ("X-Robots-Tag", "noai, max-snippet: 9"))
    found = find_opt_outs(answer, head('<meta name="robots" content="noindex">'), None, ["ai=no"])
    assert found.fields == (
        ("policy.tdm-reservation", "0"),
        ("policy.x-robots-tag", "noai"),
        ("policy.robots-meta", "noindex"),
        ("policy.content-signal", "ai=no"),
    )


@pytest.mark.parametrize("meta", ["1", "0", "2", None])
@pytest.mark.parametrize("header", ["1", "0", "yes", None])
@pytest.mark.parametrize("file", ["1", "0", None])
def test_the_meta_element_decides_then_the_header_then_the_file(
    meta: str | None, header: str | None, file: str | None
) -> None:
    rules = parse_tdmrep(
        json.dumps([{"location": "/", "tdm-reservation": int(file)}] if file else []).encode()
    )
    answer = answered(*([("TDM-Reservation", header)] if header else []))
    content = head(f'<meta name="tdm-reservation" content="{meta}">' if meta else "")
    valid = [said for said in (meta, header, file) if said in {"0", "1"}]
    found = find_opt_outs(answer, content, rules)
    assert found.is_opted_out == (valid[:1] == ["1"])


def test_terms_of_what_decides_come_before_those_of_the_file() -> None:
    rule = {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://harbour.example/file"}
    rules = parse_tdmrep(json.dumps([rule]).encode())
    reserved = ("policy.tdm-reservation", "1")
    here = answered(("TDM-Policy", "https://harbour.example/header"))
    assert find_opt_outs(here, head(""), rules).fields == (
        reserved,
        ("policy.tdm-policy", "https://harbour.example/header"),
    )
    assert find_opt_outs(answered(), head(""), rules).fields == (
        reserved,
        ("policy.tdm-policy", "https://harbour.example/file"),
    )


def test_a_page_in_utf_16() -> None:
    content = head('<meta name="robots" content="noarchive">').decode().encode("utf-16")
    assert find_opt_outs(answered(), content).is_opted_out


@pytest.mark.parametrize(
    "tag", ["<!--", "<script>", "<meta ", '<meta "', "<meta 'a\"", "<meta a=", "a"]
)
def test_what_repeats_without_end_is_looked_at_once(tag: str) -> None:
    # Looked at again from each place on, these took minutes.
    found = find_opt_outs(answered(), f"<meta {tag * 100_000}".encode())
    assert not found.is_opted_out


def test_tdmrep_the_longest_location_decides() -> None:
    rules = [
        {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://harbour.example/terms"},
        {"location": "/open/", "tdm-reservation": 0},
        {"location": "/open/*.pdf$", "tdm-reservation": 1},
        {"location": "/open/same", "tdm-reservation": 0},
        {"location": "/open/same", "tdm-reservation": "1"},
        {"location": 7},
        "nonsense",
    ]
    tdm = parse_tdmrep(json.dumps(rules).encode())
    reserved = [
        path
        for path in ("/", "/2026/ferry", "/open/a", "/open/a.pdf", "/open/same/b")
        if tdm.reserves(f"https://harbour.example{path}")
    ]
    assert reserved == ["/", "/2026/ferry", "/open/a.pdf", "/open/same/b"]
    found = find_opt_outs(answered(), b"", tdm)
    assert found.is_opted_out
    assert found.fields == (
        ("policy.tdm-reservation", "1"),
        ("policy.tdm-policy", "https://harbour.example/terms"),
    )
    assert tdmrep_url(URL) == "https://harbour.example/.well-known/tdmrep.json"


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: json.dumps([text]).encode()))
def test_any_bytes_are_a_tdmrep_or_none(body: bytes) -> None:
    assert not parse_tdmrep(body).reserves(URL)


@given(st.binary(max_size=99), st.text(max_size=30))
def test_any_page_says_something_or_nothing(content: bytes, value: str) -> None:
    answer = Answer(
        URL, 200, "", "", ((b"X-Robots-Tag", value.encode()),), b"", "192.0.2.1", NOW, NOW
    )
    fields = find_opt_outs(answer, b"<meta name=robots content='" + content).fields
    assert all("\n" not in value for _, value in fields)
