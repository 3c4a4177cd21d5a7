"""Articles in the data of scripts."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.text.embedded_bodies import _BLOCK, _BLOCK_IN_SCRIPT
from tasks.printed.cleaning import clean

_PARTS = st.sampled_from(("<p>", "<BR/>", "<Div ", "<\x7fp ", "<\x01br>", "a", "<", "p"))


@given(st.lists(_PARTS), st.booleans())
def test_each_block_of_a_literal_is_seen_in_its_script(parts: list[str], is_ascii: bool) -> None:
    literal = json.dumps("".join(parts), ensure_ascii=is_ascii)
    for source in (literal, literal.replace("<", "\\u003c"), literal.replace("<", "\\u003C")):
        blocks = _BLOCK.findall(clean(json.loads(source, strict=False)))
        assert len(_BLOCK_IN_SCRIPT.findall(source)) >= len(blocks)
