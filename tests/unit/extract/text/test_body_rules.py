"""What is asked of names first leaves out no element that trafilatura's rules for bodies find."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from trafilatura.xpaths import BODY_XPATH

from tasks.extract.text import bodies

LITERALS = {
    literal
    for rule in BODY_XPATH
    for quoted in re.findall(r"'([^']*)'", rule.path)
    for literal in re.split(r"[^\w: -]+", quoted)
}
NAMES = st.lists(st.sampled_from([*sorted(LITERALS), " ", "-", "_", "X"]), max_size=3).map("".join)
ATTRIBUTES = ["id", "class", "itemprop", "role"]


@given(
    st.sampled_from(["article", "div", "main", "section"]),
    st.dictionaries(st.sampled_from(ATTRIBUTES), NAMES | NAMES.map(str.upper), max_size=2),
)
def test_an_element_is_found_as_the_rule_finds_it(tag: str, names: dict[str, str]) -> None:
    outline = etree.Element("body")
    etree.SubElement(outline, tag, names)
    for number, rule in enumerate(BODY_XPATH):
        found = bodies._finds(number, tag, *map(names.get, ATTRIBUTES))
        assert found == bool(rule(outline))


def test_all_rules_have_words() -> None:
    for words in bodies._WORDS:
        assert words
        assert "" not in words
