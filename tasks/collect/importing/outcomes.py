"""What becomes of the records of an archive that is imported: each has one outcome."""

from collections import Counter
from dataclasses import dataclass, field

from schemas.described import DescribedEnum
from schemas.reasons import Reason


class ImportOutcome(DescribedEnum):
    """What became of a record."""

    IMPORTED = "imported", "The page is in raw/."
    KNOWN = "known", "Its address is stored already, or had an outcome when it was collected."
    OTHER_RECORD = "other_record", "No answer to a request: warcinfo, request, metadata, revisit."
    FOREIGN_HOST = "foreign_host", "Its host is no outlet's."
    EXCLUDED = "excluded", "`include` or `exclude` of the sources file leaves it out."
    OUTSIDE_WINDOW = "outside_window", "It was fetched before --since or after --until."
    HTTP_STATUS = "http_status", "The server answered with another status than 200."
    NOT_TEXT = "not_text", "Neither HTML nor plain text."
    OPTED_OUT = "opted_out", "The site reserves its rights, or asks not to be archived."
    TOO_LARGE = "too_large", "The page is larger than a document may be, or expands too far."
    BROKEN = "broken", "The record is damaged, or cannot be read."


# As what the reader refuses a document.
_BY_REASON = {
    Reason.HTTP_STATUS_NOT_OK: ImportOutcome.HTTP_STATUS,
    Reason.CONTENT_TYPE_NOT_HTML: ImportOutcome.NOT_TEXT,
    Reason.DOCUMENT_EMPTY: ImportOutcome.NOT_TEXT,
    Reason.DOCUMENT_TOO_LARGE: ImportOutcome.TOO_LARGE,
    Reason.COMPRESSION_RATIO_EXCEEDED: ImportOutcome.TOO_LARGE,
}


def outcome_of(reason: Reason) -> ImportOutcome:
    """Returns the outcome of a record that the reader refuses."""
    return _BY_REASON.get(reason, ImportOutcome.BROKEN)


class RecordsLostError(Exception):
    """Records of an archive have no outcome."""


@dataclass(slots=True)
class ImportCount:
    """The account of one archive or several.

    Attributes:
        records: that were read, and damages.
        outcomes: what became of them.
        by_outlet: imported pages.
    """

    records: int = 0
    outcomes: Counter[ImportOutcome] = field(default_factory=Counter)
    by_outlet: Counter[str] = field(default_factory=Counter)

    def add(self, other: "ImportCount") -> None:
        """Adds the account of another archive."""
        self.records += other.records
        self.outcomes.update(other.outcomes)
        self.by_outlet.update(other.by_outlet)

    def check(self) -> None:
        """Raises where the account is not even.

        Raises:
            RecordsLostError: some records have no outcome, or several.
        """
        known = self.outcomes.total()
        if self.records != known:
            raise RecordsLostError(
                f"{self.records:,} records were read, but {known:,} have an outcome"
            )


@dataclass(frozen=True, slots=True)
class ImportedArchive:
    """An archive that was read.

    Attributes:
        name: of its file, or its address.
        count: the account of its records.
        damages: what of it is broken, for people: "byte N: WHAT".
        problem: why it could not be read at all, or to its end; None where it was.
    """

    name: str
    count: ImportCount
    damages: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read."""
        return self.problem is None and not self.damages
