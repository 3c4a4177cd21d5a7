"""Class names are matched whatever their capitals."""

import pytest

from tasks.extract.text.class_pattern import ClassPattern


@pytest.mark.parametrize(
    ("names", "is_found"), [("Photo-Credit", True), ("PHOTOCREDIT wide", True), ("credits", False)]
)
def test_capitals_do_not_matter(names: str, is_found: bool) -> None:
    assert (ClassPattern("photo-?credit").search(names) is not None) is is_found
