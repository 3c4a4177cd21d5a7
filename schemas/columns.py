"""Every column, declared once, with the same meaning in every table that has it.

The Arrow schemas, the Great Expectations suites, docs/columns.md and `warehouse/datapackage.json`
all derive from this module and from tables.py.
"""

from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from schemas.currencies.iso_4217 import CURRENT, WITHDRAWN
from schemas.rate_statuses import RateStatus

TIMESTAMP = pa.timestamp("us", tz="UTC")
# Named as Parquet names it, so that a file's own types are these.
STRINGS = pa.list_(pa.field("element", pa.string()))
# 29 integer digits and 9 decimals: a central bank's balance in dong, and a rate of 0.000000001.
AMOUNT = pa.decimal128(38, 9)

HEX_64 = r"^[0-9a-f]{64}$"
HTTP_URL = r"^https?://[^\s]+$"

# A text with less of what its page shows may be a part of the article.
MIN_TEXT_SHARE = 0.75
PARTIAL_TEXT = "text_may_be_partial"

CURRENCY_CODES = tuple(sorted(CURRENT | WITHDRAWN))
_CURRENCIES = "ISO 4217: the list of today, and what archives print of the withdrawn ones."

_NOT_BELIEVED = "why what the page declares is not believed; null where it declares nothing."

