"""The language of an article."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tasks.extract.page.language_model import language_identifier, load_model
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


ENGLISH = "The old bridge over the river is closed."


def _found(kept: Path) -> list[tuple[str, float]]:
    """All languages of a text, by a model that is loaded by a process that can keep it."""
    found: list[tuple[str, float]] = load_model(kept).rank(ENGLISH)
    return found


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the model is kept already."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    _found(tmp_path)
    return tmp_path


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The models that were unpacked from here on."""
    paths: list[Path] = []
    unpack = LanguageIdentifier.from_model_file.__func__

    def counted(kind: type[LanguageIdentifier], path: Path, **options: bool) -> LanguageIdentifier:
        paths.append(path)
        return unpack(kind, path, **options)

    monkeypatch.setattr(LanguageIdentifier, "from_model_file", classmethod(counted))
    return paths


def test_what_is_kept_finds_the_same_and_is_not_unpacked_again(
    kept: Path, unpacked: list[Path]
) -> None:
    assert _found(kept) == language_identifier().rank(ENGLISH)
    assert not unpacked


@pytest.mark.parametrize("where", [0.0, 0.5, 0.999])
def test_what_is_damaged_is_made_again(kept: Path, unpacked: list[Path], where: float) -> None:
    before = _found(kept)
    (file,) = kept.iterdir()
    content = bytearray(file.read_bytes())
    content[int(where * len(content))] ^= 1
    file.write_bytes(content)
    assert [_found(kept), _found(kept)] == [before, before]
    assert len(unpacked) == 1


def test_a_model_of_an_earlier_version_is_taken_away(kept: Path, unpacked: list[Path]) -> None:
    (file,) = kept.iterdir()
    file.rename(kept / "language_model.0123456789abcdef.zst")
    _found(kept)
    assert len(unpacked) == 1
    assert list(kept.iterdir()) == [file]


def test_where_nothing_can_be_kept_the_model_is_unpacked_each_time(
    tmp_path: Path, unpacked: list[Path]
) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("")
    assert _found(nowhere) == _found(nowhere)
    assert len(unpacked) == 2
    assert list(tmp_path.iterdir()) == [nowhere]
