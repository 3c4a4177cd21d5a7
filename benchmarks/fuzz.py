"""Mutated documents from raw/ to published partitions: is each accounted for, at what cost?

    benchmarks/fuzz.py [--documents 200000] [--first-seed 0] [--keep DIR]

The seeds are written here. They are mutated as bytes, as markup, as JSON and as containers, staged,
judged and published, 2,000 documents a warehouse. Prints how the documents ended, by reason, and
those that cost most CPU for their size. What newsmill trips over is kept in DIR.
"""

import argparse
import gzip
import io
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.settings import Settings
from schemas.suites import FAULTS
from tasks.discover.batches import discover
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource
from tasks.publish.accounting import check_accounts
from tasks.publish.partitions import publish_partition
from tasks.publish.parts import count_reasons
from tasks.publish.select import select_partitions
from tasks.read.document import Document
from tasks.stage.batch_staging import stage_batch
from tasks.stage.documents import process_document
from tasks.stage.work_orders import Item, WorkOrder
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import validate_batches

_ROUND = 2_000
_DAY = "2024-03-06"
_ROWS = 10
_SLOWEST = 5
# Below this size a second per kilobyte says more of the clock than of the page.
_MIN_KILOBYTES = 1.0
_TAG = re.compile(r"(<[^<>]+>)")
_JSON_LD = re.compile(r"(?<=<script type=\"application/ld\+json\">).*?(?=</script>)", re.DOTALL)
_STRINGS = (
    "", "\0", "\x1b[2J", "\x85", "\ud83d", "\udc4d", "\uffff", "\ufdd0", "\u202e",
    "&#x1b;", "&#xffff;",
    "0000-00-00", "9999-12-31T23:59:59+14:00", "1970-01-01", "-1", "31/02/2024", "March " * 50,
    "$1e999", "€" + "9" * 60, "1.234.567,89 Mio. €", "https://[::1]:99999/\ud800", "javascript:0",
    "//",
    "http://" + "a." * 60, "By " + "|" * 50, "<" * 50, "]]>", "<!--", "\u0600" * 20, "İı" * 20,
    "ﷺ" * 20,
)  # fmt: skip
# What Word, widgets and unclosed tags leave in pages, and elements without content.
_ODD_ELEMENTS = (
    "<o:p></o:p>", "<o:p>x</o:p>", "<st1:place>Exampleton</st1:place>", "<fb:like>", "<b<br>",
    "<strong,>", "<a=\"x\">", "<p<em>x</em>", "<x\"y>", "<s\\u003cp>", "<é>", "<button></button>",
    "<button><svg></svg></button>", "<label></label>", "<q></q>", "<sub></sub>", "<pre></pre>",
    "<table><tr><td></table>", "<ul><li><button>", "<figure></figure>", "<h2></h2>",
    "<math></math>",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 10**30, 1e308, float("nan"), [], {}, [[[]]], {"@type": "NewsArticle"},
    {"@value": "x"}, ["2024-03-05", "2023-01-01"], *_STRINGS,
)  # fmt: skip
_SENTENCES = (
    "The harbour office has mended quay {n} after weeks of work, for $5.4 million.",
    "Boats may moor there again, the harbour master said on Tuesday, and the market opens there.",
    "Workers replaced {n} beams and painted the railing for another 300 euros (about 325 dollars).",
    "The ferry to the island leaves from the old jetty until the end of March, and then goes back.",
    "Das Hafenamt hat den Kai {n} für 1,2 Millionen Euro repariert, sagte der Hafenmeister.",
    "Управление порта отремонтировало причал {n} за 3 млн рублей, сообщил начальник порта.",
)


@dataclass
class Tally:
    """What became of the documents so far.

    Attributes:
        slowest: CPU seconds a kilobyte, kilobytes and place of the documents that cost most.
    """

    documents: int = 0
    files: int = 0
    accepted: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, float, str]] = field(default_factory=list)


class _TimingPool:
    """Processes documents where it stands, and notes what each costs for its size."""

    def __init__(self, tally: Tally, seed: int) -> None:
        self._tally = tally
        self._seed = seed

    def process(self, documents: Iterable[Item], order: WorkOrder) -> Iterator[Record]:
        for document in documents:
            record = process_document(document, order)
            if isinstance(document, Document):
                kilobytes = max(len(document.content) / 1024, _MIN_KILOBYTES)
                at = f"seed {self._seed}: {record.raw_path}#{record.raw_offset}"
                self._tally.slowest.append((record.seconds / kilobytes, kilobytes, at))
            yield record


def main() -> None:
    """Runs the benchmark from the command line; exit status 1 where newsmill was at fault."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    _warm_up()
    tally = Tally()
    seed = arguments.first_seed
    while tally.documents < arguments.documents:
        with tempfile.TemporaryDirectory() as folder:
            _run(Path(folder), seed, tally, arguments.keep)
        seed += 1
        print(f"{tally.documents:,} documents of {tally.files:,} files", flush=True)
    sys.exit(_show(tally))


def _warm_up() -> None:
    """Loads what the first document would pay for."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.html").write_text(_page(0, random.Random(0)), "utf-8")
        (Path(folder) / "a.txt").write_text(_text(0), "utf-8")
        _publish(Path(folder), Warehouse(Path(folder) / "w"), Tally(), 0)


