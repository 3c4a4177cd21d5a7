"""Shapes of pages on which text was lost in silence, or other text was taken for it."""

import pytest

from tests.unit.extract.written_pages import BODY, HEADLINE, article, extract, lines_of, paragraphs

INTERVIEW = ("Will you run again?", "No comment.", "And the year after?", "No comment.")


def bare_page(content: str) -> str:
    """Returns a page whose template names no body."""
    return (
        f"<html><head><title>{HEADLINE}</title></head><body><div class='page'><h1>{HEADLINE}</h1>"
        f"{content}</div></body></html>"
    )


@pytest.mark.parametrize(
    "block", ["<div>{}</div>", "<section>{}</section>", "<div><span>{}</span></div>", "{}"]
)
def test_text_beside_paragraphs_is_text(block: str) -> None:
    body = paragraphs(BODY[0]) + block.format(BODY[1]) + paragraphs(BODY[2], BODY[3])
    assert lines_of(article(body)) == list(BODY)


def test_short_lines_among_sentences_are_text() -> None:
    content = "".join(
        f"<div class='line'>{line}</div>" for line in (*BODY, "He stood firm.", *BODY)
    )
    assert "He stood firm." in lines_of(article(content))


def test_white_space_of_the_source_breaks_no_paragraph() -> None:
    broken = BODY[0].replace(" on ", "\n   on ")
    body = f"<div>{broken}</div>" + "".join(f"<div>{text}</div>" for text in BODY[1:])
    assert lines_of(article(body)) == list(BODY)


def test_subheads_and_lists_of_a_page_without_a_named_body_are_kept() -> None:
    content = (
        paragraphs(BODY[0])
        + "<h2>What it costs</h2>"
        + paragraphs(BODY[1])
        + "<ul><li>Two pillars</li></ul>"
        + paragraphs(*BODY[2:])
    )
    expected = [BODY[0], "What it costs", BODY[1], "- Two pillars", *BODY[2:]]
    assert lines_of(bare_page(content)) == expected


def test_repeated_answers_are_text() -> None:
    content = paragraphs(*BODY, *INTERVIEW)
    assert lines_of(bare_page(content)).count("No comment.") == 2


def test_short_news_below_its_headline_stays_short() -> None:
    page = (
        f"<html><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1>"
        f"{paragraphs(BODY[0])}</article><div class='latest'>{paragraphs(*BODY[1:])}</div>"
        "</body></html>"
    )
    assert lines_of(page) == [BODY[0]]


@pytest.mark.parametrize(
    "name",
    ["comments", "comment-list", "kommentare", "comentarios", "yorumlar", "reacties", "komentarze"],
)
def test_comments_are_no_text_in_any_language(name: str) -> None:
    comments = f"<div id='{name}'>{paragraphs(*(text.upper() for text in BODY))}</div>"
    assert lines_of(article(below=comments)) == list(BODY)


NOTICES = (
    "This site uses cookies to give you the best experience.",
    "Diese Website verwendet Cookies. Mit der Nutzung stimmen Sie dem zu.",
    "Ce site utilise des cookies. En poursuivant, vous les acceptez.",
    "Utilizamos cookies propias y de terceros. Si continúa navegando, acepta su uso.",
    "Questo sito utilizza cookie. Continuando accetti il loro utilizzo.",
    "Deze website gebruikt cookies om uw bezoek te verbeteren.",
    "Ta strona używa plików cookie. Korzystając z niej, wyrażasz zgodę.",
    "Bu site çerezler kullanmaktadır. Siteyi kullanarak kabul edersiniz.",
    "Этот сайт использует файлы cookie. Продолжая, вы соглашаетесь.",
    "Vi använder kakor för att förbättra din upplevelse på vår sajt.",
    "Tento web používá soubory cookie. Používáním souhlasíte.",
    "このサイトではクッキーを使用しています。同意したものとみなします。",
    "本网站使用cookie以改善您的体验。继续浏览即表示您同意。",
)


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_of_cookies_is_no_text_of_a_short_story(notice: str) -> None:
    page = (
        f"<html><head><title>{HEADLINE}</title></head><body><div id='bar'><p>{notice}</p></div>"
        f"<h1>{HEADLINE}</h1><div class='story'>{paragraphs(BODY[0])}</div></body></html>"
    )
    assert lines_of(page) == [BODY[0]]


def test_a_story_about_cookies_keeps_them() -> None:
    told = "Sites that set cookies need consent, and this site shall pay, the judge said."
    ruling = "Cookies have been set on the town's pages since the bridge was closed."
    assert lines_of(article(paragraphs(told, ruling, *BODY))) == [told, ruling, *BODY]


