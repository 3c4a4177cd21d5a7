"""Keeping raw/ and the warehouse apart: one is only read, the other only written."""

from pathlib import Path

from tasks.storage.locations import LocationError, is_on_disk


def refuse_overlap(raw: Path, warehouse: Path) -> None:
    """Refuses a raw folder and a warehouse of which one lies in the other.

    A warehouse inside of raw/ would be read as raw pages by the next run, which writes more of it.

    Raises:
        LocationError: they overlap, or `raw` is a warehouse itself.
    """
    one, other = _absolute(raw), _absolute(warehouse)
    if one == other or one in other.parents or other in one.parents:
        raise LocationError(
            f"raw pages ({raw}) and warehouse ({warehouse}) overlap; neither may lie in the other"
        )
    if (raw / "staged" / "records").is_dir() and (raw / "runs").is_dir():
        raise LocationError(f"{raw} is a warehouse, not a folder of raw pages")


def _absolute(location: Path) -> Path:
    return location.resolve() if is_on_disk(location) else location
