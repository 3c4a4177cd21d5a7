"""The outlet registry: what is known of each publisher (facts, reviewed; see outlets.csv)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An organisation that publishes news.

    Attributes:
        outlet_id: stable slug, e.g. `turan`.
        name: the name we publish.
        aliases: other printed names, in any script.
        domains: registrable domains or hosts it publishes under, the current one first.
        country: ISO 3166-1 alpha-2, None for international ones.
        languages: ISO 639-1 codes, the main one first.
        timezone: IANA zone of its printed times, None where not known.
        date_order: `DMY`, `MDY` or `YMD` in numeric dates, None where not known.
        kind: newspaper, agency, broadcaster, government, think_tank, blog, aggregator, magazine, online.
        parent: outlet_id of the organisation it belongs to.
    """

    outlet_id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    languages: tuple[str, ...] = ()
    timezone: str | None = None
    date_order: str | None = None
    kind: str | None = None
    parent: str | None = None