def test_comments_are_no_text_where_a_story_is_short() -> None:
    page = (
        f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1>"
        f"<div class='story'>{paragraphs(BODY[0])}</div>"
        f"<div id='kommentare'>{paragraphs(*BODY[1:])}</div></body></html>"
    )
    assert lines_of(page) == [BODY[0]]


def test_an_article_made_of_articles_is_one() -> None:
    """A template makes an article of each paragraph, with a subhead like the headline."""
    parts = "".join(
        f"<article class='paragraph'><h2>{head}</h2>{paragraphs(text)}</article>"
        for head, text in zip(
            (HEADLINE, "What next?", "Who pays?", "Who waits?"), BODY, strict=True
        )
    )
    page = (
        f"<html><head><title>{HEADLINE}</title></head><body><main><article>{parts}</article></main>"
        "</body></html>"
    )
    assert [line for line in lines_of(page) if line in BODY] == list(BODY)


@pytest.mark.parametrize(
    ("shape", "kept"),
    [
        ("<figure><table><tr><td>Pillars</td><td>6</td></tr></table></figure>", "Pillars"),
        ("<figure><blockquote><p>The town needs it.</p></blockquote></figure>", "town needs it"),
        ("<ul><li><label>200 g of flour</label></li></ul>", "200 g of flour"),
        ("<h3><button>How to pay</button></h3>", "How to pay"),
        ("<blockquote><p>So be it.</p><footer>The mayor</footer></blockquote>", "The mayor"),
        ("<ul><li>Best song: <a href='/s'>The Ferry</a></li></ul>", "The Ferry"),
    ],
)
def test_content_in_the_shape_of_furniture_is_text(shape: str, kept: str) -> None:
    body = paragraphs(*BODY[:2]) + shape + paragraphs(*BODY[2:])
    assert kept in extract(article(body)).text


@pytest.mark.parametrize(
    "name",
    ["text-image", "unrelated-notes", "recommendation", "trending-quote", "read-more-content"],
)
def test_no_name_takes_sentences_away(name: str) -> None:
    body = f"{paragraphs(BODY[0])}<div class='{name}'>{paragraphs(BODY[1])}</div>" + paragraphs(
        *BODY[2:]
    )
    assert lines_of(article(body)) == list(BODY)


def test_a_credit_takes_no_sentence_with_it() -> None:
    mixed = "Photo: A. Example. The bridge has been closed for nine years."
    assert mixed in lines_of(article(paragraphs(*BODY, mixed, BODY[0].upper())))


@pytest.mark.parametrize(
    "sentence",
    [
        "Thousands follow the singer on Instagram, where she posted a picture of the bridge.",
        "The letter that landed in your inbox may come from a gang, the police said.",
        "An error occurred during the landing, and the pilot turned back.",
        "Parents can now download the school app to see the timetable.",
        "Scannt man den Code, lädt das Telefon die App der Stadt herunter.",
        "Wie Cookies setzt, braucht die Zustimmung der Nutzer, sagte der Richter.",
    ],
)
def test_news_in_the_words_of_promotions_is_text(sentence: str) -> None:
    assert sentence in lines_of(article(paragraphs(*BODY[:2], sentence, *BODY[2:])))


@pytest.mark.parametrize(
    "promotion",
    [
        "Follow the Example Post on Instagram.",
        "Sign up for our newsletter and get the news of the town.",
        "Get the day's stories in your inbox.",
        "Síguenos en Facebook.",
        "Volg ons op Instagram.",
        "Zapisz się na nasz newsletter.",
        "YouTube kanalımıza abone olun.",
        "Подписывайтесь на наш канал.",
        "Sledujte nás na Facebooku.",
        "Нашли ошибку? Выделите её и нажмите Ctrl+Enter.",
    ],
)
def test_promotions_are_no_text(promotion: str) -> None:
    assert lines_of(article(paragraphs(*BODY[:2], promotion, *BODY[2:]))) == list(BODY)


def test_captions_of_a_gallery_are_no_text() -> None:
    gallery = "".join(f"<li>{n}/6 {text}</li>" for n, text in enumerate(BODY, 1))
    body = paragraphs(*BODY[:2]) + f"<ul>{gallery}</ul>" + paragraphs(*BODY[2:])
    assert lines_of(article(body)) == list(BODY)


