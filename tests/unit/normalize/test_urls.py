"""Canonical URLs: what never shows, what always does, and which of a page's own is believed."""

import string
from random import Random
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from schemas.trackers import (
    DRESS_PARAMETERS,
    MAYBE_SESSION_PARAMETERS,
    SESSION_PARAMETERS,
    TRACKER_PREFIXES,
    TRACKERS,
)
from tasks.extract.evidence import TextClue, TextSource
from tasks.normalize.urls import canonical_url, normalize_url

STORY = "https://www.example.az/news/storm-closes-the-port-48213"


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("http://Example.AZ", "https://example.az/"),
        ("HTTPS://www.Example.az:443/News/A/", "https://www.example.az/News/A"),
        ("http://example.az:8080/a", "https://example.az:8080/a"),
        ("http://example.az:443/a", "https://example.az/a"),
        ("https://user:word@example.az/a", "https://example.az/a"),
        ("https://example.az./a", "https://example.az/a"),
        ("https://example.az/a#comments", "https://example.az/a"),
        ("  https://example.az/a\n", "https://example.az/a"),
        ("https://example.az//a///b/./c/../d", "https://example.az/a/b/d"),
        ("https://example.az/../../a", "https://example.az/a"),
        # Percent-encoding.
        ("https://example.az/x%c9%99b%C9%99r", "https://example.az/x%C9%99b%C9%99r"),
        ("https://example.az/xəbər", "https://example.az/x%C9%99b%C9%99r"),
        ("https://example.az/%7Ea%2Db", "https://example.az/~a-b"),
        ("https://example.az/a%2Fb", "https://example.az/a%2Fb"),
        ("https://example.az/50%25", "https://example.az/50%25"),
        ("https://example.az/50%", "https://example.az/50%25"),
        ("https://example.az/%D1%EB", "https://example.az/%D1%EB"),
        ("https://example.az/?q=%D1%EB", "https://example.az/?q=%D1%EB"),
        ("https://example.az/?q=a+b%2Bc", "https://example.az/?q=a%20b%2Bc"),
        # Hosts.
        ("https://xəbər.example/a", "https://xn--xbr-dtbb.example/a"),
        ("https://ПРИМЕР.рф/a", "https://xn--e1afmkfd.xn--p1ai/a"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("http://[2001:DB8:0:0::1]:80/a", "https://[2001:db8::1]/a"),
        ("http://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
        ("http://127.0.0.1:8000/a", "https://127.0.0.1:8000/a"),
        # Sessions.
        ("https://example.az/a;jsessionid=1A2B?b=1", "https://example.az/a?b=1"),
        ("https://example.az/a%3Bjsessionid=1A2B", "https://example.az/a"),
        ("https://example.az/(S(lit3py55t21z5v55vlm25s55))/a", "https://example.az/a"),
        ("https://example.az/a?PHPSESSID=1&b=1", "https://example.az/a?b=1"),
        ("https://example.az/a?sid=0123456789abcdef01", "https://example.az/a"),
        ("https://example.az/a?sid=4711", "https://example.az/a?sid=4711"),
        # Dresses.
        ("https://amp.example.az/a", "https://example.az/a"),
        ("https://example.az/a/amp/", "https://example.az/a"),
        ("https://example.az/amp/a", "https://example.az/a"),
        ("https://example.az/a.amp.html", "https://example.az/a.html"),
        ("https://example.az/a?amp", "https://example.az/a"),
        ("https://example.az/a?outputType=amp&b=1", "https://example.az/a?b=1"),
        ("https://example-az.cdn.ampproject.org/c/s/example.az/a/amp", "https://example.az/a"),
        ("https://amp.co.uk/a", "https://amp.co.uk/a"),
        ("https://example.az/amplifiers", "https://example.az/amplifiers"),
        ("https://example.az/print.php?print=48213", "https://example.az/print.php?print=48213"),
        (
            "https://web.archive.org/web/20240102030405/http://example.az/a?utm_source=x&b=1",
            "https://example.az/a?b=1",
        ),
        # Parameters.
        ("https://example.az/?b=2&a=1&utm_source=x&fbclid=y", "https://example.az/?a=1&b=2"),
        ("https://example.az/a?x=1&amp;y=2", "https://example.az/a?x=1&y=2"),
        ("https://example.az/news.php?48213", "https://example.az/news.php?48213"),
        ("https://example.az/a?id=1&id=1&id=2", "https://example.az/a?id=1&id=2"),
        ("https://example.az/a?", "https://example.az/a"),
    ],
)
def test_an_address_has_one_form(printed: str, normal: str) -> None:
    assert normalize_url(printed) == normal


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "/a/b",
        "example.az/a",
        "//example.az/a",
        "mailto:desk@example.az",
        "javascript:void(0)",
        "ftp://example.az/a",
        "file:///home/a.html",
        "https://",
        "https:///a",
        "https://exa mple.az/a",
        "https://{{host}}/a",
        "https://a..b/",
        "https://example.az:99999/",
        "https://example.az:port/",
        "https://[::1/a",
        "https://[zz]/a",
        f"https://{'a' * 64}.az/",
        "https://example.az/\ud800",
    ],
)
def test_what_is_no_web_address_has_none(junk: str) -> None:
    assert normalize_url(junk) is None


