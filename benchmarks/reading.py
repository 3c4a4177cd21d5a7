"""What reading published articles costs, against the same rows as pandas would partition them.

    python benchmarks/reading.py [--rows 200000] [--repeats 5]

A year of articles is made up: words of syllables, 320 outlets with a Zipf share, texts of 700 words
on average. The same rows are written as newsmill publishes them, and by `DataFrame.to_parquet` in
the order of their fetch, by month, and by month and outlet. DuckDB and PyArrow then answer three
questions.
Bytes are what the process asked the operating system for (`rchar` in /proc/self/io, Linux), at the
first answer; CPU and wall time are the best of several. Each figure has a process of its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.tables import ARTICLES
from tasks.storage.layouts import PUBLISHED
from tasks.storage.warehouse import PART_NAME, write_table

OUTLETS = 320
WORDS = 20_000
CONSONANTS = (*"bdfgklmnprstvz", "st", "tr", "pl", "ch", "sh")
VOWELS = (*"aeiou", "ea", "ou")
# Of real news: few words are half of a text, and an outlet in ten has half of the articles.
WORD_SHARE, OUTLET_SHARE = 0.85, 1.0
YEAR, MONTH = 2024, "2024-05"
WEEK = (date(2024, 5, 6), date(2024, 5, 12))
LAYOUTS = ("newsmill", "by month", "by month and outlet")

QUESTIONS: dict[str, tuple[list[str], str]] = {
    "one outlet, one month": (
        ["published_at", "title", "text"],
        f"published_month = '{MONTH}' AND outlet_id = '{{outlet}}'",
    ),
    "one week": (
        ["published_at", "outlet_id", "title", "text"],
        f"published_date BETWEEN DATE '{WEEK[0]}' AND DATE '{WEEK[1]}'",
    ),
    "two columns of all": (["outlet_id", "published_date"], "true"),
}


def main() -> None:
    """Writes the layouts, asks the questions, and prints a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--ask", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.ask:
        print(json.dumps(_measure(arguments.repeats, *arguments.ask)))
        return
    with tempfile.TemporaryDirectory() as folder:
        outlet = write_layouts(Path(folder), arguments.rows)
        print(
            f"{'question':<23}{'reader':<9}{'layout':<21}{'MB read':>9}{'CPU ms':>9}{'wall ms':>9}"
        )
        for question in QUESTIONS:
            for reader in ("duckdb", "pyarrow"):
                for layout in LAYOUTS:
                    ask = [str(Path(folder) / layout), reader, question, outlet]
                    command = [sys.executable, __file__, "--repeats", str(arguments.repeats)]
                    answer = subprocess.run(
                        [*command, "--ask", *ask], check=True, capture_output=True, text=True
                    )
                    size, cpu, wall = json.loads(answer.stdout)
                    print(
                        f"{question:<23}{reader:<9}{layout:<21}"
                        f"{size / 1e6:9.2f}{cpu * 1e3:9.1f}{wall * 1e3:9.1f}",
                        flush=True,
                    )


