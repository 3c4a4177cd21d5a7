"""Whose host an address is on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.normalize.outlets.channels import hosted_channel
from tasks.normalize.outlets.hosts import (
    country_of_domain,
    host_of,
    is_shared_host,
    registrable_domain,
)
from tasks.normalize.outlets.wrappers import see_through


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.example.com/a", "example.com"),
        ("http://news.example.co.uk:8080/a?b=c", "example.co.uk"),
        ("//m.example.com.tr/a", "example.com.tr"),
        ("WWW.Example.AZ", "example.az"),
        ("https://mfa.gov.az/en", "mfa.gov.az"),
        ("https://www.gov.uk/news", "gov.uk"),
        ("https://somebody.blogspot.com/2024/01/a.html", "somebody.blogspot.com"),
        ("https://somebody.blogspot.co.uk/2024/01/a.html", "somebody.blogspot.co.uk"),
        ("https://somebody.wordpress.com/a", "somebody.wordpress.com"),
        ("https://somebody.substack.com/p/a", "somebody.substack.com"),
        ("https://somebody.github.io/a", "somebody.github.io"),
        ("https://somebody.livejournal.com/1.html", "somebody.livejournal.com"),
        ("https://somebody.medium.com/a-1", "somebody.medium.com"),
        ("http://пример.рф/", "пример.рф"),
        ("https://www.examplepost.example/a", "examplepost.example"),
    ],
)
def test_registrable_domain_is_what_somebody_registered(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain


@pytest.mark.parametrize("text", ["", "no host", "http://[::1", "/a/b", "1.5"])
def test_what_is_no_web_host_gives_none(text: str) -> None:
    assert registrable_domain(text) is None


@pytest.mark.parametrize(
    ("shown", "page"),
    [
        (
            "https://web.archive.org/web/20240102030405/https://example.az/a?x=1",
            "https://example.az/a?x=1",
        ),
        ("http://web.archive.org/web/2024id_/http:/example.az/a", "http://example.az/a"),
        ("https://archive.ph/20240102/https://example.az/a", "https://example.az/a"),
        (
            "https://example-az.cdn.ampproject.org/c/s/example.az/a.html",
            "https://example.az/a.html",
        ),
        ("https://cdn.ampproject.org/v/example.az/a", "http://example.az/a"),
        ("https://www.google.com/amp/s/example.az/a", "https://example.az/a"),
        ("https://www.google.com/url?q=https://example.az/a&sa=D", "https://example.az/a"),
        (
            "https://webcache.googleusercontent.com/search?q=cache:abcdefghijkl:https://example.az/a+rain",
            "https://example.az/a",
        ),
        (
            "https://my--example-co-uk.translate.goog/a?x=1&_x_tr_sl=en",
            "https://my-example.co.uk/a?x=1",
        ),
        (
            "https://translate.google.com/translate?sl=az&u=https://example.az/a",
            "https://example.az/a",
        ),
        ("https://example-az.turbopages.org/example.az/s/a/b", "https://example.az/a/b"),
        ("https://12ft.io/https://example.az/a", "https://example.az/a"),
        ("https://smry.ai/https://www.example.az/a", "https://www.example.az/a"),
        ("https://smry.ai/proxy?url=https%3A%2F%2Fexample.az%2Fa", "https://example.az/a"),
        ("https://freedium.cfd/https://medium.com/@quay/a-1", "https://medium.com/@quay/a-1"),
        ("https://scribe.rip/@quay/a-1", "https://medium.com/@quay/a-1"),
        ("https://open.substack.com/pub/quay/p/a?r=1", "https://quay.substack.com/p/a"),
        ("https://archive.ph/2024.03.05-101010/https://example.az/a", "https://example.az/a"),
        ("https://megalodon.jp/2024-0305-1010-10/https://example.az/a", "https://example.az/a"),
        ("https://t.me/iv?url=https%3A%2F%2Fexample.az%2Fa&rhash=1", "https://example.az/a"),
        ("https://l.instagram.com/?u=https%3A%2F%2Fexample.az%2Fa", "https://example.az/a"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.az%2Fa",
            "https://example.az/a",
        ),
        (
            "https://web.archive.org/web/2024/https://www.google.com/amp/s/example.az/a",
            "https://example.az/a",
        ),
    ],
)
def test_archives_and_proxies_are_seen_through(shown: str, page: str) -> None:
    assert see_through(shown) == page


@pytest.mark.parametrize(
    "url",
    [
        "https://example.az/web/20240102030405/https://other.az/",
        "https://archive.ph/AbCdE",
        "https://perma.cc/AB12-CD34",
        "https://smry.ai/proxy",
        "https://t.me/examplenews?url=https://other.az/",
        "https://www.youtube.com/results?q=https://other.az/",
        "https://www.google.com/search?q=rain",
        "https://example.az/amp/s/a",
        "not an address",
    ],
)
def test_other_addresses_stay_untouched(url: str) -> None:
    assert see_through(url) == url


@given(
    st.lists(
        st.sampled_from(
            [
                "https://web.archive.org/web/20240102030405/{}",
                "https://archive.ph/20240102/{}",
                "https://12ft.io/{}",
            ]
        ),
        max_size=4,
    ),
    st.from_regex(r"[a-z0-9/]{0,20}", fullmatch=True),
)
def test_wrappings_inside_each_other_open(wrappings: list[str], path: str) -> None:
    page = url = f"https://example.az/a{path}"
    for wrapping in wrappings:
        url = wrapping.format(url)
    assert see_through(url) == page


def test_channels_are_kept_apart_where_everybody_shares_a_host() -> None:
    assert hosted_channel("https://t.me/s/examplenews/12") == "t.me/examplenews"
    assert (
        hosted_channel("https://m.facebook.com/ExampleNews/posts/1") == "facebook.com/examplenews"
    )
    assert hosted_channel("https://example.com/a") is None
    assert is_shared_host("somebody.blogspot.com") is False
    assert is_shared_host("youtube.com") is True


def test_a_country_code_sold_as_something_else_names_no_country() -> None:
    assert country_of_domain("example.az") == "AZ"
    assert country_of_domain("example.co.uk") == "GB"
    assert country_of_domain("example.tv") is None
    assert country_of_domain("example.io") is None
    assert country_of_domain("example.eu") is None
    assert country_of_domain("example.com") is None


def test_host_of_takes_dress_off() -> None:
    assert host_of("https://user:word@WWW2.Example.com.:443/a") == "example.com"


@pytest.mark.parametrize(
    ("printed", "domain"),
    [
        ("https://xn--b1amnebsh.xn--p1ai/a", "новости.рф"),
        ("https://НОВОСТИ.рф/a", "новости.рф"),
        ("https://www.xn--mnchner-bote-dlb.example/a", "münchner-bote.example"),
        ("https://münchner-bote.example/a", "münchner-bote.example"),
        ("https://www.समाचार.भारत/a", "समाचार.भारत"),
        ("https://m\u0075\u0308nchner-bote.example/a", "münchner-bote.example"),
        ("xn--efvy88h.xn--fiqs8s", "新闻.中国"),
    ],
)
def test_a_domain_in_another_script_is_one_however_it_is_written(printed: str, domain: str) -> None:
    assert registrable_domain(printed) == domain


def test_a_host_that_breaks_the_rules_of_such_names_stays() -> None:
    assert host_of("https://xn--zzzzzzzz99999.example/a") == "xn--zzzzzzzz99999.example"


def test_country_codes_in_other_scripts_name_their_country() -> None:
    domains = ["новости.рф", "news.中国", "أخبار.مصر", "समाचार.भारत", "news.example"]
    assert [*map(country_of_domain, domains)] == ["RU", "CN", "EG", "IN", None]
