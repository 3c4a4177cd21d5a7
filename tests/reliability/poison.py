"""A raw folder of hostile documents: every kind of file, with poison in every place of each.

What stands beside the poison is an ordinary article, so that the poison comes as far as it can.
"""

import gzip
import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.unit.read.archives import http, lay_out, warc_record

DAY = "2024-03-06"
POISONS = (
    *map(chr, (0x00, 0x07, 0x0B, 0x1B, 0x1C, 0x7F, 0x85, 0x9B)),
    "\ud83d", "\udc4d", "\udcff", "\ufffe", "\uffff", "\ufdd0", "\U0001ffff",
    "\x1b[31mred\x1b[0m", "\x1b]0;taken\x07", "\u202e\u2066", "\r\n", "[/x][bold]",
    "=cmd|' /C calc'!A0", "'); DROP TABLE articles; --", "<script>alert(1)</script>",
    "\U000e0041" * 40,
)  # fmt: skip
# As names of files: without a separator, and what no file system takes.
_NAMES = tuple(poison for poison in POISONS if not set(poison) & {"\0", "/"})
_SPELLINGS = ("plain", "reference")
IN_MARKUP = (
    "h1", "title", "byline", "site_name", "canonical", "stamp", "body", "keywords", "credit",
    "language", "time", "class", "ticker",
)  # fmt: skip
IN_JSON_LD = (
    "headline", "author", "publisher", "datePublished", "dateModified", "keywords", "url",
    "articleSection", "articleBody", "@type",
)  # fmt: skip
IN_TEXT = ("title", "byline", "date", "body", "tags", "ticker")
IN_ROWS = ("url", "fetched_at", "header name", "header value")


def write_corpus(raw: Path) -> int:
    """Writes the corpus below a raw folder; returns how many documents are in it."""
    folder = raw / "feed" / DAY
    folder.mkdir(parents=True)
    pages = list(_pages())
    share = len(pages) // 6
    parts = [pages[start : start + share] for start in range(0, share * 5, share)]
    count = _write_loose(folder, pages[share * 5 :])
    count += _write_lines(folder, parts[0])
    count += _write_table(folder, parts[1])
    count += _write_archives(folder, parts[2:])
    count += _write_texts(folder)
    count += _write_named(raw, folder)
    count += _write_sidecars(folder)
    count += _write_columns(folder)
    return count + _write_damaged(folder)


def _pages() -> Iterator[bytes]:
    """Yields pages with each poison in each place: one of the markup, and one of its data."""
    number = 0
    for poison in POISONS:
        for place, name in zip(IN_MARKUP, cycle(IN_JSON_LD), strict=False):
            number += 1
            spelling = _SPELLINGS[number % len(_SPELLINGS)]
            yield page(number, markup={place: poison}, data={name: poison}, spelling=spelling)


def page(
    number: int,
    markup: dict[str, str] | None = None,
    data: dict[str, str] | None = None,
    spelling: str = "plain",
) -> bytes:
    """Returns an article whose values have poison in their midst."""

    def put(place: str, value: str) -> str:
        poison = (markup or {}).get(place, "")
        if spelling == "reference":
            poison = "".join(f"&#x{ord(character):x};" for character in poison)
        return f"{value[:9]}{poison}{value[9:]}"

    described = {
        "@type": "NewsArticle",
        "headline": f"Quay {number} is mended",
        "author": {"@type": "Person", "name": "Ada Reporter"},
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
        "datePublished": "2024-03-05T09:30:00+04:00",
        "url": f"https://harbourpost.example/{number}",
    }
    for key, poison in (data or {}).items():
        value = str(described.get(key, f"{key} of the quay"))
        described[key] = f"{value[:9]}{poison}{value[9:]}"
        if key == "articleBody":
            described[key] *= 40
    source = f"""<!doctype html><html lang="{put("language", "en")}"><head>
<title>{put("title", f"Quay {number} is mended")}</title>
<meta property="og:site_name" content="{put("site_name", "Harbour Post")}">
<meta name="keywords" content="{put("keywords", "harbour, quays")}">
<link rel="canonical" href="{put("canonical", f"https://harbourpost.example/{number}")}">
<meta property="article:published_time" content="{put("stamp", "2024-03-05T09:30:00+04:00")}">
<script type="application/ld+json">{json.dumps(described) if data else ""}</script></head><body>
<article class="{put("class", "article body")}"><h1>{put("h1", f"Quay {number} is mended")}</h1>
<p class="byline">{put("byline", "By Ada Reporter, 5 March 2024")}</p>
<time datetime="{put("time", "2024-03-05T09:30:00+04:00")}">5 March 2024</time>
<p>{put("body", f"The harbour office has mended quay {number} after weeks, for $5 million.")}
Boats may moor there again, the harbour master said, and the market opens beside it.</p>
<p>Workers replaced {number} beams and painted the railing of it for another 300 euros.</p>
<p>{put("credit", "(Reuters) Reporting by Ada Reporter")}</p></article>
<div class="rates">{put("ticker", "USD 1.7000 EUR 1.8450 RUB 0.0187")}</div></body></html>"""
    return source.encode("utf-8", "surrogatepass")


