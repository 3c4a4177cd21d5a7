import tomllib
from pathlib import Path

import pytest

from schemas.outlets import Outlet, build_registry
from schemas.sources import read_sources
from tasks.collect.adding_sources import (
    NewSources,
    add_sources,
    group_subscriptions,
    outlet_id_of,
)
from tasks.collect.opml import OpmlError, Subscription, parse_opml

REGISTRY = build_registry(
    [[Outlet(outlet_id="harbour-post", name="Harbour Post", domains=("harbourpost.example",))]], "d"
)
NEW = "https://harbourpost.example/new"
FILE = """\
# Ours.
[defaults]
contact = "https://example.org/bot" # reach us

[[outlet]]
id = "harbour-post" # [the] first
{list}
delay_s = 9.0

[[outlet]] # the second
id = "pier-news"
lists = ["urls.txt"]
"""
LISTS = {
    "on one line": ('feeds = ["https://a.example/1"] # [one]', 1),
    "on lines": ('feeds = [ # these\n  # a comment\n  "https://a.example/1"\n]', 1),
    "empty": ("feeds = []", 0),
    "empty over lines": ("feeds = [\n]", 0),
    "none": ("sitemaps = ['https://a.example/map']", 0),
}


@pytest.mark.parametrize("form", LISTS)
def test_a_feed_joins_those_of_its_outlet_and_all_else_stays(form: str, tmp_path: Path) -> None:
    printed, count = LISTS[form]
    before = FILE.replace("{list}", printed)
    after = add_sources(before, [NewSources("harbour-post", {"feeds": (NEW, NEW)})])
    path = tmp_path / "sources.toml"
    path.write_text(after)
    first, second = read_sources(path, REGISTRY).outlets
    assert NEW in first.feeds
    assert len(first.feeds) == count + 1
    assert (first.delay_s, second.feeds) == (9.0, ())
    for comment in (part.split("#")[1] for part in before.splitlines() if "#" in part):
        assert f"#{comment}" in after
    # What is there already is not written again.
    assert add_sources(after, [NewSources("harbour-post", {"feeds": (NEW,)})]) == after
    assert add_sources(after, [NewSources("pier-news", {"sitemaps": (NEW,)})]) == after


def test_a_new_outlet_comes_last() -> None:
    before = FILE.replace("{list}", "feeds = []")
    after = add_sources(before, [NewSources("quay", {"feeds": (NEW,), "sitemaps": (f"{NEW}/m",)})])
    assert after.startswith(before)
    assert tomllib.loads(after)["outlet"][2] == {
        "id": "quay",
        "feeds": [NEW],
        "sitemaps": [f"{NEW}/m"],
    }
    assert add_sources("", [NewSources("quay", {"feeds": (NEW,)})]).startswith("[[outlet]]\n")


def test_the_registry_names_an_outlet_else_its_domain_does() -> None:
    assert outlet_id_of("https://rss.harbourpost.example/all", REGISTRY) == "harbour-post"
    assert outlet_id_of("https://www.pier-news.example/rss", REGISTRY) == "pier-news"
    assert outlet_id_of("https://quay.wordpress.com/feed", REGISTRY) == "quay"


OPML = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline type="rss" text="Harbour" xmlUrl="https://feeds.example/hp?a=1&amp;b=2"
 htmlUrl="https://harbourpost.example/"/>
<outline type="rss" text="Again" xmlurl="https://feeds.example/hp?a=1&b=2"/></outline>
<outline type="rss" title="Pier&#10;News" text="" xmlUrl="https://pier-news.example/rss"/>
<outline text="Not a feed" xmlUrl="about:blank"/>
</body></opml>"""


def test_an_opml_file() -> None:
    found = parse_opml(OPML)
    assert found == (
        Subscription("https://feeds.example/hp?a=1&b=2", "https://harbourpost.example/", "Harbour"),
        Subscription("https://pier-news.example/rss", "", "Pier News"),
    )
    assert group_subscriptions(found, REGISTRY) == (
        NewSources("harbour-post", {"feeds": ("https://feeds.example/hp?a=1&b=2",)}),
        NewSources("pier-news", {"feeds": ("https://pier-news.example/rss",)}),
    )


@pytest.mark.parametrize("content", [b"", b"<html>", b"\0\xff", b"<opml><body/></opml>"])
def test_what_holds_no_feed_says_so(content: bytes) -> None:
    with pytest.raises(OpmlError):
        parse_opml(content)
