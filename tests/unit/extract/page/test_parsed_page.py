"""A parsed page: its elements say their texts as those of lxml.html do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlMixin

from tasks.extract.page.parsed_page import _bound_attributes, _may_hold_long_tag, parse_html

_PAGE = """
<html><head><title>Ferry &amp; pier</title></head><body>
<p id="mixed">One <b>two</b> three&#8212;four<br>five <i><u>six</u></i></p> behind it
<p id="empty"></p><p id="plain">Ünï <!-- not shown --> cöde 🙂</p>
<script>var a = "<b>";</script>
</body></html>
"""


def test_an_element_says_all_text_within_it_and_none_behind_it() -> None:
    texts = {p.get("id"): p.text_content() for p in parse_html(_PAGE).iter("p")}
    assert texts == {
        "mixed": "One two three\u2014fourfive six",
        "empty": "",
        "plain": "Ünï  cöde 🙂",
    }


def test_every_element_says_what_lxml_says() -> None:
    for element in parse_html(_PAGE).iter():
        assert element.text_content() == HtmlMixin.text_content(element)


@pytest.mark.parametrize("code", range(32))
def test_only_tabs_and_line_ends_are_kept_of_controls(code: int) -> None:
    control = chr(code)
    kept = {"\t": "\t", "\n": "\n", "\r": "\n", "\f": " "}.get(control, "")
    for around in ("", "\t", "\n", "\u00e9"):
        paragraph = parse_html(f"<p>a{around}{control}b</p>").find(".//p")
        assert paragraph.text == f"a{around}{kept}b"


_FILLINGS = (
    b"<p>",
    b"x ",
    b" data-a='b>",
    b"<img",
    b"<a\n",
    b"a=1 ",
    b"</p>",
    b'"',
    b">",
    b"1 < 2 ",
)


@given(
    st.lists(
        st.tuples(st.sampled_from(_FILLINGS), st.sampled_from((1, 3, 600, 39_893, 50_000))),
        max_size=6,
    )
)
def test_only_tags_of_many_attributes_are_emptied(pieces: list[tuple[bytes, int]]) -> None:
    source = b"".join((piece * count)[: max(count, len(piece))] for piece, count in pieces)
    long_tag = re.compile(rb"(<[a-zA-Z][\w:-]*)\s[^<>]{39900,}")

    def bounded(tag: re.Match[bytes]) -> bytes:
        names = re.sub(rb"\"[^\"]*\"|'[^']*'", b"", tag[0]).split()
        return tag[1] if len(names) > 500 else tag[0]

    expected = long_tag.sub(bounded, source) if _may_hold_long_tag(source) else source
    assert _bound_attributes(source) == expected
