from datetime import UTC, datetime

import pytest

from tasks.read.origins import Evidence
from tasks.read.saved_pages import complete_from_comment

URL = "https://news.example/2024/a?b=c"
SINGLE_FILE = f"""<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: {URL}
 saved date: Sat Mar 02 2024 12:20:30 GMT+0200 (Eastern European Standard Time)
--><meta charset=utf-8>""".encode()
MARK = f"<!DOCTYPE html>\n<!-- saved from url=({len(URL):04d}){URL} -->\n<html>".encode()
SAVED = datetime(2024, 3, 2, 10, 20, 30, tzinfo=UTC)


def test_single_file_says_where_and_when() -> None:
    assert complete_from_comment(Evidence(), SINGLE_FILE) == Evidence(URL, SAVED)


def test_the_mark_of_the_web_says_where() -> None:
    assert complete_from_comment(Evidence(), MARK) == Evidence(URL)


def test_what_is_known_otherwise_stands() -> None:
    other = Evidence("https://other.example/")
    assert complete_from_comment(other, SINGLE_FILE) == other
    fetched = Evidence(URL, datetime(2024, 1, 1, tzinfo=UTC))
    assert complete_from_comment(fetched, SINGLE_FILE) == fetched
    assert complete_from_comment(Evidence(URL), SINGLE_FILE).fetched_at == SAVED


@pytest.mark.parametrize(
    "page",
    [
        b"<html><base href='https://news.example/'>",
        b"<!-- saved from url=(0014)about:internet -->",
        b"<!-- saved from url=(0010)file:///c:/ -->",
        b"<p>saved from url=(0023)https://news.example/a</p>",
        b"<html>" + b" " * 9000 + MARK,
    ],
)
def test_what_is_not_the_browsers_comment_is_no_evidence(page: bytes) -> None:
    assert complete_from_comment(Evidence(), page) == Evidence()


@pytest.mark.parametrize("printed", ["Sat Foo 02 2024 12:20:30 GMT+0200", "2 March", ""])
def test_a_date_that_cannot_be_read_does_not_cost_the_address(printed: str) -> None:
    page = SINGLE_FILE.replace(b"Sat Mar 02 2024 12:20:30 GMT+0200", printed.encode())
    assert complete_from_comment(Evidence(), page) == Evidence(URL)


def test_httrack_leaves_the_address_without_a_scheme_and_the_time() -> None:
    content = (
        b"<!DOCTYPE html>\n<html>\n<!-- Mirrored from quay.example/2024/story.html by HTTrack"
        b" Website Copier/3.x [XR&CO'2014], Wed, 06 Mar 2024 05:00:00 GMT -->\n<body></body></html>"
    )
    completed = complete_from_comment(Evidence(), content)
    assert completed.url == "http://quay.example/2024/story.html"
    assert completed.fetched_at == datetime(2024, 3, 6, 5, tzinfo=UTC)
