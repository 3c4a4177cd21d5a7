"""What exports wrap a page in is undone; nothing else is touched."""

import html
import json

import pytest

from tasks.read.bytes.wrappings import unwrap

PAGE = "<!DOCTYPE html>\n<html><body><p>Låsen åpnes “snart”.</p>\n</body></html>"


@pytest.mark.parametrize(
    "wrapped",
    [
        str(PAGE.encode()),
        str(("\n" + PAGE + "<p>'quoted'</p>").encode()),
        json.dumps(PAGE),
        json.dumps(PAGE, ensure_ascii=False),
        json.dumps({"html": PAGE, "url": "https://quay.example/"}),
        json.dumps({"url": "https://quay.example/", "text": PAGE}),
        html.escape(PAGE),
    ],
)
def test_the_page_inside_is_found(wrapped: str) -> None:
    content, undone = unwrap(wrapped.encode())
    assert content.decode().strip().startswith(PAGE)
    assert undone


@pytest.mark.parametrize(
    "content",
    [
        PAGE,
        "b is the second letter.",
        "b'<html>\\xe2\\x80 and no end",
        '"Quoted" at the start, said the mayor.',
        '{"a": 1}',
        '{"text": 5}',
        '{"html": "<p>',
        "&lt; is how HTML writes a less-than sign.",
        "",
    ],
)
def test_what_is_not_wrapped_stays_as_it_is(content: str) -> None:
    assert unwrap(content.encode()) == (content.encode(), None)
