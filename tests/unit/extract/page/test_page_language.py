"""The language of an article."""

import pytest

from tasks.extract.page.page_language import identify_language
from tests.unit.extract.written_pages import article, extract, paragraphs

GERMAN = paragraphs(
    "Der Rat der Stadt hat am Dienstag beschlossen, die alte Brücke über den Fluss neu zu bauen.",
    "Damit endet ein Streit, der mehr als zehn Jahre gedauert und viel Geld gekostet hat.",
)


def test_the_text_decides_against_a_templates_declaration() -> None:
    assert extract(article(GERMAN)).language == "de"


def test_the_declaration_decides_between_kin() -> None:
    danish = paragraphs(
        "Byrådet har besluttet at bygge den gamle bro over åen igen i løbet af to år."
    )
    page = article(danish * 3).replace("lang='en'", "lang='nb-NO'")
    assert extract(page).language == "no"


def test_the_declaration_stands_where_the_text_is_too_short() -> None:
    page = article("<p>Ok.</p>").replace("lang='en'", "lang='fr-FR'")
    assert extract(page).language == "fr"


def test_a_language_that_no_model_knows_is_believed() -> None:
    page = article().replace("lang='en'", "lang='kl'")
    assert extract(page).language == "kl"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Şəhər şurası çərşənbə axşamı çay üzərindəki körpünü yenidən tikmək qərarına gəldi. "
            * 2,
            "az",
        ),
        (
            "Городской совет во вторник решил построить заново старый мост через реку.",
            "ru",
        ),
        (
            "町議会は火曜日、川にかかる古い橋を架け替えることを決めた。十年以上続いた論争が終わる。",
            "ja",
        ),
        ("too short", None),
    ],
)
def test_identification(text: str, code: str | None) -> None:
    assert identify_language(text) == code
