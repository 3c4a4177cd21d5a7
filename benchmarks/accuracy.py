"""Accuracy: runs the pipeline on a folder of pages with known answers and scores what it recorded.

    benchmarks/accuracy.py --bench DIR --pred OUT.jsonl [--registry none] [--no-url]

DIR holds `gold.jsonl` (an object a line: `id`, `file`, optionally `url`) and the files. The gold's
`url` is given to the pipeline as a sidecar, as a crawler would; nothing else of it is. A prediction
a document is written, rejected documents too. Where a scorer `score_pages.py` lies in DIR or beside
it, its table is printed, with the outlet registry and without it (`--registry none`: only without).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from schemas.reasons import Reason
from schemas.settings import Settings
from schemas.tables import STAGED
from tasks.discover.batches import discover
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource
from tasks.read.batch import read_batch
from tasks.read.document import Origin, Refusal
from tasks.stage.pool import PagePool
from tasks.stage.work_orders import StagedDocument, WorkOrder


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bench", type=Path, required=True, help="folder with gold.jsonl")
    parser.add_argument("--pred", type=Path, required=True, help="where to write predictions")
    parser.add_argument("--registry", choices=["default", "none"], default="default")
    parser.add_argument("--no-url", action="store_true", help="do not give the gold's url")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    gold = [json.loads(line) for line in (arguments.bench / "gold.jsonl").open(encoding="utf-8")]
    reference = ReferenceSource(registry=arguments.registry != "none")
    settings = Settings(workers=arguments.workers)
    with tempfile.TemporaryDirectory() as folder:
        _lay_out(gold, arguments.bench, Path(folder), with_url=not arguments.no_url)
        records = {
            record.raw_path.partition(".")[0]: record
            for record in _process(Path(folder), settings, reference)
        }
    in_order = [records[str(number)] for number in range(len(gold))]
    _print_fates(in_order)
    _score(gold, in_order, arguments.bench, arguments.pred)
    if reference.registry:
        print("\nThe same with the outlet registry switched off:")
        bare = list(_renormalize(in_order, settings, ReferenceSource(registry=False)))
        without = arguments.pred.with_suffix(".registry-none.jsonl")
        _score(gold, bare, arguments.bench, without)


def _lay_out(gold: list[dict[str, Any]], bench: Path, raw: Path, *, with_url: bool) -> None:
    """Lays the files out as a landing folder, numbered, so that no name gives anything away."""
    for number, entry in enumerate(gold):
        source = (bench / entry["file"]).resolve()
        suffixes = "".join(suffix for suffix in source.suffixes if suffix in _SUFFIXES)
        target = raw / f"{number}{suffixes}"
        # Not as links: newsmill follows none out of its raw folder.
        shutil.copyfile(source, target)
        if with_url and entry.get("url"):
            sidecar = target.with_name(f"{target.name}.meta.json")
            sidecar.write_text(json.dumps({"url": entry["url"]}), encoding="utf-8")


_SUFFIXES = {".html", ".htm", ".txt", ".gz", ".zst"}


def _process(raw: Path, settings: Settings, reference: ReferenceSource) -> Iterator[Record]:
    with PagePool(settings, reference) as pool:
        for batch in discover(raw).batches:
            documents = read_batch(batch, raw, settings.limits)
            yield from pool.process(documents, _order(settings, reference))


def _renormalize(
    records: list[Record], settings: Settings, reference: ReferenceSource
) -> Iterator[Record]:
    """Decides anew from what extraction found, as `newsmill backfill --from staged` does."""
    with PagePool(settings, reference) as pool:
        yield from pool.process(map(_as_staged, records), _order(settings, reference))


def _as_staged(record: Record) -> StagedDocument | Refusal:
    origin = Origin(
        raw_path=record.raw_path,
        raw_digest=record.raw_digest,
        url=record.url,
        fetched_at=record.fetched_at,
    )
    if record.extraction is None:
        return Refusal(origin=origin, reason=Reason(record.reasons[0]), detail=record.detail)
    return StagedDocument(
        origin=origin,
        extraction=record.extraction,
        version=STAGED.version,
        text_facts=None,
    )


def _order(settings: Settings, reference: ReferenceSource) -> WorkOrder:
    return WorkOrder(
        batch_id="benchmark",
        pipeline_version="benchmark",
        limits=settings.limits,
        reference=reference,
    )


def _score(
    gold: list[dict[str, Any]], records: list[Record], bench: Path, predictions: Path
) -> None:
    with predictions.open("w", encoding="utf-8") as out:
        for entry, record in zip(gold, records, strict=True):
            prediction = {"id": entry["id"], **_predict(record)}
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    _print_scores(bench, predictions)


def _predict(record: Record) -> dict[str, Any]:
    return {
        "text": record.text,
        "published": _published(record),
        "outlet_name": record.outlet_name,
        "outlet_domain": record.outlet_domain,
        "title": record.title,
        "authors": list(record.authors),
    }


def _published(record: Record) -> str | None:
    """Writes the instant in the outlet's own offset; the day where that is not known."""
    if record.published_at is None or record.published_offset_minutes is None:
        return record.published_date.isoformat() if record.published_date else None
    local = record.published_at + timedelta(minutes=record.published_offset_minutes)
    offset = timedelta(minutes=record.published_offset_minutes)
    sign = "-" if offset < timedelta(0) else "+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{local:%Y-%m-%dT%H:%M:%S}{sign}{hours:02d}:{minutes:02d}"


def _print_fates(records: list[Record]) -> None:
    fates = Counter(reason for record in records for reason in record.reasons or ("accepted",))
    print(f"{len(records)} records: " + ", ".join(f"{n} {fate}" for fate, n in fates.most_common()))
    print(f"{sum(record.seconds for record in records):.1f} s of CPU in the workers")


def _print_scores(bench: Path, predictions: Path) -> None:
    for folder in (bench, bench.resolve().parent):
        scorer = folder / "score_pages.py"
        if scorer.exists():
            gold = bench / "gold.jsonl"
            command: list[str | Path] = [
                sys.executable,
                scorer,
                "--gold",
                gold,
                "--pred",
                predictions,
            ]
            subprocess.run(command, check=True)
            return
    print("no score_pages.py in the folder or beside it: predictions are not scored")


if __name__ == "__main__":
    main()
