"""What was encoded twice is mended; what people write is left alone."""

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.read.bytes.charsets import decode_html, decode_text
from tasks.read.bytes.double_encoding import mend_double_encoding

SENTENCES = (
    "He said “it’s done” – the mayor’s third term…",
    "Rådet öppnade bron i går, à Genève, größer, São João",
    "Городской совет проголосовал, сообщила мэрия.",
    "افتتح مجلس المدينة جسرا جديدا",
)


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("times", [1, 2])
def test_double_encoding_is_mended(text: str, times: int) -> None:
    wrong = text
    for _ in range(times):
        # As browsers read windows-1252: its five gaps are controls.
        wrong = "".join(_as_1252(byte) for byte in wrong.encode())
    assert decode_text(f"Good.\n{wrong}\n".encode()) == f"Good.\n{text}\n"
    page = f"<html><body><p>{text}</p></body></html>"
    assert decode_html(page.replace(text, wrong).encode(), "utf-8") == page


def _as_1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    "text",
    [*SENTENCES, "NÃO À CORRUPÇÃO", "ESPAÑA, ÑANDÚ", "Ø 20 mm", "100 Â", "Ðorđe", "à « Paris »"],
)
def test_what_people_write_stays(text: str) -> None:
    assert decode_text(text.encode()) == text


# Long runs of ASCII, which ftfy is not given, between what it mends and what it leaves.
_TWICE = ("â€œ", "â€\x9d", "Ã©", "Ã ", "Ã", "Â£", "ã€‚", "Ð¿", "Ø§")
_PIECES = st.one_of(
    st.text(st.characters(codec="ascii", exclude_characters="\n"), max_size=60),
    st.sampled_from([*_TWICE, "é", "“", "中", "\x1a"]),
)
_LINES = st.lists(_PIECES, max_size=8).map("".join)


@given(_LINES, _LINES)
def test_a_line_is_mended_as_ftfy_mends_the_whole_of_it(before: str, after: str) -> None:
    line = f"{before}â€œ{after}"
    assert mend_double_encoding(line, line.encode()) == ftfy.fix_encoding(line)
