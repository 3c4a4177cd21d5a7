"""Every command and every line of Python in the documents runs as it stands, in their order."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.docs.readers import Reader, lay_out_clone, shell_environment
from tests.documents import DOCUMENTS, PROJECT, RUNNABLE, SHELL, SHOWN, Block, read_blocks

SAMPLE = "regional-press/2024-03-06/harbour-post-ferry-terminal.html"

# How documents write the id of an article of one's own.
IDS = ("ARTICLE_ID", "0123456789abcdef0123")
# Documents whose reader is in another folder than a clone, by the test that follows them.
ELSEWHERE = {"docs/your-own-pages.md": "test_newcomer.py", "docs/raw-forms.md": "test_newcomer.py"}
# Lines that do not run here, by how they begin, and why.
NOT_RUN = {
    r"make (?!run\b)": "tests, builds or installs the checkout itself: a dry run says what it does",
    r"\S*pip3? (install|download) |python3 -m venv ": "installs; .ci/wheel does it with a wheel",
    r"(prefect|export PREFECT_\w+=\S+) ?": "tests/servers.py runs it, for tests/orchestration",
    r"(\w+=\S+ )?dask |newsmill run --dask ": "several machines; tests/orchestration/test_dask.py",
    r"newsmill .*\bs3://": "a store; tests/storage_s3 has one",
    r"newsmill .*\bpostgresql://": "a server; tests/unit/newsmill/test_export.py has one",
    r"newsmill (collect|sources (add|check))\b": "outlets; tests/flows/test_collect.py has one",
    r"python examples/collecting/world\.py": "an outlet that ends with its terminal, likewise",
    r"docker |cp env\.example |cd deploy": "containers; tests/orchestration reads deploy/",
    r"systemctl |cp deploy/": "the machine's own services; tests/orchestration reads deploy/",
    r"\.venv/bin/newsmill \S+ .*/data/pages": "pages of one's own: test_newcomer.py",
}
_NOT_RUN = re.compile("|".join(NOT_RUN))


@pytest.fixture
def reader(
    served: dict[str, str], sample_warehouse: Path, tmp_path: Path
) -> Callable[[str], Reader]:
    """Gives a reader of a document, who has a clone and has run `make run`."""

    def read(document: str) -> Reader:
        folder = tmp_path / "newsmill"
        lay_out_clone(folder)
        (folder / "data").mkdir()
        if document != "README.md":  # which makes it
            shutil.copytree(sample_warehouse, folder / "warehouse")
        ids = pq.read_table(sample_warehouse / "articles", columns=["article_id"])
        return Reader(
            folder,
            shell_environment(served, folder),
            stands_for={
                "/data/": f"{folder}/data/",
                "--outlet harbour-post": "--outlet '~harbourpost.example'",
                **dict.fromkeys(IDS, str(ids[0][0])),
            },
            names={"html": (folder / "raw" / SAMPLE).read_bytes()},
        )

    return read


def _without_what_does_not_run(block: Block) -> Block:
    lines = block.text.splitlines(keepends=True)
    kept = [line for line in lines if not _NOT_RUN.match(line.removeprefix("$ "))]
    return Block(block.document, block.line, block.language, "".join(kept))


# They erase and run again, time after time.
LONG = ("docs/erasure.md", "docs/backfills.md")


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "document",
    [
        pytest.param(name, marks=[pytest.mark.campaign] if name in LONG else [])
        for name in DOCUMENTS
        if name not in ELSEWHERE and read_blocks(name, *RUNNABLE)
    ],
)
def test_a_document_runs_from_top_to_bottom(document: str, reader: Callable[[str], Reader]) -> None:
    somebody = reader(document)
    printed = ""
    for block in read_blocks(document, *RUNNABLE):
        runs = _without_what_does_not_run(block) if block.language in SHELL else block
        printed += somebody.run(runs) if runs.text else ""
    if document == "README.md":
        for word in ("documents", "articles", "quarantined", "written to", "newsmill sql"):
            assert word in printed


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_block_says_what_it_is(document: str) -> None:
    """A command could hide in a block without a language, and nobody would run it."""
    unknown = {str(block): block.language for block in read_blocks(document)}
    assert {place for place, word in unknown.items() if word not in (*RUNNABLE, *SHOWN)} == set()


def test_make_has_the_targets_that_documents_name(served: dict[str, str], tmp_path: Path) -> None:
    lay_out_clone(tmp_path / "clone")
    somebody = Reader(tmp_path / "clone", served, {}, {})
    named = [
        Block(block.document, block.line, "sh", line.removeprefix("$ ").replace("make", "make -n"))
        for document in DOCUMENTS
        for block in read_blocks(document, *SHELL)
        for line in block.text.splitlines()
        if line.removeprefix("$ ").startswith("make ")
    ]
    assert {"make -n run", "make -n test"} <= {block.text for block in named}
    for block in named:
        assert somebody.run(block)


def test_documents_that_others_follow_are_there() -> None:
    for document, test in ELSEWHERE.items():
        assert read_blocks(document, *RUNNABLE)
        assert document in (Path(__file__).parent / test).read_text(encoding="utf-8")
    assert (PROJECT / "raw" / SAMPLE).is_file()
