"""Which outlet published a page: the first rule that holds."""

import pytest

from schemas.outlets import Outlet, Registry, build_registry
from tasks.extract.evidence import OutletClue, OutletSource, TextClue, TextSource
from tasks.normalize.decisions import OutletDecision
from tasks.normalize.outlets.countries import COUNTRY_SOURCES
from tasks.normalize.outlets.outlet_addresses import ADDRESS_WEIGHTS
from tasks.normalize.outlets.ranking import SOURCE_WEIGHTS
from tasks.normalize.outlets.resolve_outlet import resolve_outlet
from tasks.normalize.outlets.self_references import SELF_REFERENCE_WEIGHTS


def clue(source: str, text: str, *, count: int = 1, total: int | None = None) -> OutletClue:
    return OutletClue(
        text=text, source=OutletSource(source), position="p", count=count, total=total
    )


def home_link(label: str, href: str) -> OutletClue:
    return OutletClue(text=label, source=OutletSource.HOME_LINK, position="p", href=href)


def resolve(
    *clues: OutletClue,
    url: str | None = None,
    canonical: str | None = None,
    language: str | None = None,
    registry: Registry | None = None,
) -> OutletDecision:
    urls = (
        [TextClue(text=canonical, source=TextSource.CANONICAL, position="link")]
        if canonical
        else []
    )
    return resolve_outlet(clues, url, urls, language, registry)


@pytest.fixture
def registry() -> Registry:
    outlets = [
        Outlet(
            outlet_id="example-times",
            name="Example Times",
            aliases=("Пример Таймс", "ET"),
            domains=("example-times.az", "old-example.com"),
            country="AZ",
            languages=("az", "en"),
            timezone="Asia/Baku",
            date_order="DMY",
        ),
        Outlet(outlet_id="big", name="Big Corporation", domains=("big.co.uk",), country="GB"),
        Outlet(outlet_id="big-azeri", name="Big Azeri", domains=("big.co.uk/azeri",)),
        Outlet(outlet_id="big-sport", name="Big Sport", domains=("sport.big.co.uk",)),
        Outlet(
            outlet_id="star-gb",
            name="Daily Star",
            domains=("dailystar.co.uk",),
            country="GB",
            languages=("en",),
        ),
        Outlet(
            outlet_id="star-lb",
            name="Daily Star",
            domains=("dailystar.com.lb",),
            country="LB",
            languages=("ar",),
        ),
        Outlet(outlet_id="blogger-jane", name="A Blog", domains=("somebody.blogspot.com",)),
        Outlet(outlet_id="channel", name="A Channel", domains=("t.me/examplechannel",)),
    ]
    return build_registry([outlets], "digest")


