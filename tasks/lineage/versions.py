"""Which rules made something: the versions that records and selections carry."""

from functools import cache
from importlib.metadata import version

from schemas.languages.compiled_tables import SECTIONS
from tasks.lineage.rules import digest_rules

# What reads, extracts, normalizes and judges a document; all that these import decides with them.
PIPELINE = ("tasks.read.batch", "tasks.stage.documents", "tasks.validate.verdicts")
# What chooses which record stands for an article, and how its row is written.
SELECTION = ("tasks.publish.select", "tasks.publish.partitions")
# Where things are kept, and who calls whom, decides no value.
LEFT_OUT = ("tasks.lineage", "tasks.orchestrator", "tasks.storage")
# The language files count as what is compiled from them: no comment.
DATA = (
    "schemas/languages/cldr_dates.json",
    "schemas/languages/cldr_money.json",
    "schemas/languages/cldr_orders.json",
    *(f"schemas/languages/compiled/{section}.json" for section in SECTIONS),
)
# Libraries whose rules become ours. Those that only read or write formats are not among them.
LIBRARIES = (
    "babel",
    "chardetng-py",
    "dateparser",
    "hijridate",
    "jdatetime",
    "lxml",
    "py3langid",
    "rensa",
    "tldextract",
    "trafilatura",
)


@cache
def pipeline_version() -> str:
    """Returns newsmill's version and a digest of the rules that decide what a record holds.

    Two warehouses with one version were made by the same rules.
    """
    digest = digest_rules(*PIPELINE, leave_out=LEFT_OUT, data=DATA, libraries=_libraries())
    return f"{version('newsmill')}+{digest[:8]}"


@cache
def selection_version() -> str:
    """Returns a digest of the rules that decide which records are published, and how."""
    return digest_rules(*SELECTION, leave_out=(*LEFT_OUT, "tasks.validate"))[:12]


def _libraries() -> list[str]:
    return [f"{name} {version(name)}" for name in LIBRARIES]
