"""What a whole run of a day costs in a small and in a large warehouse.

    python benchmarks/scale_runs.py --folders SMALL LARGE [--runs 3]

The folders are those that `benchmarks/scale.py` made. By turns, 2,000 made-up pages of the last day
arrive in each, in four files, and `newsmill run` processes them with two workers: discovering,
extracting, judging, selecting, writing the months that they belong to, and the report. A first run
in each, which is not counted, remembers what the made-up warehouse lacks. Prints of each run the
CPU seconds of all its processes and its wall time, what of the latter went into publishing, and
the highest memory (PSS); then the medians and their ratio.
"""

import argparse
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pyarrow.dataset as ds
from prefect_servers import START_S, quiet_environment
from process_tree import Measured, measure
from scale import DAY_CONTAINERS, DAY_DOCUMENTS, LAST_DAY, add_container, containers_of
from scale_records import OUTLETS, Container

_PATIENCE_S = 3_600
_PARAGRAPHS, _SENTENCES = 8, 3
_TEXT = (
    "the council said on its new harbour plan that costs would rise after years of delay while"
    " residents asked who pays for work at the northern pier and when boats may land there again"
)
_WORDS = _TEXT.split()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost: of the command, and the wall seconds of its step `publish`."""

    command: Measured
    publish_s: float


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folders", type=Path, nargs=2, required=True)
    parser.add_argument("--runs", type=int, default=3, help="in each warehouse")
    arguments = parser.parse_args()
    costs: dict[Path, list[Cost]] = {folder: [] for folder in arguments.folders}
    with tempfile.TemporaryDirectory() as home:
        for turn in range(arguments.runs + 1):
            for folder, own in costs.items():
                cost = _run_day(folder, Path(home))
                _print(f"{folder.name}{'' if turn else ', not counted'}", cost)
                if turn:
                    own.append(cost)
    small, large = (median(cost.command.cpu_s for cost in own) for own in costs.values())
    print(f"median CPU {small:.1f} and {large:.1f} s: {large / small:.2f} times")


def _run_day(folder: Path, home: Path) -> Cost:
    """Lets a day of pages arrive, and runs the pipeline.

    Raises:
        SystemExit: the command failed.
    """
    raw, warehouse = folder / "raw", folder / "warehouse"
    first = len(containers_of(raw))
    for number in range(first, first + DAY_CONTAINERS):
        container = Container(number, LAST_DAY, DAY_DOCUMENTS // DAY_CONTAINERS)
        add_container(raw, container)
        (raw / container.path).write_text(_pages(container), encoding="utf-8")
    command = [sys.executable, "-m", "newsmill", "run", "--workers", "2", "--accept"]
    measured = measure(
        [*command, "--raw", str(raw), "--warehouse", str(warehouse)],
        environment=quiet_environment(
            {
                "PREFECT_HOME": str(home),
                "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_S),
            }
        ),
        folder=Path.cwd(),
        patience_s=_PATIENCE_S,
    )
    if measured.status:
        sys.exit(f"ended with status {measured.status}: {measured.last_words}")
    runs = ds.dataset(warehouse / "runs", format="parquet").to_table(["run_id", "step_seconds"])
    latest = max(runs.to_pylist(), key=lambda row: str(row["run_id"]))
    return Cost(measured, dict(latest["step_seconds"])["publish"])


def _pages(container: Container) -> str:
    """Returns pages, a JSON line each, always the same."""
    rng = random.Random(container.number)
    return "".join(
        f"{json.dumps(_page(rng, container, place))}\n" for place in range(container.documents)
    )


def _page(rng: random.Random, container: Container, place: int) -> dict[str, str]:
    outlet = rng.randrange(OUTLETS)
    site = f"outlet{outlet}.example"
    paragraphs = "".join(f"<p>{_paragraph(rng)}</p>" for _ in range(_PARAGRAPHS))
    at = f"{container.day}T{rng.randrange(20):02}:{rng.randrange(60):02}:00+00:00"
    title = _sentence(rng)
    return {
        "url": f"https://{site}/{container.number}/{place}",
        "fetched_at": f"{container.day}T22:00:00Z",
        "html": f"<html lang='en'><head><title>{title}</title>"
        f"<meta property='og:site_name' content='Outlet {outlet}'>"
        f"<meta property='article:published_time' content='{at}'></head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{paragraphs}</article>"
        "</body></html>",
    }


def _paragraph(rng: random.Random) -> str:
    amount = f"It would cost ${rng.randrange(1, 900)} million."
    return " ".join([*(_sentence(rng) for _ in range(_SENTENCES)), amount])


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(_WORDS, k=rng.randint(8, 20))).capitalize() + "."


def _print(name: str, cost: Cost) -> None:
    of = cost.command
    print(
        f"{name:<24} {of.cpu_s:6.1f} s of CPU, {of.wall_s:6.1f} s,"
        f" publishing {cost.publish_s:5.1f} s, {of.peak_mb:,.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