class TestRegistered:
    def test_the_host_decides_and_brings_what_is_known(self, registry: Registry) -> None:
        found = resolve(
            clue("og:site_name", "Somebody else"),
            url="https://www.example-times.az/a",
            registry=registry,
        )
        assert found.outlet_id == "example-times"
        assert (found.name, found.country, found.timezone) == ("Example Times", "AZ", "Asia/Baku")
        assert (found.date_order, found.languages) == ("DMY", ("az", "en"))
        assert found.domain == "example-times.az"
        assert found.rule == "host:url"

    def test_former_domains_and_subdomains_belong_to_the_outlet(self, registry: Registry) -> None:
        found = resolve(url="https://en.old-example.com/a", registry=registry)
        assert (found.outlet_id, found.domain) == ("example-times", "old-example.com")

    @pytest.mark.parametrize(
        ("url", "outlet_id"),
        [
            ("https://www.big.co.uk/news/1", "big"),
            ("https://www.big.co.uk/azeri/news/1", "big-azeri"),
            ("https://www.big.co.uk/azerispeaking", "big"),
            ("https://sport.big.co.uk/1", "big-sport"),
            ("https://somebody.blogspot.com/1", "blogger-jane"),
            ("https://t.me/s/examplechannel/12", "channel"),
        ],
    )
    def test_outlets_below_one_domain_are_kept_apart(
        self, registry: Registry, url: str, outlet_id: str
    ) -> None:
        assert resolve(url=url, registry=registry).outlet_id == outlet_id

    def test_a_platform_does_not_publish_what_it_hosts(self) -> None:
        platform = Outlet(outlet_id="platform", name="Platform", domains=("medium.com",))
        registry = build_registry([[platform]], "digest")
        found = resolve(url="https://somebody.medium.com/a", registry=registry)
        assert found.outlet_id == "~somebody.medium.com"
        assert resolve(url="https://medium.com/", registry=registry).outlet_id == "platform"

    @pytest.mark.parametrize(
        "url",
        [
            "https://web.archive.org/web/20240102030405/https://example-times.az/a",
            "https://example--times-az.translate.goog/a",
            "https://www.google.com/amp/s/example-times.az/a",
        ],
    )
    def test_archives_are_seen_through(self, registry: Registry, url: str) -> None:
        found = resolve(url=url, registry=registry)
        assert (found.outlet_id, found.domain) == ("example-times", "example-times.az")

    @pytest.mark.parametrize(
        "url",
        [
            "https://archive.ph/AbCd1",
            "https://perma.cc/AB12-CD34",
            "https://ghostarchive.org/archive/AbCd1",
            "https://flip.it/abc",
            "https://t.co/abc",
        ],
    )
    def test_an_archive_that_hides_the_address_leaves_it_to_the_page(
        self, registry: Registry, url: str
    ) -> None:
        found = resolve(url=url, canonical="https://example-times.az/a", registry=registry)
        assert (found.outlet_id, found.rule) == ("example-times", "host:canonical")
        nothing = resolve(url=url, registry=registry)
        assert (nothing.outlet_id, nothing.domain, nothing.country) == (None, None, None)

    def test_a_mirror_that_declares_the_original_is_the_outlet(self, registry: Registry) -> None:
        mirror, original = "https://x1.example-times.example/a", "https://example-times.az/a"
        name = clue("og:site_name", "Example Times")
        found = resolve(name, url=mirror, canonical=original, registry=registry)
        assert found.outlet_id == "example-times"
        partner = clue("og:site_name", "A Partner")
        found = resolve(partner, url=mirror, canonical=original, registry=registry)
        assert found.outlet_id == "~example-times.example"

    def test_without_an_address_a_printed_alias_decides(self, registry: Registry) -> None:
        found = resolve(clue("og:site_name", "Пример Таймс | Новости"), registry=registry)
        assert (found.outlet_id, found.rule) == ("example-times", "alias:og:site_name")
        assert found.text == "Пример Таймс | Новости"
        assert found.domain == "example-times.az"

    def test_one_name_of_two_outlets_needs_the_language(self, registry: Registry) -> None:
        name = clue("og:site_name", "Daily Star")
        assert resolve(name, language="en", registry=registry).outlet_id == "star-gb"
        unknown = resolve(name, registry=registry)
        assert unknown.outlet_id == "~daily-star"

    def test_a_namesake_on_another_countrys_domain_is_another_outlet(
        self, registry: Registry
    ) -> None:
        found = resolve(
            clue("og:site_name", "Example Times"),
            url="https://example-times.ng/a",
            registry=registry,
        )
        assert (found.outlet_id, found.country) == ("~example-times.ng", "NG")

    def test_a_new_domain_of_its_country_is_the_outlets(self, registry: Registry) -> None:
        name = clue("og:site_name", "Example Times")
        found = resolve(name, url="https://exampletimes.com.az/a", registry=registry)
        assert found.outlet_id == "example-times"

    def test_a_new_domain_elsewhere_must_link_to_a_known_one(self, registry: Registry) -> None:
        name = clue("og:site_name", "Example Times")
        url = "https://example-times.com/a"
        assert resolve(name, url=url, registry=registry).outlet_id == "~example-times.com"
        link = clue("host_of_links", "//www.example-times.az", count=2, total=40)
        found = resolve(name, link, url=url, registry=registry)
        assert (found.outlet_id, found.domain) == ("example-times", "example-times.com")

    def test_a_partners_name_far_behind_does_not_decide(self, registry: Registry) -> None:
        found = resolve(
            clue("og:site_name", "Valley Post"),
            clue("title_suffix", "Valley Post"),
            clue("organisation", "Example Times"),
            registry=registry,
        )
        assert found.outlet_id == "~valley-post"

    def test_a_similar_name_never_decides(self, registry: Registry) -> None:
        found = resolve(clue("og:site_name", "Example Time"), registry=registry)
        assert found.outlet_id == "~example-time"


