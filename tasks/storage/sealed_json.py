"""Small JSON files of a warehouse that no other file could make again, each with its own digest."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tasks.storage.locations import read_bytes
from tasks.storage.warehouse import replaced

_DIGEST = "digest"


def write_sealed_json(path: Path, content: Mapping[str, Any]) -> None:
    """Writes an object, and the SHA-256 over it among its members."""
    sealed = {**content, _DIGEST: _digest(content)}
    with replaced(path) as temporary:
        temporary.write_text(json.dumps(sealed, indent=1), encoding="utf-8")


def read_sealed_json(path: Path) -> dict[str, Any]:
    """Reads an object.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is not as it was written.
    """
    content = json.loads(read_bytes(path))
    if not isinstance(content, dict) or content.pop(_DIGEST, None) != _digest(content):
        raise ValueError(f"{path} is not as it was written")
    return content


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