def test_hidden_text_is_no_text() -> None:
    body = paragraphs(*BODY) + "<div style='display: none'><p>Saved for members only.</p></div>"
    assert lines_of(article(body)) == list(BODY)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (
            "<math><msup><mi>g</mi><mn>2</mn></msup><annotation encoding='application/x-tex'>g^2"
            "</annotation></math>",
            "g^2",
        ),
        ("<math alttext='g^{2}'><mi>g</mi><mn>2</mn></math>", "g^{2}"),
        (
            "<span class='katex'><span class='katex-mathml'><math><mi>g</mi></math></span>"
            "<span class='katex-html' aria-hidden='true'><i>g</i></span></span>",
            "g",
        ),
        (
            "<mjx-container><mjx-math aria-hidden='true'><mjx-c class='c1'></mjx-c></mjx-math>"
            "<mjx-assistive-mml><math><msub><mi>g</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>"
            "</math></mjx-assistive-mml></mjx-container>",
            "g_{ij}",
        ),
        (
            "<span class='mwe-math-element'><span style='display: none'><math><semantics><mi>g</mi>"
            "<annotation encoding='application/x-tex'>{\\displaystyle g}</annotation></semantics>"
            "</math></span><img class='mwe-math-fallback-image-inline' alt='g'></span>",
            "g",
        ),
        ("<img class='latex' alt='g_0'>", "g_0"),
        ("<script type='math/tex'>\\gamma</script>", "\\gamma"),
    ],
)
def test_formulas_are_text(formula: str, text: str) -> None:
    told = "The force {} pulls at each of the six pillars, and at {} of the bridge's arches."
    body = paragraphs(*BODY[:2], told.format(formula, "two"), *BODY[2:])
    assert told.format(text, "two") in lines_of(article(body))


LISTING = ("pillars = 6", "cracked = 2")


@pytest.mark.parametrize(
    "listing",
    [
        "<pre>{}</pre>".format(
            "\n".join(f"<i class='n'>{n}</i>{line}" for n, line in enumerate(LISTING, 7))
        ),
        "<table><tr><td><pre>7\n8</pre></td><td><pre>{}\n{}</pre></td></tr></table>".format(
            *LISTING
        ),
    ],
)
def test_line_numbers_are_no_part_of_a_listing(listing: str) -> None:
    body = paragraphs(*BODY[:2]) + listing + paragraphs(*BODY[2:])
    assert lines_of(article(body)) == [*BODY[:2], *LISTING, *BODY[2:]]


@pytest.mark.parametrize("word", ["می\u200cشود", "ක්\u200dෂ", "\U0001f468\u200d\U0001f469"])
def test_joiners_are_letters_of_words(word: str) -> None:
    told = f"The sign at the bridge says {word} and nothing else, in letters of half a metre."
    assert told in lines_of(article(paragraphs(*BODY[:2], told, *BODY[2:])))


@pytest.mark.parametrize(
    "odd",
    [
        "<o:p></o:p>word",
        "<o:p>word</o:p>",
        "<st1:City><st1:place w:st='on'>word</st1:place></st1:City>",
        "<b<br>word</b>",
        '<a="x">word</a>',
        "<strong,>word</strong>",
    ],
)
@pytest.mark.parametrize(
    "block",
    ["<p>{}</p>", "<ul><li>{}</li></ul>", "<blockquote>{}</blockquote>", "<pre>{}</pre>"],
)
@pytest.mark.parametrize("is_named", [True, False])
def test_elements_with_names_that_no_xml_has_lose_no_text(
    odd: str, block: str, is_named: bool
) -> None:
    """trafilatura makes others of the same name, and gives up the page where it cannot."""
    body = paragraphs(*BODY[:2]) + block.format(f"{BODY[2]} {odd}") + paragraphs(BODY[3])
    lines = lines_of(article(body) if is_named else bare_page(body))
    assert " ".join(lines).count(f"{BODY[2]} word") == 1
    assert BODY[0] in lines
    assert BODY[3] in lines


@pytest.mark.parametrize("content", ["", "<svg></svg>", "<img src='x.png'>"])
def test_a_button_without_words_in_a_paragraph_costs_nothing(content: str) -> None:
    told = f"{BODY[1]}<button class='icon'>{content}</button> It cost two million."
    body = paragraphs(BODY[0], told, *BODY[2:])
    assert lines_of(article(body)) == [BODY[0], f"{BODY[1]} It cost two million.", *BODY[2:]]


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_are_letters_on_a_page_that_is_read_as_a_whole(joiner: str) -> None:
    lead = f"The short of it is that the bridge is open again by the week{joiner}end."
    told = f"{BODY[0]} That is the week{joiner}end of the market."
    page = bare_page(f"<div class='lead'>{lead}</div><p>{told}</p>")
    assert lines_of(page) == [lead, told]


@pytest.mark.parametrize(
    "notes",
    [
        "<aside class='footnotes'><p>{}</p></aside>",
        "<aside role='doc-footnote'><p>{}</p></aside>",
        "<aside class='callout callout-tip'><p>{}</p></aside>",
        "<div class='footnotes-footer'>{}</div>",
    ],
)
def test_notes_to_the_text_are_text(notes: str) -> None:
    told = "Tolls are counted from the day on which the first pillar stands."
    body = paragraphs(*BODY) + notes.format(told)
    assert lines_of(article(body)) == [*BODY, told]