_TEXT = st.text(max_size=12)
_SEGMENT = st.text(alphabet=string.ascii_letters + string.digits + "-_~.% əж中/+&=;,(", max_size=8)
_NAME = st.text(alphabet=string.ascii_lowercase + "_əжA[].", min_size=1, max_size=8)
_FIELD = st.tuples(_NAME, _TEXT)
_NOISE_NAME = st.one_of(
    st.sampled_from(sorted(TRACKERS | SESSION_PARAMETERS)),
    st.builds("{}{}".format, st.sampled_from(TRACKER_PREFIXES), st.text("abc_", max_size=5)),
)
_NOISE = st.one_of(
    st.tuples(_NOISE_NAME, _TEXT),
    st.tuples(
        st.sampled_from(sorted(MAYBE_SESSION_PARAMETERS)), st.text("0123456789abcdef", min_size=16)
    ),
    st.tuples(st.sampled_from(sorted(DRESS_PARAMETERS)), st.sampled_from(["", "1", "true"])),
)


def _is_meaningful(field: tuple[str, str]) -> bool:
    name = field[0].lower()
    known = TRACKERS | SESSION_PARAMETERS | MAYBE_SESSION_PARAMETERS | DRESS_PARAMETERS
    return name not in known and not name.startswith(TRACKER_PREFIXES)


def _with_query(fields: list[tuple[str, str]]) -> str:
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields)
    return f"https://www.example.az/news?{query}"


@settings(deadline=None)
@given(
    st.one_of(
        st.text(),
        st.builds("https://{}".format, st.text()),
        st.builds("https://www.example.az/{}".format, st.text()),
        st.builds("https://www.example.az/?{}".format, st.text()),
        st.builds("http://{}:{}/{}/amp?{}#{}".format, _TEXT, st.integers(), _SEGMENT, _TEXT, _TEXT),
        st.lists(_SEGMENT, max_size=5).map(lambda parts: "https://e.az/" + "/".join(parts)),
    )
)
@example("https://web.archive.org/%77eb/2024/http://e.az/a")
@example("https://e.az/amp/amp/amp.html/a.amp/amp")
@example("http://e.az:443/;jsessionid=1/;sid=2/(S(lit3py55t21z5v55vlm25s55))/")
@example("https://e.az/%2525")
@example("https://e.az/?a=%26amp;b")
@example("https://l.facebook.com/?u=" * 12 + "https://e.az/")
@example("https://[::1%25eth0]/")
@example("https://xn--/")
def test_junk_never_raises_and_normal_is_normal(text: str) -> None:
    normal = normalize_url(text)
    if normal is not None:
        assert normalize_url(normal) == normal
        assert normal.isascii()
        assert normal.startswith("https://")


@settings(deadline=None)
@given(st.lists(_FIELD, max_size=5), st.lists(_NOISE, max_size=3), st.randoms())
def test_neither_noise_nor_order_shows(
    fields: list[tuple[str, str]], noise: list[tuple[str, str]], random: Random
) -> None:
    mixed = [*fields, *noise]
    random.shuffle(mixed)
    assert normalize_url(_with_query(mixed)) == normalize_url(_with_query(fields))


@settings(deadline=None)
@given(st.lists(_FIELD.filter(_is_meaningful), max_size=5))
@example([("url", "https://other.example/?a=1&b=2#c")])
@example([("a", "+"), ("a", " "), ("a", "%"), ("a", "%25")])
def test_every_meaningful_parameter_shows(fields: list[tuple[str, str]]) -> None:
    normal = normalize_url(_with_query(fields))
    assert normal is not None
    query = urlsplit(normal).query
    shown = {
        (unquote(name), unquote(value))
        for name, _, value in (field.partition("=") for field in query.split("&") if field)
    }
    assert shown == set(fields)


@settings(deadline=None)
@given(
    st.text(string.ascii_letters, min_size=1, max_size=10),
    st.text(string.ascii_letters + string.digits, min_size=1, max_size=10),
)
def test_the_case_of_the_host_never_shows_and_that_of_the_path_does(host: str, path: str) -> None:
    assume(path.lower() != "amp" and path.swapcase() != path)
    assert normalize_url(f"https://{host}.az/{path}") == f"https://{host.lower()}.az/{path}"


