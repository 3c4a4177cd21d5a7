"""The datasets of the warehouse, made of the columns of columns.py."""

from dataclasses import dataclass, field

import pyarrow as pa

from schemas.columns import (
    CONTENT_COLUMNS,
    COPIES_COLUMNS,
    FATE_COLUMNS,
    IDENTITY_COLUMNS,
    LINEAGE_COLUMNS,
    MONEY_COLUMNS,
    OUTLET_COLUMNS,
    OUTLET_TABLE_COLUMNS,
    RUN_COLUMNS,
    STAGED_ONLY_COLUMNS,
    TIME_COLUMNS,
    Column,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column whose values, where there are any, stand in another table's column."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A dataset of the warehouse.

    Attributes:
        required: columns that are never null.
        sort: the order of the rows in a file.
        partition: the folder column and its meaning; None where the dataset is not partitioned.
        primary_key: columns whose values, together, no two rows share.
        foreign_keys: columns that lead to other rows.
        version: of the columns and their meaning, in every file's footer; raised when they change.
            A published column is only ever added (nullable) or widened, so that files of two
            versions can be read together.
        reads_from: the oldest version that is read. Raised where an older file cannot be read as
            one of today, with nulls for what it lacks.
        schema: the Arrow schema, with each column's description and unit as field metadata.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    required: frozenset[str] = frozenset()
    sort: tuple[str, ...] = ()
    partition: tuple[str, str] | None = None
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    version: int = 1
    reads_from: int = 1
    schema: pa.Schema = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Makes the schema, which is asked for with every file."""
        fields = [
            pa.field(
                column.name,
                column.type,
                nullable=column.name not in self.required,
                metadata={"description": column.description, "unit": column.unit or ""},
            )
            for column in self.columns
        ]
        object.__setattr__(self, "schema", pa.schema(fields))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _pick(columns: tuple[Column, ...], *names: str) -> tuple[Column, ...]:
    by_name = {column.name: column for column in columns}
    return tuple(by_name[name] for name in names)


def _without(columns: tuple[Column, ...], *names: str) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.name not in names)


_RECORD = (
    *IDENTITY_COLUMNS,
    *OUTLET_COLUMNS,
    *CONTENT_COLUMNS,
    *TIME_COLUMNS,
    *_without(COPIES_COLUMNS, "revision_count", "first_fetched_at", "duplicate_of"),
    *LINEAGE_COLUMNS,
)

MONEY = Table(
    name="money",
    description="Amounts of money in the articles' texts, and exchange rates on their pages.",
    columns=(
        *_pick(IDENTITY_COLUMNS, "article_id"),
        *_pick(TIME_COLUMNS, "published_date"),
        *MONEY_COLUMNS,
    ),
    required=frozenset(
        {"article_id", "published_date", "surface", "kind", "amount", "is_ambiguous", "usd_status"}
    ),
    sort=("published_date", "article_id", "start", "surface"),
    partition=("published_month", "The month of published_date, as YYYY-MM."),
    foreign_keys=(ForeignKey(column="article_id", table="articles", target="article_id"),),
)

ARTICLES = Table(
    name="articles",
    version=2,
    description="One row per article: the latest accepted record that stands for its URL.",
    columns=(
        *IDENTITY_COLUMNS,
        *OUTLET_COLUMNS,
        *CONTENT_COLUMNS,
        *TIME_COLUMNS,
        *COPIES_COLUMNS,
        *LINEAGE_COLUMNS,
    ),
    required=frozenset(
        {
            "article_id",
            "text",
            "word_count",
            "authors",
            "tags",
            "published_date",
            "published_precision",
            "published_source",
            "revision_count",
            "content_digest",
            "money_count",
            "raw_path",
            "raw_digest",
            "batch_id",
            "pipeline_version",
            "reference_version",
        }
    ),
    sort=("published_date", "outlet_id", "article_id"),
    partition=("published_month", "The month of published_date, as YYYY-MM."),
    primary_key=("article_id",),
    foreign_keys=(
        ForeignKey(column="duplicate_of", table="articles", target="article_id"),
        ForeignKey(column="outlet_id", table="outlets", target="outlet_id"),
        ForeignKey(column="wire", table="outlets", target="outlet_id"),
    ),
)

OUTLETS = Table(
    name="outlets",
    description="One row per outlet that articles name in `outlet_id` or `wire`, and per "
    "organisation that one of these belongs to.",
    columns=(
        *_pick(OUTLET_COLUMNS, "outlet_id", "outlet_name", "outlet_country"),
        *OUTLET_TABLE_COLUMNS,
    ),
    required=frozenset({"outlet_id", "outlet_origin"}),
    sort=("outlet_id",),
    primary_key=("outlet_id",),
    foreign_keys=(ForeignKey(column="parent_outlet_id", table="outlets", target="outlet_id"),),
)

QUARANTINE = Table(
    name="quarantine",
    version=2,
    description="One row per document that is no article, with the reasons and what is known.",
    columns=(*_pick(FATE_COLUMNS, "reasons", "detail", "form"), *_RECORD),
    required=frozenset(
        {"reasons", "detail", "raw_path", "raw_digest", "batch_id", "pipeline_version"}
    ),
    sort=("raw_path", "raw_offset"),
    partition=("landing_month", "The month of landing_date, as YYYY-MM; `unknown` without one."),
)

STAGED = Table(
    name="staged",
    version=6,
    description="One row per document, whatever its fate. Operators' business.",
    columns=(
        *FATE_COLUMNS,
        *_RECORD,
        Column(
            name="money",
            type=pa.list_(
                pa.struct([pa.field(column.name, column.type) for column in MONEY_COLUMNS])
            ),
            description="The rows that become money/.",
        ),
        *STAGED_ONLY_COLUMNS,
    ),
    required=frozenset({"fate", "reasons", "detail", "raw_path", "raw_digest", "batch_id"}),
)

RUNS = Table(
    name="runs",
    version=2,
    description="One row per run: what came in and what became of it.",
    columns=(*RUN_COLUMNS, *_pick(LINEAGE_COLUMNS, "pipeline_version", "reference_version")),
    required=frozenset({"run_id", "started_at", "document_count"}),
    sort=("started_at",),
    primary_key=("run_id",),
)

PARTITIONED = (ARTICLES, MONEY, QUARANTINE)
PUBLISHED = (*PARTITIONED, OUTLETS, RUNS)
