"""What is an article's text, and what stands around it."""

import json

import pytest

from tests.unit.extract.written_pages import BODY, HEADLINE, LEAD, article, lines_of, paragraphs


def test_the_text_is_the_paragraphs_one_a_line() -> None:
    assert lines_of(article()) == list(BODY)


def test_bare_html_without_any_class_or_metadata() -> None:
    assert lines_of(f"<h1>{HEADLINE}</h1>{paragraphs(*BODY)}") == list(BODY)


def test_a_repeated_headline_is_not_text() -> None:
    assert lines_of(article(f"<h2>{HEADLINE}</h2>{paragraphs(*BODY)}")) == list(BODY)


def test_a_kicker_before_the_repeated_headline_is_not_text() -> None:
    body = f"<p>Town</p><h2>Bridges: {HEADLINE}</h2>{paragraphs(*BODY)}"
    assert lines_of(article(body)) == list(BODY)


@pytest.mark.parametrize(
    "lead",
    [
        f"<p class='article__standfirst'>{LEAD}</p>",
        f"<div class='lead-text'><p>{LEAD}</p></div>",
        f"<h2 class='subtitle'>{LEAD}</h2>",
        f"<p class='_text_1x _lead_16k26_2'>{LEAD}</p>",
    ],
)
def test_a_lead_outside_of_the_body_is_the_first_paragraph(lead: str) -> None:
    assert lines_of(article(above=lead)) == [LEAD, *BODY]


def test_a_lead_is_known_by_the_description_that_it_repeats() -> None:
    head = f"<meta property='og:description' content='{LEAD}'>"
    page = article(head=head, above=f"<div><span>12 May</span></div><div class='x9'>{LEAD}</div>")
    assert lines_of(page) == [LEAD, *BODY]


def test_a_lead_of_several_paragraphs_is_kept_whole() -> None:
    above = f"<p class='ingress'>{LEAD}</p><p class='ingress'>The ferry keeps running.</p>"
    assert lines_of(article(above=above)) == [LEAD, "The ferry keeps running.", *BODY]


def test_a_lead_that_the_body_repeats_is_there_once() -> None:
    page = article(paragraphs(LEAD, *BODY), above=f"<p class='lead'>{LEAD}</p>")
    assert lines_of(page) == [LEAD, *BODY]


@pytest.mark.parametrize(
    "above",
    [
        f"<p class='caption'>{LEAD}</p>",
        f"<p class='lead'><a href='/other'>{LEAD}</a></p>",
        "<p class='newsletter-intro summary'>Our letter brings you the news every single day.</p>",
    ],
)
def test_what_only_looks_like_a_lead_is_none(above: str) -> None:
    assert lines_of(article(above=above)) == list(BODY)


@pytest.mark.parametrize(
    "related",
    [
        "<p><a href='/a'>Ferry company raises its fares for the second time this year</a></p>",
        "<p><strong>Read more: <a href='/a'>Ferry company raises its fares</a></strong></p>",
        "<p>Les også | <a href='/a'>Ferjeselskapet hever prisene</a></p>",
        "<ul><li>Town: <a href='/a'>Ferry fares</a></li><li><a href='/b'>Tunnel</a></li></ul>",
        "<a href='/a'><h3>Ferry company raises its fares</h3><p>The second time this year.</p></a>",
        "<p>Czytaj więcej</p>",
        "<p>関連記事</p>",
        "<h3>Don't miss</h3>",
        "<p class='line-clamp-2'>A teaser of another story, cut after two lines.</p>",
    ],
)
def test_links_to_other_stories_inside_of_the_body_are_not_text(related: str) -> None:
    body = paragraphs(*BODY[:2]) + related + paragraphs(*BODY[2:])
    assert lines_of(article(body)) == list(BODY)


def test_a_paragraph_with_links_in_its_sentences_stays() -> None:
    linked = (
        "The <a href='/a'>ferry company</a> and the <a href='/b'>planning office</a> agreed on it."
    )
    body = paragraphs(*BODY, linked)
    assert lines_of(article(body))[-1] == (
        "The ferry company and the planning office agreed on it."
    )


def test_a_list_of_sentences_stays() -> None:
    items = "<ul><li>The budget is 12 million euros.</li><li>The work takes two years.</li></ul>"
    lines = lines_of(article(paragraphs(*BODY[:2]) + items + paragraphs(*BODY[2:])))
    assert lines[2:4] == ["- The budget is 12 million euros.", "- The work takes two years."]


