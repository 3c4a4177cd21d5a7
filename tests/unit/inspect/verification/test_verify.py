"""A warehouse is damaged in every way that we could think of; each is found by name and place."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.columns import Column
from schemas.settings import Limits, Settings
from schemas.tables import ARTICLES, MONEY, OUTLETS, QUARANTINE, RUNS, STAGED
from tasks.inspect.verification.faults import Fault
from tasks.inspect.verification.verify import verify_warehouse
from tasks.lineage.versions import pipeline_version
from tasks.normalize.identity import digest_content, identify_article
from tasks.normalize.record import Record, digest_row, seal_record
from tasks.publish.accounting import read_accounts
from tasks.publish.partitions import publish_partition
from tasks.publish.select import select_partitions
from tasks.report.runs import RunContext, describe_run, write_run
from tasks.stage.staged_rows import write_records
from tasks.storage.layouts import PUBLISHED
from tasks.storage.warehouse import METADATA_KEY, Warehouse, read_metadata, write_table
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD, GOOD_MONEY, consistent
from tests.warehouses import publish_rest

MARCH_ARTICLES = "articles/published_month=2024-03/part-0.parquet"
MARCH_MONEY = "money/published_month=2024-03/part-0.parquet"
APRIL_ARTICLES = "articles/published_month=2024-04/part-0.parquet"
APRIL_MONEY = "money/published_month=2024-04/part-0.parquet"
QUARANTINED = "quarantine/landing_month=2024-03/part-0.parquet"

Row = dict[str, Any]


def _article(number: int, day: date = date(2024, 3, 1), **changes: Any) -> Record:
    url = f"https://harbourpost.example/{number}"
    text = f"5 million crowns were paid for quay {number}."
    instant = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    content = digest_content("A quay", text)
    article = replace(
        GOOD,
        url=url,
        canonical_url=url,
        article_id=identify_article(url, content),
        content_digest=content,
        title="A quay",
        text=text,
        published_date=day,
        published_at=instant,
        fetched_at=instant + timedelta(hours=3),
        raw_path=f"{number}.html",
        money=(replace(GOOD_MONEY, usd_rate_date=day),),
    )
    return consistent(replace(article, **changes))


RECORDS = (
    _article(1),
    _article(1, raw_path="1-earlier.html", fetched_at=datetime(2024, 3, 1, 10, tzinfo=UTC)),
    _article(2),
    _article(3, date(2024, 4, 2)),
    _article(4, fate="rejected", reasons=("text_missing",), money=()),
)


def _stage(warehouse: Warehouse, records: tuple[Record, ...]) -> None:
    sealed = [
        seal_record(record, batch_id="a", pipeline_version="1", reference_version="1")
        for record in records
    ]
    state = hashlib.sha256(repr(sealed).encode()).hexdigest()
    footer = {"state": state, "pipeline_version": pipeline_version()}
    write_records(warehouse, "a", sealed, footer)
    validate_batches(warehouse)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published warehouse that nobody changes."""
    warehouse = Warehouse(tmp_path_factory.mktemp("clean") / "warehouse")
    _stage(warehouse, RECORDS)
    for partition in select_partitions(warehouse, Settings()):
        publish_partition(warehouse, partition, Settings())
    publish_rest(warehouse)
    run = describe_run(
        warehouse,
        RunContext(
            run_id="1",
            started_at=datetime(2024, 5, 1, tzinfo=UTC),
            raw=Path("raw"),
            limits=Limits(),
            parameters={},
            batches=(),
            step_seconds={},
            reference_version="1",
        ),
        findings=(),
        accounts=read_accounts(warehouse),
        partitions_written=3,
    )
    write_run(warehouse, run)
    return warehouse.root


@pytest.fixture
def warehouse(clean: Path, tmp_path: Path) -> Warehouse:
    """A copy of it to damage."""
    return Warehouse(Path(shutil.copytree(clean, tmp_path / "warehouse")))


