import pytest
from chardetng_py import detect
from hypothesis import given
from hypothesis import strategies as st

from tasks.read.bytes.charsets import _detect, decode_html, decode_text

# One sentence a language, written for these tests: a council has opened a new bridge on Tuesday.
SENTENCES = {
    "ru": "Городской совет открыл во вторник новый мост через реку, сообщила мэрия.",
    "uk": "Міська рада відкрила у вівторок новий міст через річку, повідомила мерія.",
    "ja": "市議会は火曜日、川に架かる新しい橋を開通させたと市長が発表しました。①番の橋です。",
    "ja-mail": "市議会は火曜日、川に架かる新しい橋を開通させたと市長が発表しました。",
    "zh": "市议会星期二宣布，跨越河流的新桥正式通车，市长出席了仪式。",
    "zh-tw": "市議會星期二宣布，跨越河流的新橋正式通車，市長出席了儀式。",
    "ko": "시의회는 화요일 강을 가로지르는 새 다리를 개통했다고 시장이 밝혔다. 똠방각하도 왔다.",
    "fr": "Le conseil a ouvert mardi un nouveau pont « très attendu » – coût : 3 € par élève.",
    "pl": "Rada miasta otworzyła we wtorek nowy most przez rzekę, ogłosił burmistrz Łodzi.",
    "tr": "Belediye meclisi salı günü nehrin üzerindeki yeni köprüyü açtı, başkan İstanbul'daydı.",
    "he": "מועצת העיר פתחה ביום שלישי גשר חדש מעל הנהר, כך הודיע ראש העיר.",
    "ar": "افتتح مجلس المدينة يوم الثلاثاء جسرا جديدا فوق النهر، حسبما أعلن رئيس البلدية.",
    "el": "Το δημοτικό συμβούλιο εγκαινίασε την Τρίτη μια νέα γέφυρα, είπε ο δήμαρχος.",
}
FAMILIES = [
    ("ru", "windows-1251", "cp1251"),
    ("ru", "koi8-r", "koi8-r"),
    ("uk", "koi8-u", "koi8-u"),
    ("ja", "shift_jis", "cp932"),
    ("ja", "euc-jp", "euc_jis_2004"),
    ("ja-mail", "iso-2022-jp", "iso2022_jp"),
    ("zh", "gb2312", "gb18030"),
    ("zh", "gb18030", "gb18030"),
    ("zh-tw", "big5", "big5"),
    ("ko", "euc-kr", "cp949"),
    ("fr", "latin1", "cp1252"),
    ("fr", "windows-1252", "cp1252"),
    ("pl", "windows-1250", "cp1250"),
    ("pl", "iso-8859-2", "iso8859-2"),
    ("tr", "windows-1254", "cp1254"),
    ("tr", "iso-8859-9", "cp1254"),
    ("he", "windows-1255", "cp1255"),
    ("ar", "windows-1256", "cp1256"),
    ("el", "windows-1253", "cp1253"),
]


def page(language: str, head: str = "") -> str:
    paragraphs = f"<p>{SENTENCES[language]}</p>\n" * 4
    return f"<!doctype html><html><head>{head}</head><body>\n{paragraphs}</body></html>"


@pytest.mark.parametrize(("language", "label", "codec"), FAMILIES)
def test_a_page_is_decoded_as_the_transport_declares(language: str, label: str, codec: str) -> None:
    assert decode_html(page(language).encode(codec), label) == page(language)


@pytest.mark.parametrize(("language", "label", "codec"), FAMILIES)
def test_a_page_is_decoded_as_its_meta_declares(language: str, label: str, codec: str) -> None:
    for head in (
        f'<meta charset="{label.upper()}">',
        f"<meta http-equiv=Content-Type content='text/html; charset={label}'>",
        "<!-- <meta charset=utf-8> -->" + "<!-- -->" * 300 + f"<meta charset={label}>",
    ):
        assert decode_html(page(language, head).encode(codec), None) == page(language, head)


@pytest.mark.parametrize(
    ("language", "codec"),
    # ISO and Windows charsets of a language differ in letters that its sentence may not hold.
    [(language, codec) for language, _, codec in FAMILIES if not codec.startswith("iso8859")],
)
def test_a_page_or_text_that_declares_nothing_is_detected(language: str, codec: str) -> None:
    assert decode_html(page(language).encode(codec), None) == page(language)
    text = "\n".join([SENTENCES[language]] * 3)
    assert decode_text(text.encode(codec)) == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "gb2312", "nonsense", None])
@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_valid_utf8_overrules_whatever_is_declared(language: str, declared: str | None) -> None:
    assert decode_html(page(language).encode(), declared) == page(language)
    assert decode_html(b"\xef\xbb\xbf" + page(language).encode(), declared) == page(language)
    assert decode_text(page(language).encode()) == page(language)


def test_a_letter_of_a_declared_chinese_page_is_not_taken_for_utf8() -> None:
    content = "一".encode("gbk")
    assert content.decode("utf-8") == "һ"
    assert decode_html(content, "gb2312") == "一"
    assert decode_html(b"<meta charset=gbk>" + content, None) == "<meta charset=gbk>一"