@pytest.mark.parametrize(
    "caption",
    [
        "<figure><img src='a.jpg'><figcaption>The bridge in May.</figcaption></figure>",
        "<div class='image__caption'>The bridge in May.</div>",
        "<div class='article-image'><img src='a.jpg'><p>The bridge, from the east.</p></div>",
        "<p>Photo: A. Photographer / Example Agency</p>",
        "<p>Foto: Example Agency</p>",
        "<p>© Example Agency</p>",
    ],
)
def test_captions_and_credits_are_not_text(caption: str) -> None:
    body = paragraphs(BODY[0]) + caption + paragraphs(*BODY[1:])
    assert lines_of(article(body)) == list(BODY)


@pytest.mark.parametrize(
    "promotion",
    [
        "<p>Sign up for our daily newsletter and get the news in your inbox.</p>",
        "<p>Hier geht es zum täglichen Example-Newsletter.</p>",
        "<div class='newsletter-box'><p>Every morning, seven stories.</p></div>",
        "<p>Follow Example Post on Twitter</p>",
        "<p>You must be logged in to post a comment.</p>",
    ],
)
def test_promotions_are_not_text(promotion: str) -> None:
    assert lines_of(article(paragraphs(*BODY) + promotion)) == list(BODY)


def test_a_sentence_about_newsletters_stays() -> None:
    sentence = "The council wants to announce closures in a newsletter that goes to all households."
    assert lines_of(article(paragraphs(*BODY, sentence)))[-1] == sentence


@pytest.mark.parametrize("byline", ["By A. Reporter", "Von Anna Beispiel", "Published 4 May 2024"])
def test_bylines_and_stamps_above_the_text_are_not_text(byline: str) -> None:
    assert lines_of(article(f"<p>{byline}</p>{paragraphs(*BODY)}")) == list(BODY)


def test_a_body_in_pieces_is_one_text() -> None:
    pieces = "".join(
        f"<section><div class='article__body'>{paragraphs(text, text.upper())}</div></section>"
        f"<section class='ad-slot'>Advertisement</section>"
        for text in BODY
    )
    lines = lines_of(article(f"<div class='chunks'>{pieces}</div>"))
    assert [line for line in lines if line in BODY] == list(BODY)


def test_the_story_that_is_loaded_below_is_another_article() -> None:
    other = [f"{text} Elsewhere, that is, and in another year." * 5 for text in BODY]
    page = (
        f"<html><body><main><article><h1>{HEADLINE}</h1>{paragraphs(*BODY)}</article>"
        f"<article><h1>Another town's bridge</h1>{paragraphs(*other)}</article></main></body>"
    )
    assert lines_of(page) == list(BODY)


def test_readers_letters_longer_than_the_article_are_not_text() -> None:
    story = [f"In year {year}: {text}" for year in range(1, 5) for text in BODY]
    letters = [f"Reader {number} writes: {text}" for number in range(12) for text in BODY]
    page = (
        f"<html><body><main><h1>{HEADLINE}</h1>"
        f"<div class='article-text'>{paragraphs(*story)}</div>"
        f"<div class='letters'>{paragraphs(*letters)}</div></main></body></html>"
    )
    assert lines_of(page) == story


def test_an_empty_box_of_a_bodys_name_does_not_hide_the_body() -> None:
    boxes = "<div class='main-header'><div>Menu</div></div>"
    related = "<div class='cards'>" + "<p>Ferry fares</p>" * 9 + "</div>"
    page = (
        f"<html><body>{boxes}<main><h1>{HEADLINE}</h1>{paragraphs(*BODY)}</main>"
        f"{related}</body></html>"
    )
    assert lines_of(page) == list(BODY)


def test_a_live_blog_is_all_of_its_entries() -> None:
    entries = "".join(
        f"<div class='entry'><h3>{hour}:00 Update from the session</h3><p>{text}</p></div>"
        for hour, text in zip((15, 14, 13, 12), BODY, strict=True)
    )
    lines = lines_of(article(entries))
    assert [line for line in lines if line in BODY] == list(BODY)
    assert "14:00 Update from the session" in lines


def test_no_name_hides_the_bulk_of_the_text() -> None:
    body = paragraphs(BODY[0]) + f"<div id='text-hidden'>{paragraphs(*BODY[1:])}</div>"
    assert lines_of(article(f"<div class='post-text'>{body}</div>")) == list(BODY)


