"""The description is what the page says of its article, not what templates say of the site."""

import pytest

from tasks.extract.page.page_description import resolve_description
from tasks.extract.page.structured_data import StructuredData
from tasks.printed.squashing import squash

HEADLINE = "Ferry terminal opens after two years"
LEAD = "The first ferry left the new terminal on Tuesday morning with forty passengers."
TEXT = (
    "Forty passengers were on board when the first ferry left the new terminal on Tuesday.\n"
    "The harbour council had promised the morning service for the spring of last year, and the "
    "mayor called the delay regrettable.\n"
)


def description_of(
    *metas: tuple[str, str], json_ld: str | None = None
) -> tuple[str | None, str | None]:
    """The description and its source on a page with these metas."""
    node = {"@type": "NewsArticle", "headline": HEADLINE, "description": json_ld}
    titles = frozenset({squash(HEADLINE), squash(f"{HEADLINE} - Harbour Post")})
    structured = StructuredData((node,), (("og:site_name", "Harbour Post"), *metas), ())
    found = resolve_description(structured, HEADLINE, titles, TEXT)
    return found.value, found.source


def test_it_is_printed_as_declared() -> None:
    assert description_of(json_ld=LEAD) == (LEAD, "json_ld")
    assert description_of(("description", LEAD)) == (LEAD, "description")
    escaped = f"<p>{LEAD.replace('first', '&amp;quot;first&amp;quot;')}</p>"
    quoted = LEAD.replace("first", '"first"')
    assert description_of(("og:description", escaped)) == (quoted, "og:description")


def test_a_page_without_one_has_none() -> None:
    assert description_of() == (None, None)
    assert description_of(("description", "  ")) == (None, None)


@pytest.mark.parametrize(
    ("junk", "reason"),
    [
        ("{{ entry.teaser }}", "not:placeholder"),
        (HEADLINE.upper(), "not:title"),
        (f"{HEADLINE} - Harbour Post", "not:title"),
        ("Harbour Post", "not:outlet"),
        ("Breaking stories, weather, sports and classified adverts daily", "not:unrelated"),
        ("Description", "not:unrelated"),
        ("The first ferry left the new terminal with forty […]", "not:cut"),
        ("The first ferry left the new terminal with forty...", "not:cut"),
        # Cut by length, without a sign of it: the sentence goes on in the text.
        (TEXT[86:150].rstrip(), "not:cut"),
        ("ferry terminal passengers harbour " * 40, "not:too_long"),
    ],
)
def test_what_templates_fill_in_is_not_believed(junk: str, reason: str) -> None:
    assert description_of(("og:description", junk)) == (None, reason)
    both = ("og:description", junk), ("description", LEAD)
    assert description_of(*both) == (LEAD, "description")


def test_of_a_cut_one_the_whole_is_taken_where_the_page_has_it() -> None:
    cut = f"{LEAD[:40]}…"
    other = "The harbour council had promised the ferry for spring."
    metas = ("og:description", other), ("description", LEAD)
    assert description_of(*metas, json_ld=cut) == (LEAD, "description")


def test_a_lead_may_end_without_a_full_stop_and_begin_the_text() -> None:
    headline_like = "First ferry leaves the new terminal with forty passengers on board"
    assert description_of(json_ld=headline_like) == (headline_like, "json_ld")
    sentence = TEXT.splitlines()[0]
    assert description_of(json_ld=sentence) == (sentence, "json_ld")
    assert description_of(json_ld=sentence.rstrip(".")) == (sentence.rstrip("."), "json_ld")


def test_texts_without_words_of_four_letters_are_not_judged_by_them() -> None:
    assert description_of(json_ld="जिले में गेहूं की खरीद") == ("जिले में गेहूं की खरीद", "json_ld")