def _rewrite(warehouse: Warehouse, path: str, change: Callable[[list[Row]], Any]) -> None:
    """Changes the rows of a file and nothing else: footer, checksums and columns stay right."""
    target = warehouse.root / path
    rows = pq.read_table(target, partitioning=None).to_pylist()
    change(rows)
    schemas = {table.name: table.schema for table in (ARTICLES, MONEY, QUARANTINE)}
    schema = schemas[path.partition("/")[0]]
    write_table(target, [pa.Table.from_pylist(rows, schema=schema)], schema, read_metadata(target))


def _verify(warehouse: Warehouse) -> tuple[Fault, ...]:
    return verify_warehouse(warehouse).faults


def _named(warehouse: Warehouse) -> set[tuple[str, str, int | None]]:
    return {(str(fault.code), fault.path, fault.row) for fault in _verify(warehouse)}


def test_a_clean_warehouse_has_no_faults(warehouse: Warehouse) -> None:
    files = {path: path.read_bytes() for path in warehouse.root.rglob("*") if path.is_file()}
    found = verify_warehouse(warehouse)
    assert found.faults == ()
    assert (found.documents, found.articles, found.revisions, found.quarantined) == (5, 3, 1, 1)
    assert {
        path: path.read_bytes() for path in warehouse.root.rglob("*") if path.is_file()
    } == files


def test_partitions_of_days_are_as_good_as_months(warehouse: Warehouse) -> None:
    for folder in (warehouse.dataset("articles"), warehouse.dataset("money"), warehouse.selection):
        shutil.rmtree(folder)
    by_day = Settings(partition_by="date")
    for partition in select_partitions(warehouse, by_day):
        publish_partition(warehouse, partition, by_day)
    publish_rest(warehouse, by_day)
    assert set(warehouse.partitions("articles")) == {"2024-03-01", "2024-04-02"}
    assert _verify(warehouse) == ()


class TestPartsOfAMonth:
    """A month in two files, each with an article; by which limit says the warehouse itself."""

    @pytest.fixture
    def parts(self, warehouse: Warehouse) -> list[Path]:
        in_parts = Settings(part_rows=1)
        for partition in select_partitions(warehouse, in_parts):
            publish_partition(warehouse, partition, in_parts)
        publish_rest(warehouse, in_parts)
        first, second, april = warehouse.partitions("articles").values()
        assert (first.parent, april.name) == (second.parent, "part-0.parquet")
        return [first, second]

    @pytest.mark.usefixtures("parts")
    def test_whole(self, warehouse: Warehouse) -> None:
        assert _verify(warehouse) == ()

    def test_deleted(self, parts: list[Path], warehouse: Warehouse) -> None:
        parts[0].unlink()
        name = parts[0].relative_to(warehouse.root).as_posix()
        assert _named(warehouse) == {("file_missing", name, None)}

    def test_too_many(self, parts: list[Path], warehouse: Warehouse) -> None:
        shutil.copy(parts[0], parts[0].with_name("part-f.parquet"))
        faults = {fault[:2] for fault in _named(warehouse)}
        name = parts[0].with_name("part-f.parquet").relative_to(warehouse.root).as_posix()
        assert ("partition_unselected", name) in faults

    def test_in_the_place_of_another(self, parts: list[Path], warehouse: Warehouse) -> None:
        shutil.copy(parts[0], parts[1])
        name = parts[1].relative_to(warehouse.root).as_posix()
        assert ("partition_stale", name, None) in _named(warehouse)


def test_an_empty_warehouse_has_no_faults(tmp_path: Path) -> None:
    (tmp_path / "staged" / "records").mkdir(parents=True)
    (tmp_path / "staged" / "verdicts").mkdir(parents=True)
    assert _verify(Warehouse(tmp_path)) == ()


