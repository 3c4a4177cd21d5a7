"""newsmill's peers: what each is asked to do with the same pages, and its environment.

Each has an environment of its own, because their versions exclude one another: datatrove asks for a
trafilatura that newsmill's does not allow. The pinned versions lie beside the programs that need
them, in `peer_programs/`, and not in pyproject.toml: they are no part of newsmill, and its lock
files would have to satisfy all of them at once.
"""

import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from page_archives import Archives

PROGRAMS = Path(__file__).parent / "peer_programs"
_INSTALL_S = 900
_READY = ".ready"

Command = Callable[[Path, Archives, Path, int], list[str]]


class InstallError(Exception):
    """A peer's environment cannot be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that does some of what newsmill does.

    Attributes:
        name: as printed.
        environment: the requirements file in `peer_programs/`, without its suffix.
        makes: what its output has of a page.
        command: of its environment's folder of programs, the pages, where to write, the workers.
        count: of where it wrote, how many pages it has something of.
    """

    name: str
    environment: str
    makes: str
    command: Command
    count: Callable[[Path], int]


def _datatrove(programs: Path, archives: Archives, out: Path, workers: int) -> list[str]:
    script = str(PROGRAMS / "datatrove_text.py")
    return [str(programs / "python"), script, str(archives.parts), str(out), str(workers)]


def _trafilatura(*options: str) -> Command:
    def command(programs: Path, archives: Archives, out: Path, workers: int) -> list[str]:
        folders = ["--input-dir", str(archives.loose), "--output-dir", str(out)]
        return [str(programs / "trafilatura"), *folders, "--parallel", str(workers), *options]

    return command


def _pool(library: str) -> Command:
    def command(programs: Path, archives: Archives, out: Path, workers: int) -> list[str]:
        archive, found = next(archives.whole.iterdir()), out / "pages.jsonl"
        script = [str(programs / "python"), str(PROGRAMS / "pool.py"), library]
        return [*script, str(archive), str(found), str(workers)]

    return command


def _count_lines(out: Path) -> int:
    """Counts the objects with a text, in plain or compressed lines."""
    texts = 0
    for path in out.rglob("*.jsonl*"):
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            texts += sum(bool(json.loads(line).get("text")) for line in lines)
    return texts


def _count_files(out: Path) -> int:
    return sum(path.stat().st_size > 0 for path in out.rglob("*") if path.is_file())


PEERS = (
    Peer("datatrove", "datatrove", "text", _datatrove, _count_lines),
    Peer("datatrove-newest", "datatrove-newest", "text", _datatrove, _count_lines),
    Peer("trafilatura", "trafilatura", "text", _trafilatura(), _count_files),
    Peer(
        "trafilatura-metadata",
        "trafilatura",
        "text, title, author, day",
        _trafilatura("--with-metadata", "--json"),
        _count_files,
    ),
    Peer(
        "trafilatura-pool",
        "trafilatura",
        "text, title, author, day",
        _pool("trafilatura"),
        _count_lines,
    ),
    Peer("newspaper4k", "newspaper4k", "text, title, day", _pool("newspaper4k"), _count_lines),
    Peer("resiliparse", "resiliparse", "text", _pool("resiliparse"), _count_lines),
    Peer("parse-lxml", "resiliparse", "a tree", _pool("lxml"), _count_lines),
    Peer("parse-lexbor", "resiliparse", "a tree", _pool("lexbor"), _count_lines),
)


def make_environment(folder: Path, name: str) -> Path:
    """Makes an environment where it is missing; returns its folder of programs.

    Args:
        folder: of all environments.
        name: of its requirements file, without the suffix.

    Raises:
        InstallError: it cannot be made.
    """
    requirements = PROGRAMS / f"{name}.txt"
    target = (folder / name).absolute()
    programs, ready = target / "bin", target / _READY
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if ready.exists() and ready.read_text() == digest:
        return programs
    _install(sys.executable, "-m", "venv", "--clear", str(target))
    _install(str(programs / "python"), "-m", "pip", "install", "-q", "-r", str(requirements))
    ready.write_text(digest)
    return programs


def _install(*command: str) -> None:
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_INSTALL_S
        )
    except subprocess.TimeoutExpired:
        raise InstallError(f"not installed within {_INSTALL_S} s") from None
    if ended.returncode:
        said = (ended.stderr or ended.stdout).strip().splitlines() or ["no word of why"]
        raise InstallError(f"not installed: {said[-1]}")
