import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.collect.feeds import Feed, FeedEntry, next_page, parse_feed

URL = "https://harbour.example/feeds/all"


def urls(feed: Feed) -> list[str]:
    return [entry.url for entry in feed.entries]


RSS = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><link>https://harbour.example/</link>
<atom:link rel="self" href="https://harbour.example/feeds/all"/>
<generator>https://wordpress.org/?v=6.5</generator>
<ttl>45</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
<skipHours><hour>0</hour><hour>24</hour><hour>3</hour><hour>99</hour></skipHours>
<skipDays><day>Sunday</day><day>Someday</day></skipDays>
<item><media:group><title>A picture</title></media:group><media:title>A picture</media:title>
<title>A ferry &amp; a storm</title><link>
  https://harbour.example/1?a=1&amp;b=2 </link><guid isPermaLink="false">tag:1</guid>
<pubDate>Sun, 01 Mar 2026 12:00:00 +0000</pubDate>
<atom:updated>2026-03-01T13:00:00Z</atom:updated></item>
<item><title><![CDATA[Two]]></title><link>/2</link><dc:date>2026-03-01</dc:date></item>
<item><title>Three</title><guid>https://harbour.example/3</guid></item>
<item><title>Again</title><link>https://harbour.example/2</link></item>
<item><title>No address</title><guid isPermaLink="false">77</guid></item>
<item><link>javascript:alert(1)</link></item>
</channel></rss>"""


def test_rss_and_what_it_asks_of_those_who_poll() -> None:
    feed = parse_feed(RSS, URL)
    assert feed.entries == (
        FeedEntry(
            "https://harbour.example/1?a=1&b=2",
            "tag:1",
            "A ferry & a storm",
            "Sun, 01 Mar 2026 12:00:00 +0000",
            "2026-03-01T13:00:00Z",
        ),
        FeedEntry("https://harbour.example/2", "", "Two", "2026-03-01"),
        FeedEntry("https://harbour.example/3", "https://harbour.example/3", "Three"),
    )
    assert (feed.ttl_s, feed.update_s) == (2700.0, 21_600.0)
    assert (feed.skip_hours, feed.skip_days) == ({0, 3}, {6})
    assert (feed.fault, feed.lost) == (None, 3)


ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harbour.example/2026/">
<link rel="prev-archive" href="/archive/7"/><link rel="next" href="?page=2"/>
<entry xml:base="03/"><id>urn:1</id><title type="html">One &lt;b&gt;ferry&lt;/b&gt;</title>
<link rel="enclosure" href="/1.mp3"/><link rel="alternate" type="application/json" href="/1.json"/>
<link href="one"/><published>2026-03-01T12:00:00Z</published>
<updated>2026-03-01T13:00:00Z</updated></entry>
</feed>"""


def test_atom_with_bases_and_several_links() -> None:
    feed = parse_feed(ATOM, URL)
    assert feed.entries == (
        FeedEntry(
            "https://harbour.example/2026/03/one",
            "urn:1",
            "One <b>ferry</b>",
            "2026-03-01T12:00:00Z",
            "2026-03-01T13:00:00Z",
        ),
    )
    assert next_page(feed, URL) == "https://harbour.example/archive/7"


def test_rdf() -> None:
    feed = parse_feed(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        b' xmlns="http://purl.org/rss/1.0/" xmlns:dcterms="http://purl.org/dc/terms/">'
        b"<channel><title>x</title></channel><item><title>One</title>"
        b"<link>https://harbour.example/1</link><dcterms:issued>2026-03-01</dcterms:issued>"
        b"<dcterms:modified>2026-03-02</dcterms:modified></item></rdf:RDF>",
        URL,
    )
    assert feed.entries == (
        FeedEntry("https://harbour.example/1", "", "One", "2026-03-01", "2026-03-02"),
    )


def test_json_feed() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "/feeds/all?page=2",
        "items": [
            {"id": 7, "url": "/1", "title": "One\u0000\r\ntwo", "date_published": "2026-03-01"},
            {"id": "8", "external_url": "https://other.example/8", "date_modified": "2026-03-02"},
            {"id": "9"},
            "nonsense",
        ],
    }
    feed = parse_feed(b"\xef\xbb\xbf" + json.dumps(document).encode(), URL)
    assert feed.entries == (
        FeedEntry("https://harbour.example/1", "7", "One two", "2026-03-01"),
        FeedEntry("https://other.example/8", "8", "", "", "2026-03-02"),
    )
    assert (feed.lost, next_page(feed, URL)) == (2, f"{URL}?page=2")