def _write_loose(folder: Path, pages: list[bytes]) -> int:
    wrap = (("html", bytes), ("html.gz", gzip.compress), ("html.zst", zstandard.compress))
    for number, content in enumerate(pages):
        suffix, compress = wrap[number % len(wrap)]
        (folder / f"loose-{number}.{suffix}").write_bytes(compress(content))
    return len(pages)


def _write_lines(folder: Path, pages: list[bytes]) -> int:
    rows = [_row(page.decode("utf-8", "surrogatepass"), "", "") for page in pages]
    rows += [_row(f"{number}", poison, place) for number, poison, place in _in_rows()]
    lines = [json.dumps(row).encode() for row in rows]
    half = len(lines) // 2
    (folder / "a.jsonl").write_bytes(b"\n".join(lines[:half]))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines[half:])))
    return len(lines)


def _in_rows() -> Iterator[tuple[int, str, str]]:
    places = [(poison, place) for poison in POISONS for place in IN_ROWS]
    return ((number, *place) for number, place in enumerate(places, start=10_000))


def _row(content: str, poison: str, place: str) -> dict[str, object]:
    if content.isdigit():
        content = page(int(content)).decode()
    row: dict[str, object] = {"html": content}
    if place in {"url", "fetched_at"}:
        value = {"url": "https://harbourpost.example/a", "fetched_at": "2024-03-06T10:00:00Z"}
        row[place] = value[place] + poison
    elif place:
        pair = ["x-" + poison, "b"] if place == "header name" else ["last-modified", "5 " + poison]
        row["headers"] = dict([pair])
    return row


def _write_table(folder: Path, pages: list[bytes]) -> int:
    numbered = list(enumerate(_in_rows()))[::5]
    fields = [_row(f"{number}", poison, place) for _, (number, poison, place) in numbered]
    urls = [_encoded(str(row.get("url", ""))) for row in fields]
    pages = [*pages, *(_encoded(str(row["html"])) for row in fields)]
    columns = {
        "html": pa.array(pages, pa.binary()),
        "url": _as_strings([b""] * (len(pages) - len(urls)) + urls),
    }
    pq.write_table(pa.table(columns), folder / "a.parquet", row_group_size=50)
    return len(pages)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _as_strings(values: list[bytes]) -> pa.Array:
    """Returns a column of strings as careless writers leave it: they need not be UTF-8."""
    binary = pa.array(values, pa.binary())
    return pa.Array.from_buffers(pa.string(), len(binary), binary.buffers())


def _write_archives(folder: Path, parts: list[list[bytes]]) -> int:
    records = [
        [warc_record(block=http(content), url=f"https://harbourpost.example/w{part}-{number}")]
        for part, pages in enumerate(parts)
        for number, content in enumerate(pages)
    ]
    for number, poison in enumerate(POISONS):
        spoken = _encoded(poison.replace("\r\n", " "))
        url = f"https://harbourpost.example/POISON/{number}"
        head = http(page(20_000 + number), "Last-Modified: POISON", "X-POISON: 1")
        dates = b"feed.pubDate: " + spoken + b" 5 March 2024"
        pair = (
            warc_record(block=head.replace(b"POISON", spoken), url=url),
            warc_record("metadata", dates, url=url, content_type="application/warc-fields"),
        )
        records.append([record.replace(b"POISON", spoken) for record in pair])
    # The article was published by then.
    records = [[part.replace(b"2024-03-02", DAY.encode()) for part in group] for group in records]
    layouts = (
        ("plain", "a.warc"),
        ("gz", "b.warc.gz"),
        ("single", "c.warc.gz"),
        ("zst", "d.warc.zst"),
    )
    for number, (layout, name) in enumerate(layouts):
        chosen = [record for group in records[number :: len(layouts)] for record in group]
        (folder / name).write_bytes(lay_out(chosen, layout))
    return len(records)


