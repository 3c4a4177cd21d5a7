"""From bytes to a record: what is no text does not come out of it."""

import json

import pytest

from schemas.settings import Limits
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource
from tasks.read.document import ContentForm, Document, Origin
from tasks.stage.documents import process_document
from tasks.stage.work_orders import WorkOrder

ORDER = WorkOrder(
    batch_id="a", pipeline_version="1", limits=Limits(), reference=ReferenceSource(registry=False)
)
PAGE = """<html lang="en"><head><title>Breakwater is finished</title>
<script type="application/ld+json">{node}</script></head>
<body><article><h1>Breakwater is finished</h1>{body}</article></body></html>"""
BODY = "".join(
    f"<p>In winter {number} the break\x9bwater lost stones\x1b worth $2.9 million to storms.</p>"
    for number in range(1, 9)
)


def _process(node: dict[str, object], url: str | None = None) -> Record:
    described = {"@type": "NewsArticle", "datePublished": "2024-03-05T09:00:00+04:00"} | node
    content = PAGE.format(node=json.dumps(described), body=BODY).encode()
    origin = Origin(raw_path="a.html", raw_digest="0" * 64, url=url)
    record = process_document(
        Document(origin=origin, form=ContentForm.HTML, content=content), ORDER
    )
    assert record.fate == "accepted", record.detail
    return record


@pytest.mark.parametrize(
    ("position", "value", "column", "published"),
    [
        ("headline", "Breakwater \udc4d is finished", "title", "Breakwater \ufffd is finished"),
        ("author", [{"@type": "Person", "name": "Ada \x1bReporter"}], "authors", ("Ada Reporter",)),
        ("publisher", {"name": "Harbour\x1b \uffffPost"}, "outlet_name", "Harbour \ufffdPost"),
        ("keywords", ["\ud83d", "quays\x00"], "tags", ("quays",)),
        ("url", "https://a.example/\udc4d", "url", None),
        ("dateModified", "2024-03-05\ud800", "url", None),
    ],
)
def test_half_an_emoji_in_structured_data_is_marked(
    position: str, value: object, column: str, published: object
) -> None:
    assert getattr(_process({position: value}), column) == published


def test_amounts_have_their_places_in_the_cleaned_text() -> None:
    record = _process({}, url="https://a.example/\x1b\ud83d")
    assert record.text is not None
    assert "breakwater lost stones worth" in record.text
    assert record.url == "https://a.example/\ufffd"
    assert [record.text[row.start : row.end] for row in record.money] == ["$2.9 million"] * 8
