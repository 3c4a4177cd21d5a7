from datetime import date
from pathlib import Path

import pytest

from tasks.discover.listing import folder_date, list_raw


def write(raw: Path, *paths: str) -> None:
    for path in paths:
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        (raw / path).write_bytes(b"x")


def test_hidden_and_temporary_names_are_not_seen(tmp_path: Path) -> None:
    write(tmp_path, "a.html", ".b.html.part", "_SUCCESS", ".git/c.html", "_tmp/d.html", "s/e.html")
    assert [file.path for file in list_raw(tmp_path).files] == ["a.html", "s/e.html"]


def test_a_sidecar_belongs_to_its_file_and_one_without_is_an_orphan(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "a.html.meta.json", "gone.html.meta.json")
    listing = list_raw(tmp_path)
    assert [(file.path, file.has_sidecar) for file in listing.files] == [("a.html", True)]
    assert listing.orphan_sidecars == ("gone.html.meta.json",)


def test_links_to_folders_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/a.html", "raw/b.html")
    (tmp_path / "raw" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "round").symlink_to(tmp_path / "elsewhere")
    assert [file.path for file in list_raw(tmp_path / "raw").files] == ["b.html", "linked/a.html"]


def test_what_cannot_be_listed_is_the_worlds_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list_raw(tmp_path / "missing")
    (tmp_path / "dangling.html").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        list_raw(tmp_path)


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