class TestUnregistered:
    @pytest.mark.parametrize(
        ("clues", "name"),
        [
            ([("og:site_name", "Example Post")], "Example Post"),
            ([("og:site_name", "Home | Example Post")], "Example Post"),
            ([("og:site_name", "Example Post - Latest news")], "Example Post"),
            ([("og:site_name", "Example Post: Breaking news")], "Example Post"),
            ([("publisher", "Example Post GmbH & Co. KG")], "Example Post"),
            ([("publisher", "WordPress"), ("title_suffix", "Example Post")], "Example Post"),
            (
                [("og:site_name", "examplepost.com"), ("title_suffix", "Example Post")],
                "Example Post",
            ),
            ([("handle", "@examplepost"), ("title_suffix", "Example Post")], "Example Post"),
            (
                [("copyright", "© 2024 Some Media Group"), ("title_suffix", "Example Post")],
                "Example Post",
            ),
            (
                [("title_suffix", "Politics"), ("title_suffix", "Example Post")],
                "Example Post",
            ),
            (
                [("copyright", "© Partner Agency"), ("publisher", "Example Post")],
                "Example Post",
            ),
            ([("home_link", "Example Post logo")], "Example Post"),
        ],
    )
    def test_the_best_printed_name_is_cleaned(
        self, clues: list[tuple[str, str]], name: str
    ) -> None:
        found = resolve(*(clue(*pair) for pair in clues), url="https://www.examplepost.com/a")
        assert found.name == name
        assert found.outlet_id == "~examplepost.com"
        assert found.text is not None
        assert found.rule is not None
        assert found.rule.startswith("printed:")

    def test_a_sections_name_is_the_outlets_only_where_it_is_declared(self) -> None:
        declared = resolve(clue("og:site_name", "WELT"), url="https://www.somepaper.de/a")
        assert declared.name == "WELT"
        agreed = resolve(clue("title_suffix", "Sport"), url="https://www.sport.es/a")
        assert agreed.name == "Sport"
        section = resolve(clue("title_suffix", "Sport"), url="https://www.somepaper.de/a")
        assert section.name == "somepaper.de"

    def test_without_a_name_the_domain_stands(self) -> None:
        found = resolve(url="https://www.examplepost.az/a")
        assert (found.name, found.outlet_id) == ("examplepost.az", "~examplepost.az")
        assert (found.country, found.rule) == ("AZ", "domain:url")

    def test_a_name_that_is_printed_as_a_domain_identifies_by_it(self) -> None:
        assert resolve(clue("og:site_name", "ExamplePost.az")).outlet_id == "~examplepost.az"

    def test_only_a_name_without_any_domain_is_an_id(self) -> None:
        name = clue("og:site_name", "Example Post")
        assert resolve(name).outlet_id == "~example-post"
        mail = clue("host_of_mail", "examplepost.az")
        assert resolve(name, mail).outlet_id == "~examplepost.az"
        assert resolve(mail, name).outlet_id == "~examplepost.az"
        assert resolve(clue("og:site_name", "हिन्दी पत्र")).outlet_id == "~हिन्दी-पत्र"

    def test_without_any_evidence_nothing_is_known(self) -> None:
        assert resolve() == OutletDecision()

    def test_hosted_blogs_and_channels_keep_what_sets_them_apart(self) -> None:
        assert (
            resolve(url="https://somebody.wordpress.com/a").outlet_id == "~somebody.wordpress.com"
        )
        assert resolve(url="https://t.me/examplenews/1").outlet_id == "~t.me/examplenews"

    def test_every_candidate_is_kept_with_its_verdict(self) -> None:
        found = resolve(
            clue("og:site_name", "Example Post"),
            clue("copyright", "© 2024 Somebody"),
            url="https://examplepost.com/a",
        )
        chosen = {candidate.text: candidate.is_chosen for candidate in found.candidates}
        assert chosen == {"Example Post": True, "© 2024 Somebody": False}
        (best, _) = found.candidates
        assert (best.name, best.verdict) == ("Example Post", "chosen")
        assert best.score is not None and best.score > 0


class TestAddressWithoutUrl:
    def test_the_pages_own_address_gives_the_domain(self) -> None:
        assert resolve(canonical="https://www.examplepost.com/a").domain == "examplepost.com"

    def test_a_copy_that_declares_its_partner_is_known_by_its_own_links(self) -> None:
        found = resolve(
            clue("og:site_name", "Example Post"),
            clue("host_of_links", "www.examplepost.com", count=90, total=100),
            canonical="https://partner.com/a",
        )
        assert found.domain == "examplepost.com"

    def test_links_that_lead_elsewhere_do_not_decide(self) -> None:
        found = resolve(
            clue("og:site_name", "Example Post"),
            clue("host_of_links", "advertiser.com", count=1, total=2),
            clue("host_of_links", "facebook.com", count=1, total=2),
        )
        assert found.domain is None

    def test_shared_services_are_nobodys_own(self) -> None:
        found = resolve(
            clue("host_of_alternate", "https://feeds.feedburner.com/x"),
            clue("host_of_image", "https://x.cloudfront.net/logo.png"),
        )
        assert found.domain is None


def test_the_logos_link_tells_the_domain_where_its_label_is_the_pages_name() -> None:
    title = clue("title_suffix", "Вестник Примера")
    address = "http://vestnik-primera.ru/"
    assert resolve(title, home_link("Вестник Примера", address)).domain == "vestnik-primera.ru"
    assert resolve(title, home_link("Наш партнёр", address)).domain is None


def test_every_source_is_read_by_a_rule_or_known_to_be_read_by_none() -> None:
    unread = {OutletSource.HANDLE, OutletSource.CREDIT_LINE}
    readers = [SOURCE_WEIGHTS, SELF_REFERENCE_WEIGHTS, ADDRESS_WEIGHTS, COUNTRY_SOURCES]
    read = {source for reader in readers for source in reader if source in set(OutletSource)}
    assert read | unread == set(OutletSource)
    assert not read & unread
