"""Entries that are looked for are those that are there, and nothing else is believed."""

from pathlib import Path

import numpy as np
import pytest

from tasks.publish.entry_blocks import count_all, find_entries, sections_of
from tasks.publish.index import ENTRY
from tasks.storage.sections import DamagedSectionError, Head, read_head, write_sections


def _write(path: Path, heads: list[int]) -> Head:
    entries = np.zeros(len(heads), ENTRY)
    entries["id_head"] = sorted(heads)
    entries["row"] = np.arange(len(heads))
    write_sections(path, {}, sections_of(entries))
    head = read_head(path)
    assert head is not None
    return head


# The last has an article with more fetches than a block has entries, over the edges of several.
@pytest.mark.parametrize(
    "heads", [[], [7], list(range(0, 640, 2)), [5] * 3 + [100] * 300 + [101] * 70 + [900]]
)
@pytest.mark.parametrize("wanted", [[], [0], [7, 2**64 - 1], [100, 101], [99, 126, 128, 638, 900]])
def test_all_entries_of_an_id_are_found(
    tmp_path: Path, heads: list[int], wanted: list[int]
) -> None:
    head = _write(tmp_path / "file", heads)
    found = find_entries(head, np.array(wanted, np.uint64))
    assert found["id_head"].tolist() == [each for each in sorted(heads) if each in wanted]
    assert len(set(found["row"].tolist())) == len(found)
    assert count_all(head) == len(heads)


def test_what_is_read_is_checked_and_nothing_else_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    head = _write(path, list(range(6_400)))
    content = bytearray(path.read_bytes())
    content[head.sections["entries"][0] + 3_000 * ENTRY.itemsize] ^= 1
    path.write_bytes(content)
    assert len(find_entries(head, np.array([1, 6_000], np.uint64))) == 2
    with pytest.raises(DamagedSectionError):
        find_entries(head, np.array([1, 2_999], np.uint64))
    with pytest.raises(DamagedSectionError):
        find_entries(head, np.arange(6_000, dtype=np.uint64))
