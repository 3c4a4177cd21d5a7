"""Looking at a warehouse starts neither Prefect nor Great Expectations: they cost seconds."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.reliability.raw_folders import Page, write_pages

PROBE = """
import sys
from newsmill.__main__ import cli
try:
    cli(sys.argv[1:], standalone_mode=False)
finally:
    costly = {"prefect", "great_expectations", "pandas", "s3fs", "upath", "httpcore2", "protego"}
    print("imported:", costly & set(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["run", "--help"],
        ["status", "--warehouse", "{warehouse}"],
        ["sql", "SELECT count(*) FROM articles", "--warehouse", "{warehouse}"],
        ["run", "--raw", "raw", "--warehouse", "{warehouse}"],
        ["explain", "archive-desk/2024-04-15/echo-2003-canal.html", "--warehouse", "{warehouse}"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]).partition(" --warehouse")[0],
)
def test_it_is_imported_by_no_command_that_has_nothing_to_run(
    sample_warehouse: Path, arguments: list[str]
) -> None:
    given = [argument.format(warehouse=sample_warehouse) for argument in arguments]
    finished = subprocess.run(
        [sys.executable, "-c", PROBE, *given],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    imported = finished.stderr.splitlines()[-1]
    assert "prefect" not in imported
    assert "great_expectations" not in imported
    assert "s3fs" not in imported
    assert "upath" not in imported
    assert "httpcore2" not in imported
    assert "protego" not in imported
    if not {"sql", "explain"} & set(arguments) and "--raw" not in arguments:
        assert imported == "imported: set()"


def test_a_flow_loads_neither_the_rules_nor_what_judges_and_reports() -> None:
    """It holds its memory beside all workers, which load the rules for themselves."""
    probe = "import sys, flows.news_etl; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", probe], cwd=PROJECT, encoding="utf-8")
    heavy = {"trafilatura", "dateparser", "py3langid", "pandas", "duckdb", "great_expectations"}
    assert not heavy & set(loaded.split())


def test_who_writes_a_report_does_not_load_the_rules() -> None:
    """Its examples are read again by what workers are forked of, or else one by one."""
    modules = "tasks.report.html.writing, tasks.report.markdown, tasks.report.read_ahead"
    probe = f"import sys, {modules}; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", probe], cwd=PROJECT, encoding="utf-8")
    assert not {"trafilatura", "dateparser", "py3langid"} & set(loaded.split())


def test_a_run_reads_its_examples_again_in_another_process(
    served: dict[str, str], tmp_path: Path
) -> None:
    """Where it read only one of them itself, it would have loaded the rules."""
    write_pages(tmp_path / "raw", [Page(0, published=1, landing=2)])
    probe = (
        "import sys\nsys.argv[0] = 'newsmill'\nfrom newsmill.__main__ import cli\n"
        "cli(sys.argv[1:], standalone_mode=False)\n"
        "print('rules:', 'trafilatura' in sys.modules, file=sys.stderr)"
    )
    run = ["run", "--raw", tmp_path / "raw", "--warehouse", tmp_path / "warehouse"]
    done = subprocess.run(
        [sys.executable, "-c", probe, *run],
        cwd=PROJECT,
        env=served,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == "rules: False\n"
    (page,) = (tmp_path / "warehouse" / "_reports").glob("*/*.html")
    assert "could not be read again" not in page.read_text(encoding="utf-8")
