"""What a report says: numbers of a warehouse and of the run that left it so."""

from dataclasses import dataclass
from datetime import date, datetime

from tasks.inspect.second_reading import DocumentKey
from tasks.report.html.periods import Periods
from tasks.report.html.series_charts import Cell
from tasks.report.runs import Run, describe_changes


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows have a value; None stands for rows without one."""

    name: str | None
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """Documents by what became of them; `copies` are the articles that repeat another one."""

    articles: int = 0
    copies: int = 0
    revisions: int = 0
    quarantined: int = 0

    @property
    def originals(self) -> int:
        """Articles that repeat no other."""
        return self.articles - self.copies

    @property
    def documents(self) -> int:
        """All of them."""
        return self.articles + self.revisions + self.quarantined

    def __add__(self, other: "Fates") -> "Fates":
        return Fates(
            articles=self.articles + other.articles,
            copies=self.copies + other.copies,
            revisions=self.revisions + other.revisions,
            quarantined=self.quarantined + other.quarantined,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """A document that a report speaks of.

    Attributes:
        batch_id, raw_path, raw_offset: where its record is found.
        words: what is said of it: the detail of a refusal.
        seconds: CPU time it cost; 0 where that is not what it is named for.
        page: the explanation beside the report, relative to it; None where there is none.
    """

    batch_id: str
    raw_path: str
    raw_offset: int | None
    words: str = ""
    seconds: float = 0.0
    page: str | None = None

    @property
    def key(self) -> DocumentKey:
        """What it is found by; see `tasks.inspect.second_reading`."""
        return self.batch_id, self.raw_path, self.raw_offset

    @property
    def name(self) -> str:
        """What `newsmill explain` calls it."""
        return self.raw_path if self.raw_offset is None else f"{self.raw_path}#{self.raw_offset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonData:
    """A reason of quarantine, or an expectation that only warns.

    Attributes:
        code, meaning: as in schemas/.
        documents: that have the reason; firsts: of these, those that have it first of all.
        examples: documents of this run where it has some.
    """

    code: str
    meaning: str
    documents: int
    firsts: int
    examples: tuple[DocumentLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletData:
    """An outlet's articles: all, those on the heat map, with a day only, and copies."""

    name: str
    outlet_id: str | None
    articles: int
    recent: int
    day_only: int
    copies: int
    first_date: date
    last_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Articles by outlet and day, month or year.

    Attributes:
        periods: the columns of the heat map; None where there is no article.
        outlets: those with most articles in them, the rest as one row, those without an
            outlet as another.
        cells: counts above 0, by the names of these rows.
        outlet_count: distinct outlets in the warehouse.
    """

    periods: Periods | None = None
    outlets: tuple[OutletData, ...] = ()
    cells: tuple[Cell, ...] = ()
    outlet_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyData:
    """Mentions of money in a currency; `ambiguous`: by a sign or word of several currencies."""

    code: str | None
    mentions: int
    ambiguous: int
    usd_median: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckData:
    """An expectation: what it asks, why, of how many rows, and how many documents failed it."""

    name: str
    column: str
    asks: str
    why: str
    severity: str
    judged: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """CPU seconds of this run's documents; all None where no document was processed."""

    median: float | None = None
    p95: float | None = None
    total: float | None = None
    slowest: tuple[DocumentLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """All that a report says; of a run that was held back, only the first four.

    Attributes:
        name: of the warehouse. run: this one. history: the last runs, this one at the end.
        warnings: expectations that only warn and that documents of this run fail.
        sources: documents by the first folder in raw/. this_run: those processed in this run.
        date_sources, precisions, languages: articles. currencies: mentions; quotes: rates.
        new_outlets: names of some that had no article before the run.
    """

    name: str
    run: Run
    history: tuple["RunSummary", ...]
    speed: Speed
    sources: tuple[tuple[str, Fates], ...] = ()
    this_run: Fates = Fates()
    reasons: tuple[ReasonData, ...] = ()
    warnings: tuple[ReasonData, ...] = ()
    coverage: Coverage = Coverage()
    date_sources: tuple[Count, ...] = ()
    precisions: tuple[Count, ...] = ()
    languages: tuple[Count, ...] = ()
    currencies: tuple[CurrencyData, ...] = ()
    quotes: int = 0
    new_outlets: tuple[str, ...] = ()
    checks: tuple[CheckData, ...] = ()

    @property
    def is_held_back(self) -> bool:
        """Whether the audit let nothing be published."""
        return self.run.outcome == "held_back"

    @property
    def new_outlet_count(self) -> int:
        """Outlets that had no article before the run."""
        return len(self.run.new_outlets)

    @property
    def changed_words(self) -> str:
        """What analysts find changed since the run before; nothing where that is not known."""
        return describe_changes(self.run)

    @property
    def fates(self) -> Fates:
        """All documents of the warehouse."""
        return sum((fates for _, fates in self.sources), Fates())


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """What the list of runs says of one, by the columns of runs/."""

    run_id: str
    started_at: datetime
    seconds: float
    processed_count: int
    document_count: int
    article_count: int
    quarantined_count: int
    partitions_written: int
    step_seconds: dict[str, float]
    outcome: str
    findings: tuple[str, ...]

    @property
    def quarantined_share(self) -> float:
        """Of all documents in the warehouse after the run, in percent."""
        return 100 * self.quarantined_count / max(self.document_count, 1)

    @property
    def documents_per_second(self) -> float:
        """While processing; 0 where nothing was."""
        return self.processed_count / (self.step_seconds.get("process") or float("inf"))
