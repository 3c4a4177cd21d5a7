"""The documents lead to each other: every link ends somewhere, and the indexes are complete."""

import re
from pathlib import Path

import pytest

from tests.conftest import PROJECT

DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")])


def read(path: Path) -> str:
    """Returns a document without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)


def anchors(path: Path) -> set[str]:
    """The headings of a document, as links name them."""
    headings = re.findall(r"^#+ (.+)$", read(path), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_ends_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", read(document)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        path = document.parent / name if name else document
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


def test_the_index_names_every_document() -> None:
    linked = set(re.findall(r"\]\(([^)]+)\)", (PROJECT / "docs/index.md").read_text("utf-8")))
    pages = {path.name for path in PROJECT.glob("docs/*.md")} - {"index.md"}
    assert pages <= linked


def test_the_index_of_decisions_names_every_entry() -> None:
    text = read(PROJECT / "DECISIONS.md")
    linked = set(re.findall(r"^- \[.+\]\(#(.+)\)$", text, re.M))
    entries = re.findall(r"^## (.+ \(\d{4}-\d\d-\d\d\))$", text, re.M)
    assert entries
    for entry in entries:
        assert re.sub(r"[^\w\- ]", "", entry.lower()).replace(" ", "-") in linked, entry
