"""What was written is read as it was, or not at all."""

from pathlib import Path

import numpy as np
import pytest

from tasks.storage.caches import read_sealed
from tasks.storage.sections import (
    DamagedSectionError,
    read_head,
    read_rows,
    read_section,
    write_sections,
)

NUMBERS, LETTERS = np.arange(100, dtype="<i8"), np.frombuffer(b"abcdef", "V2")
KIND = np.dtype("<i8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    sections = {"numbers": NUMBERS, "none": NUMBERS[:0], "letters": LETTERS}
    write_sections(tmp_path / "file", {"made_of": "x"}, sections)
    return tmp_path / "file"


def test_sections_are_read_each_alone(path: Path) -> None:
    head = read_head(path)
    assert head is not None
    assert head.about == {"made_of": "x"}
    assert read_section(head, "numbers", KIND).tolist() == NUMBERS.tolist()
    assert read_section(head, "letters", LETTERS.dtype).tobytes() == b"abcdef"
    assert len(read_section(head, "none", KIND)) == 0
    assert read_rows(head, "numbers", KIND, 10, 3).tolist() == [10, 11, 12]
    assert read_sealed(path) is not None


def test_each_flipped_bit_is_noticed_by_who_reads_it(path: Path) -> None:
    content = path.read_bytes()
    whole = read_head(path)
    assert whole is not None
    start, size, _ = whole.sections["numbers"]
    for at in range(0, len(content) - 32, 7):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        head = read_head(path)
        if at < whole.sections["numbers"][0]:
            assert head is None or head.digest != whole.digest
        elif at < start + size:
            assert head is not None
            with pytest.raises(DamagedSectionError):
                read_section(head, "numbers", KIND)


@pytest.mark.parametrize("size", [0, 5, 60, 400])
def test_what_is_cut_short_is_noticed(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    head = read_head(path)
    if head is not None:
        with pytest.raises(DamagedSectionError):
            read_section(head, "numbers", KIND)
        with pytest.raises(DamagedSectionError):
            read_rows(head, "numbers", KIND, 99, 1)


def test_what_is_not_there_has_no_head(tmp_path: Path) -> None:
    assert read_head(tmp_path / "file") is None


def test_a_file_may_have_thousands_of_sections(tmp_path: Path) -> None:
    path = tmp_path / "file"
    sections = {str(number): NUMBERS[: number % 3] for number in range(4_096)}
    digest = write_sections(path, {}, sections)
    head = read_head(path)
    assert head is not None
    assert head.digest == digest
    assert all(len(read_section(head, name, KIND)) == len(sections[name]) for name in sections)
