import os
import socket
from datetime import date
from pathlib import Path

import pytest

from schemas.reasons import Reason
from tasks.discover.listing import folder_date, list_one, list_raw


def write(raw: Path, *paths: str) -> None:
    for path in paths:
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        (raw / path).write_bytes(b"x")


def test_hidden_names_are_counted_and_underscored_ones_are_files(tmp_path: Path) -> None:
    """Collectors write addresses as names, with "_" for "/": they begin with one."""
    write(tmp_path, "a.html", ".b.html.part", ".git/c.html", "_2024_d.html", "_x/e.html")
    listing = list_raw(tmp_path)
    assert [file.path for file in listing.files] == ["_2024_d.html", "_x/e.html", "a.html"]
    assert listing.passed_over == {"hidden": 2}


def test_a_sidecar_belongs_to_its_file_and_one_without_is_an_orphan(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "a.html.meta.json", "gone.html.meta.json")
    listing = list_raw(tmp_path)
    assert [(file.path, file.has_sidecar) for file in listing.files] == [("a.html", True)]
    assert listing.orphan_sidecars == ("gone.html.meta.json",)
    assert listing.passed_over == {"orphan_sidecar": 1}


@pytest.mark.parametrize(
    ("names", "joined", "orphans"),
    [
        (["a.html", "a.meta.json"], {"a.html": "a.meta.json"}, ()),
        (["a.html.gz", "a.meta.json"], {"a.html.gz": "a.meta.json"}, ()),
        (["a.html.gz", "a.html.meta.json"], {"a.html.gz": "a.html.meta.json"}, ()),
        (
            ["a.html", "a.meta.json", "a.html.meta.json"],
            {"a.html": "a.html.meta.json"},
            ("a.meta.json",),
        ),
        (["a", "a.html", "a.meta.json"], {"a": "a.meta.json", "a.html": None}, ()),
        (["b.html", "a.meta.json"], {"b.html": None}, ("a.meta.json",)),
        (["d/a.html", "a.meta.json"], {"d/a.html": None}, ("a.meta.json",)),
    ],
)
def test_a_sidecar_may_be_named_without_the_suffix_of_its_file(
    tmp_path: Path, names: list[str], joined: dict[str, str | None], orphans: tuple[str, ...]
) -> None:
    write(tmp_path, *names)
    listing = list_raw(tmp_path)
    assert {file.path: file.sidecar for file in listing.files} == joined
    assert listing.orphan_sidecars == orphans
    for file in listing.files:
        assert list_one(tmp_path, file.path) == file


def test_what_is_no_file_is_counted(tmp_path: Path) -> None:
    write(tmp_path, "a.html")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "linked.html").symlink_to("pipe.html")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "s.html"))
        listing = list_raw(tmp_path)
    assert [file.path for file in listing.files] == ["a.html"]
    assert listing.passed_over == {"fifo": 2, "socket": 1}


def test_links_within_raw_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    write(tmp_path, "s/a.html", "b.html")
    (tmp_path / "linked").symlink_to("s")
    (tmp_path / "c.html").symlink_to(tmp_path / "b.html")
    (tmp_path / "s" / "round").symlink_to(tmp_path)
    listing = list_raw(tmp_path)
    assert [file.path for file in listing.files] == [
        "b.html",
        "c.html",
        "linked/a.html",
        "s/a.html",
    ]
    assert not any(file.refused for file in listing.files)
    assert listing.passed_over == {"link_cycle": 2}


def test_a_raw_folder_that_is_a_link_is_one(tmp_path: Path) -> None:
    write(tmp_path, "raw/a.html")
    (tmp_path / "raw" / "b.html").symlink_to("a.html")
    (tmp_path / "link").symlink_to("raw")
    assert list_raw(tmp_path / "link") == list_raw(tmp_path / "raw")
    assert not any(file.refused for file in list_raw(tmp_path / "link").files)


def test_links_out_of_raw_and_to_nothing_are_records_and_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "secret/a.html", "raw/a.html", "raw-other/a.html")
    raw = tmp_path / "raw"
    for name, target in {
        "file.html": "../secret/a.html",
        "folder": "../secret",
        "neighbour.html": "../raw-other/a.html",
        "crawl.warc.gz": "/etc/passwd",
        "through.html": "file.html",
        "nowhere.html": "missing.html",
        "itself.html": "itself.html",
        "a.html.meta.json": "/etc/passwd",
    }.items():
        (raw / name).symlink_to(target)
    found = {file.path: file for file in list_raw(raw).files}
    assert {path: file.refused for path, file in found.items()} == {
        "a.html": None,
        "crawl.warc.gz": Reason.LINK_OUTSIDE_RAW,
        "file.html": Reason.LINK_OUTSIDE_RAW,
        "folder": Reason.LINK_OUTSIDE_RAW,
        "itself.html": Reason.LINK_BROKEN,
        "neighbour.html": Reason.LINK_OUTSIDE_RAW,
        "nowhere.html": Reason.LINK_BROKEN,
        "through.html": Reason.LINK_OUTSIDE_RAW,
    }
    assert found["a.html"].sidecar_refused is Reason.LINK_OUTSIDE_RAW


def test_a_link_that_leads_elsewhere_is_changed(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("/etc/passwd")
    before = list_raw(tmp_path)
    (tmp_path / "a.html").unlink()
    (tmp_path / "a.html").symlink_to("/etc/group")
    assert list_raw(tmp_path) != before


def test_what_cannot_be_listed_is_the_worlds_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list_raw(tmp_path / "missing")


@pytest.mark.parametrize(
    ("path", "folder", "day"),
    [
        ("src/2024-02-29/x/y.html", "src/2024-02-29/", date(2024, 2, 29)),
        ("2024-02-29/y.html", "2024-02-29/", date(2024, 2, 29)),
        ("src/2023-02-29/y.html", "src/", None),
        ("src/20240229/y.html", "src/", None),
        ("src/2024-02-29.html", "src/", None),
        ("a/b/2024-01-01/2024-01-02/y.html", "a/b/2024-01-01/", date(2024, 1, 1)),
        ("y.html", "", None),
    ],
)
def test_the_landing_folder_is_the_first_that_is_a_day(
    path: str, folder: str, day: date | None
) -> None:
    assert folder_date(path) == (folder, day)