def write_layouts(folder: Path, rows: int) -> str:
    """Writes the same rows in each layout; returns the outlet that is asked for: the tenth."""
    rng = np.random.default_rng(7)
    words = _vocabulary(rng)
    outlets = pc.replace_substring(_phrases(rng, words, np.full(OUTLETS, 2)), " ", "-")
    for number in range(12):
        first = np.datetime64(f"{YEAR}-{number + 1:02}-01")
        table = _make_month(rng, rows // 12, first, words, outlets)
        month = str(first)[: len("YYYY-MM")]
        ordered = table.sort_by([(name, "ascending") for name in ARTICLES.sort])
        part = folder / LAYOUTS[0] / f"published_month={month}" / PART_NAME
        write_table(part, [ordered], ARTICLES.schema, {}, layout=PUBLISHED)
        frame = table.to_pandas().assign(published_month=month)
        frame.to_parquet(folder / LAYOUTS[1], partition_cols=["published_month"])
        frame.to_parquet(folder / LAYOUTS[2], partition_cols=["published_month", "outlet_id"])
    return str(outlets[9])


def _measure(repeats: int, folder: str, reader: str, question: str, outlet: str) -> list[float]:
    columns, condition = QUESTIONS[question]
    answer: Callable[[], int]
    if reader == "duckdb":
        source = f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        chosen = f"SELECT {', '.join(columns)} FROM {source} WHERE {condition}"
        answer = partial(_ask_duckdb, chosen.format(outlet=outlet))
    else:
        filters: Any = {
            "one outlet, one month": [
                ("published_month", "==", MONTH),
                ("outlet_id", "==", outlet),
            ],
            "one week": [("published_date", ">=", WEEK[0]), ("published_date", "<=", WEEK[1])],
            "two columns of all": None,
        }[question]
        answer = partial(_ask_pyarrow, folder, columns, filters)
    # What a reader loads when it is first used is not what it reads.
    duckdb.connect().sql("SELECT TIMESTAMPTZ '2024-05-01 12:00:00+00'").to_arrow_table()
    pq.read_table(pa.BufferReader(_empty_file()))
    before = _bytes_read()
    answer()
    size = _bytes_read() - before
    cpu, wall = [], []
    for _ in range(repeats):
        started, at = time.process_time(), time.perf_counter()
        answer()
        cpu.append(time.process_time() - started)
        wall.append(time.perf_counter() - at)
    return [size, min(cpu), min(wall)]


def _ask_duckdb(query: str) -> int:
    connection = duckdb.connect()
    connection.execute("SET enable_external_file_cache = false")
    return int(connection.sql(query).to_arrow_table().num_rows)


def _ask_pyarrow(folder: str, columns: list[str], filters: Any) -> int:
    return int(pq.read_table(folder, columns=columns, filters=filters).num_rows)


def _empty_file() -> pa.Buffer:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"nothing": pa.array([], pa.string())}), sink)
    return sink.getvalue()


def _bytes_read() -> int:
    fields = Path("/proc/self/io").read_text(encoding="ascii").split()
    return int(fields[fields.index("rchar:") + 1])


def _vocabulary(rng: np.random.Generator) -> pa.Array:
    words: dict[str, None] = {}
    syllables = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
    while len(words) < WORDS:
        stem = "".join(rng.choice(syllables, rng.integers(1, 4)))
        words[stem + str(rng.choice(["", "", "n", "s", "r"]))] = None
    return pa.array(list(words))


def _drawn(
    rng: np.random.Generator, size: int, exponent: float, count: int
) -> npt.NDArray[np.intp]:
    shares = np.cumsum(1 / np.arange(1, size + 1) ** exponent)
    drawn: npt.NDArray[np.intp] = np.searchsorted(shares, rng.random(count) * shares[-1])
    return drawn


def _phrases(rng: np.random.Generator, words: pa.Array, counts: npt.NDArray[Any]) -> pa.Array:
    chosen = words.take(pa.array(_drawn(rng, len(words), WORD_SHARE, int(counts.sum()))))
    return pc.binary_join(_lists(chosen, counts), " ")


