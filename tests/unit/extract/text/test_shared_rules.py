"""trafilatura deletes the same from whole pages by rules that are asked once for each name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from trafilatura import main_extractor
from trafilatura.htmlprocessing import prune_unwanted_nodes
from trafilatura.xpaths import OVERALL_DISCARD_XPATH

from tasks.extract.text.body_text import share_rules

NAMES = st.sampled_from(
    ["share-x", "story", "widget", "hide-print", "cookie", "nav", "x hidden", "share\x01"]
)
ATTRIBUTES = st.dictionaries(st.sampled_from(["id", "class", "style", "role"]), NAMES, max_size=2)
PARTS = st.recursive(
    st.tuples(st.sampled_from(["p", "span", "em", "fb:like"]), ATTRIBUTES, st.just([])),
    lambda parts: st.tuples(
        st.sampled_from(["div", "list", "b"]), ATTRIBUTES, st.lists(parts, max_size=4)
    ),
    max_leaves=15,
)


def written(part: tuple[str, dict[str, str], list]) -> str:
    tag, names, within = part
    attributes = "".join(f" {name}='{value}'" for name, value in names.items())
    return f"<{tag}{attributes}>{tag} text<!-- c -->{''.join(map(written, within))}</{tag}> tail "


@given(st.lists(PARTS, min_size=1, max_size=5), st.booleans())
def test_the_same_is_deleted(parts: list[tuple[str, dict[str, str], list]], is_long: bool) -> None:
    share_rules()
    source = f"<body>{'words ' * 300 if is_long else ''}{''.join(map(written, parts))}</body>"
    expected, found = html.document_fromstring(source), html.document_fromstring(source)
    prune_unwanted_nodes(expected, OVERALL_DISCARD_XPATH, with_backup=True)
    prune_unwanted_nodes(found, main_extractor.OVERALL_DISCARD_XPATH, with_backup=True)
    assert etree.tostring(found) == etree.tostring(expected)


def test_the_rules_are_trafilaturas_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_extractor, "OVERALL_DISCARD_XPATH", OVERALL_DISCARD_XPATH)
    share_rules()
    assert main_extractor.OVERALL_DISCARD_XPATH is not OVERALL_DISCARD_XPATH
