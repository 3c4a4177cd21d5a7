"""The outlet of a text dump, end to end from its lines: what it prints about itself."""

import pytest

from schemas.outlets import Outlet, Registry, build_registry
from tasks.extract.outlets.outlet_lines import collect_outlet_lines
from tasks.normalize.decisions import OutletDecision
from tasks.normalize.outlets.resolve_outlet import resolve_outlet

BODY = [
    "Rain falls on the valley",
    "Heavy rain fell on the valley on Monday and the river rose by a metre, officials said.",
    "More is expected on Friday, and the road to the north stays closed until the water falls.",
]


@pytest.fixture
def registry() -> Registry:
    outlets = [
        Outlet(
            outlet_id="meridian",
            name="Meridian",
            aliases=("Меридиан",),
            domains=("meridian.az",),
            kind="agency",
            languages=("az", "en"),
        ),
        Outlet(
            outlet_id="valley-insight",
            name="The Valley Insight",
            aliases=("TVI",),
            domains=("thevalleyinsight.com",),
        ),
        Outlet(
            outlet_id="ministry",
            name="Ministry of Rain",
            aliases=("Rain Ministry",),
            domains=("rain.gov",),
            kind="government",
        ),
        Outlet(outlet_id="reuters", name="Reuters", domains=("reuters.com",), kind="agency"),
        Outlet(outlet_id="bell", name="The Bell", domains=("thebell.io",)),
        Outlet(outlet_id="valleybladet", name="Valleybladet", domains=("valleybladet.se",)),
        Outlet(outlet_id="harbour-sport", name="H Sport", domains=("sport.harbourpost.com",)),
        Outlet(outlet_id="dunya", name="Dünya", domains=("dunya.com",)),
        Outlet(outlet_id="sport", name="Sport", domains=("sport.es",)),
        Outlet(outlet_id="harbour-post", name="Harbour Post", domains=("harbourpost.com",)),
        Outlet(outlet_id="quay-times", name="Quay Times", domains=("quaytimes.com",)),
    ]
    return build_registry([outlets], "digest")


def resolve(lines: list[str], registry: Registry | None) -> OutletDecision:
    return resolve_outlet(collect_outlet_lines(lines), None, (), "en", registry)


@pytest.mark.parametrize(
    ("lines", "outlet_id"),
    [
        ([*BODY, "The river rose, MERIDIAN's U.S. correspondent reports."], "meridian"),
        (["Baku, 7 December 2021 (TVI): Rain fell.", *BODY], "valley-insight"),
        (["Press Briefing by Rain Ministry Spokesperson A. Speaker", *BODY], "ministry"),
        ([*BODY, "Valley Rain - thevalleyinsight.com"], "valley-insight"),
        (
            [*BODY, "www.harbourpost.com", "Harbour Post TV", "Our official YouTube channel"],
            "harbour-post",
        ),
        ([*BODY, "© 2024 Harbour Post. All rights reserved."], "harbour-post"),
        ([*BODY, "Subscribe to Harbour Post"], "harbour-post"),
        ([*BODY, "Send tips to the Harbour Post at tips@harbourpost.com"], "harbour-post"),
        ([*BODY, "Follow Harbour Post on Telegram"], "harbour-post"),
        (["HARBOUR POST", *BODY], "harbour-post"),
        ([*BODY, "© 1990-2024 Meridian. All rights reserved."], "meridian"),
        (["Rain falls on the valley | Reuters", *BODY], "reuters"),
        ([*BODY, "Mitt Valleybladet", "Tipsa Valleybladet"], "valleybladet"),
        (
            [
                *BODY,
                "Jane told the Harbour Post that it rained.",
                "It stopped, she told Harbour Post.",
            ],
            "harbour-post",
        ),
    ],
)
def test_self_references_name_a_registered_outlet(
    registry: Registry, lines: list[str], outlet_id: str
) -> None:
    found = resolve(lines, registry)
    assert found.outlet_id == outlet_id
    assert found.rule is not None
    assert found.rule.startswith("self_reference:")
    assert found.domain == registry.outlets[outlet_id].domains[0]


