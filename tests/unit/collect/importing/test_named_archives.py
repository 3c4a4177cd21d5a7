"""Files, folders, addresses and lists of them name archives."""

import gzip
from pathlib import Path

import pytest

from tasks.collect.importing.named_archives import (
    NamedArchive,
    NamedArchivesError,
    find_archives,
)

_ROOT = "https://data.example/"
_ENTRY = "crawl-data/CC-NEWS/2026/03/CC-NEWS-20260302000000-00001.warc.gz"


def _find(*named: str | Path, base: str | None = None, listed: str = "") -> list[NamedArchive]:
    return list(find_archives(map(str, named), base, lambda _: listed.encode()))


def _touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path


def test_a_folder_names_the_archives_in_it_and_each_once(tmp_path: Path) -> None:
    files = [_touch(tmp_path / name) for name in ("a.warc.gz", "deep/b.WARC", "deep/c.warc.zst")]
    _touch(tmp_path / "notes.txt")
    assert [found.path for found in _find(tmp_path, files[0])] == files


def test_entries_of_a_list_lie_below_its_folder_or_all_in_it(tmp_path: Path) -> None:
    whole = _touch(tmp_path / _ENTRY)
    flat = _touch(tmp_path / "other.warc.gz")
    text = f"{_ENTRY}\n\n# a note\ncrawl-data/CC-NEWS/2026/03/other.warc.gz\n{_ROOT}x.warc.gz\n"
    paths = tmp_path / "warc.paths.gz"
    paths.write_bytes(gzip.compress(text.encode()))
    web = NamedArchive(f"{_ROOT}x.warc.gz")
    expected = [NamedArchive(whole.name, whole), NamedArchive(flat.name, flat), web]
    assert _find(paths) == expected
    (tmp_path / "lists").mkdir()
    moved = paths.rename(tmp_path / "lists/warc.paths.gz")
    assert _find(moved, base=str(tmp_path)) == expected
    assert _find(moved, base=_ROOT.rstrip("/"))[0] == NamedArchive(_ROOT + _ENTRY)


def test_a_list_on_the_web_names_what_lies_on_its_server() -> None:
    at = f"{_ROOT}crawl-data/CC-NEWS/2026/03/warc.paths.gz"
    assert _find(at, listed=_ENTRY) == [NamedArchive(_ROOT + _ENTRY)]
    assert _find(_ROOT + _ENTRY) == [NamedArchive(_ROOT + _ENTRY)]


def test_what_is_not_there_or_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NamedArchivesError, match="there is no"):
        _find(tmp_path / "a.warc.gz")
    paths = tmp_path / "warc.paths"
    for entry in ("../a.warc.gz", "/etc/a.warc.gz"):
        paths.write_text(entry)
        with pytest.raises(NamedArchivesError, match="not below"):
            _find(paths)
