"""Where an unregistered outlet is: its domain, its address, its locale, in this order."""

import pytest

from tasks.extract.evidence import OutletClue, OutletSource
from tasks.normalize.decisions import OutletCandidate
from tasks.normalize.outlets.countries import country_named, country_of_locale, find_country
from tasks.normalize.outlets.resolve_outlet import resolve_outlet


def clue(source: str, text: str) -> OutletClue:
    return OutletClue(text=text, source=OutletSource(source), position="somewhere")


@pytest.mark.parametrize(
    ("locale", "country"),
    [
        ("en-CA", "CA"),
        ("en_NZ", "NZ"),
        ("fr-BE", "BE"),
        ("de-CH", "CH"),
        ("es-AR", "AR"),
        ("en-US", None),  # what templates come with
        ("de-DE", None),
        ("es_ES", None),
        ("en-GB", None),  # English of everywhere but America
        ("es_LA", None),  # Facebook's Latin America, not Laos
        ("ar_AR", None),  # Facebook's Arabic, not Argentina
        ("en_UD", None),  # Facebook's English upside down
        ("en", None),
        ("", None),
    ],
)
def test_a_locale_tells_a_country_where_somebody_chose_it(locale: str, country: str | None) -> None:
    assert country_of_locale(locale) == country


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("CA", None, "CA"),
        ("USA", None, "US"),
        ("UK", None, "GB"),
        ("Ireland", "ga", "IE"),
        ("España", "es", "ES"),
        ("Ontario", "en", None),
        ("EU", "en", None),
        ("XX", "en", None),
        ("", "en", None),
        ("Canada", "xx", "CA"),
    ],
)
def test_an_address_names_its_country(text: str, language: str | None, country: str | None) -> None:
    assert country_named(text, language) == country


def test_the_stronger_evidence_decides() -> None:
    locale, address = clue("locale", "en-CA"), clue("address_country", "IE")
    assert find_country("post.nz", [locale, address], "en") == ("NZ", None)
    assert find_country("post.com", [locale, address], "en") == ("IE", address)
    assert find_country("post.com", [locale, clue("locale", "en_US")], "en") == ("CA", locale)


def test_evidence_of_two_countries_tells_none() -> None:
    assert find_country(None, [clue("locale", "en-CA"), clue("locale", "en-AU")], "en")[0] is None


def test_an_unregistered_outlet_has_the_country_that_its_page_tells() -> None:
    clues = [clue("og:site_name", "Example Post"), clue("locale", "en-CA")]
    found = resolve_outlet(clues, "https://examplepost.com/a", [], "en", None)
    assert found.country == "CA"
    told = OutletCandidate(text="en-CA", position="somewhere", verdict="country CA")
    assert told in found.candidates