def test_footnotes_below_the_body_are_text() -> None:
    told = "Tolls are counted from the day on which the first pillar stands."
    notes = f"<div class='page'><div class='Post__footnotes'><p>{told}</p></div></div>"
    page = f"<h1>{HEADLINE}</h1><article>{paragraphs(*BODY)}</article>{notes}"
    assert lines_of(f"<html><title>{HEADLINE}</title><body>{page}</body></html>") == [*BODY, told]


def test_a_table_around_the_text_is_layout() -> None:
    items = "<ul><li>Two pillars are new.</li><li>Four stay.</li></ul>"
    cell = f"<td>{paragraphs(*BODY)}{items}</td>"
    body = f"<table><tr><td>Menu</td>{cell}</tr></table>"
    expected = [*BODY, "- Two pillars are new.", "- Four stay."]
    assert lines_of(bare_page(body))[-len(expected) :] == expected


def test_a_table_of_data_stays_a_table() -> None:
    rows = "<tr><td>North bank</td><td>1,200</td></tr><tr><td>South bank</td><td>900</td></tr>"
    body = paragraphs(*BODY[:2]) + f"<table>{rows}</table>" + paragraphs(*BODY[2:])
    assert any(line.startswith("| North bank | 1,200") for line in lines_of(article(body)))


def test_subheads_and_lists_of_a_page_without_any_template_are_kept() -> None:
    content = (
        f"<h1>{HEADLINE}</h1>{paragraphs(*BODY[:2])}<h2>What it costs</h2>"
        f"<ul><li>Two pillars</li></ul>{paragraphs(*BODY[2:])}"
    )
    lines = lines_of(f"<html><title>{HEADLINE}</title><body>{content}</body></html>")
    assert lines == [*BODY[:2], "What it costs", "- Two pillars", *BODY[2:]]


def test_short_lines_that_an_editor_wraps_twice_are_text() -> None:
    content = "".join(
        f"<div class='wrap'><div class='block'><span>{line}</span></div></div>"
        for line in (*BODY, "he stood firm", *BODY)
    )
    assert "he stood firm" in lines_of(article(content))


def test_a_dateline_before_its_paragraph_is_its_beginning() -> None:
    body = f"<b>Exampleton / Northbridge: </b>{paragraphs(*BODY)}"
    assert lines_of(article(body))[0] == f"Exampleton / Northbridge: {BODY[0]}"


def test_a_button_amid_a_sentence_is_a_word_of_it() -> None:
    told = "The toll is a {} levy, which ends with the debt, and not a tax on travel."
    body = paragraphs(*BODY[:2], told.format("<button>special</button>"), *BODY[2:])
    assert told.format("special") in lines_of(article(body))


def test_a_quotation_amid_a_sentence_keeps_its_marks_and_its_line() -> None:
    told = "The mayor said <q>we pay</q> twice, and the council did not ask what he meant by it."
    body = paragraphs(*BODY[:2], told, *BODY[2:])
    expected = told.replace("<q>", "“").replace("</q>", "”")
    assert expected in lines_of(article(body))


def test_blocks_of_a_list_item_do_not_run_together() -> None:
    items = "<ul><li>The north bank waits.<div>The south bank does not.</div></li></ul>"
    body = paragraphs(*BODY[:2]) + items + paragraphs(*BODY[2:])
    assert "- The north bank waits. The south bank does not." in lines_of(article(body))


def test_a_mark_beside_a_heading_is_no_text() -> None:
    heading = "<h2 id='cost'>What it costs<a href='#cost'>#</a></h2>"
    body = paragraphs(*BODY[:2]) + heading + paragraphs(*BODY[2:])
    assert "What it costs" in lines_of(article(body))


def test_a_result_at_the_head_of_a_text_is_no_date() -> None:
    body = paragraphs("Exampleton 3-1 Northbridge", *BODY)
    assert lines_of(article(body))[0] == "Exampleton 3-1 Northbridge"


def test_headings_of_a_page_builder_are_text() -> None:
    def widget(kind: str, content: str) -> str:
        return (
            f"<div class='elementor-element elementor-widget elementor-widget-{kind}'>"
            f"<div class='elementor-widget-container'>{content}</div></div>"
        )

    body = (
        widget("text-editor", paragraphs(*BODY[:2]))
        + widget("heading", "<h2>What it costs</h2>")
        + widget("text-editor", paragraphs(*BODY[2:]))
    )
    assert lines_of(article(body)) == [*BODY[:2], "What it costs", *BODY[2:]]


def test_hidden_text_that_is_shown_elsewhere_is_no_text() -> None:
    text = paragraphs(*BODY)
    assert lines_of(article(f"{text}<div style='display: none'>{text}</div>")) == list(BODY)
