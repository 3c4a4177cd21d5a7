"""What a record holds, decided from what extraction found: all rules of normalization together."""

import json
from dataclasses import fields
from datetime import date

from schemas.reasons import Reason
from tasks.extract.evidence import EXTRACTION_JSON, AsFound, Extraction
from tasks.normalize.currencies.quotes import read_quotes
from tasks.normalize.datelines import Dateline, parse_dateline
from tasks.normalize.dates.resolve_date import DateContext, resolve_dates
from tasks.normalize.decisions import (
    DateCandidate,
    DateDecision,
    Mention,
    OutletCandidate,
    OutletDecision,
)
from tasks.normalize.identity import digest_content, identify_article
from tasks.normalize.outlets.resolve_outlet import resolve_outlet
from tasks.normalize.rates.value import usd_value
from tasks.normalize.read_text_facts import read_text_facts
from tasks.normalize.record import MoneyRow, Record, as_dict, lineage_of
from tasks.normalize.reference import Reference
from tasks.normalize.text_facts import TextFacts, plain
from tasks.normalize.urls import canonical_url
from tasks.normalize.wires import resolve_wire
from tasks.printed.cleaning import clean_all, is_clean_json
from tasks.read.document import Origin

_OUTLET_CANDIDATE, _DATE_CANDIDATE = (
    tuple(field.name for field in fields(kind)) for kind in (OutletCandidate, DateCandidate)
)
_AS_FOUND = tuple(field.name for field in fields(AsFound))


def normalize_document(
    origin: Origin,
    extraction: Extraction,
    reference: Reference,
    text_facts: TextFacts | None = None,
) -> Record:
    """Decides every column of a document's record.

    The outlet comes first, because its zone, date order, country and languages feed the dates and
    the currencies.

    Args:
        origin: where the document lies and what arrived with it.
        extraction: what was found in it.
        reference: the outlet registry and the exchange rates.
        text_facts: what the same text was read as before, by the same rules; None reads it.
    """
    origin, found = clean_all(origin), extraction
    extraction, staged = _write_clean(found)
    if extraction is not found:
        # Staged by a version that did not clean, the facts have their places in another text.
        text_facts = None
    dateline = parse_dateline(extraction.text)
    outlet = resolve_outlet(
        extraction.outlets, origin.url, extraction.urls, extraction.language, reference.registry
    )
    dates = resolve_dates(extraction.dates, _date_context(origin, extraction, outlet, dateline))
    canonical = canonical_url(origin.url, extraction.urls)
    content_digest = digest_content(extraction.title, extraction.text)
    day = dates.published_date
    if text_facts is None or (text_facts.country, text_facts.day) != (outlet.country, day):
        text_facts = read_text_facts(extraction.text, extraction.language, outlet.country, day)
    mentions = [*text_facts.mentions, *map(plain, read_quotes(extraction.quotes, outlet.country))]
    money = tuple(_money_row(mention, day, reference) for mention in mentions)
    reasons = _reasons(extraction, dates)
    return Record(
        fate="rejected" if reasons else "accepted",
        reasons=tuple(reason.value for reason in reasons),
        detail=extraction.refusal_detail or dates.detail if reasons else "",
        form=extraction.form.value,
        article_id=identify_article(canonical, content_digest),
        canonical_url=canonical,
        outlet_id=outlet.outlet_id,
        outlet_name=outlet.name,
        outlet_country=outlet.country,
        outlet_domain=outlet.domain,
        outlet_text=outlet.text,
        outlet_rule=outlet.rule,
        wire=resolve_wire(
            extraction.text,
            dateline,
            extraction.credits,
            extraction.authors,
            outlet,
            reference.registry,
        ),
        **as_dict(extraction, _AS_FOUND),
        text=extraction.text or None,
        word_count=text_facts.word_count,
        dateline_place=dateline.place if dateline else None,
        published_at=dates.published_at,
        published_date=dates.published_date,
        published_precision=dates.precision.value if dates.precision else None,
        published_text=dates.text,
        published_source=dates.rule,
        published_offset_minutes=dates.utc_offset_minutes,
        modified_at=dates.modified_at,
        content_digest=content_digest,
        money_count=sum(row.kind == "mention" for row in money),
        money=money,
        extraction=staged,
        candidates=_candidates_json(outlet, dates),
        text_share=_text_share(extraction),
        text_signature=text_facts.signature,
        **lineage_of(origin),
    )


def _write_clean(extraction: Extraction) -> tuple[Extraction, str]:
    """Cleans what was found of a document; also returns it as JSON.

    The JSON has to be written anyway, and tells in microseconds that there is nothing to clean.
    """
    try:
        staged = EXTRACTION_JSON.dump_json(extraction, exclude_defaults=True)
    except ValueError:
        # A lone surrogate has no form in UTF-8.
        staged = b""
    if not staged or not is_clean_json(staged):
        extraction = clean_all(extraction)
        staged = EXTRACTION_JSON.dump_json(extraction, exclude_defaults=True)
    return extraction, staged.decode()


def _text_share(extraction: Extraction) -> float | None:
    """Returns how much of the page's running text the extracted text holds."""
    if extraction.unread_chars is None or not extraction.text:
        return None
    chars = len(extraction.text)
    return round(chars / (chars + extraction.unread_chars), 3)


def _reasons(extraction: Extraction, dates: DateDecision) -> list[Reason]:
    """A page that holds no article is refused for that alone, not for its missing date."""
    if extraction.refusal:
        return [extraction.refusal]
    return [dates.reason] if dates.reason else []


def _date_context(
    origin: Origin, extraction: Extraction, outlet: OutletDecision, dateline: Dateline | None
) -> DateContext:
    return DateContext(
        fetched_at=origin.fetched_at,
        landing_date=origin.landing_date,
        timezone=outlet.timezone,
        country=outlet.country,
        languages=outlet.languages,
        date_order=outlet.date_order,
        language=extraction.language,
        text=extraction.text,
        dateline_text=dateline.date_text if dateline else None,
    )


def _money_row(mention: Mention, day: date | None, reference: Reference) -> MoneyRow:
    # A quote's amount is in the currency that it is quoted in, not in the one that it prices.
    is_quote = mention.kind == "quote"
    currency = mention.quote_currency_code if is_quote else mention.currency_code
    value = usd_value(mention.amount, currency, day, reference.rates)
    return MoneyRow(
        start=mention.start,
        end=mention.end,
        surface=mention.surface,
        kind=mention.kind,
        amount=mention.amount,
        amount_high=mention.amount_high,
        currency_code=mention.currency_code,
        currency_rule=mention.rule,
        quote_currency_code=mention.quote_currency_code,
        is_ambiguous=mention.is_ambiguous,
        usd_amount=value.usd_amount,
        usd_rate=value.rate,
        usd_rate_date=value.rate_date,
        usd_rate_source=value.source,
        usd_status=value.status.value,
    )


def _candidates_json(outlet: OutletDecision, dates: DateDecision) -> str:
    candidates = {
        "outlet": [as_dict(candidate, _OUTLET_CANDIDATE) for candidate in outlet.candidates],
        "dates": [as_dict(candidate, _DATE_CANDIDATE) for candidate in dates.candidates],
    }
    return json.dumps(candidates, ensure_ascii=False)
