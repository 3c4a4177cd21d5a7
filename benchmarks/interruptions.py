"""Runs that are killed, ended or paused at random moments, and the bytes that come of it.

    python benchmarks/interruptions.py --raw DIR [--kill 100 --term 20 --int 20 --stop 20]

Half of the signals come while a run stages, half while it publishes: a random time after its first
file there. Each reaches the run's main process or its whole group, by turns; SIGSTOP is followed by
SIGCONT after --pause seconds. The next run starts in what the last one left. Now and then a run is
left alone; what it publishes must be, byte for byte, what a run on an empty warehouse does.

Prints, in the end or at Ctrl-C, a line a signal: how many runs it met, how many were not out in
10 s, how many had ended before, the seconds until they were out, and their exit statuses; then how
many warehouses came out otherwise.
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Literal

from prefect_servers import quiet_environment, running_server

OUT_S = 10
LOOK_AGAIN_S = 0.02
# Signals that a warehouse meets before a run is left alone.
CHAIN = 6
Phase = Literal["staging", "publishing"]
SIGNS: Mapping[Phase, tuple[str, ...]] = {
    "staging": ("staged/records/[!.]*",),
    "publishing": ("staged/selection/*/[!.]*", "articles/*/*", "money/*/*", "quarantine/*/*"),
}
# Seconds after the first sign within which a signal comes: as long as the phase takes. Where a run
# has ended before, the phase is shorter, and the signal tries again.
SPAN_S: Mapping[Phase, float] = {"staging": 6, "publishing": 4}
TRIES = 6
EXPECTED = {
    signal.SIGKILL: -signal.SIGKILL,
    signal.SIGTERM: 128 + signal.SIGTERM,
    signal.SIGINT: 128 + signal.SIGINT,
    signal.SIGSTOP: 0,
}


@dataclass
class Tally:
    """What became of the runs that a signal met.

    Attributes:
        ends: their exit statuses.
        seconds: from the signal to the end.
        missed: how many had ended before.
        moments: how many met it in which phase.
    """

    ends: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    missed: int = 0
    moments: Counter[Phase] = field(default_factory=Counter)


class Campaign:
    """One raw folder, one warehouse after the other."""

    def __init__(
        self, raw: Path, scratch: Path, environment: Mapping[str, str], pauses_s: Sequence[float]
    ) -> None:
        self._raw = raw
        self._pauses_s = cycle(pauses_s)
        self._environment = environment
        self.warehouse = scratch / "warehouse"
        self._log = scratch / "log"
        self.tallies: defaultdict[signal.Signals, Tally] = defaultdict(Tally)
        self.completed = self.different = 0
        self.noise: Counter[str] = Counter()
        clean = scratch / "clean"
        assert self.start(clean).wait() == 0, self._log.read_text()
        self._published = read_published(clean)

    def start(self, warehouse: Path) -> "subprocess.Popen[bytes]":
        """Starts a run in a process group of its own."""
        newsmill = Path(sys.executable).with_name("newsmill")
        command: list[str | Path] = [newsmill, "run", "--raw", self._raw, "--warehouse", warehouse]
        with self._log.open("wb") as log:
            return subprocess.Popen(
                command,
                env=dict(self._environment),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def interrupt(
        self, number: signal.Signals, phase: Phase, *, group: bool, wait_s: float
    ) -> bool:
        """Starts a run, sends a signal at a moment of it, and waits for its end.

        Returns whether the signal met the run.
        """
        before = self._files(phase)
        run = self.start(self.warehouse)
        while run.poll() is None and self._files(phase) <= before:
            time.sleep(LOOK_AGAIN_S)
        with suppress(subprocess.TimeoutExpired):
            run.wait(wait_s)
        tally = self.tallies[number]
        if run.poll() is not None:
            tally.missed += 1
            self._compare(run)
            return False
        tally.moments[phase] += 1
        sent = time.monotonic()
        self._send(run, number, group=group)
        with suppress(subprocess.TimeoutExpired):
            run.wait(None if number == signal.SIGSTOP else OUT_S * 3)
        tally.seconds.append(time.monotonic() - sent)
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        tally.ends[run.wait()] += 1
        if number in {signal.SIGTERM, signal.SIGINT}:
            self.noise.update(self._log.read_text().strip().splitlines())
        if number == signal.SIGSTOP:
            self._compare(run)
        return True

    def finish(self) -> None:
        """Leaves a run alone, and compares what it publishes."""
        run = self.start(self.warehouse)
        run.wait()
        self._compare(run)

    def _send(self, run: "subprocess.Popen[bytes]", number: signal.Signals, *, group: bool) -> None:
        send = os.killpg if group or number in {signal.SIGKILL, signal.SIGSTOP} else os.kill
        send(run.pid, number)
        if number == signal.SIGSTOP:
            time.sleep(next(self._pauses_s))
            os.killpg(run.pid, signal.SIGCONT)

    def _compare(self, run: "subprocess.Popen[bytes]") -> None:
        """Compares a warehouse whose run has ended by itself with the clean one, and removes it."""
        is_same = run.returncode == 0 and read_published(self.warehouse) == self._published
        leftovers = list(self.warehouse.rglob("*.tmp"))
        self.completed += 1
        if not is_same or leftovers:
            self.different += 1
            print(f"different: status {run.returncode}, {leftovers}\n{self._log.read_text()}")
        shutil.rmtree(self.warehouse)

    def _files(self, phase: Phase) -> set[tuple[Path, int]]:
        found = set()
        for pattern in SIGNS[phase]:
            for path in self.warehouse.glob(pattern):
                with suppress(FileNotFoundError):
                    found.add((path, path.stat().st_mtime_ns))
        return found


def read_published(warehouse: Path) -> dict[str, bytes]:
    """Reads every file that analysts see, by its path."""
    return {
        path.relative_to(warehouse).as_posix(): path.read_bytes()
        for dataset in ("articles", "money", "quarantine")
        for path in sorted((warehouse / dataset).rglob("*"))
        if path.is_file()
    }


def main() -> None:
    """Runs the campaign from the command line; exit status 1 where a promise was broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raw", type=Path, required=True, help="folder of some hundred pages")
    for name, count in (("kill", 100), ("term", 20), ("int", 20), ("stop", 20)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument(
        "--pause",
        type=float,
        nargs="+",
        default=[60.0],
        metavar="SECONDS",
        help="between STOP and CONT; several are taken by turns",
    )
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    signals = [
        signal.Signals[f"SIG{name.upper()}"]
        for name in ("kill", "term", "int", "stop")
        for _ in range(getattr(arguments, name))
    ]
    chance.shuffle(signals)
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server:
        environment = quiet_environment({"PREFECT_API_URL": server.url})
        raw = arguments.raw.absolute()
        campaign = Campaign(raw, Path(folder), environment, arguments.pause)
        spans = dict(SPAN_S)
        with suppress(KeyboardInterrupt):
            for done, number in enumerate(signals):
                phase: Phase = "publishing" if done % CHAIN >= CHAIN // 2 else "staging"
                for _ in range(TRIES):
                    wait_s = chance.uniform(0, spans[phase])
                    if campaign.interrupt(number, phase, group=done % 2 == 0, wait_s=wait_s):
                        break
                    spans[phase] = wait_s
                if done % CHAIN == CHAIN - 1:
                    campaign.finish()
                print(f"{done + 1} of {len(signals)}", file=sys.stderr, flush=True)
            campaign.finish()
        status = report(campaign)
    sys.exit(status)


def report(campaign: Campaign) -> int:
    """Prints what became of all runs; returns 1 where a promise was broken."""
    broken = campaign.different
    print(f"{'signal':<8} {'met':>4} staging/publishing  late  missed  median  longest  statuses")
    for number, tally in sorted(campaign.tallies.items()):
        late = 0 if number == signal.SIGSTOP else sum(s > OUT_S for s in tally.seconds)
        broken += late + sum(n for end, n in tally.ends.items() if end != EXPECTED[number])
        print(
            f"{number.name:<8} {len(tally.seconds):>4} "
            f"{tally.moments['staging']:>7}/{tally.moments['publishing']:<10} {late:>4} "
            f"{tally.missed:>7} {statistics.median(tally.seconds or [0]):>7.2f} "
            f"{max(tally.seconds, default=0):>8.2f}  {dict(tally.ends)}"
        )
    print(f"{campaign.completed} warehouses, {campaign.different} of them different")
    for line, times in campaign.noise.most_common():
        print(f"{times:>5} times said: {line}")
    return min(broken, 1)


if __name__ == "__main__":
    main()