def test_declared_utf8_that_is_plainly_something_else_is_overruled() -> None:
    for language, codec in (("ru", "cp1251"), ("ja", "cp932"), ("pl", "cp1250")):
        assert decode_html(page(language).encode(codec), "utf-8") == page(language)


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", None])
def test_utf8_with_a_few_broken_letters_stays_utf8(declared: str | None) -> None:
    content = page("ru").encode()[:-40] + b"\xd0"
    assert SENTENCES["ru"] in decode_html(content, declared)
    pasted = page("fr").encode() * 20 + b"caf\xe9"
    assert decode_html(pasted, declared).endswith("caf\ufffd")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_is_told_by_its_mark_or_by_its_nuls(codec: str) -> None:
    mark = "\ufeff".encode(codec)
    assert decode_html(mark + page("ru").encode(codec), "windows-1251") == page("ru")
    assert decode_text(mark + SENTENCES["ru"].encode(codec)) == SENTENCES["ru"]
    assert decode_html(page("fr").encode(codec), None) == page("fr")


def test_nuls_are_dropped_and_an_xml_declaration_is_read() -> None:
    assert decode_html(b"<p>a\0b</p>" * 2, None) == "<p>ab</p>" * 2
    declared = f'<?xml version="1.0" encoding="koi8-r"?><html>{SENTENCES["ru"]}</html>'
    assert decode_html(declared.encode("koi8-r"), None) == declared


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_letter_of_utf16_is_no_escape(codec: str) -> None:
    text = "Лодка стоит у причала. Лёд сошёл ещё в марте.\n" * 3
    assert decode_text(text.encode(codec)) == text
    chinese = "甄嬛传是一部小说。" * 9
    assert decode_text(chinese.encode("utf-16")) == chinese


@pytest.mark.parametrize("label", ["utf-16", "x-user-defined", "iso-2022-kr", "hz-gb-2312"])
def test_labels_that_browsers_do_not_take_at_their_word_do_no_harm(label: str) -> None:
    content = f"<meta charset={label}>{page('fr')}"
    assert decode_html(content.encode("cp1252"), None) == content


@given(
    content=st.binary(max_size=300),
    declared=st.none() | st.sampled_from([label for _, label, _ in FAMILIES]) | st.text(max_size=9),
)
def test_no_bytes_make_it_raise(content: bytes, declared: str | None) -> None:
    assert "\0" not in decode_html(content, declared)
    assert "\0" not in decode_text(content)


@pytest.mark.parametrize("language", sorted(set(SENTENCES) - {"fr"}))
def test_latin1_is_declared_of_everything_and_believed_of_nothing_else(language: str) -> None:
    codec = next(codec for name, _, codec in FAMILIES if name == language)
    for head, declared in (
        ("", "iso-8859-1"),
        ('<meta charset="windows-1252">', None),
        (f'<meta charset="{codec}">', "latin1"),
    ):
        written = page(language, head)
        assert decode_html(written.encode(codec), declared) == written


def test_latin1_is_right_where_its_signs_stand_alone() -> None:
    for text in ("It cost £5 in 1999.", "© 2010", "café", "« Non », dit-elle : 20°."):
        written = f"<html><body>{'<p>The council voted.</p>' * 20}<p>{text}</p></body></html>"
        assert decode_html(written.encode("cp1252"), "latin1") == written


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize(
    "codec", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-32-be", "utf-32-le"]
)
def test_wide_charsets_are_told_with_and_without_a_mark(language: str, codec: str) -> None:
    text = f"{SENTENCES[language]} 2024\n" * 3
    assert decode_text(text.encode(codec)) == text
    assert decode_html(page(language).encode(codec), None) == page(language)


def test_a_page_with_nuls_is_not_wide() -> None:
    written = page("fr").replace(" ", " \0", 7)
    assert decode_html(written.encode(), None) == page("fr")


_LEGACY_BYTES = [bytes([code]) for code in (0x80, 0x81, 0x8E, 0x8F, 0xA0, 0xA9, 0xAA, 0xBA, 0xE9)]
_PLAIN_RUNS = [
    b" ",
    b"N",
    b"n.",
    b"<p>",
    b"\n",
    b"1234567890123456789",
    b"XVIXVIXVIXVIXVIXVIX",
    b" a few words of a sentence ",
    b"aSentenceWithoutSpaces",
]


@given(st.lists(st.one_of(st.sampled_from(_LEGACY_BYTES + _PLAIN_RUNS), st.binary(max_size=4))))
def test_what_is_left_out_of_plain_runs_tells_the_detector_nothing(pieces: list[bytes]) -> None:
    # Bytes that are valid UTF-8 are not given to the detector.
    content = b"".join([*pieces, b"\xe9 is no UTF-8"])
    assert _detect(content) == detect(content, allow_utf8=False)


@pytest.mark.parametrize(("language", "label", "codec"), FAMILIES)
def test_sentences_of_a_page_are_detected_as_with_its_markup(
    language: str, label: str, codec: str
) -> None:
    markup = b"<div class='a box of a page'><!-- %s --></div>" % (b"a comment " * 9)
    for sentence in SENTENCES[language].split(" "):
        content = markup.join([b"", sentence.encode(codec), label.encode(), b"\xe9", b""])
        assert _detect(content) == detect(content, allow_utf8=False)
