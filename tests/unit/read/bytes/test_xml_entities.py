import pytest

from tasks.read.bytes.xml_entities import number_entities


@pytest.mark.parametrize(
    ("printed", "numbered"),
    [
        (b"a&amp;b &lt;i&gt;", b"a&#38;b &#60;i&#62;"),
        (b"caf&eacute;&nbsp;&NotEqualTilde;", b"caf&#233;&#160;&#8770;&#824;"),
        (b"?a=1&b=2&copy=3 & &; &&amp;", b"?a=1&#38;b=2&#38;copy=3 &#38; &#38;; &#38;&#38;"),
        (b"&#38; &#x26; &#zz; &unknown;", b"&#38; &#x26; &#38;#zz; &#38;unknown;"),
        (b"<![CDATA[a & b]]> & <!-- c & d -->", b"<![CDATA[a & b]]> &#38; <!-- c & d -->"),
        (b"<![CDATA[a & b", b"<![CDATA[a & b"),
    ],
)
def test_entities_become_numbers(printed: bytes, numbered: bytes) -> None:
    assert number_entities(printed) == numbered


def test_what_opens_again_and_again_is_looked_at_once() -> None:
    for opening in (b"<![CDATA[", b"<!--", b"&"):
        number_entities(opening * 100_000)
