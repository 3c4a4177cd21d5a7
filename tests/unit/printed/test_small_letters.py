"""Texts are matched whatever their capitals."""

import pytest

from tasks.printed.small_letters import SmallPattern


@pytest.mark.parametrize(
    ("text", "is_found"), [("Photo-Credit", True), ("PHOTOCREDIT wide", True), ("credits", False)]
)
def test_capitals_do_not_matter(text: str, is_found: bool) -> None:
    assert (SmallPattern("photo-?credit").search(text) is not None) is is_found
