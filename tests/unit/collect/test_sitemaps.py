import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.collect import sitemaps
from tasks.collect.sitemaps import SitemapEntry, SitemapReader

URL = "https://harbour.example/maps/news.xml"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="/main.xsl"?>
<!-- made by hand -->
<urlset {NAMESPACES}>
<url><loc> https://harbour.example/1?a=1&amp;b=2 </loc>
<news:news><news:publication><news:name>Harbour Post</news:name></news:publication>
<news:publication_date>2026-03-01T12:00:00Z</news:publication_date>
<news:title>A ferry&#13;&#10;leaves</news:title></news:news>
<image:image><image:loc>https://harbour.example/1.jpg</image:loc><image:title>No</image:title>
</image:image><lastmod>2026-03-02</lastmod></url>
<url><loc>/2</loc></url>
<url><lastmod>2026-03-02</lastmod></url>
</urlset>"""
ENTRIES = [
    SitemapEntry(
        "https://harbour.example/1?a=1&b=2",
        lastmod="2026-03-02",
        publication_date="2026-03-01T12:00:00Z",
        title="A ferry leaves",
    ),
    SitemapEntry("https://harbour.example/2"),
]


def read(body: bytes) -> tuple[list[SitemapEntry], SitemapReader]:
    reader = SitemapReader(body, URL)
    return list(reader), reader


@pytest.mark.parametrize(
    "body",
    [
        NEWS.encode(),
        gzip.compress(NEWS.encode()),
        gzip.compress(gzip.compress(NEWS.encode())),
        b"\xef\xbb\xbf\n" + NEWS.encode(),
        NEWS.replace("UTF-8", "UTF-16").encode("utf-16"),
        NEWS.replace(NAMESPACES, NAMESPACES.replace("http:", "https:")).encode(),
    ],
)
def test_news_in_any_packing(body: bytes) -> None:
    entries, reader = read(body)
    assert entries == ENTRIES
    assert (reader.is_news, reader.lost, reader.fault) == (True, 1, None)


def test_an_index() -> None:
    entries, reader = read(
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sitemap><loc>https://harbour.example/a.xml.gz</loc><lastmod>2026-03-01</lastmod>"
        b"</sitemap></sitemapindex>"
    )
    assert entries == [SitemapEntry("https://harbour.example/a.xml.gz", True, "2026-03-01")]
    assert not reader.is_news


@pytest.mark.parametrize(
    ("good", "broken"),
    [
        (NAMESPACES, 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'),
        ("&amp;b", "&b"),
        ("Harbour Post", "Fish & chips &nbsp;"),
        ("Harbour Post", "\x0b\x08"),
        ("</urlset>", ""),
    ],
)
def test_broken_xml_costs_no_address_and_no_ampersand(good: str, broken: str) -> None:
    # What is broken stands behind many entries: those before it are not told twice.
    many = "".join(f"<url><loc>/before/{n}?a&amp;b</loc></url>" for n in range(3000))
    body = NEWS.replace("<url><loc> ", f"{many}<url><loc> ", 1).replace(good, broken)
    entries, _ = read(body.encode())
    assert [entry.url for entry in entries] == [
        *(f"https://harbour.example/before/{n}?a&b" for n in range(3000)),
        *(entry.url for entry in ENTRIES),
    ]


def test_a_list_and_a_feed_in_place_of_a_sitemap() -> None:
    lines, reader = read(b"\xef\xbb\xbfhttps://harbour.example/1\r\n\nhttps://harbour.example/2")
    assert [entry.url for entry in lines] == [f"https://harbour.example/{n}" for n in (1, 2)]
    assert reader.fault is None
    feed, _ = read(
        b"<rss><channel><item><link>https://harbour.example/1</link>"
        b"<pubDate>Sun, 01 Mar 2026 12:00:00 GMT</pubDate></item></channel></rss>"
    )
    assert feed == [
        SitemapEntry("https://harbour.example/1", lastmod="Sun, 01 Mar 2026 12:00:00 GMT")
    ]


@pytest.mark.parametrize("body", [b"not found", b"\x89PNG\r\n\x1a\n\0\0", gzip.compress(b"")[:9]])
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    entries, reader = read(body)
    assert entries == []
    assert reader.fault


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_URLS", 10)
    many = b"<urlset>" + b"<url><loc>/1</loc></url>" * 20 + b"</urlset>"
    entries, reader = read(many)
    assert (len(entries), reader.fault) == (10, "more than 10 addresses")
    monkeypatch.setattr(sitemaps, "MAX_DECODED_BYTES", 1000)
    _, reader = read(b"<urlset>" + b" " * 100_000)
    assert reader.fault == "more than 1000 bytes"


def test_bombs_neither_expand_nor_fetch() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 16_000_000, 9)
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = (
        f'<!DOCTYPE urlset [<!ENTITY e0 "lol">{levels}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<urlset><url><loc>https://harbour.example/&e9;&f;</loc></url></urlset>"
    )
    tracemalloc.start()
    _, reader = read(bomb)
    entries, _ = read(laughs.encode())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reader.fault is not None
    assert "times their size" in reader.fault
    assert all(len(entry.url) < 100 for entry in entries)
    assert peak < 5_000_000


PARTS = st.sampled_from(
    [b"<urlset>", b"<url>", b"</url>", b"<loc>/1</loc>", b"<sitemap>", b"&", b"<![CDATA[", b"]]>"]
)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40) | PARTS, max_size=12).map(b"".join), st.booleans())
def test_any_bytes_are_a_sitemap_or_none(body: bytes, is_packed: bool) -> None:
    entries, _ = read(gzip.compress(body) if is_packed else body)
    assert all(entry.url.startswith(("http://", "https://")) for entry in entries)
