"""Keywords that a page gives for itself."""

import pytest

from tasks.extract.page.page_tags import collect_tags
from tasks.extract.page.structured_data import StructuredData


def tags_of(*printed: str) -> tuple[str, ...]:
    metas = tuple(("article:tag", text) for text in printed)
    return collect_tags(StructuredData(json_ld=(), metas=metas, links=()))


def test_each_keyword_stands_once() -> None:
    assert tags_of("Harbour", "harbour ", "C++", "#ferry") == ("Harbour", "C++", "#ferry")


@pytest.mark.parametrize(
    "debris", ["/article", "https://example.com/a", "{{ tag }}", "%s", "undefined", "--", "Name *"]
)
def test_what_a_content_system_left_is_no_keyword(debris: str) -> None:
    assert tags_of("Harbour", debris) == ("Harbour",)
