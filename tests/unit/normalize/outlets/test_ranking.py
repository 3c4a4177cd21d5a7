"""Which of the names that a page prints is published."""

import pytest

from tasks.extract.evidence import OutletClue, OutletSource
from tasks.normalize.outlets.ranking import rank_names


def best(domain: str | None, **printed: str) -> str:
    clues = [
        OutletClue(text=text, source=OutletSource(source.replace("og_", "og:")), position="p")
        for source, text in printed.items()
    ]
    return rank_names(clues, domain)[0].name


@pytest.mark.parametrize(
    ("capitals", "mixed"),
    [
        ("THE HARBOUR POST", "The Harbour Post"),
        ("HARBOUR POST-HERALD", "Harbour Post-Herald"),
        ("HAFENZEITUNG", "Hafenzeitung"),
        ("EL PUERTO", "El Puerto"),
        ("ПОРТОВАЯ ПРАВДА", "Портовая правда"),
    ],
)
def test_a_name_in_mixed_case_is_better_than_its_capitals(capitals: str, mixed: str) -> None:
    assert best("example.com", og_site_name=capitals, title_suffix=mixed) == mixed


def test_capitals_stay_where_nothing_else_is_printed() -> None:
    assert best("example.com", og_site_name="HARBOUR POST") == "HARBOUR POST"


@pytest.mark.parametrize(
    "company",
    [
        "Harbour Post Media Group",
        "Harbour Post Publishing Co.",
        "Harbour Post Media",
        "Harbour Post Mediengruppe",
        "The Harbour Post Holding",
    ],
)
def test_a_company_named_after_an_outlet_is_that_outlet(company: str) -> None:
    assert best("hbp.com", publisher=company, title_suffix="Harbour Post") == "Harbour Post"
    assert best("hbp.com", publisher=company) == company.removesuffix(" Co.")


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("quay.com", "Harbour Post-Review"),
        ("harbour.com", "The Harbour Post"),
        ("hp.de", "Hafenpost am Fluss"),
    ],
)
def test_a_name_is_better_than_the_address(domain: str, name: str) -> None:
    assert best(domain, og_site_name=domain, publisher=name) == name


def test_an_address_is_the_name_where_no_other_is_printed() -> None:
    assert best("oxuyan.az", og_site_name="Oxuyan.az", title_suffix="Oxuyan.az") == "Oxuyan.az"
    assert best("quay.com", og_site_name="Quay.com", app_name="quay") == "Quay.com"


def test_an_article_written_on_to_a_name_is_not_taken_off_a_word() -> None:
    assert best("larivage.fr", publisher="Larivage.fr", title_suffix="L'Arivage") == "L'Arivage"
    assert best("thequay.com", publisher="thequay.com", title_suffix="The Quay") == "The Quay"


@pytest.mark.parametrize(
    "tagline",
    [
        "Breaking news, sport and weather",
        "the latest news from the coast",
        "Nachrichten, Sport und Wetter",
        "News",
    ],
)
@pytest.mark.parametrize("domain", ["harbour.com", "harbourpost.com", "quay.com"])
def test_a_tagline_is_no_part_of_the_name(tagline: str, domain: str) -> None:
    assert best(domain, og_site_name=f"Harbour Post - {tagline}") == "Harbour Post"


def test_a_name_written_together_is_better_apart() -> None:
    printed = {"og_site_name": "HarbourPost", "title_suffix": "Harbour Post"}
    assert best("harbourpost.com", **printed) == "Harbour Post"


def test_a_name_in_another_script_does_not_lose_to_its_transcription() -> None:
    printed = {"og_site_name": "बन्दरगाह पत्र", "title_suffix": "Bandargah Patra"}
    assert best("bandargah-patra.in", **printed) == "बन्दरगाह पत्र"


def test_the_archive_and_the_platform_are_not_the_outlet() -> None:
    printed = {"og_site_name": "archive.ph", "title_suffix": "Harbour Post"}
    assert best("harbourpost.com", **printed) == "Harbour Post"
    assert best("medium.com/@quay", og_site_name="Medium", title_suffix="Quay") == "Quay"
