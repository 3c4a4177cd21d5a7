"""Whether a text that is a part of what its page shows is told from one that is all of it."""

import pytest

from tasks.extract.text.furniture import drop_dead_tags
from tasks.extract.text.unread_text import collect_shown_text, count_unread
from tests.unit.extract.written_pages import BODY, HEADLINE, article, extract, page_of, paragraphs

OTHER = tuple(f"Elsewhere in town, {text}" for text in BODY)


def _unread(source: str, text: str) -> int:
    page = page_of(source)
    drop_dead_tags(page.tree, page.elements)
    return count_unread(collect_shown_text(page.tree), text)


def _lost(*texts: str) -> int:
    return sum(map(len, texts))


def test_nothing_is_unread_where_all_was_extracted() -> None:
    assert extract(article()).unread_chars == 0


@pytest.mark.parametrize(
    "block", ["<p>{}</p>", "<div>{}</div>", "<li>{}</li>", "<td>{}</td>", "{}<br><br>"]
)
def test_what_the_text_lacks_is_counted_wherever_it_stands(block: str) -> None:
    source = article("".join(block.format(text) for text in BODY))
    assert _unread(source, "\n".join(BODY[:2])) == _lost(*BODY[2:])


def test_names_that_take_an_article_away_do_not_hide_the_loss() -> None:
    """The text was found in a box so named, so the rest of the box is text as well."""
    source = article(f"<div class='teaser-box'>{paragraphs(*BODY)}</div>")
    assert _unread(source, BODY[0]) == _lost(*BODY[1:])


@pytest.mark.parametrize(
    "around",
    [
        "<aside>{}</aside>",
        "<footer>{}</footer>",
        "<div class='comments-list'>{}</div>",
        "<div id='cookie-consent'>{}</div>",
        "<section class='relatedArticles'>{}</section>",
        "<ul class='latest-news'>{}</ul>",
        "<div hidden>{}</div>",
        "<div style='display:none'>{}</div>",
        "<a href='/x'>{}</a>",
        "<form>{}</form>",
        "<noscript>{}</noscript>",
    ],
)
def test_what_stands_around_articles_is_not_missed(around: str) -> None:
    below = around.format(paragraphs(*OTHER))
    assert _unread(article(below=below), "\n".join(BODY)) == 0


def test_soft_hyphens_and_joiners_are_no_difference() -> None:
    source = article(paragraphs(*(text.replace("ti", "t\u00adi\u200d") for text in BODY)))
    assert _unread(source, "\n".join(BODY)) == 0


def test_a_few_lines_are_not_missed() -> None:
    assert _unread(article(paragraphs(*BODY, OTHER[0])), "\n".join(BODY)) == 0


def test_deep_pages_are_measured() -> None:
    source = article("<div>" * 900 + paragraphs(*BODY) + "</div>" * 900)
    assert _unread(source, BODY[0]) == _lost(*BODY[1:])


def test_an_extraction_says_how_much_is_unread() -> None:
    source = (
        f"<html><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1>"
        f"{paragraphs(BODY[0])}</article><div class='north'>{paragraphs(*OTHER)}</div>"
        "</body></html>"
    )
    found = extract(source)
    assert found.text == BODY[0]
    assert found.unread_chars == _lost(*OTHER)
