"""The reference data that normalization depends on, and its digest."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from schemas.outlet_faults import refuse_faults
from schemas.outlets import Registry, load_registry
from tasks.normalize.rates.value import Rates, load_rates


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

    def absolute(self) -> "ReferenceSource":
        """Returns it with paths that mean the same in another working directory."""
        overlay = self.overlay and self.overlay.resolve()
        rates = tuple(path.resolve() for path in self.rates)
        return ReferenceSource(self.registry, overlay, rates)


@dataclass(frozen=True, slots=True)
class Reference:
    """Reference data, loaded. `version` is a digest over all of it."""

    registry: Registry | None
    rates: Rates
    version: str


@lru_cache(maxsize=4)
def load_reference(source: ReferenceSource) -> Reference:
    """Loads the reference data, once a process.

    Raises:
        RegistryError: the user's registry has faults, as `newsmill outlets check` tells them.
        RatesFileError: a file of rates cannot be read as rates.
        OSError: a file cannot be read.
    """
    if source.registry and source.overlay:
        refuse_faults(source.overlay)
    registry = load_registry(overlay=source.overlay) if source.registry else None
    rates = load_rates(source.rates)
    digests = f"{registry.digest if registry else None}|{rates.digest()}"
    version = hashlib.sha256(digests.encode()).hexdigest()[:12]
    return Reference(registry=registry, rates=rates, version=version)
