"""Rules on names find the same elements whether asked for each or for each set of names."""

from lxml import html
from trafilatura.xpaths import OVERALL_DISCARD_XPATH, TEASER_DISCARD_XPATH

from tasks.extract.text.named_rules import NamedRules

PAGE = html.document_fromstring("""
<body><div class='share'><p class='x'>a</p></div><p class='share-x teaser'>b</p><p>c</p>
<ul class='share'><li id='Teaser'>d</li></ul><span style='display:none'>e</span>
<em aria-hidden='true'>f</em><div id='x' class='cookie'>g</div><div class='cookie' id='x'>h</div>
<div role='Navigation'>i</div><fb:like style='display: none'>j</fb:like></body>
""")


def test_the_elements_are_those_of_the_rules() -> None:
    found = NamedRules(OVERALL_DISCARD_XPATH, TEASER_DISCARD_XPATH).find(PAGE.iterdescendants())
    for number, rules in enumerate((OVERALL_DISCARD_XPATH, TEASER_DISCARD_XPATH)):
        expected = {element for rule in rules for element in rule(PAGE)}
        assert expected
        assert set(found[number]) == expected


def test_elements_come_in_the_order_given() -> None:
    rules = NamedRules(TEASER_DISCARD_XPATH)
    for _ in range(2):  # the second time from what is known
        assert [e.text for e in rules.find(PAGE.iter("p"))[0]] == ["b"]
    assert rules.find([]) == {}
