"""What a day's run costs as the warehouse grows.

    python benchmarks/scale.py --folder DIR [--rows 10000 100000 300000 1000000]

Made-up records are staged by the pipeline's own writer into DIR: 2,000 documents a day for as many
days as it takes, 350 outlets, containers of 500 to 1,000 documents, 3 % fetched again, 5 %
near-duplicates with signatures of their texts, 4 % rejected. The warehouse grows into the past from
each size to the next; DIR is kept, and a second call begins with what it holds. At each size a day
of 2,000 documents arrives, published on its last two days,
and the steps of the flow run in a process of their own, without Prefect. Staging the day costs the
same at any size and is left out, as are imports. Prints CPU seconds a step and the highest resident
memory in it (Linux).
"""

import argparse
import hashlib
import json
import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from schemas.reasons import Reason
from schemas.settings import MEBIBYTE, Settings
from tasks.discover.batches import Batch
from tasks.discover.plan import plan_run
from tasks.lineage.versions import pipeline_version
from tasks.normalize.record import MoneyRow, Record, record_refusal
from tasks.normalize.signatures import NUMBER_SLOTS, SIGNATURE, TEXT_SLOTS, sign_text
from tasks.publish.accounting import check_accounts
from tasks.publish.partitions import publish_partition
from tasks.publish.parts import count_reasons
from tasks.publish.select import select_partitions
from tasks.publish.waves import order_waves, write_wave
from tasks.read.document import Origin, Refusal
from tasks.report.summary import summarize
from tasks.stage.staged_rows import write_records
from tasks.storage.records import staged_batches
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import audit_staged
from tasks.validate.audit_state import clear_pending
from tasks.validate.verdicts import pending_batches, validate_batches

SETTINGS = Settings()
SIZES = [10_000, 100_000, 300_000, 1_000_000]
LAST_DAY = date(2024, 12, 31)
DAY_CONTAINERS, DAY_DOCUMENTS = 4, 2_000
OUTLETS = 350
# Pages are fetched again for so many days.
REFETCHING_DAYS = 3
REFETCHED, COPIED, REJECTED, WITH_MONEY = 0.03, 0.05, 0.04, 0.3
SENTENCES, SENTENCES_A_TEXT = 20_000, 24


@dataclass(frozen=True)
class Cost:
    """What a step cost."""

    seconds: float
    peak_bytes: int


@dataclass(frozen=True)
class Container:
    """A container in raw/: an empty file whose name says all that is known of it."""

    number: int
    day: date
    documents: int

    @property
    def path(self) -> str:
        """Its path below raw/."""
        return f"feed/{self.day}/{self.number:06}-{self.documents}.jsonl"


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    arguments = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    costs = {}
    for rows in arguments.rows:
        with spawn.Pool(1) as process:
            process.apply(_grow, (arguments.folder, rows))
        with spawn.Pool(1) as process:
            costs[rows] = process.apply(_run_day, (arguments.folder,))
        _print(costs)


