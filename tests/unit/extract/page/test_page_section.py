"""The section is what the page files its article under, where it says one."""

from typing import Any

import pytest

from tasks.extract.page.declared import Declared
from tasks.extract.page.page_section import resolve_section
from tasks.extract.page.structured_data import StructuredData

HEADLINE = "Ferry terminal opens after two years"


def section_of(
    *sections: object, url: str | None = None, metas: tuple[tuple[str, str], ...] = (), **more: Any
) -> tuple[str | None, str | None]:
    """The section and its source where an article names these, a node each."""
    nodes = tuple(
        {"@type": "NewsArticle", "headline": HEADLINE, "articleSection": section} | more
        for section in sections
    )
    found = resolve_section(StructuredData(nodes, metas, ()), HEADLINE, url)
    return found.value, found.source


def test_it_is_printed_as_declared() -> None:
    assert section_of("Politics &amp;amp; Law ") == ("Politics & Law", "json_ld")
    assert section_of(metas=(("article:section", "/meteo/"),)) == ("meteo", "article:section")
    assert section_of(["Monde", "monde"]) == ("Monde", "json_ld")
    assert section_of({"@type": "Thing", "name": "Spor"}) == ("Spor", "json_ld")
    assert section_of([{"@type": "Thing", "name": "Spor"}, None, ["x"]]) == ("Spor", "json_ld")


def test_a_page_without_one_has_none() -> None:
    assert section_of() == (None, None)
    assert section_of(None, 7, "") == (None, None)


@pytest.mark.parametrize("several", [["Economy", "World"], "Economy,World", "Economy, World"])
def test_of_several_another_declaration_or_the_address_tells(several: object) -> None:
    assert section_of(several) == (None, "not:several")
    meta = ("article:section", "World")
    assert section_of(several, metas=(meta,)) == ("World", "article:section")
    assert section_of(several, url="https://p.example/world/ferry") == ("World", "json_ld")
    assert section_of(several, url="https://p.example/economy/world/1") == (None, "not:several")
    assert section_of(several, url="https://[p.example/economy") == (None, "not:several")


@pytest.mark.parametrize(
    ("junk", "reason"),
    [
        ("Uncategorized", "not:placeholder"),
        ("Без рубрики", "not:placeholder"),
        ("{{ category.name }}", "not:placeholder"),
        ("---", None),
        (HEADLINE, "not:title"),
        ("Harbour Post", "not:outlet"),
        ("x" * 101, "not:too_long"),
    ],
)
def test_what_templates_fill_in_is_not_believed(junk: str, reason: str | None) -> None:
    names = (("og:site_name", "Harbour Post"),)
    assert section_of(junk, metas=names) == (None, reason)
    declared = (*names, ("article:section", "Shipping"))
    assert section_of(junk, metas=declared) == ("Shipping", "article:section")


def test_articles_that_the_page_links_to_are_not_its_own() -> None:
    other = {"@type": "NewsArticle", "headline": "A film festival begins", "articleSection": "Film"}
    own = {"@type": "NewsArticle", "headline": HEADLINE, "articleSection": "Shipping"}
    structured = StructuredData((other, own), (), ())
    assert resolve_section(structured, HEADLINE, None) == Declared("Shipping", "json_ld")
    structured = StructuredData((other, other | {"articleSection": "Art"}), (), ())
    assert resolve_section(structured, HEADLINE, None) == Declared()
