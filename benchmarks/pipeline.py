"""What whole commands cost: newsmill beside its peers, on the same real pages.

    python benchmarks/pipeline.py (--raw DIR | --warc FILE) --environment DIR
        [--pages 1000] [--workers 2] [--repeats 3] [--peers NAME ...]

The pages are written to a temporary folder as one WARC, which newsmill reads, and as what the
peers read. Commands run by turns: newsmill, a peer, newsmill, the next peer; each first with six
pages, which is its start, then with all of them. A ratio is that of newsmill to the peer of the
same turn, so above 1 newsmill costs more. Printed are least and median.

The peers' environments are made in DIR, and kept there. One that cannot be installed is a row that
says why. Before them stands newsmill's start: a run of six pages and one with nothing new, beside a
Prefect flow that does nothing with a server of its own.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

import pyarrow.dataset as ds
from page_archives import Archives, read_folder, read_warc, repeat, write_archives
from peers import PEERS, PROGRAMS, InstallError, Peer, make_environment
from prefect_servers import START_S, quiet_environment
from process_tree import Measured, measure

_FEW = 6
_PATIENCE_S = 3_600
_WIDTH = 22


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the benchmark, as given."""

    raw: Path | None
    warc: Path | None
    environment: Path
    pages: int
    workers: int
    repeats: int
    peers: tuple[Peer, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A command's cost on a few pages and on all of them, and how many texts it made of all."""

    few: Measured
    all: Measured
    texts: int

    def cpu_ms_a_page(self, pages: int) -> float:
        """Returns what a page costs beside the start, in CPU milliseconds."""
        return 1_000 * (self.all.cpu_s - self.few.cpu_s) / (pages - _FEW)


class CommandError(Exception):
    """A command failed, so its cost says nothing; the message has its last words."""


def main() -> None:
    """Runs the benchmark from the command line."""
    options = parse_options(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options)
        bench.compare_start()
        for peer in options.peers:
            try:
                bench.compare(peer)
            except (InstallError, CommandError) as error:
                print(f"{peer.name:<{_WIDTH}} {error}", flush=True)
        bench.print_newsmill()


def parse_options(arguments: Sequence[str]) -> Options:
    """Reads the command line's arguments; `--peers` with no names leaves all of them out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--raw", type=Path, help="folder of pages, with or without sidecars")
    source.add_argument("--warc", type=Path, help="a WARC of pages")
    parser.add_argument("--environment", type=Path, required=True, help="for those of the peers")
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    names = [peer.name for peer in PEERS]
    parser.add_argument("--peers", nargs="*", choices=names, default=names)
    given = parser.parse_args(arguments)
    if given.pages <= _FEW:
        parser.error(f"--pages has to be more than {_FEW}, which is the start")
    chosen = tuple(peer for peer in PEERS if peer.name in given.peers)
    return Options(**{**vars(given), "peers": chosen})


class Bench:
    """Runs commands, and prints what they cost."""

    def __init__(self, folder: Path, options: Options) -> None:
        self._folder, self._options = folder, options
        self._numbers = count()
        self._newsmill: list[Pair] = []
        source = read_folder(options.raw) if options.raw else read_warc(options.warc or Path())
        pages = list(repeat(source, options.pages))
        parts = options.workers
        self._few = write_archives(pages[:_FEW], folder / "few", parts)
        self._all = write_archives(pages, folder / "all", parts)
        self._settings = quiet_environment(
            {
                "PREFECT_HOME": str(folder / "prefect"),
                "PREFECT_LOGGING_LEVEL": "CRITICAL",
                "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START_S),
            }
        )

    def compare_start(self) -> None:
        """Measures newsmill's start beside a flow that does nothing, and prints both."""
        self._run_newsmill(self._few)  # makes the database of Prefect's home
        costs = defaultdict[str, list[Measured]](list)
        for _ in range(self._options.repeats):
            costs["empty flow"].append(
                self._run([sys.executable, str(PROGRAMS / "empty_flow.py")], self._settings)
            )
            warehouse = self._new_folder()
            for name in (f"newsmill, {_FEW} pages", "newsmill, nothing new"):
                costs[name].append(self._run_newsmill(self._few, warehouse)[0])
        print(f"{'':<{_WIDTH}}{'CPU s':>15}{'wall s':>15}{'peak MB':>15}{'first output s':>17}")
        for name, measured in costs.items():
            print(f"{name:<{_WIDTH}}{_figures(measured)}{_first_output(measured):>17}")
        flow, few = costs["empty flow"], costs[f"newsmill, {_FEW} pages"]
        print(f"{f'ratio, {_FEW} pages / flow':<{_WIDTH}}{_ratios(few, flow)}\n", flush=True)

    def compare(self, peer: Peer) -> None:
        """Measures a peer and newsmill by turns, and prints its costs and the ratios.

        Raises:
            InstallError: the peer's environment cannot be made.
            CommandError: one of the commands failed.
        """
        programs = make_environment(self._options.environment, peer.environment)
        theirs, ours = list[Pair](), list[Pair]()
        for _ in range(self._options.repeats):
            ours.append(self._pair(self._run_newsmill))
            theirs.append(self._pair(lambda pages: self._run_peer(peer, programs, pages)))
        if not self._newsmill:
            print(_heading())
        self._newsmill += ours
        pages = self._options.pages
        print(_row(peer.name, theirs, pages) + f"   {peer.makes}")
        each = [
            our.cpu_ms_a_page(pages) / their.cpu_ms_a_page(pages)
            for our, their in zip(ours, theirs, strict=True)
        ]
        all_pages = [[pair.all for pair in pairs] for pairs in (ours, theirs)]
        print(f"{'  newsmill / it':<{_WIDTH}}{_ratios(*all_pages)}{_span(each, 2)}", flush=True)

    def print_newsmill(self) -> None:
        """Prints what newsmill cost in all the turns."""
        if not self._newsmill:
            self._newsmill = [self._pair(self._run_newsmill) for _ in range(self._options.repeats)]
            print(_heading())
        print(_row("newsmill", self._newsmill, self._options.pages) + "   everything")

    def _pair(self, run: Callable[[Archives], tuple[Measured, int]]) -> Pair:
        few, _ = run(self._few)
        return Pair(few, *run(self._all))

    def _run_newsmill(
        self, archives: Archives, warehouse: Path | None = None
    ) -> tuple[Measured, int]:
        warehouse = warehouse or self._new_folder()
        folders = ["--raw", str(archives.whole), "--warehouse", str(warehouse)]
        workers = ["--workers", str(self._options.workers)]
        command = [sys.executable, "-m", "newsmill", "run", *folders, *workers, "--accept"]
        measured = self._run(command, self._settings)
        run = ds.dataset(warehouse / "runs", format="parquet").to_table().to_pylist()[-1]
        return measured, run["article_count"] + run["earlier_revision_count"]

    def _run_peer(self, peer: Peer, programs: Path, archives: Archives) -> tuple[Measured, int]:
        out = self._new_folder()
        command = peer.command(programs, archives, out, self._options.workers)
        return self._run(command, quiet_environment({})), peer.count(out)

    def _run(self, command: Sequence[str], environment: dict[str, str]) -> Measured:
        measured = measure(
            command, environment=environment, folder=Path.cwd(), patience_s=_PATIENCE_S
        )
        if measured.status:
            said = measured.last_words.strip().splitlines() or [""]
            raise CommandError(f"ended with status {measured.status}: {said[-1]}")
        return measured

    def _new_folder(self) -> Path:
        folder = self._folder / f"out-{next(self._numbers)}"
        folder.mkdir()
        return folder


def _heading() -> str:
    columns = ("CPU s", "wall s", "peak MB", "CPU ms a page")
    return f"{'':<{_WIDTH}}{''.join(f'{name:>15}' for name in columns)}{'texts':>8}   makes"


def _row(name: str, pairs: Sequence[Pair], pages: int) -> str:
    each = _span([pair.cpu_ms_a_page(pages) for pair in pairs], 1)
    texts = min(pair.texts for pair in pairs)
    return f"{name:<{_WIDTH}}{_figures([pair.all for pair in pairs])}{each}{texts:>8,}"


def _figures(measured: Iterable[Measured]) -> str:
    costs = zip(*((each.cpu_s, each.wall_s, each.peak_mb) for each in measured), strict=True)
    return "".join(_span(values, digits) for values, digits in zip(costs, (1, 1, 0), strict=True))


def _ratios(ours: Iterable[Measured], theirs: Iterable[Measured]) -> str:
    pairs = list(zip(ours, theirs, strict=True))
    return "".join(
        _span([getattr(our, name) / getattr(their, name) for our, their in pairs], 2)
        for name in ("cpu_s", "wall_s", "peak_mb")
    )


def _span(values: Sequence[float], digits: int) -> str:
    return f"{f'{min(values):,.{digits}f} / {median(values):,.{digits}f}':>15}"


def _first_output(measured: Iterable[Measured]) -> str:
    first = [each.first_output_s for each in measured if each.first_output_s is not None]
    return f"{min(first):.2f} / {median(first):.2f}" if first else "nothing"


if __name__ == "__main__":
    main()
