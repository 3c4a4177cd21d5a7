"""Who signed an article."""

import json
from typing import Any

import pytest

from tasks.extract.bylines.byline_names import parse_names
from tests.unit.extract.written_pages import BODY, article, extract, paragraphs


def json_ld(author: Any, *more: dict[str, Any]) -> str:
    node = {"@type": "NewsArticle", "author": author, "publisher": {"name": "Example Post"}}
    return f"<script type='application/ld+json'>{json.dumps([node, *more])}</script>"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Ann Example"}, ("Ann Example",)),
        ([{"name": "Ann Example"}, {"name": "Bob Sample"}], ("Ann Example", "Bob Sample")),
        ("Ann Example", ("Ann Example",)),
        (["Ann Example", "Bob Sample"], ("Ann Example", "Bob Sample")),
        ({"name": ["Ann Example", "Bob Sample"]}, ("Ann Example", "Bob Sample")),
        ({"givenName": "Ann", "familyName": "Example"}, ("Ann Example",)),
        ({"name": "Ann Example og Bob Sample"}, ("Ann Example", "Bob Sample")),
        ({"name": "Ann Example (aex)"}, ("Ann Example",)),
        ({"name": "https://example.com/authors/7"}, ()),
        (None, ()),
    ],
)
def test_json_ld_in_all_its_shapes(author: Any, names: tuple[str, ...]) -> None:
    assert extract(article(head=json_ld(author))).authors == names


def test_an_author_by_reference_is_looked_up() -> None:
    person = {"@type": "Person", "@id": "#ann", "name": "Ann Example"}
    assert extract(article(head=json_ld({"@id": "#ann"}, person))).authors == ("Ann Example",)


def test_authors_of_related_stories_are_not_this_ones() -> None:
    other = {"@type": "NewsArticle", "author": {"name": "Bob Sample"}}
    assert extract(article(head=json_ld({"name": "Ann Example"}, other))).authors == (
        "Ann Example",
    )


def test_the_outlet_steps_back_for_a_person() -> None:
    head = json_ld({"@type": "Organization", "name": "Example Post"})
    page = article(head=head, above="<p class='byline'>By Ann Example</p>")
    assert extract(page).authors == ("Ann Example",)


def test_the_outlet_stays_where_nobody_else_signed() -> None:
    head = json_ld({"@type": "Organization", "name": "Example Post"})
    assert extract(article(head=head)).authors == ("Example Post",)


def test_a_card_of_another_author_is_no_byline() -> None:
    head = json_ld({"@type": "Organization", "name": "Example Post"})
    page = article(head=head, below="<div class='author-card'>Bob Sample</div>")
    assert extract(page).authors == ("Example Post",)


@pytest.mark.parametrize(
    "above",
    [
        "<p class='byline'>By <a rel='author' href='/ann'>Ann Example</a></p>",
        "<span itemprop='author'>Ann Example</span>",
        "<div class='c-article__author-name'>Von Ann Example, Berlin</div>",
        "<div class='Byline-abc'>By Ann Example, Political Editor</div>",
    ],
)
def test_printed_bylines(above: str) -> None:
    assert extract(article(above=above)).authors == ("Ann Example",)


def test_several_printed_bylines_are_one() -> None:
    above = "<div><a rel='author'>Ann Example</a><a rel='author'>Bob Sample</a></div>"
    assert extract(article(above=above)).authors == ("Ann Example", "Bob Sample")


def test_metas_are_read_and_profiles_passed_over() -> None:
    head = (
        "<meta property='article:author' content='https://facebook.com/examplepost'>"
        "<meta name='author' content='Ann Example'>"
    )
    assert extract(article(head=head)).authors == ("Ann Example",)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By A. Reporter and B. Sample, Political Editor", ["A. Reporter", "B. Sample"]),
        ("Von Ann Example und Bob Sample", ["Ann Example", "Bob Sample"]),
        ("Par Ann Example et Bob Sample", ["Ann Example", "Bob Sample"]),
        ("Por Ann Example y Bob Sample", ["Ann Example", "Bob Sample"]),
        ("Ann Example/Bob Sample", ["Ann Example", "Bob Sample"]),
        ("ANN EXAMPLE", ["ANN EXAMPLE"]),
        ("Ann van der Example", ["Ann van der Example"]),
        ("김예시 기자", ["김예시"]),
        ("文／例山例子", ["例山例子"]),
        ("Ann Example, Nairobi", ["Ann Example"]),
        ("Example News Agency", ["Example News Agency"]),
        ("ann@example.com", []),
        ("Ann Example ann@example.com", ["Ann Example"]),
        ("Name *", []),
        ("@annexample", []),
        ("105092", []),
    ],
)
def test_names_in_printed_bylines(printed: str, names: list[str]) -> None:
    assert list(parse_names(printed)) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p class='by'>By Ann Example</p>", ("Ann Example",)),
        ("<p class='posted'>Posted 03/04/2024 by Ann Example</p>", ("Ann Example",)),
        ("<p>Par Zoé Exemple, publié le 7 mars 2024 à 06h31</p>", ("Zoé Exemple",)),
        ("<p>di Anna Esempio, 6 marzo 2024, ore 18:02</p>", ("Anna Esempio",)),
        ("<p class='byline'>Av Ola Eksempel, 8. mars 2024 kl. 07.03</p>", ("Ola Eksempel",)),
        ("<p class='autor'>Autor: Ewa Przykład</p><p>10 marca 2024, 18:22</p>", ("Ewa Przykład",)),
        ("<p>Por Eva Ejemplo. 6 de marzo de 2024, 19:05</p>", ("Eva Ejemplo",)),
        ("<p>By Ann Example and Bob Sample | March 7, 2024</p>", ("Ann Example", "Bob Sample")),
        ("<span>Friday, 14 November 2003<br>by Ann Example</span>", ("Ann Example",)),
        ("<p><span class='author'>Müxbir: Ə. Nümunə</span></p>", ("Ə. Nümunə",)),
        ("<p><span class='author'>كتب: سامي المثال</span></p>", ("سامي المثال",)),
        ("<p>By Staff Reporter</p>", ()),
        ("<p>Von unserer Redaktion</p>", ()),
        ("<p>By the river, for once, there was room for all.</p>", ()),
    ],
)
def test_a_byline_below_the_headline_needs_no_class(line: str, names: tuple[str, ...]) -> None:
    assert extract(article(above=line)).authors == names


