"""The flow that prefect.yaml deploys for collecting; what is not given comes from the settings."""

from functools import partial
from pathlib import Path
from typing import Any

from prefect import flow

from flows.collect import CollectRequest
from flows.collect import collect as collect_flow
from flows.collect_alarms import alarms_told, emit_alarms
from flows.request import Folder
from schemas.configuration import Configuration
from tasks.storage.locations import parse_location

_HOUR_S = 3600


@flow(name="collect", timeout_seconds=_HOUR_S, persist_result=False)
def collect(
    minutes: float = 12.0,
    sources: Path | None = None,
    raw: Folder | None = None,
    state: Path | None = None,
    warehouse: Path | None = None,
    only: list[str] | None = None,
) -> None:
    """Asks the outlets of the sources file what is new, and stores their pages in raw/.

    Args:
        minutes: it ends itself after these, so that the next run can begin.
        sources: the sources file.
        raw: the raw folder, on a disk or in a store.
        state: the folder of the collector's state.
        warehouse: the report lies beside those of its runs, where it is on a local disk.
        only: outlets to which the run is limited.
    """
    given: dict[str, Any] = {
        "sources": sources,
        "raw": raw,
        "collect_state": state,
        "warehouse": warehouse,
    }
    known: dict[str, Any] = {name: str(path) for name, path in given.items() if path is not None}
    configuration = Configuration(**known)
    request = CollectRequest(
        sources=configuration.sources,
        raw=parse_location(configuration.raw),
        state=configuration.collect_state,
        warehouse=configuration.warehouse,
        registry=configuration.registry,
        seconds=minutes * 60,
        only=tuple(only or ()),
    )
    with alarms_told(partial(emit_alarms, request.raw)):
        collect_flow(request)