def test_a_page_that_a_script_fills_gives_the_article_in_its_data() -> None:
    data = json.dumps({"article": {"id": 7, "contentHtml": paragraphs(*BODY)}})
    page = f"<html><body><div id='app'></div><script>window.state = {data};</script></body></html>"
    assert lines_of(page) == list(BODY)


def test_article_body_of_json_ld_stands_in_for_text_that_is_not_there() -> None:
    node = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n".join(BODY)}
    page = f"<script type='application/ld+json'>{json.dumps(node)}</script><div id='app'></div>"
    assert lines_of(f"<html><head></head><body>{page}</body></html>") == list(BODY)


def test_a_data_table_of_thousands_of_rows_is_not_text() -> None:
    table = "<table>" + "<tr><td>1</td><td>2</td></tr>" * 3_000 + "</table>"
    assert lines_of(article(paragraphs(*BODY) + table)) == list(BODY)


def test_control_characters_and_references_to_them_do_not_lose_the_page() -> None:
    body = paragraphs(*BODY).replace("bridge", "br\x01idge", 1).replace("river", "ri&#2;ver", 1)
    assert lines_of(article(body)) == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Par Zoé Exemple, publié le 7 mars 2024 à 06h31",
        "Por Eva Ejemplo. 6 de marzo de 2024, 19:05",
        "Staff Reporter | March 07, 2024 06:10 am IST",
        "News • Culture • Agenda • Subscribe",
    ],
)
def test_bylines_with_a_stamp_and_menus_above_are_not_text(line: str) -> None:
    assert lines_of(article(paragraphs(line, *BODY))) == list(BODY)


def test_a_link_to_another_story_with_its_day_is_not_text() -> None:
    for day in ("04.03.2024", "(4 March 2024)", "March 4, 2024"):
        related = f"<p><a href='/1'>Cycle path on the bank</a> {day}</p>"
        assert lines_of(article(paragraphs(*BODY) + related)) == list(BODY)


def test_a_sentence_with_a_link_stays() -> None:
    sentence = "<a href='/1'>The plan of the town hall</a> is from 4 March 2024 and still stands."
    assert lines_of(article(paragraphs(*BODY, sentence)))[-1].endswith("still stands.")


def test_of_a_layout_table_the_articles_cell_is_the_text() -> None:
    table = (
        "<table><tr><td colspan='3'><a href='/'>Example Post</a></td></tr><tr>"
        "<td><a href='/n'>News</a><br><a href='/s'>Sport</a></td>"
        f"<td><table><tr><td><b>{HEADLINE}</b><br>14 November 2003<br>by Ann Example"
        f"{paragraphs(*BODY)}</td></tr></table></td>"
        "<td><b>Other stories</b><br><a href='/1'>A tuba is missing</a></td></tr></table>"
    )
    source = f"<html><head><title>{HEADLINE}</title></head><body>{table}</body></html>"
    assert lines_of(source) == list(BODY)


def test_a_table_of_figures_stays_in_the_text() -> None:
    rows = "<tr><td>Bridge</td><td>40</td></tr><tr><td>Ferry</td><td>7</td></tr>"
    text = "\n".join(lines_of(article(f"{paragraphs(*BODY)}<table>{rows}</table>")))
    assert "Ferry" in text


def test_a_tag_of_thousands_of_attributes_does_not_hide_the_article() -> None:
    hostile = "".join(f" a{number}='{number}'" for number in range(20_000))
    assert lines_of(article(f"<div{hostile}>{paragraphs(*BODY)}</div>")) == list(BODY)


@pytest.mark.parametrize(
    "stamp",
    [
        "Staff Reporter | Updated: March 06, 2024 09:12 am IST - Published: March 06, 2024",
        "Redaktion | Veröffentlicht am 6. März 2024, 09:12 Uhr | Aktualisiert: 7. März 2024",
        "Publié le 6 mars 2024 à 9h12 par la rédaction, mis à jour le 7 mars 2024",
    ],
)
def test_a_stamp_outside_of_paragraphs_is_no_text(stamp: str) -> None:
    page = f"<main><h1>{HEADLINE}</h1><div class='sub'>{stamp}</div>{paragraphs(*BODY)}</main>"
    assert lines_of(page)[0] == BODY[0]
