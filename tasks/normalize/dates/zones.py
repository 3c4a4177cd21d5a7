"""Offsets: printed ones, abbreviations, and those that an outlet's zone gives to a local time."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from schemas.languages import dates as date_words

_OFFSET = re.compile(r"(?:utc|gmt)?([+\-])(\d{1,2})(?::?(\d\d))?")
# The widest offsets in use: Kiribati's +14:00 and Baker Island's -12:00.
_MAX_OFFSET = 14 * 60
_SAMPLES = tuple((year, month) for year in range(2000, 2027, 2) for month in (1, 7))

# Languages that are printed in one zone; those spoken in several have none.
_ZONE_OF_LANGUAGE = {
    "az": "Asia/Baku", "be": "Europe/Minsk", "bg": "Europe/Sofia", "cs": "Europe/Prague",
    "da": "Europe/Copenhagen", "et": "Europe/Tallinn", "fa": "Asia/Tehran", "fi": "Europe/Helsinki",
    "he": "Asia/Jerusalem", "hi": "Asia/Kolkata", "hr": "Europe/Zagreb", "hu": "Europe/Budapest",
    "hy": "Asia/Yerevan", "is": "Atlantic/Reykjavik", "it": "Europe/Rome", "ja": "Asia/Tokyo",
    "ka": "Asia/Tbilisi", "ko": "Asia/Seoul", "lt": "Europe/Vilnius", "lv": "Europe/Riga",
    "mk": "Europe/Skopje", "nb": "Europe/Oslo", "no": "Europe/Oslo", "pl": "Europe/Warsaw",
    "sk": "Europe/Bratislava", "sl": "Europe/Ljubljana", "sv": "Europe/Stockholm",
    "de": "Europe/Berlin",
    "th": "Asia/Bangkok", "tr": "Europe/Istanbul", "uk": "Europe/Kyiv", "vi": "Asia/Ho_Chi_Minh",
    "lo": "Asia/Vientiane", "km": "Asia/Phnom_Penh", "my": "Asia/Yangon", "si": "Asia/Colombo",
    "ne": "Asia/Kathmandu", "ky": "Asia/Bishkek", "tg": "Asia/Dushanbe",
    "tk": "Asia/Ashgabat", "uz": "Asia/Tashkent",
}  # fmt: skip


# Countries with several zones whose press prints one: CLDR's primary zones (metaZones.xml), and
# those that kept one clock in most years, or in all of the country but some islands.
_PRESS_ZONES = {
    "CL": "America/Santiago", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "EC": "America/Guayaquil", "ES": "Europe/Madrid", "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon", "UA": "Europe/Kyiv", "UZ": "Asia/Tashkent",
    "AR": "America/Argentina/Buenos_Aires", "CY": "Asia/Nicosia", "KZ": "Asia/Almaty",
    "GL": "America/Nuuk", "PF": "Pacific/Tahiti", "PG": "Pacific/Port_Moresby",
    "MN": "Asia/Ulaanbaatar", "PS": "Asia/Hebron", "VN": "Asia/Ho_Chi_Minh",
}  # fmt: skip


@cache
def zone_named(name: str | None) -> ZoneInfo | None:
    """Returns the IANA zone, None for no or an unknown name."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@cache
def zone_of_country(country: str | None) -> ZoneInfo | None:
    """Returns the zone that a country's press prints, None where it prints several (CLDR).

    Args:
        country: ISO 3166-1 alpha-2.
    """
    if not country:
        return None
    if country.upper() in _PRESS_ZONES:
        return zone_named(_PRESS_ZONES[country.upper()])
    names = sorted(get_global("territory_zones").get(country.upper(), ()))
    zones = [zone for name in names if (zone := zone_named(name))]
    # Germany has Europe/Busingen too, which keeps Berlin's time.
    clocks = {
        tuple(offset_at(zone, datetime(year, month, 1, tzinfo=UTC)) for year, month in _SAMPLES)
        for zone in zones
    }
    return zones[0] if len(clocks) == 1 else None


def zone_of_language(language: str | None) -> ZoneInfo | None:
    """Returns the zone in which a language is printed, where that is one."""
    return zone_named(_ZONE_OF_LANGUAGE.get((language or "").split("-")[0]))


def offset_of(zone_text: str, zone: tzinfo | None, local: datetime) -> int | None:
    """Returns the minutes east of UTC that a printed zone means.

    Args:
        zone_text: "+04:00", "gmt+7", "z", "cet", "ist", in lower case without spaces.
        zone: the outlet's zone: an abbreviation that names several offsets means this one's.
        local: the naive local time.

    Returns:
        None where the text means nothing or cannot be told.
    """
    match = _OFFSET.fullmatch(zone_text)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return (minutes if match[1] == "+" else -minutes) if minutes <= _MAX_OFFSET else None
    if zone_text in date_words.zones():
        return date_words.zones()[zone_text]
    candidates = date_words.ambiguous_zones().get(zone_text)
    if candidates is None:
        return None
    own = local_offset(zone, local) if zone is not None else None
    offsets = [local_offset(found, local) for name in candidates if (found := zone_named(name))]
    if own is not None and own in offsets:
        return own
    if zone_text in date_words.us_zones():
        return date_words.us_zones()[zone_text]
    return offsets[0] if len(offsets) == 1 else None


def local_offset(zone: tzinfo, local: datetime) -> int | None:
    """Returns the offset at a local time; None in an hour that a clock change repeats or skips."""
    early, late = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if early is None or early != late:
        return None
    return int(early / timedelta(minutes=1))


def offset_at(zone: tzinfo, instant: datetime) -> int:
    """Returns the zone's offset at an instant, in minutes east of UTC."""
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return int(offset / timedelta(minutes=1))
