"""`newsmill outlets`, as a user calls it."""

import csv
import io
import json
import shlex
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from newsmill.outlets import outlets
from schemas.outlets import load_registry


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(outlets, [str(argument) for argument in arguments])


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    records = tmp_path / "warehouse" / "staged" / "records"
    records.mkdir(parents=True)
    rows = [
        ("~valleypost.com", "Valley Post", "Valley Post | Rain", "valleypost.com", "CA", "en"),
        ("~valleypost.com", "Valley Post", "Valley Post | Rain", "valleypost.com", None, "fr"),
        ("~valleypost.com", "valleypost", "valleypost", "valleypost.com", None, "en"),
        ("~reuterss.com", "Reuterss", "Reuterss", "reuterss.com", None, None),
        ("~dolina.example", "Долина сегодня", None, "dolina.example", None, "ru"),
        ("reuters", "Reuters", "Reuters", "reuters.com", None, None),
        (None, None, None, None, None, None),
    ]
    names = ["outlet_id", "outlet_name", "outlet_text", "outlet_domain"]
    names += ["outlet_country", "language"]
    for number, part in enumerate((rows[:2], rows[2:])):
        columns = [pa.array(list(column), pa.string()) for column in zip(*part, strict=True)]
        table = pa.table(columns, names=names)
        table = table.append_column("raw_path", pa.array([f"crawl {number}.warc"] * len(part)))
        table = table.append_column("raw_offset", pa.array(range(len(part)), pa.int64()))
        pq.write_table(table, records / f"{number}.parquet")
    return tmp_path / "warehouse"


def test_unknown_counts_unregistered_outlets_and_suggests(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where no registry.csv lies
    monkeypatch.setattr("sys.argv", ["newsmill"])
    result = invoke("unknown", "--warehouse", warehouse)
    assert result.exit_code == 0, result.output
    blocks = [block.split("\n") for block in result.output.strip().split("\n\n")]
    assert blocks[0] == [
        "3  Valley Post  ~valleypost.com, printed as 'Valley Post | Rain'",
        "         newsmill outlets add valley-post --name 'Valley Post' --domain valleypost.com"
        " --country CA --language en",
    ]
    assert [
        "      1  of no outlet that anything tells",
        f"         newsmill explain 'crawl 1.warc#4' --warehouse {warehouse}",
    ] in blocks
    assert any("~reuterss.com" in block[0] and "perhaps reuters" in block[1] for block in blocks)


def test_the_command_that_unknown_prints_registers_the_outlet(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = invoke("unknown", "--warehouse", warehouse).output.splitlines()
    commands = [line.split(" outlets ")[1] for line in printed if " outlets add " in line]
    assert len(commands) == 3
    for command in commands:
        added = invoke(*shlex.split(command))
        assert added.exit_code == 0, added.output
    assert "dolina,Долина сегодня" in (tmp_path / "registry.csv").read_text("utf-8")
    assert invoke("check", "registry.csv").output == "registry.csv: 3 outlets, no faults\n"


def test_unknown_as_json_and_csv_keeps_everything(warehouse: Path) -> None:
    rows = [
        json.loads(line)
        for line in invoke("unknown", "--warehouse", warehouse, "--json").output.splitlines()
    ]
    assert [row["documents"] for row in rows] == [3, 1, 1, 1]
    assert (rows[0]["outlet_id"], rows[0]["language"]) == ("~valleypost.com", "en")
    printed = invoke("unknown", "--warehouse", warehouse, "--csv").output
    found = list(csv.DictReader(io.StringIO(printed)))
    assert [row["outlet_id"] for row in found] == [row["outlet_id"] or "" for row in rows]


def test_unknown_knows_what_was_added(warehouse: Path, tmp_path: Path) -> None:
    registry = tmp_path / "own.csv"
    added = invoke("add", "valley-post", "--name", "Valley Post", "--registry", registry)
    assert added.exit_code == 0, added.output
    result = invoke("unknown", "--warehouse", warehouse, "--registry", registry)
    assert any("valley-post" in line for line in result.output.splitlines())


def test_unknown_without_a_warehouse_is_one_clear_line(tmp_path: Path) -> None:
    result = invoke("unknown", "--warehouse", tmp_path / "none")
    assert result.exit_code == 2
    assert "there is no warehouse" in result.output


def test_added_rows_load_over_the_embedded_registry(tmp_path: Path) -> None:
    registry = tmp_path / "own.csv"
    for outlet_id, name in (("valley-post", "Valley, Post"), ("hill-post", "Hill Post")):
        result = invoke(
            "add", outlet_id, "--name", name, "--alias", f"{name} Online",
            "--alias", f"en:{outlet_id}", "--domain", f"{outlet_id}.az", "--country", "AZ",
            "--language", "az", "--timezone", "Asia/Baku", "--date-order", "DMY",
            "--registry", registry,
        )  # fmt: skip
        assert result.exit_code == 0, result.output
    found = load_registry(overlay=registry)
    outlet = found.find_host("valley-post.az")
    assert outlet is not None
    assert (outlet.name, outlet.timezone) == ("Valley, Post", "Asia/Baku")
    assert found.find_alias("hill-post")[0].outlet_id == "hill-post"
    assert invoke("check", registry).output == f"{registry}: 2 outlets, no faults\n"


def test_nothing_wrong_is_written(tmp_path: Path) -> None:
    registry = tmp_path / "own.csv"
    result = invoke(
        "add", "Valley", "--name", "Valley", "--timezone", "Mars", "--registry", registry
    )
    assert result.exit_code == 2
    assert f"{registry}:2: outlet_id 'Valley' is not a slug" in result.output
    assert "timezone 'Mars'" in result.output
    assert not registry.exists()


def test_a_file_keeps_its_own_columns(tmp_path: Path) -> None:
    registry = tmp_path / "own.csv"
    registry.write_text("name,outlet_id,domains\nHill Post,hill-post,hill.az")
    result = invoke("add", "valley-post", "--name", "Valley Post", "--registry", registry)
    assert result.exit_code == 0, result.output
    assert registry.read_text().splitlines()[1:] == [
        "Hill Post,hill-post,hill.az",
        "Valley Post,valley-post,",
    ]


def test_check_names_file_and_line_of_each_fault(tmp_path: Path) -> None:
    registry = tmp_path / "own.csv"
    registry.write_text("outlet_id,name,country\none,One,AZE\ntwo,One,\n")
    result = invoke("check", registry)
    assert result.exit_code == 2
    assert [line.split(" ")[0] for line in result.output.splitlines()] == [
        f"{registry}:2:",
        f"{registry}:3:",
    ]
