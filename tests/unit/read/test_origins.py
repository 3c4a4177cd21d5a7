"""An address that is not quite one costs no page its article."""

import pytest

from tasks.read.origins import repair_address


@pytest.mark.parametrize(
    ("printed", "url"),
    [
        ("HTTPS://Quay.example/A", "https://Quay.example/A"),
        ("https://quay.example/a b\tc", "https://quay.example/a%20b%09c"),
        (" http://quay.example/ ", "http://quay.example/"),
        ("//quay.example/a", "https://quay.example/a"),
        ("quay.example/a?b=https://c", "https://quay.example/a?b=https://c"),
        ("www.quay.example", "https://www.quay.example"),
        ("quay.example:8080/a", "https://quay.example:8080/a"),
    ],
)
def test_an_address_is_repaired_and_the_fault_is_told(printed: str, url: str) -> None:
    repaired, faults = repair_address(printed)
    assert repaired == url
    assert len(faults) == 1


@pytest.mark.parametrize(
    "printed", ["ftp://quay.example/a", "file:///home/a.html", "about:blank", "story 5", "urn:x:y"]
)
def test_what_is_no_address_is_null_with_a_fault(printed: str) -> None:
    url, faults = repair_address(printed)
    assert url is None
    assert printed in faults[0]


def test_a_good_address_is_left_alone() -> None:
    for url in ("https://quay.example/%20a?b=c#d", "http://öl.example/ü", "https://127.0.0.1/"):
        assert repair_address(url) == (url, ())