@pytest.mark.parametrize("name", [MARCH_ARTICLES, APRIL_MONEY])
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_flipped_bit_is_found(warehouse: Warehouse, name: str, data: st.DataObject) -> None:
    """In a page, in its index, in the statistics: readers would skip or misread rows."""
    path = warehouse.root / name
    content = path.read_bytes()
    # Who wrote the file says nothing of its rows.
    writer = content.rindex(pq.read_metadata(path).created_by.encode())
    at = data.draw(st.integers(0, len(content) - 1).filter(lambda at: not 0 <= at - writer < 40))
    damaged = bytearray(content)
    damaged[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        path.write_bytes(damaged)
        faults = _verify(warehouse)
    finally:
        path.write_bytes(content)
    assert name in {fault.path for fault in faults}


class TestFiles:
    def test_truncated(self, warehouse: Warehouse) -> None:
        path = warehouse.root / MARCH_ARTICLES
        path.write_bytes(path.read_bytes()[:-100])
        assert _named(warehouse) == {("file_unreadable", MARCH_ARTICLES, None)}

    def test_deleted(self, warehouse: Warehouse) -> None:
        (warehouse.root / APRIL_ARTICLES).unlink()
        assert _named(warehouse) == {("file_missing", APRIL_ARTICLES, None)}

    def test_foreign_and_temporary(self, warehouse: Warehouse) -> None:
        foreign = ("articles/notes.txt", "money/published_month=March/part-0.parquet")
        temporary = "articles/published_month=2024-03/.part-0.parquet.7.tmp"
        for name in (*foreign, temporary):
            path = warehouse.root / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"")
        assert _named(warehouse) == {
            *(("file_foreign", name, None) for name in foreign),
            ("file_temporary", temporary, None),
        }

    def test_in_the_folder_of_another_month(self, warehouse: Warehouse) -> None:
        wrong = "articles/published_month=2024-05/part-0.parquet"
        (warehouse.root / wrong).parent.mkdir()
        (warehouse.root / APRIL_ARTICLES).rename(warehouse.root / wrong)
        assert _named(warehouse) == {
            ("file_missing", APRIL_ARTICLES, None),
            ("partition_unselected", wrong, None),
            ("row_in_wrong_partition", wrong, 0),
        }

    def test_other_columns(self, warehouse: Warehouse) -> None:
        path = warehouse.root / APRIL_MONEY
        rows = pq.read_table(path, partitioning=None).drop_columns(["usd_status"])
        pq.write_table(rows.replace_schema_metadata(), path)
        (fault,) = _verify(warehouse)
        assert (fault.code, fault.path) == ("schema_differs", APRIL_MONEY)
        assert "usd_status" in fault.expected

    def test_two_partitions_with_each_other_s_files(self, warehouse: Warehouse) -> None:
        march, april = (warehouse.root / path for path in (MARCH_MONEY, APRIL_MONEY))
        content = march.read_bytes()
        march.write_bytes(april.read_bytes())
        april.write_bytes(content)
        assert _named(warehouse) >= {
            *(("row_in_wrong_partition", path, 0) for path in (MARCH_MONEY, APRIL_MONEY)),
            *(("partition_stale", path, None) for path in (MARCH_MONEY, APRIL_MONEY)),
            *(("reference_broken", path, 0) for path in (MARCH_MONEY, APRIL_MONEY)),
        }

    @pytest.mark.parametrize("content", [None, b"{}"])
    def test_another_description_of_the_columns(
        self, warehouse: Warehouse, content: bytes | None
    ) -> None:
        path = warehouse.root / "datapackage.json"
        path.unlink()
        if content:
            path.write_bytes(content)
        assert _named(warehouse) == {("datapackage_wrong", "datapackage.json", None)}

    def test_a_run_cut_short(self, warehouse: Warehouse) -> None:
        (path,) = (warehouse.root / "runs").glob("*.parquet")
        path.write_bytes(path.read_bytes()[:-1])
        assert _named(warehouse) == {("file_unreadable", f"runs/{path.name}", None)}


