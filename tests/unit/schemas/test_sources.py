from pathlib import Path

import pytest

from schemas.outlets import Outlet, build_registry
from schemas.sources import Sources, SourcesError, read_sources

REGISTRY = build_registry([[Outlet(outlet_id="harbour-post", name="Harbour Post")]], "d")
WHOLE = """\
# What we collect.
[defaults]
contact = "https://example.org/bot"
group = "news"
delay_s = 2
latency = "90m"
refetch = ["1h", "24h"]
allowed_addresses = ["127.0.0.1:8080", "[::1]:8081"]

[[outlet]]
id = "harbour-post"
feeds = [
    "https://harbourpost.example/rss",  # the front page's
    'https://harbourpost.example:8443/sport#a',
]
sitemaps = ["https://harbourpost.example/news.xml"]
lists = ["urls.txt"]
hosts = ["HarbourPost.example", "cdn.example:8444"]
include = ['/20\\d\\d/']
exclude = ['^/video/', 'page=2']
max_pages_per_day = 10
refetch = "never"
opt_out = "record"
"""


def read(tmp_path: Path, text: str) -> Sources:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return read_sources(path, REGISTRY)


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        read(tmp_path, text)
    return str(caught.value).replace(f"{tmp_path}/", "").splitlines()


def test_a_whole_file(tmp_path: Path) -> None:
    (tmp_path / "urls.txt").touch()
    sources = read(tmp_path, WHOLE)
    assert (sources.contact, sources.group) == ("https://example.org/bot", "news")
    assert sources.allowed == (("127.0.0.1", 8080), ("::1", 8081))
    assert sources.listed_ports == {("harbourpost.example", 8443), ("cdn.example", 8444)}
    assert sources.warnings == ()
    (outlet,) = sources.outlets
    assert outlet.feeds[1] == "https://harbourpost.example:8443/sport#a"
    assert outlet.lists == (tmp_path / "urls.txt",)
    assert (outlet.delay_s, outlet.latency_s, outlet.max_pages_per_day) == (2.0, 5400.0, 10)
    assert (outlet.opt_out, outlet.refetch) == ("record", ())


def test_include_and_exclude_see_path_and_query(tmp_path: Path) -> None:
    (outlet,) = read(tmp_path, WHOLE).outlets
    assert outlet.wants("https://harbourpost.example/2026/ferry")
    assert not outlet.wants("https://harbourpost.example/about")
    assert not outlet.wants("https://harbourpost.example/video/2026/ferry")
    assert not outlet.wants("https://harbourpost.example/2026/ferry?page=2")


def test_what_is_not_said_has_a_default(tmp_path: Path) -> None:
    sources = read(
        tmp_path,
        '[defaults]\ncontact = "bot@example.org"\n'
        '[[outlet]]\nid = "harbour-post"\nfeeds = ["https://a.example/rss"]\n',
    )
    (outlet,) = sources.outlets
    assert sources.group == "collect"
    assert (outlet.delay_s, outlet.latency_s, outlet.opt_out) == (5.0, 3600.0, "honour")


def test_unknown_outlets_and_missing_lists_are_warnings(tmp_path: Path) -> None:
    sources = read(tmp_path, WHOLE.replace('"harbour-post"', '"harbor-post"'))
    assert [warning.replace(f"{tmp_path}/", "") for warning in sources.warnings] == [
        "sources.toml:11: outlet 'harbor-post' is not in the registry",
        "sources.toml:17: urls.txt is no file",
    ]


def test_all_faults_are_told_with_their_lines(tmp_path: Path) -> None:
    text = """\
[defaults]
group = "../raw"
delay = 3
latency = "soon"

[[outlet]]
id = "Harbour Post"
feeds = [
    # a comment with "quotes"
    "https://harbourpost.example/rss", "ftp://harbourpost.example/rss",
    "https://harbourpost.example/rss",
]
exclude = ['(']
opt_out = true

[[outlet]]
sitemaps = "https://harbourpost.example/news.xml"
refetch = ["24h", "1h"]

[outlets]
"""
    found = faults(tmp_path, text)
    assert [line.split(": ", 1)[0] for line in found] == [
        f"sources.toml:{number}" for number in (1, 2, 3, 4, 7, 10, 11, 13, 14, 16, 16, 17, 18, 20)
    ]
    assert found[0].endswith("contact is missing: a page about you or an e-mail address")
    assert found[2].endswith("unknown name 'delay'; did you mean delay_s?")
    assert "'ftp://harbourpost.example/rss' in feeds is not a web address" in found[5]
    assert found[6].endswith("https://harbourpost.example/rss stands here twice")
    assert found[-1].endswith("unknown name 'outlets'; did you mean outlet?")


def test_an_outlet_stands_once(tmp_path: Path) -> None:
    outlet = '[[outlet]]\nid = "harbour-post"\nfeeds = ["https://{}.example/rss"]\n'
    text = '[defaults]\ncontact = "a@b.org"\n' + outlet.format("a") + outlet.format("b")
    assert faults(tmp_path, text) == ["sources.toml:7: outlet 'harbour-post' stands here twice"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[defaults]\ncontact = \n", "sources.toml:2: "),
        ("", "sources.toml:1: "),
        ("[defaults]\ncontact = 'https://e.org'", "sources.toml:1: no [[outlet]]"),
        ("[defaults]\ncontact = 'bot@h\u00e4fen.example'", "sources.toml:2: contact 'bot@h"),
        (
            "[defaults]\ncontact = 'our bot'",
            "sources.toml:2: contact 'our bot' is not a page about",
        ),
        ("defaults = 3\noutlet = 4", "sources.toml:1: defaults is a table: [defaults]"),
    ],
)
def test_files_that_are_none(tmp_path: Path, text: str, fault: str) -> None:
    assert any(line.startswith(fault) for line in faults(tmp_path, text))


def test_bytes_that_are_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes(b"[defaults]\ncontact = '\xff'\n")
    with pytest.raises(SourcesError, match=r"sources\.toml:2: not UTF-8"):
        read_sources(path, REGISTRY)