def _write_texts(folder: Path) -> int:
    number = 0
    for poison in POISONS:
        for places in zip(IN_TEXT[::2], IN_TEXT[1::2], strict=True):
            number += 1
            lines = {
                "title": f"Quay {number} is mended",
                "byline": "By Ada Reporter",
                "date": "5 March 2024 09:30",
                "body": f"The harbour office has mended quay {number} after weeks, for $5 million. "
                "Boats may moor there again, the harbour master said on the day of the opening.",
                "more": "Workers replaced the beams and painted the railing, and the ferry goes "
                "back to its own place after that, as it did before the storm of the last winter.",
                "tags": "Tags: harbour, quays",
                "ticker": "USD 1.7000 EUR 1.8450 RUB 0.0187",
            }
            for place in places:
                lines[place] = f"{lines[place][:12]}{poison}{lines[place][12:]}"
            (folder / f"dump-{number}.txt").write_bytes(_encoded("\n\n".join(lines.values())))
    return number


def _write_named(raw: Path, folder: Path) -> int:
    names = [name.encode("utf-8", "surrogatepass")[:200] for name in _NAMES]
    for number, name in enumerate(names):
        inner = b"%s/%s/" % (bytes(folder), name)
        Path(inner.decode("utf-8", "surrogateescape")).mkdir()
        place = Path((inner + b"p" + name + b".html").decode("utf-8", "surrogateescape"))
        place.write_bytes(page(30_000 + number))
        source = bytes(raw) + b"/s" + name + f"/{DAY}".encode()
        Path(source.decode("utf-8", "surrogateescape")).mkdir(parents=True)
        place = Path(source.decode("utf-8", "surrogateescape"), "a.jsonl")
        place.write_text(json.dumps({"html": page(40_000 + number).decode()}))
    return 2 * len(names)


def _write_sidecars(folder: Path) -> int:
    sidecars: list[bytes] = [b"", b"[", b"[]", b"null", b'{"url": 1}', b"\xff\xfe{", b"[" * 20_000]
    sidecars += [b'{"fetched_at": 1e999, "url": NaN}', b'{"headers": {"a": {"b": ["c"]}}}']
    for poison in POISONS:
        sidecars.append(json.dumps({"url": f"https://harbourpost.example/{poison}"}).encode())
        sidecars.append(json.dumps({"headers": {poison: poison}, poison: poison}).encode())
    for number, sidecar in enumerate(sidecars):
        (folder / f"beside-{number}.html").write_bytes(page(50_000 + number))
        (folder / f"beside-{number}.html.meta.json").write_bytes(sidecar)
    return len(sidecars)


def _write_columns(folder: Path) -> int:
    """Writes tables whose columns have types that Python has no values of."""
    late, huge = 2**31 - 1, 2**62
    twice = pa.StructArray.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["a", "a"])
    columns: list[list[tuple[str, pa.Array]]] = [
        [("fetched_at", pa.array([late], pa.date32()))],
        [("fetched_at", pa.array([2**52], pa.timestamp("ms")))],
        [("fetched_at", pa.array([huge], pa.timestamp("us", "No/Where")))],
        [("fetched_at", pa.array([huge], pa.duration("s")))],
        [("headers", pa.array([[late]], pa.list_(pa.date32())))],
        [("headers", twice)],
        [("url", pa.array(["https://a.example/1"])), ("url", pa.array(["https://a.example/2"]))],
        [("html", pa.array(["<p>another"]))],
        [("url", pa.array([b"\xff"], pa.binary()))],
        [("url", _as_strings([b"\xff\xfe"]))],
        [("text", pa.array([late], pa.date32()))],
    ]
    for number, more in enumerate(columns):
        html = ("html", pa.array([page(60_000 + number)], pa.binary()))
        names, arrays = zip(html, *more, strict=True)
        table = pa.Table.from_arrays(list(arrays), names=list(names))
        pq.write_table(table, folder / f"typed-{number}.parquet")
    return len(columns)


def _write_damaged(folder: Path) -> int:
    """Writes containers in which the second of three documents is damaged."""
    records = [
        warc_record(block=http(page(70_000 + n)), url=f"https://harbourpost.example/d{n}")
        for n in range(3)
    ]
    records = [record.replace(b"2024-03-02", DAY.encode()) for record in records]
    members = [gzip.compress(record, mtime=0) for record in records]
    members[1] = members[1][:300] + b"\x00\xff" * 40 + members[1][380:]
    (folder / "damaged.warc.gz").write_bytes(b"".join(members))
    lines = [json.dumps({"html": page(71_000 + n).decode()}) for n in range(3)]
    lines[1] = lines[1][:-9]
    (folder / "damaged.jsonl").write_text("\n".join(lines))
    return 6
