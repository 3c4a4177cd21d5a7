"""The reference data that normalization depends on, and its digest."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from schemas.outlets import Registry, load_registry


@dataclass(frozen=True, slots=True)
class ReferenceSource:
    """Where the reference data comes from: what a worker is told to load.

    Attributes:
        registry: whether the embedded outlet registry is used at all.
        overlay: a user's own registry file that overlays it.
        rates: users' own exchange rate files.
    """

    registry: bool = True
    overlay: Path | None = None
    rates: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Reference data, loaded. `version` is a digest over all of it."""

    registry: Registry | None
    version: str


@lru_cache(maxsize=4)
def load_reference(source: ReferenceSource) -> Reference:
    """Loads the reference data, once a process."""
    registry = load_registry(overlay=source.overlay) if source.registry else None
    digest = hashlib.sha256((registry.digest if registry else "none").encode())
    return Reference(registry=registry, version=digest.hexdigest()[:12])
