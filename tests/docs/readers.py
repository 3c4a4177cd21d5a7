"""A reader of documents, who runs their blocks in a folder that is laid out as a clone."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from newsmill.sql import sql
from tests.documents import PROJECT, Block

# The answer to whatever asks whether it may go on.
_YES = "exec < <(yes)"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody in a folder, who runs what a document says.

    Attributes:
        folder: Where they are.
        environment: Of their shell.
        stands_for: Names in documents that stand for the reader's own.
        names: What their Python knows; later blocks see what earlier ones define.
    """

    folder: Path
    environment: Mapping[str, str]
    stands_for: Mapping[str, str]
    names: dict[str, Any]

    def run(self, block: Block) -> str:
        """Runs a block as it stands. Returns what it printed, of SQL the answer as CSV."""
        if block.language == "python":
            with chdir(self.folder):
                return _run_python(block, self.names)
        if block.language == "sql":
            return self._ask(block)
        return "".join(self._run_shell(block, command) for command in block.commands)

    def _run_shell(self, block: Block, command: str) -> str:
        for name, own in self.stands_for.items():
            command = command.replace(name, own)
        finished = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"{_YES}\n{command}"],
            cwd=self.folder,
            env=dict(self.environment),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert finished.returncode == 0, f"{block}: {command}\n{finished.stdout}{finished.stderr}"
        if block.language == "console":
            assert finished.stdout.strip(), f"{block}: {command} printed nothing"
        return finished.stdout

    def _ask(self, block: Block) -> str:
        with chdir(self.folder):
            result = CliRunner().invoke(sql, [block.text, "--csv"])
        assert result.exit_code == 0, f"{block}: {result.output}"
        return result.stdout


def _run_python(block: Block, names: dict[str, Any]) -> str:
    """Runs statement by statement, and holds `value  # → 'this'` to what it says."""
    names.setdefault("__name__", "__main__")
    lines = block.text.splitlines()
    for statement in ast.parse(block.text).body:
        line = lines[(statement.end_lineno or 1) - 1]
        if isinstance(statement, ast.Expr):
            value = eval(compile(ast.Expression(statement.value), str(block), "eval"), names)
            _, arrow, said = line.partition("# → ")
            if arrow:
                printed = repr(value)
                assert said in {printed, printed.strip("()")}, f"{block}: {line}: {printed}"
        else:
            exec(compile(ast.Module([statement], []), str(block), "exec"), names)
    return ""


def lay_out_clone(folder: Path) -> None:
    """Makes a folder what a clone is to its reader: the sample pages, and `.venv` installed."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in PROJECT.iterdir():
        if path.is_file() and not path.name.startswith("."):
            shutil.copy2(path, folder)
    shutil.copytree(PROJECT / "raw", folder / "raw")
    shutil.copytree(PROJECT / "examples", folder / "examples")
    for path in Path(sys.prefix).iterdir():
        if not path.name.startswith("."):
            (folder / ".venv").mkdir(exist_ok=True)
            (folder / ".venv" / path.name).symlink_to(path)
    # As fresh as can be, or make would install this folder in the place of the checkout.
    for mark in (".runtime", ".dev"):
        (folder / ".venv" / mark).touch()


def shell_environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment of a shell in which the clone's `.venv` is active."""
    return {**environment, "PATH": f"{folder / '.venv' / 'bin'}:{environment['PATH']}"}
