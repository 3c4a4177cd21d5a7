"""The language of an article."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tasks.extract.page.page_language import identify_language, language_identifier
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


@pytest.fixture(scope="module")
def published_model() -> LanguageIdentifier:
    """The model as py3langid loads it."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


# Letters of one script, as texts have them; half of a pair of surrogates, as broken ones do.
_TEXTS = st.sampled_from(
    [(0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x6FF), (0x900, 0x10FF), (0x3040, 0xD7FF), (0x80, 0xFFFF)]
).flatmap(
    lambda codes: st.text(
        st.characters(min_codepoint=codes[0], max_codepoint=codes[1], exclude_categories=()),
        max_size=120,
    )
)


@given(text=_TEXTS)
def test_the_compact_model_finds_what_the_published_one_does(
    published_model: LanguageIdentifier, text: str
) -> None:
    assert language_identifier().rank(text) == published_model.rank(text)


def test_bytes_that_no_text_has_are_read_as_by_the_published_model(
    published_model: LanguageIdentifier,
) -> None:
    every_byte = bytes(range(256)) * 2
    for first in range(256):
        text = bytes([first]) + every_byte + b"the old bridge over the river"
        assert language_identifier().classify(text) == published_model.classify(text)


def test_the_compact_model_is_smaller(published_model: LanguageIdentifier) -> None:
    model = language_identifier()
    table, published = model.tk_nextmove, published_model.tk_nextmove
    assert sys.getsizeof(table) < 0.8 * sys.getsizeof(published)
