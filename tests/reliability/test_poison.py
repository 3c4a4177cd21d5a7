"""Hostile documents go through every step and every command: none stops a run, none is lost."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from newsmill.__main__ import cli
from schemas.settings import Limits
from schemas.suites import FAULTS
from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.publish.accounting import check_accounts
from tasks.publish.datapackage import write_datapackage
from tasks.report.html.writing import write_report
from tasks.storage.parquet import read_table
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import audit_staged
from tests.reliability.poison import DAY, write_corpus
from tests.warehouses import leave_row, make_warehouse

# Columns whose texts may go over several lines: as written, as printed, or a traceback's.
_OF_LINES = {"text", "detail", "published_text", "outlet_text", "surface", "faults"}


def _is_unprinted(character: str, allowed: str) -> bool:
    code = ord(character)
    is_character = code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF
    is_control = unicodedata.category(character) in {"Cc", "Cs"}
    return character not in allowed and (is_control or not is_character)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _unprinted(warehouse: Warehouse) -> Iterator[tuple[str, str]]:
    """Yields the published texts that hold what no text holds, with their columns."""
    for table in (ARTICLES, MONEY, QUARANTINE):
        for path in warehouse.partitions(table.name).values():
            for row in read_table(path).to_pylist():
                for column, value in row.items():
                    allowed = "\n\r\t" if column in _OF_LINES else ""
                    for text in _texts(value):
                        if any(_is_unprinted(character, allowed) for character in text):
                            yield f"{table.name}.{column}", text


def test_poison_costs_its_own_record_and_reaches_nobody(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    documents = write_corpus(raw)
    assert documents > 500
    warehouse, batches = make_warehouse(raw, tmp_path / "w")
    findings = audit_staged(warehouse, accept=False)
    assert {finding.measure for finding in findings} <= {"unregistered outlets"}
    accounts = check_accounts(warehouse)
    assert accounts.documents == documents
    write_datapackage(warehouse)
    run = leave_row(warehouse, batches)
    assert not FAULTS & run.reason_counts.keys()
    assert list(_unprinted(warehouse)) == []
    write_report(warehouse, run, [batch.batch_id for batch in batches], raw, Limits())
    pages = list(warehouse.report(run.run_id).parent.rglob("*.html"))
    assert pages
    for page in pages:
        assert not any(_is_unprinted(letter, "\n") for letter in page.read_text("utf-8"))
        assert "could not be drawn" not in page.read_text("utf-8")
    _use_every_command(raw, warehouse)


def _use_every_command(raw: Path, warehouse: Warehouse) -> None:
    at = ("--warehouse", str(warehouse.root))
    (articles, *_) = (read_table(path) for path in warehouse.partitions("articles").values())
    paths = [f"feed/{DAY}/damaged.jsonl", f"feed/{DAY}/a.warc", f"feed/{DAY}/a.jsonl#0"]
    article_id = articles["article_id"][0].as_py()
    for arguments in (
        ("status", "--raw", str(raw), *at),
        ("status", "--raw", str(raw), *at, "--json"),
        ("sql", "SELECT * FROM articles", *at),
        ("sql", "SELECT * FROM articles", *at, "--csv"),
        ("sql", "SELECT * FROM quarantine", *at, "--csv"),
        ("quarantine", "list", *at),
        ("quarantine", "list", *at, "--json"),
        ("outlets", "unknown", *at, "--limit", "500"),
        ("history", article_id, *at),
        ("history", article_id, *at, "--json"),
        ("verify", *at),
        ("verify", *at, "--json"),
        ("explain", article_id, *at, "--raw", str(raw), "--html", str(raw.parent / "e.html")),
        *(("explain", path, *at, "--raw", str(raw)) for path in paths),
    ):
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, (arguments, result.output)
        allowed = "\n\t\r" if "--csv" in arguments else "\n"
        shown = [letter for letter in result.output if _is_unprinted(letter, allowed)]
        assert shown == [], arguments
        if "--json" in arguments:
            json.loads(result.stdout)