def _run(folder: Path, seed: int, tally: Tally, keep: Path | None) -> None:
    """Takes one round of documents to published partitions."""
    raw = folder / "raw" / "feed" / _DAY
    raw.mkdir(parents=True)
    rng = random.Random(seed)
    expected = dict(_write_round(raw, rng, seed))
    warehouse = Warehouse(folder / "w")
    _publish(folder / "raw", warehouse, tally, seed)
    accounts = check_accounts(warehouse)
    least = sum(expected.values())
    assert accounts.documents >= least, f"seed {seed}: {accounts.documents} of {least} documents"
    reasons = count_reasons(warehouse)
    tally.documents += accounts.documents
    tally.files += len(expected)
    tally.accepted += accounts.articles + accounts.revisions
    tally.reasons.update(reasons)
    tally.slowest = sorted(tally.slowest, reverse=True)[:_SLOWEST]
    if keep is not None and FAULTS & reasons.keys():
        (folder / "raw").rename(keep / f"seed-{seed}")


def _publish(raw: Path, warehouse: Warehouse, tally: Tally, seed: int) -> None:
    settings = Settings()
    pool: Any = _TimingPool(tally, seed)
    for batch in discover(raw).batches:
        stage_batch(batch, raw, warehouse, settings, ReferenceSource(), pool)
    validate_batches(warehouse)
    for partition in select_partitions(warehouse, settings):
        publish_partition(warehouse, partition, settings)


def _show(tally: Tally) -> int:
    """Prints what became of all documents; returns 1 where newsmill was at fault."""
    faults = sum(count for reason, count in tally.reasons.items() if reason in FAULTS)
    print(f"{tally.documents:,} documents, every one accounted for; faults of newsmill: {faults}")
    for reason, count in (("accepted", tally.accepted), *tally.reasons.most_common()):
        print(f"{count:9,}  {count / tally.documents:6.2%}  {reason}")
    print("CPU seconds a kilobyte, the most:")
    for cost, kilobytes, at in tally.slowest:
        print(f"{cost:9.4f}  {kilobytes:8.1f} kB  {at}")
    return min(faults, 1)


def _write_round(folder: Path, rng: random.Random, seed: int) -> Iterator[tuple[str, int]]:
    """Writes files and yields each with how many documents it holds, at least."""
    written = 0
    number = seed * _ROUND
    while written < _ROUND:
        kind = rng.choice(("html", "html", "html", "html.gz", "txt", "jsonl", "warc", "parquet"))
        rows = 1 if kind.startswith(("html", "txt")) else _ROWS
        pages = [
            _mutate(_text(number + n) if kind == "txt" else _page(number + n, rng), rng)
            for n in range(rows)
        ]
        content, least = _pack(kind, pages, rng)
        name = f"{number}.{kind}"
        (folder / name).write_bytes(content)
        number += rows
        written += rows
        yield name, least


def _pack(kind: str, pages: list[bytes], rng: random.Random) -> tuple[bytes, int]:
    """Returns the content of a file, and how many documents are in it at least."""
    match kind:
        case "html" | "txt":
            return pages[0], 1
        case "html.gz":
            return _maybe_damaged(gzip.compress(pages[0], mtime=0), rng)[0], 1
        case "jsonl":
            content = b"\n".join(json.dumps(_row(page, rng)).encode() for page in pages)
        case "warc":
            content = b"".join(_response(page, rng) for page in pages)
            if rng.random() < 0.5:  # noqa: PLR2004 - as often as not
                content = b"".join(gzip.compress(_response(page, rng), mtime=0) for page in pages)
        case _:
            content = _table(pages, rng)
    content, is_damaged = _maybe_damaged(content, rng)
    return content, 1 if is_damaged else len(pages)


def _maybe_damaged(content: bytes, rng: random.Random) -> tuple[bytes, bool]:
    if rng.random() < 0.5:  # noqa: PLR2004 - as often as not
        return content, False
    return _mutate_bytes(content, rng), True


def _row(page: bytes, rng: random.Random) -> dict[str, Any]:
    row: dict[str, Any] = {
        "html": page.decode("utf-8", "replace"),
        "url": "https://harbourpost.example/a",
        "fetched_at": "2024-03-06T10:00:00Z",
        "headers": {"last-modified": "Tue, 05 Mar 2024 09:30:00 GMT"},
    }
    if rng.random() < 0.5:  # noqa: PLR2004 - as often as not
        row[rng.choice(("url", "fetched_at", "headers", "html"))] = rng.choice(_VALUES)
    return row