ITEM = b"<item><title>T</title><link>https://harbour.example/%d?a=1&amp;b=2</link></item>"
ITEMS = b"".join(ITEM % number for number in range(3))


@pytest.mark.parametrize(
    "broken",
    [
        b"<br />\n<b>Warning</b>: mysql_connect() in /x.php\n<?xml version='1.0'?><rss><channel>%s",
        b"\n\n<?xml version='1.0'?><rss><channel>%s</channel></rss>",
        b"<?xml version='1.0'?><rss><channel><title>\x08 \x1b &nbsp;</title>%s</channel></rss>",
        b"<rss><channel><title>Fish & chips, 3 < 4</title>%s</channel></rss>",
        b"<rss><channel><image><url>x</image>%s</channel></rss>",
        b"<rss><channel>%s</channel></rss><!-- served from cache --><p>",
        b"<rss version='2.0'><channel><dc:creator>x</dc:creator>%s<item><title>cut of",
        b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel>&x;%s</channel></rss>",
    ],
)
def test_broken_feeds_lose_no_entries(broken: bytes) -> None:
    whole = parse_feed(broken.replace(b"%s", ITEMS), URL)
    expected = [f"https://harbour.example/{number}?a=1&b=2" for number in range(3)]
    assert urls(whole) == expected
    bare = ITEMS.replace(b"&amp;", b"&")
    assert urls(parse_feed(broken.replace(b"%s", bare), URL)) == expected


def test_charsets() -> None:
    text = "<rss><channel><item><title>Größe</title><link>/1</link></item></channel></rss>"
    declared = f'<?xml version="1.0" encoding="iso-8859-1"?>{text}'
    for body, charset in (
        (text.encode(), None),
        (text.encode("iso-8859-1"), "iso-8859-1"),
        (declared.encode("iso-8859-1"), "utf-8"),
        (text.encode("utf-16"), None),
        (text.encode(), "no-such-charset"),
    ):
        assert [entry.title for entry in parse_feed(body, URL, charset).entries] == ["Größe"]


def test_a_title_is_one_line_so_that_it_can_name_no_field() -> None:
    hostile = b"A ferry&#13;&#10;feed.pubDate: 1999-01-01&#x2028;feed.updated: 1999"
    feed = parse_feed(RSS.replace(b"Three", hostile), URL)
    assert feed.entries[2].title == "A ferry feed.pubDate: 1999-01-01 feed.updated: 1999"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"items": 3}', b"<!DOCTYPE html><html><body><item>x</item></body></html>"],
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    feed = parse_feed(body, URL)
    assert feed.entries == ()
    assert feed.fault


def test_no_entity_is_expanded_and_no_file_read() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<!DOCTYPE rss [<!ENTITY e0 "lol">{levels}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<rss><channel><item><title>&e9;&f;</title><link>/1</link></item></channel></rss>"
    )
    (entry,) = parse_feed(bomb.encode(), URL).entries
    assert len(entry.title) < 50


def test_pages_of_wordpress_are_counted() -> None:
    feed = parse_feed(RSS, URL)
    assert next_page(feed, "https://harbour.example/feed/?cat=3") == (
        "https://harbour.example/feed/?cat=3&paged=2"
    )
    assert next_page(feed, "https://harbour.example/feed/?paged=9") == (
        "https://harbour.example/feed/?paged=10"
    )
    assert next_page(Feed(generator="WordPress"), URL) is None
    assert next_page(Feed(feed.entries, generator="Hugo"), URL) is None


PARTS = st.sampled_from(
    [
        ITEM % 1,
        *(b"<item>", b"</item>", b"<rss><channel>", b"<entry>", b"<link>", b"&", b"<![CDATA["),
        *(
            b"<link href='//[x'/>",
            b"]]>",
            b"<!ENTITY",
            b"xml:base='http://['",
            b"<feed>",
            b"<?xml ",
        ),
    ]
)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40) | PARTS, max_size=12).map(b"".join))
def test_any_bytes_are_a_feed_or_none(body: bytes) -> None:
    feed = parse_feed(body, URL)
    assert all(url.startswith(("http:", "https:")) for url in urls(feed))
    assert all("\n" not in entry.title + entry.guid for entry in feed.entries)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["items", "url", "id", "next_url", "title"]), inner)
    ),
    max_leaves=9,
)


@given(JSON)
def test_any_json_is_a_feed_or_none(value: object) -> None:
    parse_feed(json.dumps(value).encode(), URL)
