"""The names of parts, in values and in files."""

from pathlib import Path

import pytest

from tasks.storage.part_names import file_name, part_of, period_of, value_of_file, value_of_part


@pytest.mark.parametrize(
    ("period", "part", "value"),
    [
        ("2024-03", "0", "2024-03"),
        ("2024-03", "68", "2024-03.68"),
        ("2024-03-01", "7e8", "2024-03-01.7e8"),
        ("unknown", "8", "unknown.8"),
    ],
)
def test_a_value_names_a_period_a_part_and_a_file(period: str, part: str, value: str) -> None:
    assert value_of_part(period, part) == value
    assert (period_of(value), part_of(value)) == (period, part)
    assert value_of_file(Path(f"articles/published_month={period}", file_name(part))) == value


@pytest.mark.parametrize("name", ["part-.parquet", "part-G.parquet", ".part-0.parquet.1.tmp"])
def test_other_files_are_no_parts(name: str) -> None:
    assert value_of_file(Path("articles/published_month=2024-03", name)) is None


def test_files_sort_as_their_ranges_do() -> None:
    ranges = ["0", "6", "68", "6801", "7"]
    assert sorted(map(file_name, ranges)) == [file_name(part) for part in ranges]