def _grow(folder: Path, rows: int) -> None:
    """Stages documents until the warehouse holds `rows`, and publishes them."""
    raw, warehouse = folder / "raw", Warehouse(folder / "warehouse")
    containers = _containers(raw)
    while (held := sum(container.documents for container in containers)) < rows:
        day = LAST_DAY - timedelta(days=1 + held // DAY_DOCUMENTS)
        size = random.Random(len(containers)).randint(500, 1_000)
        containers.append(_add_container(raw, Container(len(containers), day, size)))
    _stage(raw, warehouse)
    validate_batches(warehouse)
    for partition in select_partitions(warehouse, SETTINGS):
        publish_partition(warehouse, partition, SETTINGS)
    check_accounts(warehouse)
    clear_pending(warehouse)


def _run_day(folder: Path) -> dict[str, Cost]:
    """Stages a day of documents and measures the run that follows."""
    # Imported before anything is measured.

    raw, warehouse = folder / "raw", Warehouse(folder / "warehouse")
    costs: dict[str, Cost] = {}
    with _measured(costs, "nothing new"):
        assert not plan_run(raw, staged_batches(warehouse)).batches
        assert not pending_batches(warehouse)
        assert not select_partitions(warehouse, SETTINGS)
    first = len(_containers(raw))
    for number in range(first, first + DAY_CONTAINERS):
        _add_container(raw, Container(number, LAST_DAY, DAY_DOCUMENTS // DAY_CONTAINERS))
    _stage(raw, warehouse)
    with _measured(costs, "discover"):
        plan_run(raw, staged_batches(warehouse))
    with _measured(costs, "validate"):
        validate_batches(warehouse)
    with _measured(costs, "audit"):
        audit_staged(warehouse, accept=True)
    with _measured(costs, "select"):
        stale = select_partitions(warehouse, SETTINGS)
    with _measured(costs, "order"):
        waves = order_waves(warehouse, stale)
    with _measured(costs, "publish"):
        for wave in waves:
            list(write_wave(warehouse, wave, SETTINGS))
    with _measured(costs, "accounts and reasons"):
        check_accounts(warehouse)
        count_reasons(warehouse)
        clear_pending(warehouse)
    with _measured(costs, "summary"):
        summarize(warehouse)
    with _measured(costs, "status"):
        plan_run(raw, staged_batches(warehouse))
        pending_batches(warehouse)
        summarize(warehouse)
    return costs


@contextmanager
def _measured(costs: dict[str, Cost], step: str) -> Iterator[None]:
    """Measures a block: CPU of this process, and the highest that its resident memory was."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    started = time.process_time()
    yield
    seconds = time.process_time() - started
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    costs[step] = Cost(seconds, int(peak) * 1024)


def _print(costs: dict[int, dict[str, Cost]]) -> None:
    print("| step | " + " | ".join(f"{rows:,}" for rows in costs) + " |")
    print("|---|" + "---|" * len(costs))
    for step in next(iter(costs.values())):
        cells = (
            f"{steps[step].seconds:.2f} s, {steps[step].peak_bytes / MEBIBYTE:.0f} MiB"
            for steps in costs.values()
        )
        print(f"| {step} | " + " | ".join(cells) + " |", flush=True)


def _containers(raw: Path) -> list[Container]:
    names = sorted((path.stem.split("-"), path.parent.name) for path in raw.rglob("*.jsonl"))
    return [
        Container(int(number), date.fromisoformat(day), int(documents))
        for (number, documents), day in names
    ]


def _add_container(raw: Path, container: Container) -> Container:
    path = raw / container.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return container


def _stage(raw: Path, warehouse: Warehouse) -> None:
    """Stages the containers that are new."""
    raw.mkdir(parents=True, exist_ok=True)
    containers = {container.path: container for container in _containers(raw)}
    earlier = list(containers.values())
    writer = Writer()
    for batch in plan_run(raw, staged_batches(warehouse)).batches:
        container = containers[batch.files[0].path]
        footer = {
            "batch_id": batch.batch_id,
            "source": batch.source,
            "landed": [container.day.isoformat()] * 2,
            "files": [container.path],
            "listing_digest": batch.listing_digest,
            "pipeline_version": pipeline_version(),
            "reference_version": "made-up",
            "state": batch.listing_digest,
        }
        records = writer.records(container, earlier[: container.number], batch)
        write_records(warehouse, batch.batch_id, records, footer)


class Writer:
    """Makes records up, always the same."""

    def __init__(self) -> None:
        rng = random.Random("words")
        letters = "abcdefghijklmnopqrst"
        words = ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(30_000)]
        self._sentences = [
            " ".join(rng.choices(words, k=rng.randint(8, 28))).capitalize() + "."
            for _ in range(SENTENCES)
        ]

    def records(
        self, container: Container, earlier: list[Container], batch: Batch
    ) -> Iterator[Record]:
        """Yields the records of a container.

        Args:
            container: whose records.
            earlier: what may be fetched again: of the same days where there is any.
            batch: which the records are of.
        """
        rng = random.Random(f"container {container.number}")
        texts = [self._text(rng) for _ in range(container.documents)]
        signed = set()
        for position in range(1, container.documents):
            if rng.random() < COPIED:
                original = rng.randrange(position)
                sentences = texts[original].split("\n")
                texts[position] = "\n".join([*sentences[:-1], rng.choice(self._sentences)])
                signed |= {position, original}
        recent = [
            other for other in earlier if abs((other.day - container.day).days) <= REFETCHING_DAYS
        ]
        for position, text in enumerate(texts):
            source, number = container, position
            if earlier and rng.random() < REFETCHED:
                source = rng.choice(recent or earlier)
                number = rng.randrange(source.documents)
            signature = sign_text(text) if position in signed else _unlike_any(rng)
            yield _record(container, position, batch, text, signature, rng, (source, number))

    def _text(self, rng: random.Random) -> str:
        return "\n".join(rng.choices(self._sentences, k=SENTENCES_A_TEXT))


def _unlike_any(rng: random.Random) -> bytes:
    """Returns the signature of a text that shares nothing with others: slots are random numbers."""
    signature = np.zeros((), SIGNATURE)
    signature["shingles"] = rng.randint(300, 600)
    signature["text"] = np.frombuffer(rng.randbytes(2 * TEXT_SLOTS), "<u2")
    signature["number"] = np.frombuffer(rng.randbytes(2 * NUMBER_SLOTS), "<u2")
    return signature.tobytes()


def _record(
    container: Container,
    position: int,
    batch: Batch,
    text: str,
    signature: bytes | None,
    rng: random.Random,
    article: tuple[Container, int],
) -> Record:
    origin = Origin(
        raw_path=container.path,
        raw_offset=position * 4_096,
        raw_digest=rng.randbytes(32).hex(),
        landing_date=container.day,
        url=None,
        fetched_at=datetime.combine(container.day, datetime.min.time(), UTC)
        + timedelta(hours=20, seconds=position),
        faults=(),
    )
    sealed: dict[str, Any] = {
        "batch_id": batch.batch_id,
        "pipeline_version": pipeline_version(),
        "reference_version": "made-up",
        # Over what `seal_record` takes it of, a digest costs more than all the rest.
        "record_digest": rng.randbytes(32).hex(),
        "seconds": 0.02,
    }
    if rng.random() < REJECTED:
        refusal = Refusal(origin=origin, reason=Reason.TEXT_MISSING, detail="made up")
        return replace(record_refusal(refusal), **sealed)
    source, number = article
    own = random.Random(f"article {source.number} {number}")
    outlet = own.randrange(OUTLETS)
    domain = f"outlet{outlet}.example"
    url = f"https://{domain}/{source.number}/{number}"
    published = datetime.combine(source.day, datetime.min.time(), UTC) + timedelta(
        seconds=own.randrange(-86_400, 72_000)
    )
    money = (_money(text),) if own.random() < WITH_MONEY else ()
    return replace(
        record_refusal(Refusal(origin=origin, reason=Reason.TEXT_MISSING, detail="")),
        fate="accepted",
        reasons=(),
        form="html",
        article_id=hashlib.sha256(url.encode()).hexdigest()[:20],
        url=url,
        canonical_url=url,
        outlet_id=f"~{domain}" if outlet % 10 == 0 else f"outlet-{outlet}",
        outlet_name=f"Outlet {outlet}",
        outlet_domain=domain,
        language=("en", "de", "ru", "az")[outlet % 4],
        title=text[:60],
        title_source="json_ld",
        text=text,
        word_count=text.count(" ") + SENTENCES_A_TEXT,
        published_at=published,
        published_date=published.date(),
        published_precision="second",
        published_text=published.isoformat(),
        published_source="json_ld",
        content_digest=hashlib.sha256(text.encode()).hexdigest(),
        money_count=len(money),
        money=money,
        extraction=json.dumps({"form": "html", "text": text}),
        candidates="{}",
        text_signature=signature,
        **sealed,
    )


def _money(text: str) -> MoneyRow:
    return MoneyRow(
        start=0,
        end=8,
        surface=text[:8],
        kind="mention",
        amount=Decimal(5_000_000),
        amount_high=None,
        currency_code="USD",
        currency_rule="code",
        quote_currency_code=None,
        is_ambiguous=False,
        usd_amount=Decimal(5_000_000),
        usd_rate=Decimal(1),
        usd_rate_date=None,
        usd_rate_source=None,
        usd_status="ok",
    )


if __name__ == "__main__":
    main()
