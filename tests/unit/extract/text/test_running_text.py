"""Running text that stands in no paragraph."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.text.running_text import _DATELINE, _DATELINE_ENDS


@given(st.from_regex(_DATELINE, fullmatch=True))
def test_a_dateline_ends_in_one_of_its_marks(dateline: str) -> None:
    assert dateline.endswith(_DATELINE_ENDS)
