"""The README keeps its word: its commands run, its links lead somewhere."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT, Command

README = (PROJECT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line[1:])
    for block in re.findall(r"```console\n(.*?)```", README, re.S)
    for line in block.splitlines()
    if line.startswith("$")
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that stands for the default one, which a developer may be working with."""
    return tmp_path_factory.mktemp("readme") / "warehouse"


@pytest.fixture(scope="module")
def made(warehouse: Path) -> str:
    """What `make run` printed, in the project itself."""
    finished = subprocess.run(
        ["make", "run", f"WAREHOUSE={warehouse}"],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_make_run_ends_in_a_table(made: str) -> None:
    for word in ("documents", "articles", "quarantined", "written to", "newsmill sql"):
        assert word in made


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    "command", [words for words in COMMANDS if words[0] == "newsmill"], ids=" ".join
)
def test_a_command_works(newsmill: Command, warehouse: Path, command: list[str]) -> None:
    where = [] if command[1] == "rates" else ["--warehouse", warehouse]
    finished = newsmill(*command[1:], *where)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.strip()


def test_the_make_targets_exist() -> None:
    targets = [words[1] for words in COMMANDS if words[0] == "make"]
    assert targets == ["run", "test"]
    for target in targets:
        subprocess.run(["make", "-n", target], cwd=PROJECT, check=True, capture_output=True)


def test_every_linked_file_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (PROJECT / target).exists(), target
