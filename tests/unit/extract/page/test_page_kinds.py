"""Pages that hold no article, and articles that look like them."""

import html
import json

import pytest

from schemas.reasons import Reason
from tests.unit.extract.written_pages import BODY, HEADLINE, article, extract, paragraphs


def refusal_of(source: str, url: str | None = None) -> Reason | None:
    return extract(source, url).refusal


def cards(count: int) -> str:
    return "".join(
        f"<div class='card'><h3><a href='/{n}'>Story number {n} of the day, in one line</a></h3>"
        f"<p>What happened in story {n} in a sentence.</p></div>"
        for n in range(count)
    )


def listing(head: str = "", count: int = 30) -> str:
    return (
        f"<html><head><title>Example Post</title>{head}</head><body><h1>News</h1>"
        f"<main>{cards(count)}</main></body></html>"
    )


def ld(**node: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (html.escape(article()), "escaped HTML"),
        (f"<pre>{html.escape(paragraphs(*BODY))}</pre>", "escaped HTML"),
        (f'<p>{{"headline": "{HEADLINE}", "body": "{" ".join(BODY)}"}}</p>', "data instead"),
    ],
)
def test_the_source_of_a_page_is_no_text(content: str, seen: str) -> None:
    found = extract(f"<html><body>{content}</body></html>")
    assert (found.refusal, seen in found.refusal_detail) == (Reason.TEXT_MISSING, True)


def test_an_article_on_programming_may_print_tags() -> None:
    told = html.escape("Write <p>, then the text, then </p>; <b> and </b> make it bold.")
    assert refusal_of(article(paragraphs(BODY[0], told, *BODY[1:]))) is None


def test_a_collection_page_is_a_listing() -> None:
    assert refusal_of(listing(ld(**{"@type": "CollectionPage"}))) is Reason.PAGE_IS_LISTING


def test_a_front_page_is_a_listing() -> None:
    assert refusal_of(listing(), "https://www.example.com/") is Reason.PAGE_IS_LISTING


def test_a_section_of_type_website_is_a_listing() -> None:
    head = "<meta property='og:type' content='website'>"
    assert refusal_of(listing(head), "https://www.example.com/town") is Reason.PAGE_IS_LISTING


def test_an_article_with_many_related_stories_is_none() -> None:
    head = "<meta property='og:type' content='website'>"
    assert refusal_of(article(head=head, below=cards(40))) is None


def test_a_short_article_that_says_so_is_no_listing() -> None:
    head = ld(**{"@type": "NewsArticle", "headline": HEADLINE})
    page = article(
        paragraphs("A short item of news about the bridge in Exampleton today."),
        head=head,
        below=cards(30),
    )
    assert refusal_of(page) is not Reason.PAGE_IS_LISTING


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found",
        "Page not found | Example Post",
        "Access denied",
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Seite nicht gefunden - Beispielzeitung",
        "Página no encontrada",
        "Страница не найдена",
        "503 Service Temporarily Unavailable",
    ],
)
def test_error_pages_and_bot_checks(title: str) -> None:
    page = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        "<p>The address may be wrong, or the page was removed. Go to our front page.</p>"
    )
    assert refusal_of(page) is Reason.PAGE_IS_ERROR


def test_a_bot_check_without_a_telling_title() -> None:
    page = (
        "<html><head><title>example.com</title></head><body><p>Please complete the captcha: verify "
        "you are human before we let you in. This takes a few seconds.</p></body></html>"
    )
    assert refusal_of(page) is Reason.PAGE_IS_ERROR


@pytest.mark.parametrize(
    "headline",
    [
        "404 new homes for Exampleton",
        "Access denied: how the archive was closed to historians",
        "Just a moment of silence for the lost bridge",
        "Error in the count cost the council a seat",
    ],
)
def test_articles_about_errors_are_articles(headline: str) -> None:
    assert refusal_of(article().replace(HEADLINE, headline)) is None


CONSENT = (
    "We and our 812 partners store and access information on your device, such as cookies.",
    "With your consent we process personal data to show personalised ads and content.",
    "You can accept all or manage preferences at any time in our privacy policy.",
)


def test_a_consent_wall() -> None:
    page = f"<html><head><title>Before you continue</title></head><body>{paragraphs(*CONSENT)}"
    assert refusal_of(page) is Reason.PAGE_IS_CONSENT


def test_a_consent_wall_in_german() -> None:
    texts = (
        "Mit Ihrer Einwilligung verwenden wir und unsere 150 Partner Cookies und andere Techniken.",
        "Wenn Sie auf Alle akzeptieren klicken, werden personenbezogene Daten verarbeitet.",
    )
    page = f"<html><body>{paragraphs(*texts)}</body></html>"
    assert refusal_of(page) is Reason.PAGE_IS_CONSENT


def test_an_article_behind_a_consent_banner_is_an_article() -> None:
    page = article(below=f"<div id='cookie-banner'>{paragraphs(*CONSENT)}</div>")
    assert refusal_of(page) is None


def test_an_article_about_cookies_is_an_article() -> None:
    about = (
        "The regulator fined two shops because cookies were set before visitors gave consent.",
        "Lawyers for the shops said that the banners had been bought from a company abroad.",
        "The fines are the first since the law on personal data was changed two years ago.",
        "Both shops have a month to appeal against the decision, the regulator said on Monday.",
    )
    assert refusal_of(article(paragraphs(*about, *BODY))) is None


def test_a_stub_before_a_paywall() -> None:
    head = ld(**{"@type": "NewsArticle", "headline": HEADLINE, "isAccessibleForFree": False})
    stub = paragraphs(BODY[0], "Subscribe to read the full story.")
    assert refusal_of(article(stub, head=head)) is Reason.PAGE_IS_PAYWALL_STUB


def test_a_whole_article_that_is_not_free_is_an_article() -> None:
    head = ld(**{"@type": "NewsArticle", "headline": HEADLINE, "isAccessibleForFree": "False"})
    assert refusal_of(article(head=head)) is None


def test_a_short_free_item_is_an_article() -> None:
    assert refusal_of(article(paragraphs(BODY[0]))) is None


def test_a_shell_that_wants_scripts() -> None:
    page = (
        "<html><head><title>Example Post</title></head><body><noscript>You need to enable"
        " JavaScript to run this app.</noscript><div id='root'></div></body></html>"
    )
    assert refusal_of(page) is Reason.PAGE_IS_EMPTY_SHELL


def test_what_was_found_is_kept_with_a_refusal() -> None:
    found = extract(listing(ld(**{"@type": "CollectionPage"})))
    assert found.refusal is not None
    assert found.refusal_detail
    assert found.title


def test_a_short_collection_is_a_listing_by_its_own_word() -> None:
    head = ld(**{"@type": "CollectionPage"}) + '<meta property="og:type" content="website">'
    assert refusal_of(listing(head, count=7)) is Reason.PAGE_IS_LISTING


def test_an_article_beside_cards_is_none_though_the_page_calls_itself_a_collection() -> None:
    page = article(head=ld(**{"@type": "CollectionPage"}), below=cards(9))
    assert refusal_of(page.replace(BODY[0], " ".join(BODY))) is None
