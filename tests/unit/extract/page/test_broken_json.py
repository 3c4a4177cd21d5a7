"""JSON-LD as templates break it."""

import pytest

from tasks.extract.page.broken_json import read_json


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1, // who\n "b": 2}', [{"a": 1, "b": 2}]),
        ('{"u": "http://a.example//b", /* no */ "b": 2,}', [{"u": "http://a.example//b", "b": 2}]),
        ("{&quot;a&quot;: &quot;b&quot;}", [{"a": "b"}]),
        ('{"h": "The "quay" is long", "b": 2}', [{"h": 'The "quay" is long', "b": 2}]),
        ("no JSON at all", []),
        ('{"a": "cut he', []),
    ],
)
def test_what_can_be_read_is_read(source: str, values: list[object]) -> None:
    assert list(read_json(source)) == values
