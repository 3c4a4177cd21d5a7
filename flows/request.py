"""What a run is asked to do."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator

from schemas.settings import Settings
from tasks.discover.plan import Scope
from tasks.normalize.reference import ReferenceSource
from tasks.storage.locations import parse_location


def _as_location(written: str | Path) -> Path:
    return parse_location(written) if isinstance(written, str) else written


# Kept by Prefect's server as it is written: a path, or s3://BUCKET/FOLDER.
Folder = Annotated[Path, PlainValidator(_as_location), PlainSerializer(str)]


class RunRequest(BaseModel):
    """The one parameter of the main flow; the command line and the deployed flows make it.

    Attributes:
        raw: the raw folder.
        warehouse: where everything is written.
        scope: what of raw/ the run is about, and what of it is done again.
        settings: how the run works.
        reference: which outlets and rates normalization uses.
        only_stale: do not do again what today's code and reference data made.
        accept: publish in spite of the audit's findings.
        prune: drop the records of raw files that are gone.
        is_trial: the warehouse is a shadow that goes: leave no report.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    raw: Folder
    warehouse: Folder
    scope: Scope = Scope()
    settings: Settings = Settings()
    reference: ReferenceSource = ReferenceSource()
    only_stale: bool = False
    accept: bool = False
    prune: bool = False
    is_trial: bool = False

    @property
    def name(self) -> str:
        """The warehouse, and what of raw/ the run is about where that is not all."""
        scope = self.scope
        words = ["trial" if self.is_trial else f"news-etl {self.warehouse}"]
        if scope.since or scope.until:
            words.append(f"{scope.since or ''}..{scope.until or ''}")
        if scope.start:
            words.append(f"from {scope.start}")
        return " ".join(words)

    def on_shadow(self, root: Path, *, is_held_back: bool) -> "RunRequest":
        """Returns the same run on a shadow of the warehouse.

        Args:
            root: of the shadow.
            is_held_back: the audit held that run back: publish what it left, in spite of it.
        """
        trial = self.model_copy(update={"warehouse": root, "is_trial": True})
        if not is_held_back:
            return trial
        scope = replace(self.scope, start=None)
        return trial.model_copy(update={"scope": scope, "only_stale": False, "accept": True})

    def describe(self) -> dict[str, Any]:
        """Returns what the run's row keeps of it, in `runs.parameters`."""
        return {
            "raw": self.raw,
            "since": self.scope.since,
            "until": self.scope.until,
            "start": self.scope.start,
            "reason": self.scope.reason,
            "only_stale": self.only_stale,
            "accept": self.accept,
        }