def test_a_byline_far_below_is_that_of_another_story() -> None:
    assert extract(article(below="<p>By Bob Sample</p>")).authors == ()


@pytest.mark.parametrize(
    "role", ["Staff Reporter", "Our Correspondent", "Redaktion", "La rédaction", "Redazione"]
)
def test_a_role_is_nobody(role: str) -> None:
    assert extract(article(head=json_ld({"@type": "Organization", "name": role}))).authors == ()


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By ANN LEE, BOB RAY AND CAL DEW", ("ANN LEE", "BOB RAY", "CAL DEW")),
        ("By Joe Doe, Sr., and Tara Roe, MD", ("Joe Doe, Sr.", "Tara Roe, MD")),
        ("By Ann Lee @annlee", ("Ann Lee",)),
        ("Ann Lee —", ("Ann Lee",)),
        ("Ann Lee Games Editor", ("Ann Lee",)),
        ("Written by Ann Lee Edited by Bo Ray", ("Ann Lee",)),
        ("Submitted on Mon, 2024-03-04", ()),
        ("Teksti: Anna Virta ja Pekka Salo", ("Anna Virta", "Pekka Salo")),
        ("De Ana Pop și Ion Rusu", ("Ana Pop", "Ion Rusu")),
        ("Автор: Іван Коваль та Олена Бондар", ("Іван Коваль", "Олена Бондар")),
        ("Των Άννα Κερν και Νίκος Λαός", ("Άννα Κερν", "Νίκος Λαός")),
        ("كتب: أحمد علي وسامي حسن", ("أحمد علي", "سامي حسن")),
        ("Tác giả: Nguyễn Văn An", ("Nguyễn Văn An",)),
    ],
)
def test_names_of_many_bylines(byline: str, names: tuple[str, ...]) -> None:
    assert tuple(parse_names(byline)) == names


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("<div class='byline'>By <a>Ann Example</a><i class='byline__title'>CEO</i></div>", 1),
        ("<div class='byline'>By Ann Example (Brussels, European bureau)</div>", 1),
        (
            "<div class='byline-box'><div class='byline'>By Ann Example</div><div class='card'>"
            "<a>Ann Example</a> <i>Email</i></div></div>",
            1,
        ),
        ("<footer><a rel='author' href='/ann'>Ann Example</a></footer>", 0),
        ("<ul><li class='comment'><cite class='comment-author'>Ann Example</cite></li></ul>", 0),
        ("<div class='author-bio'>Ann Example</div>", 0),
        (
            "<article><h3><a href='/x'>Baker wins a medal</a></h3><i class='author'>Ann Example</i>"
            "</article>",
            0,
        ),
    ],
)
def test_whose_name_it_is_that_stands_there(above: str, names: int) -> None:
    assert extract(article(above=above)).authors == ("Ann Example",) * names


def test_an_author_marked_in_the_footer_of_the_article_counts() -> None:
    body = paragraphs(*BODY) + "<footer><a rel='author' href='/ann'>Ann Example</a></footer>"
    assert extract(article(body)).authors == ("Ann Example",)


def test_metas_may_have_their_content_in_a_field_of_another_name() -> None:
    page = article(head="<meta name='author' value='Ann Example'>")
    assert extract(page).authors == ("Ann Example",)


@pytest.mark.parametrize("label", ["Written by", "Verfasst von", "Écrit par", "Escrito por"])
def test_the_lines_of_a_card_of_the_page_may_name_the_author(label: str) -> None:
    lines = (("Est. reading time", "3 minutes"), (label, "Ann Example"))
    head = "".join(
        f"<meta name='twitter:label{number}' content='{label}'>"
        f"<meta name='twitter:data{number}' content='{text}'>"
        for number, (label, text) in enumerate(lines, start=1)
    )
    assert extract(article(head=head)).authors == ("Ann Example",)


@pytest.mark.parametrize(
    ("printed", "names"),
    [("by Ann Example", ("Ann Example",)), ("by the staff", ("Example", "Ann"))],
)
def test_a_surname_stands_first_where_the_page_prints_it_last(
    printed: str, names: tuple[str, ...]
) -> None:
    body = f"{paragraphs(*BODY)}<p>{printed}</p>"
    found = extract(article(body, head="<meta name='parsely-author' content='Example, Ann'>"))
    assert found.authors[:1] == names[:1]


def test_who_owns_the_page_steps_back_for_a_person() -> None:
    head = (
        "<meta name='author' content='Example Holding'>"
        "<meta name='copyright' content='Copyright (c) Example Holding 2024'>"
        "<meta name='article:author' content='Ann Example'>"
    )
    assert extract(article(head=head)).authors == ("Ann Example",)
