"""Which code made a record."""

from functools import cache
from importlib.metadata import version

from tasks.lineage.sources import digest_sources


@cache
def pipeline_version() -> str:
    """Returns newsmill's version and a digest of the code that decides what a record holds.

    The digest covers the sources of schemas/ and tasks/, so that two warehouses with one version
    were made by the same rules, but not the reports, which decide nothing.
    """
    digest = digest_sources("schemas", "tasks", leave_out=["tasks/inspect/", "tasks/report/"])
    return f"{version('newsmill')}+{digest[:8]}"
