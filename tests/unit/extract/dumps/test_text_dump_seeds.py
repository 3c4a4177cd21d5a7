"""Five real dumps, where they are at hand: they are not part of the project."""

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.extract.dumps.text_dump import extract_text_dump
from tasks.extract.evidence import DateKind
from tasks.read.document import Origin

SEEDS = Path(__file__).parents[5] / "shared" / "seeds"
EXPECTED = SEEDS / "expected.jsonl"

pytestmark = pytest.mark.skipif(
    not EXPECTED.is_file(), reason="real dumps are only at hand beside a checkout: ../shared/seeds"
)


def expected() -> list[dict[str, Any]]:
    if not EXPECTED.is_file():
        return []
    return [json.loads(line) for line in EXPECTED.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("seed", expected(), ids=lambda seed: seed["file"][:3])
def test_extracts_what_is_expected_of_a_real_dump(seed: dict[str, Any]) -> None:
    text = (SEEDS / seed["file"]).read_text("utf-8")
    found = extract_text_dump(text, Origin(raw_path=seed["file"], raw_digest="0" * 64))
    assert found.refusal is None
    assert found.title == seed["title"]
    assert list(found.authors) == seed["authors"]
    assert list(found.tags) == seed.get("tags", [])
    assert found.text.startswith(seed["text_begins"])
    assert found.text.endswith(seed["text_ends"])
    assert [part for part in seed["text_excludes"] if part in found.text] == []
    published = [clue for clue in found.dates if clue.kind is DateKind.PUBLISHED]
    assert len(published) == (0 if seed["published"] is None else 1)
