"""Rules on names find the same elements whether asked for each or for each set of names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from trafilatura.xpaths import (
    DISCARD_IMAGE_ELEMENTS,
    OVERALL_DISCARD_XPATH,
    RAW_TREE_PRUNE_XPATH,
    REMOVE_COMMENTS_AND_LISTS_XPATH,
    TEASER_DISCARD_XPATH,
)

from tasks.extract.text.named_rules import NamedRules, words_of_rule

PAGE = html.document_fromstring("""
<body><div class='share'><p class='x'>a</p></div><p class='share-x teaser'>b</p><p>c</p>
<ul class='share'><li id='Teaser'>d</li></ul><span style='display:none'>e</span>
<em aria-hidden='true'>f</em><div id='x' class='cookie'>g</div><div class='cookie' id='x'>h</div>
<div role='Navigation'>i</div><fb:like style='display: none'>j</fb:like></body>
""")
LISTS = (
    RAW_TREE_PRUNE_XPATH,
    REMOVE_COMMENTS_AND_LISTS_XPATH,
    OVERALL_DISCARD_XPATH,
    DISCARD_IMAGE_ELEMENTS,
    TEASER_DISCARD_XPATH,
)
RULES = NamedRules(*LISTS)
LITERALS = {
    literal
    for rules in LISTS
    for rule in rules
    for quoted in re.findall(r"'([^']*)'", rule.path)
    for literal in re.split(r"[^\w: -]+", quoted)
}
NAMES = st.lists(st.sampled_from([*sorted(LITERALS), " ", "-", "C", "x"]), max_size=4).map("".join)
ATTRIBUTES = ["id", "class", "style", "role", "aria-hidden", "data-lp-replacement-content", "title"]
TAGS = ["aside", "div", "em", "item", "list", "ol", "p", "span"]


def test_the_elements_are_those_of_the_rules() -> None:
    found = NamedRules(OVERALL_DISCARD_XPATH, TEASER_DISCARD_XPATH).find(PAGE.iterdescendants())
    for number, rules in enumerate((OVERALL_DISCARD_XPATH, TEASER_DISCARD_XPATH)):
        expected = {element for rule in rules for element in rule(PAGE)}
        assert expected
        assert set(found[number]) == expected


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TAGS),
            st.dictionaries(st.sampled_from(ATTRIBUTES), NAMES, min_size=1, max_size=3),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_no_name_that_a_rule_would_find_is_left_unasked(
    parts: list[tuple[str, dict[str, str]]],
) -> None:
    outline = html.Element("body")
    for tag, names in parts:
        etree.SubElement(outline, tag, names)
    found = RULES.find(outline.iterdescendants())
    for number, rules in enumerate(LISTS):
        expected = {element for rule in rules for element in rule(outline)}
        assert set(found.get(number, ())) == expected


@given(st.lists(st.dictionaries(st.sampled_from(ATTRIBUTES), NAMES), max_size=5))
def test_where_rules_on_sections_find_something_they_may(names: list[dict[str, str]]) -> None:
    lists = (RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH)
    outline = html.Element("body")
    for attributes in names:
        etree.SubElement(outline, "div", attributes)
    found = any(rule(outline) for rules in lists for rule in rules)
    assert NamedRules(*lists).may_find(list(outline)) or not found


def test_rules_on_sections_ask_for_no_other_names() -> None:
    for rule in (*RAW_TREE_PRUNE_XPATH, *REMOVE_COMMENTS_AND_LISTS_XPATH):
        assert set(re.findall(r"@([\w-]+)", rule.path)) <= {"id", "class"}


def test_elements_come_in_the_order_given() -> None:
    rules = NamedRules(TEASER_DISCARD_XPATH)
    for _ in range(2):  # the second time from what is known
        assert [e.text for e in rules.find(PAGE.iter("p"))[0]] == ["b"]
    assert rules.find([]) == {}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("@class='Nav'", {"nav"}),
        ("contains(translate(@id, 'T', 't'), 'teaser')", {"teaser"}),
        ("re:test(@id|@class, '^shar|bread-?crumb|dfp[Aa]d')", {"shar", "bread", "dfp"}),
        ("re:test(@id, '(?:^| )ad-|^(?:[Cc]omment(?!ary)|comol)')", {"ad-", "omment", "comol"}),
        ("re:test(@id, 'x(?:box|wrap)?')", {"x"}),
        ("re:test(@id, 'article(?:-|__)?body')", {"article"}),
        ("re:test(@id, 'skin', 'i')", {"skin", "i"}),
        ("re:test(@id, 'full', 'i')", {"full"}),
        ("re:test(@id, 'x(?:a(?:b)?c)?')", {""}),
        (r"re:test(@id, 'a\d')", {""}),
        ("re:test(@id, 'ab*')", {""}),
        ("contains(@class, \"share\") and contains(@id, 'x')", {""}),
        ("self::div", {""}),
    ],
)
def test_whatever_a_rule_finds_holds_one_of_its_words(condition: str, words: set[str]) -> None:
    assert words_of_rule(f".//*[{condition}]") == words


def test_all_rules_that_are_asked_have_words() -> None:
    for rules in LISTS:
        for rule in rules:
            assert "" not in words_of_rule(rule.path)