Severity = Literal["critical", "warning", "fault"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An expectation that a row must meet to be published.

    Attributes:
        name: stable code, published in `quarantine/reasons` for a row that fails.
        expectation: the class in `great_expectations.expectations`.
        arguments: its arguments, without the column.
        why: the reason for the rule and for its numbers.
        severity: `critical` rejects the row; `warning` only counts it; `fault` rejects the row,
            warns, and holds the whole run back where there are many (`schemas.drift.FAULT_SHARE`),
            because the row contradicts itself as only a fault of newsmill explains.
        when: a pandas condition; the check applies to the rows where it holds.
    """

    name: str
    expectation: str
    why: str
    arguments: tuple[tuple[str, Any], ...] = ()
    severity: Severity = "critical"
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column, with the same meaning in every table that has it.

    Attributes:
        description: what it means, for docs/columns.md and datapackage.json.
        unit: of its values; None where they have none.
        checks: the expectations that its values must meet.
        is_compared: files keep its smallest and largest value, by which readers skip rows. Not
            worth it for prose: its statistics would be half of a footer, which every query reads.
        is_of_fetch: each fetch of an article has its own, so it is no change between revisions.
        is_digested: record_digest covers it. Not what differs when the same is made again.
    """

    name: str
    type: pa.DataType
    description: str
    unit: str | None = None
    checks: tuple[Check, ...] = ()
    is_compared: bool = True
    is_of_fetch: bool = False
    is_digested: bool = True


def _matches(name: str, pattern: str, why: str) -> Check:
    return Check(
        name=name,
        expectation="ExpectColumnValuesToMatchRegex",
        arguments=(("regex", pattern),),
        why=why,
    )


def _between(name: str, low: Any, high: Any, why: str, **more: Any) -> Check:
    return Check(
        name=name,
        expectation="ExpectColumnValuesToBeBetween",
        arguments=(("min_value", low), ("max_value", high)),
        why=why,
        **more,
    )


def _present(name: str, why: str, when: str | None = None) -> Check:
    return Check(name=name, expectation="ExpectColumnValuesToNotBeNull", why=why, when=when)


def _absent(name: str, why: str, when: str | None = None) -> Check:
    return Check(name=name, expectation="ExpectColumnValuesToBeNull", why=why, when=when)


def _one_of(name: str, values: tuple[str, ...], why: str) -> Check:
    return Check(
        name=name,
        expectation="ExpectColumnValuesToBeInSet",
        arguments=(("value_set", tuple(map(str, values))),),
        why=why,
    )


def _consistent(name: str, column: str, low: int, high: float, why: str, **more: Any) -> Check:
    """A limit on a column that the frame computes from several of a row's."""
    return Check(
        name=name,
        expectation="ExpectColumnValuesToBeBetween",
        arguments=(("column", column), ("min_value", low), ("max_value", high)),
        why=why,
        **more,
    )


IDENTITY_COLUMNS = (
    Column(
        name="article_id",
        type=pa.string(),
        description="Identifies an article: the first 20 hex digits of the SHA-256 of its "
        "canonical URL, or of its content digest where no URL is known.",
        checks=(
            _present("article_id_missing", "Every row that analysts count must be countable."),
            _matches("article_id_malformed", r"^[0-9a-f]{20}$", "80 bits, written in hex."),
        ),
    ),
    Column(
        name="url",
        type=pa.string(),
        description="The address the page was fetched from.",
        is_compared=False,
        is_of_fetch=True,
        checks=(_matches("url_malformed", HTTP_URL, "An address that a person can open."),),
    ),
    Column(
        name="canonical_url",
        type=pa.string(),
        description="The address that stands for the article: the page's own canonical link where "
        "it is plausible, else `url`, without trackers, fragments, default ports and AMP.",
        is_compared=False,
        checks=(_matches("canonical_url_malformed", HTTP_URL, "It identifies the article."),),
    ),
)

OUTLET_COLUMNS = (
    Column(
        name="outlet_id",
        type=pa.string(),
        description="The outlet in the registry; begins with `~` where it is derived from a host "
        "or a printed name that is not registered. A printed name joins the one domain that other "
        "documents give for it. Null where the page does not say.",
        checks=(
            _matches(
                "outlet_id_malformed",
                r"^(?:[^\s~|/\\]+|~[^\s~|/\\]+(?:/[^\s~|/\\]+)*)$",
                "It is a key that analysts join on. A slash parts a platform and its channel.",
            ),
            Check(
                name="outlet_id_not_registered",
                expectation="ExpectColumnValuesToBeInSet",
                arguments=(("column", "outlet_id_origin"), ("value_set", ("registry", "derived"))),
                why="An id without `~` promises a row in the registry.",
            ),
        ),
    ),
    Column(
        name="outlet_name",
        type=pa.string(),
        description="The one name of the outlet.",
        checks=(
            Check(
                name="outlet_name_too_long",
                expectation="ExpectColumnValueLengthsToBeBetween",
                arguments=(("min_value", 1), ("max_value", 120)),
                why="The longest registered name has 60 characters; a sentence is not a name.",
            ),
        ),
    ),
    Column(
        name="outlet_country",
        type=pa.string(),
        description="ISO 3166-1 alpha-2 code of the outlet's country.",
        checks=(_matches("outlet_country_malformed", r"^[A-Z]{2}$", "ISO 3166-1 alpha-2."),),
    ),
    Column(
        name="outlet_domain",
        type=pa.string(),
        description="The outlet's registrable domain, or its host on a shared platform.",
    ),
    Column(
        name="outlet_text", type=pa.string(), description="The printed text that named the outlet."
    ),
    Column(name="outlet_rule", type=pa.string(), description="The rule that chose the outlet."),
    Column(
        name="wire",
        type=pa.string(),
        description="The agency that the text is from, as an outlet_id; null for own texts.",
    ),
)

# What outlets/ says of an outlet beside its id, name and country.
OUTLET_TABLE_COLUMNS = (
    Column(
        name="outlet_origin",
        type=pa.string(),
        description="`registered`: the registry knows it; else what its id is made of: `domain`, "
        "`channel` (of a platform) or `name`.",
        checks=(
            _one_of(
                "outlet_origin_unknown",
                ("registered", "domain", "channel", "name"),
                "A closed set.",
            ),
        ),
    ),
    Column(
        name="outlet_kind",
        type=pa.string(),
        description="`newspaper`, `agency`, `broadcaster`, `government`, `think_tank`, `blog`, "
        "`aggregator`, `magazine` or `online`, by the registry.",
    ),
    Column(
        name="parent_outlet_id",
        type=pa.string(),
        description="The organisation that it belongs to, by the registry.",
    ),
    Column(
        name="outlet_languages",
        type=STRINGS,
        description="ISO 639-1 codes of the languages it publishes in, the main one first, by the "
        "registry; null where that does not know it.",
    ),
    Column(
        name="outlet_domains",
        type=STRINGS,
        description="The domains it publishes under, the current one first, by the registry; else "
        "the one of its articles.",
    ),
    Column(
        name="outlet_timezone",
        type=pa.string(),
        description="The IANA zone of its printed times, by the registry.",
    ),
)

CONTENT_COLUMNS = (
    Column(name="title", type=pa.string(), description="The headline.", is_compared=False),
    Column(
        name="title_source", type=pa.string(), description="Where on the page the title was found."
    ),
    Column(
        name="section",
        type=pa.string(),
        description="The section that the page files the article under, as printed; null where it "
        "declares none, or several and not the main one.",
    ),
    Column(
        name="section_source",
        type=pa.string(),
        description=f"Where on the page the section was declared; else {_NOT_BELIEVED}",
    ),
    Column(
        name="description",
        type=pa.string(),
        description="The description that the page declares of the article, as printed: its lead, "
        "where an editor wrote one. It may stand in `text` too.",
        is_compared=False,
    ),
    Column(
        name="description_source",
        type=pa.string(),
        description=f"Where on the page the description was declared; else {_NOT_BELIEVED}",
    ),
    Column(
        name="authors",
        type=STRINGS,
        description="The persons who wrote it, in the order printed; where nobody is named, the "
        "organisation that is credited.",
    ),
    Column(
        name="language",
        type=pa.string(),
        description="ISO 639-1 code of the text's language.",
        checks=(_matches("language_malformed", r"^[a-z]{2,3}$", "ISO 639."),),
    ),
    Column(
        name="text",
        type=pa.string(),
        description="The article's text, paragraphs separated by a newline.",
        is_compared=False,
        checks=(_present("text_missing", "An article without a text is none."),),
    ),
    Column(
        name="word_count",
        type=pa.int32(),
        unit="words",
        description="Words in `text`; in scripts without spaces, characters.",
        checks=(
            _between(
                "word_count_out_of_range",
                1,
                250_000,
                "The longest live blogs have 100,000 words; more is a page that was read wrongly.",
            ),
        ),
    ),
    Column(name="tags", type=STRINGS, description="Keywords that the page gives."),
    Column(
        name="dateline_place",
        type=pa.string(),
        description="The place the dateline names, as printed.",
    ),
)

TIME_COLUMNS = (
    Column(
        name="published_at",
        type=TIMESTAMP,
        unit="UTC",
        description="The instant of first publication; null when only the day is known.",
        checks=(
            _present(
                "published_at_missing",
                "A precision finer than a day promises an instant.",
                when='published_precision != "day"',
            ),
            _absent(
                "published_at_unfounded",
                "A known day does not give an instant.",
                when='published_precision == "day"',
            ),
            _consistent(
                "published_second_unfounded",
                "published_second",
                0,
                0,
                "A minute does not give a second: only newsmill could have made one up.",
                when='published_precision == "minute"',
                severity="fault",
            ),
        ),
    ),
    Column(
        name="published_date",
        type=pa.date32(),
        description="The day of publication where the outlet is.",
        checks=(
            _present("published_date_missing", "Partitions and every series need it."),
            _between(
                "published_date_out_of_range",
                "1990-01-01T00:00:00",
                "2100-01-01T00:00:00",
                "The first news sites opened in the early 1990s.",
            ),
            Check(
                name="published_after_fetched",
                expectation="ExpectColumnPairValuesAToBeGreaterThanB",
                arguments=(("column_A", "fetched_date_limit"), ("or_equal", True)),
                why="A page cannot be published after it was fetched, or landed where that is not "
                "known; one day is left for zones.",
            ),
            _consistent(
                "published_date_not_local",
                "published_days_off",
                0,
                0,
                "The day is that of the instant on the outlet's clock: both are one decision.",
                severity="fault",
            ),
        ),
    ),
    Column(
        name="published_precision",
        type=pa.string(),
        description="What the page says: `second`, `minute` or `day`.",
        checks=(
            _one_of("published_precision_unknown", ("second", "minute", "day"), "A closed set."),
        ),
    ),
    Column(
        name="published_text",
        type=pa.string(),
        description="The printed date that was believed.",
        is_compared=False,
    ),
    Column(
        name="published_source",
        type=pa.string(),
        description="The rule that chose the date, with the position it stood in.",
        checks=(_present("published_source_missing", "Every date keeps its proof."),),
    ),
    Column(
        name="published_offset_minutes",
        type=pa.int16(),
        unit="minutes east of UTC",
        description="The offset of the outlet's clock at `published_at`; null where the page shows "
        "its day beside a stamp in UTC, and nothing tells the zone.",
        checks=(
            _between(
                "published_offset_out_of_range",
                -12 * 60,
                14 * 60,
                "Zones on Earth: -12:00 to +14:00.",
            ),
        ),
    ),
    Column(
        name="modified_at",
        type=TIMESTAMP,
        unit="UTC",
        description="The last change that the page gives.",
        checks=(
            Check(
                name="modified_before_published",
                expectation="ExpectColumnPairValuesAToBeGreaterThanB",
                arguments=(
                    ("column_A", "modified_at"),
                    ("column_B", "published_at"),
                    ("or_equal", True),
                ),
                why="Such a change is not believed: newsmill leaves it out.",
                severity="fault",
            ),
        ),
    ),
    Column(
        name="fetched_at",
        type=TIMESTAMP,
        unit="UTC",
        description="When the page was fetched, where known.",
        is_of_fetch=True,
    ),
)

COPIES_COLUMNS = (
    Column(
        name="revision_count",
        type=pa.int32(),
        unit="records",
        description="Earlier accepted records of the same article.",
    ),
    Column(
        name="first_fetched_at",
        type=TIMESTAMP,
        unit="UTC",
        description="The earliest fetch among the article's records.",
    ),
    Column(
        name="duplicate_of",
        type=pa.string(),
        description="article_id of the earliest article with near-identical text, looking back "
        "72 hours.",
    ),
    Column(
        name="content_digest",
        type=pa.string(),
        description="SHA-256 of title and text.",
        checks=(_matches("content_digest_malformed", HEX_64, "SHA-256 in hex."),),
    ),
    Column(
        name="money_count",
        type=pa.int32(),
        unit="mentions",
        description="Mentions of money in the text (quotes not counted).",
        checks=(
            _between("money_count_negative", 0, None, "A count."),
            _consistent(
                "money_count_differs",
                "mentions_uncounted",
                0,
                0,
                "It counts the rows that become money/; newsmill writes both.",
                severity="fault",
            ),
        ),
    ),
)

LINEAGE_COLUMNS = (
    Column(
        name="raw_path",
        type=pa.string(),
        description="The file in raw/; of an entry of an archive `ARCHIVE!ENTRY`.",
        is_of_fetch=True,
        checks=(
            _present("raw_path_missing", "Every row leads back to its source."),
            Check(
                name="document_repeated",
                expectation="ExpectColumnValuesToBeUnique",
                arguments=(("column", "document"),),
                why="A document is one record of its batch: counted twice, it was read twice.",
                severity="fault",
            ),
        ),
    ),
    Column(
        name="raw_offset",
        type=pa.int64(),
        description="Where in a container: byte offset (WARC, JSON lines) or number of the row "
        "(CSV, Parquet) or entry (feed).",
        is_of_fetch=True,
        checks=(_between("raw_offset_negative", 0, None, "An offset."),),
    ),
    Column(
        name="raw_digest",
        type=pa.string(),
        description="SHA-256 of the document's bytes.",
        is_of_fetch=True,
        checks=(_matches("raw_digest_malformed", HEX_64, "SHA-256 in hex."),),
    ),
    Column(
        name="batch_id",
        type=pa.string(),
        description="The batch that the document belongs to.",
        is_of_fetch=True,
    ),
    Column(
        name="landing_date",
        type=pa.date32(),
        description="The day the document arrived in raw/.",
        is_of_fetch=True,
    ),
    Column(
        name="pipeline_version",
        type=pa.string(),
        description="newsmill's version, and a digest of the rules that made the record.",
        is_of_fetch=True,
    ),
    Column(
        name="reference_version",
        type=pa.string(),
        description="Digest of the outlet registry and the exchange rates.",
        is_of_fetch=True,
    ),
)

MONEY_COLUMNS = (
    Column(
        name="start", type=pa.int32(), unit="characters", description="Where in `text` it begins."
    ),
    Column(
        name="end",
        type=pa.int32(),
        unit="characters",
        description="Where in `text` it ends.",
        checks=(
            _consistent(
                "money_span_differs",
                "span_differs",
                0,
                0,
                "`text[start:end]` is `surface`: newsmill cut one out of the other.",
                severity="fault",
            ),
        ),
    ),
    Column(
        name="surface",
        type=pa.string(),
        description="As printed.",
        checks=(_present("money_surface_missing", "Every amount keeps its printed text."),),
    ),
    Column(
        name="kind",
        type=pa.string(),
        description="`mention` in the text, or `quote`: an exchange rate printed on the page.",
        checks=(_one_of("money_kind_unknown", ("mention", "quote"), "A closed set."),),
    ),
    Column(
        name="amount",
        type=AMOUNT,
        unit="currency_code; for quotes quote_currency_code per unit of currency_code",
        description="The amount in major units; of a range, its low end.",
        checks=(
            _present("money_amount_missing", "A mention without an amount is no mention."),
            _between(
                "money_amount_negative",
                0,
                None,
                'Losses are printed as amounts too; zero is one ("for 0 euros").',
            ),
        ),
    ),
    Column(
        name="amount_high",
        type=AMOUNT,
        unit="currency_code",
        description="The high end of a range, else null.",
        checks=(
            Check(
                name="money_range_reversed",
                expectation="ExpectColumnPairValuesAToBeGreaterThanB",
                arguments=(("column_A", "amount_high"), ("column_B", "amount"), ("or_equal", True)),
                why="A range runs from low to high.",
            ),
        ),
    ),
    Column(
        name="currency_code",
        type=pa.string(),
        description="ISO 4217 code; null where the page does not tell.",
        checks=(_one_of("money_currency_unknown", CURRENCY_CODES, _CURRENCIES),),
    ),
    Column(name="currency_rule", type=pa.string(), description="The rule that chose the currency."),
    Column(
        name="quote_currency_code",
        type=pa.string(),
        description="For quotes: the currency the rate is in (ISO 4217).",
        checks=(_one_of("money_quote_currency_unknown", CURRENCY_CODES, _CURRENCIES),),
    ),
    Column(
        name="is_ambiguous",
        type=pa.bool_(),
        description="The printed sign or word names more than one currency.",
    ),
    Column(
        name="usd_amount",
        type=AMOUNT,
        unit="USD",
        description="`amount` in US dollars on the publication day; null says why in usd_status.",
        checks=(
            _present("money_usd_missing", "A rate gives a value.", when='usd_status == "ok"'),
            _absent("money_usd_unfounded", "No rate, no value.", when='usd_status != "ok"'),
            _consistent(
                "money_usd_inconsistent",
                "usd_deviation",
                0,
                1e-6,
                "It is amount times rate, rounded to six decimals: a millionth of a dollar, or "
                "of a larger sum, is left for that and for this check's floating-point numbers.",
            ),
        ),
    ),
    Column(
        name="usd_rate",
        type=pa.decimal128(38, 15),
        unit="USD per currency_code",
        description="The rate used.",
    ),
    Column(
        name="usd_rate_date",
        type=pa.date32(),
        description="The day of the rate.",
        checks=(
            _consistent(
                "money_rate_out_of_date",
                "usd_rate_age",
                0,
                14,
                "A rate of the day or before; none is used for longer than 14 days, which is what "
                "currencies that are published weekly need over a holiday.",
                severity="fault",
            ),
        ),
    ),
    Column(name="usd_rate_source", type=pa.string(), description="Who published the rate."),
    Column(
        name="usd_status",
        type=pa.string(),
        description="`ok`, or why there is no dollar value.",
        checks=(_one_of("money_usd_status_unknown", tuple(RateStatus), "A closed set."),),
    ),
)

FATE_COLUMNS = (
    Column(name="form", type=pa.string(), description="`html` or `text`."),
    Column(name="fate", type=pa.string(), description="`accepted` or `rejected`."),
    Column(
        name="reasons", type=STRINGS, description="Stable codes: why the document is no article."
    ),
    Column(
        name="detail",
        type=pa.string(),
        description="What exactly was found, for a person.",
        is_compared=False,
    ),
)

STAGED_ONLY_COLUMNS = (
    Column(
        name="faults",
        type=STRINGS,
        description="What arrived with the document and could not be read: a broken sidecar, say.",
    ),
    Column(
        name="text_share",
        type=pa.float64(),
        unit="share, by characters",
        description="How much of the running text that the page shows `text` holds; null for a "
        "text dump.",
        checks=(
            _between(
                PARTIAL_TEXT,
                MIN_TEXT_SHARE,
                1,
                "A third of a text may be lost without a trace, as short texts are usual. Of real "
                "pages read well one in 200 is below, of texts cut by a third or more nine in ten.",
                severity="warning",
            ),
        ),
    ),
    Column(
        name="extraction",
        type=pa.string(),
        description="What extraction found, as JSON; re-normalized from here.",
        is_compared=False,
    ),
    Column(
        name="candidates",
        type=pa.string(),
        description="The candidates weighed for outlet and date, as JSON.",
        is_compared=False,
    ),
    Column(
        name="text_signature",
        type=pa.binary(),
        description="What near-identical texts are told by; null where the text is too short.",
    ),
    Column(
        name="record_digest",
        type=pa.string(),
        description="SHA-256 of the record: what tells a publisher that it changed.",
        is_digested=False,
    ),
    Column(
        name="seconds",
        type=pa.float32(),
        unit="CPU seconds",
        description="What the document cost. The only column that differs from run to run.",
        is_digested=False,
    ),
)

RUN_COLUMNS = (
    Column(name="run_id", type=pa.string(), description="Start of the run, UTC, and its process."),
    Column(name="started_at", type=TIMESTAMP, unit="UTC", description="When the run began."),
    Column(
        name="seconds",
        type=pa.float32(),
        unit="seconds",
        description="Wall time from start to end.",
    ),
    Column(name="parameters", type=pa.string(), description="The parameters of the run, as JSON."),
    Column(
        name="batch_count",
        type=pa.int32(),
        unit="batches",
        description="Batches that were processed.",
    ),
    Column(
        name="processed_count",
        type=pa.int64(),
        unit="documents",
        description="Documents read in this run.",
    ),
    Column(
        name="raw_bytes",
        type=pa.int64(),
        unit="bytes",
        description="Size of the files that were read.",
    ),
    Column(
        name="document_count",
        type=pa.int64(),
        unit="documents",
        description="Documents in the warehouse afterwards = articles + revisions + quarantined.",
    ),
    Column(name="article_count", type=pa.int64(), unit="rows", description="Rows in articles/."),
    Column(
        name="earlier_revision_count",
        type=pa.int64(),
        unit="records",
        description="Earlier revisions of these articles.",
    ),
    Column(
        name="quarantined_count", type=pa.int64(), unit="rows", description="Rows in quarantine/."
    ),
    Column(
        name="waiting_count",
        type=pa.int64(),
        unit="documents",
        description="Documents that are processed and wait for a person's decision, because the "
        "audit held the run back; 0 of a run that published. They are not in `document_count`.",
    ),
    Column(
        name="reason_counts",
        type=pa.map_(pa.string(), pa.int64()),
        unit="documents",
        description="Quarantined documents by reason; a document may have several.",
    ),
    Column(
        name="skipped_counts",
        type=pa.map_(pa.string(), pa.int64()),
        unit="items",
        description="What was seen and is no document: WARC records by type, and names in raw/ and "
        "in archives: `hidden` ones, orphan sidecars, what is no file, what `vanished` while the "
        "run read, what a WACZ holds beside WARCs (`wacz_index`). And `pruned`, the files that "
        "`newsmill prune` has removed from raw/ so far.",
    ),
    Column(
        name="step_seconds",
        type=pa.map_(pa.string(), pa.float32()),
        unit="seconds",
        description="Wall time per step.",
    ),
    Column(
        name="outcome",
        type=pa.string(),
        description="`published`, or `held_back` by the audit: then the counts are of what was "
        "published before.",
    ),
    Column(
        name="findings",
        type=STRINGS,
        description="What the audit found, in words.",
    ),
    Column(
        name="audit_findings",
        type=pa.list_(
            pa.struct(
                [
                    ("source", pa.string()),
                    ("outlet", pa.string()),
                    ("landing_date", pa.date32()),
                    ("measure", pa.string()),
                    ("value", pa.string()),
                    ("expected", pa.string()),
                    ("number", pa.float64()),
                    ("holds", pa.bool_()),
                    ("accepted", pa.bool_()),
                    ("advice", pa.string()),
                ]
            )
        ),
        description="The same in values: what was measured of which outlet on which landing day, "
        "whether it holds publishing back, and whether a person accepted it.",
    ),
    Column(
        name="partitions_written",
        type=pa.int32(),
        unit="partitions",
        description="Partitions that had to be rewritten.",
    ),
    Column(
        name="added_count",
        type=pa.int64(),
        unit="articles",
        description="Articles that were not published before the run.",
    ),
    Column(
        name="replaced_count",
        type=pa.int64(),
        unit="articles",
        description="Articles that another document tells since the run, as a corrected page does.",
    ),
    Column(
        name="withdrawn_count",
        type=pa.int64(),
        unit="articles",
        description="Articles that are not published any more since the run.",
    ),
    Column(
        name="new_outlets",
        type=STRINGS,
        description="The `outlet_id`s that had no article before the run.",
    ),
)