def _response(page: bytes, rng: random.Random) -> bytes:
    name, value = rng.choice(("X-A", "Content-Encoding", "Transfer-Encoding")), rng.choice(_STRINGS)
    value = " ".join(value.split())
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{name}: {value}\r\n\r\n"
    block = head.encode("utf-8", "surrogatepass") + page
    fields = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-03-06T10:20:30Z\r\n"
        "WARC-Target-URI: https://harbourpost.example/w\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def _table(pages: list[bytes], rng: random.Random) -> bytes:
    days = pa.array([rng.choice((19_788, 2**31 - 1, -(2**31))) for _ in pages], pa.date32())
    columns = {
        "html": pa.array(pages, pa.binary()),
        "url": pa.array(["https://harbourpost.example/p"] * len(pages)),
        rng.choice(("fetched_at", "headers", "text")): days,
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, row_group_size=3)
    return buffer.getvalue()


def _mutate(page: str, rng: random.Random) -> bytes:
    """Mutates a page or a text one to three times, each time on a level of its own."""
    for _ in range(rng.randint(1, 3)):
        level = rng.choice((_mutate_markup, _mutate_json, _mutate_text))
        page = level(page, rng)
    content = page.encode("utf-8", "surrogatepass")
    return _mutate_bytes(content, rng) if rng.random() < 0.3 else content  # noqa: PLR2004


def _mutate_bytes(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(changed) + 1)
        size = rng.choice((0, 1, 1, 4, 40, 400))
        changed[at : at + size] = rng.choice((b"", rng.randbytes(size), bytes(changed[:size])))
    return bytes(changed)


def _mutate_markup(page: str, rng: random.Random) -> str:
    """Drops, doubles, moves or nests elements, or adds odd ones."""
    parts = _TAG.split(page)
    at, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    match rng.randrange(5):
        case 0:
            del parts[at : at + rng.randint(1, 5)]
        case 1:
            parts[at:at] = parts[other : other + rng.randint(1, 20)]
        case 2:
            parts[at], parts[other] = parts[other], parts[at]
        case 3:
            text = parts[at]
            within = rng.randint(0, len(text))
            parts[at] = f"{text[:within]}{rng.choice(_ODD_ELEMENTS)}{text[within:]}"
        case _:
            parts[at] *= rng.choice((2, 10, 300))
    return "".join(parts)


def _mutate_json(page: str, rng: random.Random) -> str:
    """Puts another value, or another key, into the page's structured data."""
    found = _JSON_LD.search(page)
    if found is None:
        return _mutate_text(page, rng)
    try:
        node = json.loads(found[0])
    except (ValueError, RecursionError):
        return page
    if not isinstance(node, dict) or not node:
        return page
    key = rng.choice(sorted(node))
    value = rng.choice(_VALUES)
    node[key] = rng.choice((value, [node[key], value], {"name": value, "@type": "Person"}))
    return f"{page[: found.start()]}{json.dumps(node)}{page[found.end() :]}"


def _mutate_text(page: str, rng: random.Random) -> str:
    """Puts a hostile string anywhere."""
    at = rng.randrange(len(page) + 1)
    return page[:at] + rng.choice(_STRINGS) * rng.choice((1, 1, 3)) + page[at:]


def _page(number: int, rng: random.Random) -> str:
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": f"Quay {number} is mended",
        "datePublished": "2024-03-05T09:30:00+04:00",
        "dateModified": "2024-03-05T11:00:00Z",
        "author": [{"@type": "Person", "name": "Ada Reporter"}],
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
        "keywords": "harbour, quays",
        "mainEntityOfPage": f"https://harbourpost.example/{number}",
    }
    text = "".join(f"<p>{sentence.format(n=number)}</p>" for sentence in _SENTENCES)
    language = rng.choice(("en", "de", "ru", "en-GB", ""))
    return f"""<!doctype html><html lang="{language}"><head><title>Quay {number} is mended</title>
<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Ada Reporter">
<link rel="canonical" href="https://harbourpost.example/{number}">
<script type="application/ld+json">{json.dumps(node)}</script></head><body>
<nav><ul><li><a href="/a">Harbour</a></li><li><a href="/b">Weather</a></li></ul></nav>
<article itemscope itemtype="https://schema.org/NewsArticle"><h1>Quay {number} is mended</h1>
<p class="byline">By Ada Reporter | <time datetime="2024-03-05">5 March 2024, 09:30</time></p>{text}
<p class="credit">(Reuters) Reporting by Ada Reporter; editing by Bo Editor</p></article>
<aside><h3>Read more</h3><a href="/c">Gulls come back early</a> <time>1 March 2024</time></aside>
<div class="rates">USD 1.7000 EUR 1.8450</div><footer>All rights reserved.</footer></body></html>"""


def _text(number: int) -> str:
    head = ("Harbour Post", "Home | News | Weather", f"Quay {number} is mended", "By Ada Reporter")
    body = (sentence.format(n=number) for sentence in _SENTENCES)
    return "\n".join((*head, "5 March 2024 09:30", *body, "Tags: harbour", "USD 1.7000 EUR 1.8450"))


if __name__ == "__main__":
    main()
