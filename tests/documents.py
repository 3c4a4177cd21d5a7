"""The documents, and the blocks of code in them."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

PROJECT = Path(__file__).parents[1]
# README first: it makes what the others read.
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in sorted((PROJECT / "docs").glob("*.md"))),
)
SHELL = ("sh", "bash", "console")
RUNNABLE = (*SHELL, "python", "sql")
# What a reader looks at: settings, sidecars, printed output.
SHOWN = ("text", "toml", "json")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code in a document."""

    document: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"

    @property
    def commands(self) -> list[str]:
        """The commands of a session; a script is one, whatever its lines."""
        if self.language != "console":
            return [self.text]
        lines = self.text.splitlines()
        assert all(line.startswith("$ ") for line in lines), f"{self}: each line begins with `$ `"
        return [line.removeprefix("$ ") for line in lines]


def read_blocks(document: str, *languages: str) -> list[Block]:
    """The blocks of a document, by its path in the checkout; of some languages only."""
    text = (PROJECT / document).read_text(encoding="utf-8")
    return [
        Block(document, token.map[0] + 1, token.info.strip(), token.content)
        for token in MarkdownIt("commonmark").parse(text)
        if token.type == "fence" and token.map
        if not languages or token.info.strip() in languages
    ]


def read_command(document: str, start: str) -> list[str]:
    """The words of the one line in a document's shell blocks that begins so."""
    (line,) = [
        line
        for block in read_blocks(document, *SHELL)
        for line in block.text.splitlines()
        if line.startswith(start)
    ]
    return shlex.split(line, comments=True)
