"""A parsed page: its elements say their texts as those of lxml.html do."""

import pytest
from lxml.html import HtmlMixin

from tasks.extract.page.parsed_page import parse_html

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