def _lists(values: pa.Array, counts: npt.NDArray[Any]) -> pa.ListArray:
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype("int32")
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _digests(rng: np.random.Generator, count: int, digits: int) -> pa.Array:
    text = rng.bytes(count * digits // 2).hex()
    return pa.array([text[at : at + digits] for at in range(0, len(text), digits)])


def _some(rng: np.random.Generator, values: pa.Array, share: float) -> pa.Array:
    chosen = pa.array(rng.random(len(values)) < share)
    return pc.if_else(chosen, values, pa.scalar(None, values.type))


def _make_month(
    rng: np.random.Generator, count: int, first: np.datetime64, words: pa.Array, outlets: pa.Array
) -> pa.Table:
    """Makes the articles of a month in the order of their fetch, all columns filled."""
    days = int(((first.astype("datetime64[M]") + 1).astype("datetime64[D]") - first).astype(int))
    minutes = rng.integers(0, days * 24 * 60, count).astype("timedelta64[m]")
    fetched_after = (rng.exponential(6 * 60, count).astype(int) + 1).astype("timedelta64[m]")
    published = first.astype("datetime64[us]") + minutes
    order = np.argsort(published + fetched_after, kind="stable")
    published, fetched = published[order], (published + fetched_after)[order]
    outlet = _drawn(rng, OUTLETS, OUTLET_SHARE, count)
    names = outlets.take(pa.array(outlet))
    hosts = pc.binary_join_element_wise(names, "example", ".")
    day = pa.array(published.astype("datetime64[D]"))
    landing = pa.array(fetched.astype("datetime64[D]"))
    title = _phrases(rng, words, rng.integers(6, 13, count))
    lengths = rng.lognormal(np.log(530), 0.75, count).astype(int).clip(30, 15_000)
    slugs = pc.replace_substring(title, " ", "-")
    url = pc.binary_join_element_wise("https:/", hosts, day.cast(pa.string()), slugs, "/")
    authors, tags = rng.integers(0, 3, count), rng.integers(0, 7, count)
    columns = {
        "article_id": _digests(rng, count, 20),
        "url": url,
        "canonical_url": url,
        "outlet_id": names,
        "outlet_name": pc.utf8_title(names),
        "outlet_domain": hosts,
        "outlet_country": _one_of(outlet, "GB", "US", "FR", "DE", "AZ", "TR", "IN", "KR"),
        "outlet_text": pc.utf8_upper(names),
        "outlet_rule": _one_of(outlet, "host:registered", "printed:publisher"),
        "wire": _some(rng, _one_of(outlet * 0, "wire"), 0.12),
        "title": title,
        "title_source": _one_of(outlet, "json_ld", "og:title", "h1"),
        "section": _some(rng, _one_of(outlet, "Politics", "Sport", "Business", "Culture"), 0.4),
        "section_source": _some(rng, _one_of(outlet, "json_ld", "article:section"), 0.4),
        "description": _some(rng, _phrases(rng, words, rng.integers(15, 35, count)), 0.75),
        "description_source": _some(rng, _one_of(outlet, "json_ld", "og:description"), 0.75),
        "authors": _lists(_phrases(rng, words[:3000], np.full(authors.sum(), 2)), authors),
        "language": _one_of(outlet, "en", "en", "fr", "de", "az", "tr", "en", "ko"),
        "text": _phrases(rng, words, lengths),
        "word_count": pa.array(lengths),
        "tags": _lists(_phrases(rng, words[:4000], np.full(tags.sum(), 1)), tags),
        "dateline_place": _some(rng, _one_of(rng.integers(0, 200, count), *words[:200]), 0.3),
        "published_at": _some(rng, pa.array(published), 0.85),
        "published_date": day,
        "published_precision": _one_of(outlet, "minute", "day"),
        "published_text": pa.array(np.datetime_as_string(published, unit="m")),
        "published_source": _one_of(outlet, "json_ld:datePublished", "meta:published", "time"),
        "published_offset_minutes": pa.array(outlet % 6 * 60),
        "modified_at": _some(rng, pa.array(published + np.timedelta64(15, "m")), 0.5),
        "fetched_at": pa.array(fetched),
        "first_fetched_at": pa.array(fetched),
        "revision_count": pa.array(rng.poisson(0.3, count)),
        "duplicate_of": _some(rng, _digests(rng, count, 20), 0.08),
        "content_digest": _digests(rng, count, 64),
        "money_count": pa.array(rng.poisson(1.2, count)),
        "raw_path": pc.binary_join_element_wise("crawl", landing.cast(pa.string()), "0.warc", "/"),
        "raw_offset": pa.array(np.cumsum(rng.integers(20_000, 90_000, count))),
        "raw_digest": _digests(rng, count, 64),
        "batch_id": pc.utf8_slice_codeunits(landing.cast(pa.string()), 0, 10),
        "landing_date": landing,
        "pipeline_version": _one_of(outlet * 0, "0.1.0+01234567"),
        "reference_version": _one_of(outlet * 0, "89abcdef"),
    }
    return pa.table(
        {field.name: columns[field.name].cast(field.type) for field in ARTICLES.schema},
        schema=ARTICLES.schema,
    )


def _one_of(numbers: npt.NDArray[Any], *words: Any) -> pa.Array:
    return pa.array([str(word) for word in words]).take(pa.array(numbers % len(words)))


if __name__ == "__main__":
    main()
