"""Dates: right, wrong and none on pages with known answers, and what finding them costs.

    python -m benchmarks.dates --bench DIR [--cost-pages N] [--show SOURCE]

DIR holds `gold.jsonl` and pages or text dumps, as benchmarks/accuracy.py takes them. Here only
dates are collected and decided, with the outlet looked up by the page's host; accuracy.py runs the
whole pipeline. A day is right where it is the gold's day, in the gold's offset where both sides
have one; an instant where it is within 60 seconds. The cost is CPU time against trafilatura's
`bare_extraction` on pages taken evenly from the folder.
"""

import argparse
import gzip
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from schemas.outlets import Registry, load_registry
from schemas.settings import Limits
from tasks.extract.dates.date_clues import collect_date_clues
from tasks.extract.dumps.text_dump import extract_text_dump
from tasks.extract.evidence import DateClue
from tasks.extract.page.page_language import resolve_language
from tasks.extract.page.parsed_page import Page, parse_page
from tasks.normalize.datelines import parse_dateline
from tasks.normalize.dates.resolve_date import DateContext, resolve_dates
from tasks.normalize.decisions import DateDecision
from tasks.read.bytes.charsets import decode_text
from tasks.read.document import ContentForm, Document, Origin

INSTANT_TOLERANCE_S = 60
WARM_UP_PAGES = 5


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder with gold.jsonl")
    parser.add_argument("--cost-pages", type=int, default=100, help="pages to time, 0 for none")
    parser.add_argument(
        "--show", metavar="SOURCE", help="print the pages of a source that are not right"
    )
    options = parser.parse_args()
    golds = [gold for gold in _read_golds(options.bench) if gold.get("published")]
    registry = load_registry()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for gold in golds:
        decision = _decide(options.bench, gold, registry)
        verdict = _judge_day(decision, gold["published"])
        counts[gold["source"]][f"day {verdict}"] += 1
        if gold.get("published_kind") == "instant":
            counts[gold["source"]][f"instant {_judge_instant(decision, gold['published'])}"] += 1
        if options.show == gold["source"] and verdict != "right":
            _show(gold, decision)
    for source, counter in sorted(counts.items()):
        _print_counts(source, counter)
    pages = [gold for gold in golds if ".html" in gold["file"]]
    if pages and options.cost_pages:
        step = max(1, len(pages) // options.cost_pages)
        _print_cost(options.bench, pages[::step], registry)


def _read_golds(bench: Path) -> Iterator[dict[str, Any]]:
    with (bench / "gold.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _read_document(bench: Path, gold: dict[str, Any]) -> Document:
    path = bench / gold["file"]
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    form = ContentForm.HTML if ".html" in path.name else ContentForm.TEXT
    origin = Origin(raw_path=gold["file"], raw_digest="", url=gold.get("url"))
    return Document(origin=origin, form=form, content=content)


def _decide(bench: Path, gold: dict[str, Any], registry: Registry) -> DateDecision:
    document = _read_document(bench, gold)
    if document.form is ContentForm.TEXT:
        extraction = extract_text_dump(decode_text(document.content), document.origin)
        dateline = parse_dateline(extraction.text)
        context = _context(
            gold, extraction.language, registry, dateline.date_text if dateline else None
        )
        return resolve_dates(extraction.dates, context)
    page = parse_page(document, Limits())
    if not isinstance(page, Page):
        return resolve_dates((), DateContext())
    return _decide_page(page, gold, registry, collect_date_clues(page))


def _decide_page(
    page: Page, gold: dict[str, Any], registry: Registry, clues: tuple[DateClue, ...]
) -> DateDecision:
    return resolve_dates(clues, _context(gold, resolve_language(page, ""), registry, None))


def _context(
    gold: dict[str, Any], language: str | None, registry: Registry, dateline: str | None
) -> DateContext:
    parts = urlsplit(gold.get("url") or "")
    host = (parts.hostname or "").removeprefix("www.")
    outlet = registry.find_host(host, parts.path)
    if outlet is None:
        return DateContext(language=language, dateline_text=dateline)
    return DateContext(
        timezone=outlet.timezone,
        country=outlet.country,
        languages=outlet.languages,
        date_order=outlet.date_order,
        language=language,
        dateline_text=dateline,
    )


def _judge_day(decision: DateDecision, gold: str) -> str:
    if decision.published_date is None:
        return "none"
    expected = datetime.fromisoformat(gold)
    day: date = decision.published_date
    if decision.published_at is not None and expected.tzinfo is not None:
        day = decision.published_at.astimezone(expected.tzinfo).date()
    return "right" if day == expected.date() else "wrong"


def _judge_instant(decision: DateDecision, gold: str) -> str:
    if decision.published_at is None:
        return "none"
    distance = abs(decision.published_at - datetime.fromisoformat(gold))
    return "right" if distance <= timedelta(seconds=INSTANT_TOLERANCE_S) else "wrong"


def _print_counts(source: str, counter: Counter[str]) -> None:
    for measure in ("day", "instant"):
        total = sum(count for name, count in counter.items() if name.startswith(measure))
        if total:
            shares = "  ".join(
                f"{verdict} {counter[f'{measure} {verdict}'] / total:.4f}"
                f" ({counter[f'{measure} {verdict}']})"
                for verdict in ("right", "wrong", "none")
            )
            print(f"{source:10} {measure:8} n {total:4}  {shares}")


def _print_cost(bench: Path, golds: list[dict[str, Any]], registry: Registry) -> None:
    ours = theirs = 0.0
    for number, gold in enumerate([*golds[:WARM_UP_PAGES], *golds]):
        document = _read_document(bench, gold)
        page = parse_page(document, Limits())
        if not isinstance(page, Page):
            continue
        start = time.process_time()
        _decide_page(page, gold, registry, collect_date_clues(page))
        middle = time.process_time()
        trafilatura.bare_extraction(page.html, url=gold.get("url"), with_metadata=True)
        end = time.process_time()
        if number >= WARM_UP_PAGES:
            ours, theirs = ours + middle - start, theirs + end - middle
    count = len(golds)
    print(
        f"cost: {ours / theirs:.3f} of trafilatura.bare_extraction"
        f" ({1000 * ours / count:.1f} against {1000 * theirs / count:.1f} ms a page, {count} pages)"
    )


def _show(gold: dict[str, Any], decision: DateDecision) -> None:
    at = decision.published_at
    offset = timezone(timedelta(minutes=decision.utc_offset_minutes or 0))
    found = at.astimezone(offset) if at else decision.published_date
    print(f"{gold['id']}: gold {gold['published']}, found {found} by {decision.rule}")
    for candidate in sorted(decision.candidates, key=lambda item: -item.score)[:6]:
        print(
            f"    {candidate.score:5} {candidate.position}: {candidate.text!r}, {candidate.verdict}"
        )


if __name__ == "__main__":
    main()
