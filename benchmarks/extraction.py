"""Speed and accuracy of extraction against `trafilatura.bare_extraction(html, with_metadata=True)`.

Both run on each page in turn, in one process, first one then the other first, with trafilatura's
caches emptied before each; what counts is CPU time. Ours is everything a reader reads: parsing,
structured data, text, title, authors, tags, language, page kind; dates and outlets are clues of
their own and are timed apart.

    python -m benchmarks.extraction --bench DIR [--sample N]

DIR holds pages/gold.jsonl, the gzipped pages it names, and score_pages.py.
"""

import argparse
import gzip
import importlib.util
import json
import logging
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from trafilatura import bare_extraction
from trafilatura.meta import reset_caches

from schemas.settings import Limits
from tasks.extract.dates.date_clues import collect_date_clues
from tasks.extract.evidence import Extraction
from tasks.extract.extract import extract_content
from tasks.extract.outlets.outlet_clues import collect_outlet_clues
from tasks.extract.page.parsed_page import Page, parse_page
from tasks.read.document import ContentForm, Document, Origin

T = TypeVar("T")


def main() -> None:
    """Prints the ratios and the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=1, help="take every Nth page")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    golds = _read_golds(arguments.bench / "pages" / "gold.jsonl")[:: arguments.sample]
    predictions, times = _run(golds, arguments.bench / "pages")
    _print_times(times)
    _print_scores(_load_scorer(arguments.bench / "score_pages.py"), golds, predictions)


def _run(
    golds: list[dict[str, Any]], folder: Path
) -> tuple[dict[str, dict[str, Any]], list[tuple[float, float, float]]]:
    predictions: dict[str, dict[str, Any]] = {}
    times: list[tuple[float, float, float]] = []
    for number, gold in enumerate(golds):
        content = gzip.decompress((folder / gold["file"]).read_bytes())
        origin = Origin(raw_path=gold["file"], raw_digest="", url=gold.get("url"))
        document = Document(origin=origin, form=ContentForm.HTML, content=content)
        run_ours = partial(_extract, document)
        run_theirs = partial(bare_extraction, content, with_metadata=True)
        if number == 0:  # the first call of each pays for its lazy imports and tables
            _time(run_ours)
            _time(run_theirs)
        if number % 2:
            ours, extraction = _time(run_ours)
            theirs, _ = _time(run_theirs)
        else:
            theirs, _ = _time(run_theirs)
            ours, extraction = _time(run_ours)
        clues, _ = _time(partial(_collect_clues, document))
        times.append((ours, theirs, clues))
        if extraction is not None:
            predictions[gold["id"]] = {
                "id": gold["id"],
                "text": extraction.text,
                "title": extraction.title,
                "authors": list(extraction.authors),
            }
    return predictions, times


def _parse(document: Document) -> Page | None:
    page = parse_page(document, Limits())
    return page if isinstance(page, Page) else None


def _extract(document: Document) -> Extraction | None:
    page = _parse(document)
    return extract_content(page) if page is not None else None


def _collect_clues(document: Document) -> None:
    page = _parse(document)
    if page is not None:
        collect_date_clues(page)
        collect_outlet_clues(page)


def _time(function: Callable[[], T]) -> tuple[float, T]:
    reset_caches()
    start = time.process_time()
    result = function()
    return time.process_time() - start, result


def _print_times(times: list[tuple[float, float, float]]) -> None:
    ours, theirs, clues = (sum(column) for column in zip(*times, strict=True))
    median = statistics.median(mine / other for mine, other, _ in times)
    print(
        f"pages {len(times)}, trafilatura with metadata {theirs / len(times) * 1000:.1f} ms a page"
    )
    print(
        f"extraction/trafilatura: median of ratios {median:.3f}, ratio of sums {ours / theirs:.3f}"
    )
    print(f"dates and outlets (with a parse of their own) add {clues / theirs:.3f}")


def _print_scores(
    scorer: ModuleType, golds: list[dict[str, Any]], predictions: dict[str, dict[str, Any]]
) -> None:
    rows = scorer.evaluate(golds, predictions)
    for source in ("aeb", "fundus"):
        means = scorer.agg([row for row in rows if row["source"] == source])
        shown = ("text_n", "text_p", "text_r", "text_f1_aeb", "text_f1", "title", "auth")
        figures = "  ".join(f"{key} {means[key]:.3f}" for key in shown if key in means)
        print(f"{source}: {figures}")


def _read_golds(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_pages", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