class TestVersions:
    """Runs and staged records stay as they were written; columns may be added since."""

    def test_older_files_are_no_fault(
        self, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        new = Column(name="summary", type=pa.string(), description="A column of the next version.")
        for name, table in (("STAGED", STAGED), ("RUNS", RUNS)):
            columns = (*table.columns, new)
            later = replace(table, version=table.version + 1, columns=columns)
            monkeypatch.setattr(f"tasks.inspect.verification.file_checks.{name}", later)
        assert _named(warehouse) == set()

    def test_a_column_too_many_is_one(
        self, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fewer = replace(STAGED, columns=STAGED.columns[:-1])
        monkeypatch.setattr("tasks.inspect.verification.file_checks.STAGED", fewer)
        assert ("schema_differs", "staged/records/a.parquet", None) in _named(warehouse)


class TestRows:
    def test_an_article_in_two_partitions(self, warehouse: Warehouse) -> None:
        (row,) = pq.read_table(warehouse.root / APRIL_ARTICLES, partitioning=None).to_pylist()
        row["published_date"] = date(2024, 3, 31)
        _rewrite(warehouse, MARCH_ARTICLES, lambda rows: rows.append(row))
        assert _named(warehouse) == {
            ("article_twice", APRIL_ARTICLES, 0),
            ("row_unfounded", MARCH_ARTICLES, 2),
            ("accounts_unbalanced", "", None),
        }

    def test_a_date_of_another_month(self, warehouse: Warehouse) -> None:
        day = date(2024, 4, 30)
        _rewrite(warehouse, MARCH_ARTICLES, lambda rows: rows[1].update(published_date=day))
        faults = _verify(warehouse)
        assert {(fault.code, fault.path, fault.row) for fault in faults} == {
            ("row_in_wrong_partition", MARCH_ARTICLES, 1),
            ("value_differs", MARCH_ARTICLES, 1),
            # Its amounts have lost the article of their day.
            ("reference_broken", MARCH_MONEY, 1),
        }
        (changed,) = (fault for fault in faults if fault.code == "value_differs")
        assert (changed.found, changed.expected) == ("published_date 2024-04-30", "2024-03-01")

    def test_an_article_that_is_gone(self, warehouse: Warehouse) -> None:
        _rewrite(warehouse, MARCH_ARTICLES, lambda rows: rows.pop())
        assert _named(warehouse) == {
            ("row_missing", MARCH_ARTICLES, None),
            ("reference_broken", MARCH_MONEY, 1),
            ("accounts_unbalanced", "", None),
        }

    def test_an_amount_that_is_gone(self, warehouse: Warehouse) -> None:
        _rewrite(warehouse, MARCH_MONEY, lambda rows: rows.pop())
        assert _named(warehouse) == {("row_missing", MARCH_MONEY, None)}

    def test_an_amount_of_no_article(self, warehouse: Warehouse) -> None:
        nobody = "f" * 20
        _rewrite(warehouse, APRIL_MONEY, lambda rows: rows.append(dict(rows[0], article_id=nobody)))
        assert _named(warehouse) == {
            ("reference_broken", APRIL_MONEY, 1),
            ("row_unfounded", APRIL_MONEY, 1),
        }

    def test_equal_amounts_are_counted(self, warehouse: Warehouse) -> None:
        _rewrite(warehouse, APRIL_MONEY, lambda rows: rows.append(dict(rows[0], usd_status="x")))
        assert _named(warehouse) == {("row_unfounded", APRIL_MONEY, 1)}

    def test_a_quarantined_document_that_is_gone(self, warehouse: Warehouse) -> None:
        _rewrite(warehouse, QUARANTINED, lambda rows: rows.clear())
        assert _named(warehouse) == {
            ("row_missing", QUARANTINED, None),
            ("accounts_unbalanced", "", None),
        }

    def test_an_order_that_is_not_the_declared_one(self, warehouse: Warehouse) -> None:
        _rewrite(warehouse, MARCH_ARTICLES, lambda rows: rows.reverse())
        assert _named(warehouse) == {("rows_unsorted", MARCH_ARTICLES, 0)}

    @pytest.mark.parametrize(
        ("column", "value", "codes"),
        [
            ("title", "Another quay", {"content_digest_wrong"}),
            ("canonical_url", "https://harbourpost.example/other", {"article_id_wrong"}),
            ("duplicate_of", "f" * 20, {"reference_broken"}),
            ("money_count", 7, set()),
            ("first_fetched_at", datetime(2020, 1, 1, tzinfo=UTC), set()),
            ("outlet_name", "Another Post", set()),
        ],
    )
    def test_a_value_of_an_article(
        self, warehouse: Warehouse, column: str, value: object, codes: set[str]
    ) -> None:
        _rewrite(warehouse, APRIL_ARTICLES, lambda rows: rows[0].update({column: value}))
        faults = _verify(warehouse)
        assert {fault.code for fault in faults} == codes | {"value_differs"}
        assert {(fault.path, fault.row) for fault in faults} == {(APRIL_ARTICLES, 0)}
        assert any(fault.found.startswith(column) for fault in faults)

    def test_a_revision_that_is_not_counted(self, warehouse: Warehouse) -> None:
        def forget(rows: list[Row]) -> None:
            for row in rows:
                row["revision_count"] = 0

        _rewrite(warehouse, MARCH_ARTICLES, forget)
        values, accounts = sorted(_verify(warehouse), key=lambda fault: fault.path, reverse=True)
        assert (values.code, values.found, values.expected) == (
            "value_differs",
            "revision_count 0",
            "1",
        )
        assert (accounts.code, accounts.expected) == ("accounts_unbalanced", "5 documents")
        assert accounts.found == "3 articles + 0 revisions + 1 quarantined = 4"

    def test_an_amount_that_the_text_does_not_bear_out(self, warehouse: Warehouse) -> None:
        _rewrite(warehouse, APRIL_MONEY, lambda rows: rows[0].update(start=2, end=11))
        wrong = [fault for fault in _verify(warehouse) if fault.code == "surface_wrong"]
        assert [(fault.path, fault.row, fault.found) for fault in wrong] == [
            (APRIL_MONEY, 0, "'5 million'")
        ]
        assert "'million c'" in wrong[0].expected


class TestStaged:
    def test_a_damaged_page(self, warehouse: Warehouse) -> None:
        path = warehouse.records / "a.parquet"
        content = bytearray(path.read_bytes())
        column = pq.read_metadata(path).row_group(0).column(STAGED.names.index("text"))
        content[column.data_page_offset + column.total_compressed_size // 2] ^= 1
        path.write_bytes(content)
        (fault,) = _verify(warehouse)
        assert (fault.code, fault.path) == ("file_unreadable", "staged/records/a.parquet")

    def test_records_that_changed_after_publishing(self, warehouse: Warehouse) -> None:
        _stage(warehouse, (*RECORDS, _article(5)))
        selection = "staged/selection/articles/2024-03.parquet"
        assert _named(warehouse) == {
            ("selection_stale", selection, None),
            ("partition_stale", MARCH_ARTICLES, None),
            ("partition_stale", MARCH_MONEY, None),
            ("accounts_unbalanced", "", None),
        }

    def test_a_selection_that_somebody_changed(self, warehouse: Warehouse) -> None:
        path = warehouse.selection / "articles" / "2024-03.parquet"
        rows = pq.read_table(path, partitioning=None)
        pq.write_table(rows.replace_schema_metadata({METADATA_KEY: b'{"inputs": "0"}'}), path)
        assert _named(warehouse) == {
            ("selection_stale", "staged/selection/articles/2024-03.parquet", None)
        }

    def test_rows_of_a_selection_that_somebody_changed(self, warehouse: Warehouse) -> None:
        path = warehouse.selection / "articles" / "2024-03.parquet"
        rows = pq.read_table(path, partitioning=None)
        pq.write_table(rows.slice(1).cast(rows.schema), path)
        assert _named(warehouse) == {
            ("selection_stale", "staged/selection/articles/2024-03.parquet", None)
        }

    def test_digests_are_of_all_digits_and_of_no_zeros_behind_them(
        self, warehouse: Warehouse
    ) -> None:
        amount = Decimal("12345678901234567890123456789.000000001")
        records = (_article(1, money=(replace(GOOD_MONEY, amount=amount, usd_amount=None),)),)
        _stage(warehouse, records)
        path = warehouse.records / "a.parquet"
        rows = pq.read_table(path, partitioning=None).to_pylist()
        assert rows[0]["record_digest"] == digest_row(rows[0])
        with localcontext(prec=38):
            rows[0]["money"][0]["amount"] += Decimal("0.000000001")
        assert rows[0]["record_digest"] != digest_row(rows[0])

    def test_a_staged_record_that_somebody_changed(self, warehouse: Warehouse) -> None:
        """Of its columns some are published nowhere, and nothing else would show the change."""
        path = warehouse.records / "a.parquet"
        rows = pq.read_table(path, partitioning=None).to_pylist()
        rows[1]["candidates"] = "[]"
        changed = pa.Table.from_pylist(rows, schema=STAGED.schema)
        write_table(path, [changed], STAGED.schema, read_metadata(path))
        assert ("record_digest_wrong", "staged/records/a.parquet", 1) in _named(warehouse)

    def test_records_without_a_verdict(self, warehouse: Warehouse) -> None:
        (warehouse.verdicts / "a.parquet").unlink()
        assert _named(warehouse) == {("verdict_missing", "staged/records/a.parquet", None)}


def test_a_fault_is_one_line_with_file_row_found_and_expected(warehouse: Warehouse) -> None:
    _rewrite(warehouse, APRIL_ARTICLES, lambda rows: rows[0].update(outlet_name="Two\nlines"))
    (fault,) = _verify(warehouse)
    assert str(fault) == (
        f"{APRIL_ARTICLES} row 0: value_differs: "
        r"found outlet_name 'Two\nlines', expected 'Harbour Post'"
    )


def _change_outlets(warehouse: Warehouse, change: Callable[[pa.Table], pa.Table]) -> None:
    """Writes outlets/ with other rows, as if they were those of its footer."""
    footer = read_metadata(warehouse.outlets)
    rows = change(pq.ParquetFile(warehouse.outlets).read())
    write_table(warehouse.outlets, [rows], OUTLETS.schema, footer, layout=PUBLISHED)


def test_an_outlet_without_a_row_is_told(warehouse: Warehouse) -> None:
    _change_outlets(warehouse, lambda rows: rows.slice(0, 0))
    found = {(fault.code.value, fault.path.partition("/")[0]) for fault in _verify(warehouse)}
    assert found == {("reference_broken", "articles"), ("row_missing", "outlets")}


def test_a_changed_outlet_is_told(warehouse: Warehouse) -> None:
    def rename(rows: pa.Table) -> pa.Table:
        names = pa.array(["Somebody else"] * rows.num_rows)
        return rows.set_column(rows.schema.get_field_index("outlet_name"), "outlet_name", names)

    _change_outlets(warehouse, rename)
    assert {fault.code.value for fault in _verify(warehouse)} == {"value_differs"}
    # Made with another registry it may be right.
    footer = read_metadata(warehouse.outlets) | {"registry": "another"}
    rows = pq.ParquetFile(warehouse.outlets).read()
    write_table(warehouse.outlets, [rows], OUTLETS.schema, footer, layout=PUBLISHED)
    assert _verify(warehouse) == ()


def test_outlets_of_before_are_stale(warehouse: Warehouse) -> None:
    footer = read_metadata(warehouse.outlets) | {"inputs": "0" * 64}
    rows = pq.ParquetFile(warehouse.outlets).read()
    write_table(warehouse.outlets, [rows], OUTLETS.schema, footer, layout=PUBLISHED)
    assert [fault.code.value for fault in _verify(warehouse)] == ["partition_stale"]
    warehouse.outlets.unlink()
    assert [fault.code.value for fault in _verify(warehouse)] == ["file_missing"]