@pytest.mark.parametrize(
    "lines",
    [
        BODY,
        [*BODY, "A. Minister told Reuters that it rained.", "It will stop, he told Reuters."],
        ["LONDON, March 5 (Reuters) - Rain fell.", *BODY],
        [*BODY, "© Reuters"],
        ["Rain falls on the valley - Reuters", *BODY],
        [*BODY, "Copyright 2024 Reuters. All rights reserved."],
        [*BODY, "© A. Photographer / wikimedia.org"],
        [*BODY, "A. Reporter told Harbour Post."],
        [*BODY, "The Ministry of Rain said.", "Ministry of Rain has contacted the valley."],
        ["Opening Bell", "Closing Bell", "Bell", "Bell Tower", "Bell Ringer", *BODY],
        [*BODY, "Subscribe to Harbour Post", "Subscribe to Quay Times"],
        [*BODY, "harbourpost.com", "quaytimes.com"],
        [*BODY, "© 2024 Some Media Group. All rights reserved."],
        ["DÜNYA", "Ekonomi", "Sport", *BODY, "Dünya", "Ekonomi", "Sport", "Sport Live"],
        ["Sport News", "Sport Weather", "Sport Results", "Sport Tables", "Sport Clubs", *BODY],
    ],
    ids=[
        "nothing",
        "told an agency",
        "an agency's dateline",
        "an agency's picture",
        "an agency's headline",
        "an agency's right",
        "a photographer",
        "told once",
        "a ministry in the news",
        "a common word",
        "two invitations",
        "two links",
        "an owner",
        "sections of a menu",
        "a section's pages",
    ],
)
def test_what_others_print_names_no_outlet(registry: Registry, lines: list[str]) -> None:
    found = resolve(lines, registry)
    assert (found.outlet_id, found.name) == (None, None)


@pytest.mark.parametrize(
    ("lines", "name", "outlet_id"),
    [
        (
            [
                "Mountain Herald",
                *BODY,
                "© 2024 Mountain Herald. All rights reserved.",
                "news@mountainherald.com",
            ],
            "Mountain Herald",
            "~mountainherald.com",
        ),
        ([*BODY, "The river rose, LOWLAND's correspondent reports."], "LOWLAND", "~lowland"),
        (
            [*BODY, "Subscribe to Hill News", "hillnews.az", "info@hillnews.az"],
            "Hill News",
            "~hillnews.az",
        ),
        ([*BODY, "www.hillnews.example", "Similar news"], "hillnews.example", "~hillnews.example"),
        (
            ["The ferry is back, the cooperative told Hill News.", *BODY, "More - www.hillnews.az"],
            "Hill News",
            "~hillnews.az",
        ),
        (
            ["Baku, 7 March 2024 (Hill News): Rain fell.", *BODY, "A. Reporterhttps://hillnews.az"],
            "Hill News",
            "~hillnews.az",
        ),
    ],
)
def test_unregistered_outlets_need_their_own_sign_off(
    lines: list[str], name: str, outlet_id: str
) -> None:
    found = resolve(lines, None)
    assert (found.name, found.outlet_id) == (name, outlet_id)


@pytest.mark.parametrize(
    "lines",
    [
        [*BODY, "www.hillnews.az", "www.dalenews.az"],
        [*BODY, "Tickets - www.hilltheatre.az"],
        [*BODY, "hilltheatre.az", *BODY],
    ],
)
def test_addresses_that_may_be_anybodys_name_no_outlet(lines: list[str]) -> None:
    assert resolve(lines, None).outlet_id is None


def test_a_given_address_outweighs_the_lines(registry: Registry) -> None:
    clues = collect_outlet_lines([*BODY, "Subscribe to Quay Times"])
    found = resolve_outlet(clues, "https://harbourpost.com/a", (), "en", registry)
    assert found.outlet_id == "harbour-post"


def test_what_was_weighed_is_kept(registry: Registry) -> None:
    found = resolve([*BODY, "A. Reporter told Harbour Post."], registry)
    assert "Harbour Post" in {candidate.name for candidate in found.candidates}


def test_a_printed_subdomain_is_its_own_outlets(registry: Registry) -> None:
    found = resolve([*BODY, "www.sport.harbourpost.com"], registry)
    assert found.outlet_id == "harbour-sport"
    assert found.domain == "harbourpost.com"


def test_the_domain_identifies_where_the_dump_prints_a_short_form_of_the_name() -> None:
    reference = "Old Hill Harbour News's culture correspondent reports."
    lines = [*BODY, reference, "© P. Photographer / hillharbournews.az"]
    for order in (lines, [*BODY, lines[-1], reference]):
        assert resolve(order, None).outlet_id == "~hillharbournews.az"
    assert resolve([*BODY, reference], None).outlet_id == "~old-hill-harbour-news"
