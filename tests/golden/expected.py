"""The answers that the sample corpus's authors know, as tests/golden/expected.jsonl states them."""

import json
from pathlib import Path
from typing import Any

EXPECTED_PATH = Path(__file__).with_name("expected.jsonl")

Expected = dict[str, Any]
Key = tuple[str, int | None]


def load_expected() -> list[Expected]:
    lines = EXPECTED_PATH.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def key_of(row: dict[str, Any]) -> Key:
    return row["raw_path"], row["raw_offset"]


def name_of(row: dict[str, Any]) -> str:
    path, offset = key_of(row)
    return path if offset is None else f"{path}@{offset}"