@settings(deadline=None)
@given(st.text(min_size=1, max_size=10), st.text(max_size=10))
def test_however_a_path_is_encoded_it_is_one_address(segment: str, fragment: str) -> None:
    plain = f"https://example.az/a{quote(segment, safe='')}z"
    everything = "".join(f"%{byte:02x}" for byte in f"a{segment}z".encode())
    expected = normalize_url(plain)
    assert expected is not None
    assert normalize_url(f"https://example.az/{everything}") == expected
    assert normalize_url(f"{plain}/#{quote(fragment)}") == expected


def _clue(text: str, source: str = "canonical") -> TextClue:
    return TextClue(text=text, source=TextSource(source), position="")


@pytest.mark.parametrize(
    ("own", "believed"),
    [
        ("https://www.example.az/news/storm-48213", "https://www.example.az/news/storm-48213"),
        ("http://example.az/haber/48213/", "https://example.az/haber/48213"),
        ("https://m.example.az/?id=48213&utm_source=feed", "https://m.example.az/?id=48213"),
        ("https://example.az/storm-closes-the-port", "https://example.az/storm-closes-the-port"),
        ("/news/storm-closes-the-port", "https://example.az/news/storm-closes-the-port"),
        ("//www.example.az/2024/03/48213", "https://www.example.az/2024/03/48213"),
        ("https://www.example.az/articles/c4gx2k9", "https://www.example.az/articles/c4gx2k9"),
    ],
)
def test_a_pages_own_address_is_believed(own: str, believed: str) -> None:
    fetched = "http://example.az/news/storm-closes-the-port-48213?fbclid=x"
    assert canonical_url(fetched, [_clue(own)]) == believed


@pytest.mark.parametrize(
    "own",
    [
        "https://www.example.az/",  # the front page
        "https://www.example.az/?utm_source=x",
        "https://www.example.az/news",  # its section
        "https://www.example.az/politics/world",  # another section
        "https://www.example.az/2024/03/01",  # its day
        "https://www.example.az/news/fire-in-the-harbour-48199",  # another story
        "https://www.example.az/news/48199",
        "https://other.example/news/storm-closes-the-port-48213",  # another site
        "https://www.example.az.other.example/48213",
        "undefined",
        "",
        "https://{{ host }}/48213",
    ],
)
def test_an_implausible_address_is_not_believed(own: str) -> None:
    assert canonical_url(STORY, [_clue(own)]) == STORY


def test_a_short_address_is_no_section_of_its_own() -> None:
    fetched = "https://www.example.az/culture/jazz?utm_source=x"
    assert canonical_url(fetched, [_clue("https://www.example.az/culture")]) == (
        "https://www.example.az/culture/jazz"
    )
    assert canonical_url(fetched, [_clue("https://culture.example.az/jazz")]) == (
        "https://culture.example.az/jazz"
    )


def test_a_canonical_link_that_lost_its_parameters_is_not_believed() -> None:
    fetched = "https://example.az/news.php?id=5"
    assert canonical_url(fetched, [_clue("https://example.az/news.php")]) == fetched


def test_the_amp_twin_stands_for_the_page_and_its_link_is_never_the_address() -> None:
    twin = "https://www.example.az/amp/news/storm-closes-the-port-48213"
    assert canonical_url(twin, [_clue(STORY)]) == STORY
    assert canonical_url(STORY, [_clue(twin)]) == STORY
    other = _clue("https://www.example.az/x/48213", "amp")
    assert canonical_url(STORY, [other]) == STORY
    assert canonical_url(None, [other]) is None


def test_the_next_clue_is_asked_where_one_is_implausible() -> None:
    clues = [_clue("https://www.example.az/"), _clue("https://example.az/48213", "og:url")]
    assert canonical_url(STORY, clues) == "https://example.az/48213"


def test_hosts_without_a_domain_are_compared_whole() -> None:
    fetched = "http://127.0.0.1:8000/a"
    assert canonical_url(fetched, [_clue("http://10.0.0.1/b")]) == "https://127.0.0.1:8000/a"


def test_json_ld_counts_only_where_the_address_is_unknown() -> None:
    neighbour = _clue("https://www.example.az/news/fire-in-the-harbour", "json_ld")
    assert canonical_url(STORY, [neighbour]) == STORY
    assert canonical_url(None, [neighbour]) == neighbour.text
    assert canonical_url(None, [_clue("https://www.example.az/")]) is None
    assert canonical_url(None, []) is None


def test_a_feeds_or_shorteners_address_says_nothing_of_the_page() -> None:
    feed = "http://feedproxy.google.com/~r/Example/~3/UjOBluJTi0o/"
    assert canonical_url(feed, [_clue(STORY)]) == STORY
    assert canonical_url(feed, [_clue("https://www.example.az/")]) == feed.replace(
        "http:", "https:"
    ).rstrip("/")
