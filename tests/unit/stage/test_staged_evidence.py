"""What extraction found, read back from staged/: by its fields, or as an older version wrote it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from schemas.date_sources import DateSource
from schemas.settings import Limits
from schemas.tables import STAGED
from tasks.extract.evidence import (
    EXTRACTION_JSON,
    Block,
    BlockKind,
    DateKind,
    Extraction,
    OutletSource,
    Stand,
)
from tasks.extract.extract import extract_document
from tasks.normalize.dates.date_candidates import KIND_FACTORS, STAND_FACTORS
from tasks.normalize.normalize_document import normalize_document
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.read.document import ContentForm, Document, Origin
from tasks.stage.staged_evidence import EvidenceError, read_extraction

ORIGIN = Origin(raw_path="press/a.html", raw_digest="")
BODY = "In winter the breakwater lost stones worth $2.9 million to the storms of the coast."
PAGE = f"""<html lang="en"><head><title>Breakwater is finished | Harbour Post</title>
<script type="application/ld+json">{{"@type": "WebPage", "datePublished": "2024-03-07"}}</script>
<meta name="article:published_time" content="2024-03-06T09:00:00Z"></head>
<body><a href="https://www.harbourpost.com/">Harbour Post</a>
<a href="https://www.harbourpost.com/2">more</a>
<span>March 4, 2024</span><article><h1>Breakwater is finished</h1>
<div>March 6, 2024, 10:00</div>{"".join(f"<p>{n}. {BODY}</p>" for n in range(8))}</article>
<footer><time datetime="2024-03-09">today</time></footer></body></html>"""
DUMP = "\n".join(
    [
        "Saturday, March 9, 2024",
        "Harbour Post",
        "Breakwater is finished after a winter of storms",
        "By A. Reporter",
        "March 6, 2024, 10:00",
        *(f"{n}. {BODY}" for n in range(8)),
        "March 8, 2024, 12:00",
        "Subscribe to Harbour Post",
        "Subscribe to Harbour Post",
        "© 2024 Harbour Post. All rights reserved.",
    ]
)


@pytest.fixture(params=["page", "dump"])
def extraction(request: pytest.FixtureRequest) -> Extraction:
    form, text = (ContentForm.HTML, PAGE) if request.param == "page" else (ContentForm.TEXT, DUMP)
    found = extract_document(Document(origin=ORIGIN, form=form, content=text.encode()), Limits())
    assert isinstance(found, Extraction)
    return found


def _record(extraction: Extraction) -> Record:
    record = normalize_document(ORIGIN, extraction, load_reference(ReferenceSource()))
    assert record.published_date is not None
    assert record.outlet_name is not None
    return replace(record, extraction=None, candidates=None)


def _staged(extraction: Extraction) -> str:
    return EXTRACTION_JSON.dump_json(extraction, exclude_defaults=True).decode()


def _with_places(extraction: Extraction) -> str:
    return _staged(extraction).replace('"position":', '"place":')


def test_rewording_every_label_changes_no_column(extraction: Extraction) -> None:
    names = ("dates", "outlets", "titles", "urls", "credits")
    reworded: dict[str, Any] = {
        name: tuple(replace(clue, position="somewhere") for clue in getattr(extraction, name))
        for name in names
    }
    assert _record(replace(extraction, **reworded)) == _record(extraction)


def test_the_positions_of_dates_are_told_in_fields() -> None:
    document = Document(origin=ORIGIN, form=ContentForm.HTML, content=PAGE.encode())
    found = extract_document(document, Limits())
    assert isinstance(found, Extraction)
    stands = {clue.text: clue.stand for clue in found.dates}
    assert stands["2024-03-07"] is Stand.WEB_PAGE
    assert stands["2024-03-06T09:00:00Z"] is None
    assert stands["March 6, 2024, 10:00"] is Stand.AFTER_TITLE
    assert stands["March 4, 2024"] is Stand.BEFORE_TITLE


def test_a_kind_and_a_stand_that_has_no_factor_cannot_be() -> None:
    assert set(KIND_FACTORS) == set(DateKind)
    assert set(STAND_FACTORS) == set(Stand)
    assert all(source.weight >= 0 for source in DateSource)


def test_evidence_comes_back_as_it_was_found(extraction: Extraction) -> None:
    assert read_extraction(_staged(extraction), STAGED.version) == extraction


def test_a_warehouse_of_version_2_gives_the_same_record(extraction: Extraction) -> None:
    """Version 2 had no fields: what they hold stood in `place`, and nowhere else."""
    staged = json.loads(_with_places(extraction))
    for clue in (*staged["dates"], *staged["outlets"]):
        for name in ("name", "stand", "line", "href", "count", "total"):
            clue.pop(name, None)
    again = read_extraction(json.dumps(staged), 2)
    assert again == extraction
    assert _record(again) == _record(extraction)


def test_a_warehouse_of_version_3_gives_the_same_evidence(extraction: Extraction) -> None:
    """Version 3 had the fields, said `place`, and called a sign-off a signature."""
    sign_off = Block(line=9, text="Post", kind=BlockKind.SIGN_OFF, reason="outlet_under_article")
    signed = replace(extraction, blocks=(sign_off,))
    staged = _with_places(signed).replace('"sign_off"', '"signature"')
    assert read_extraction(staged, 3) == signed


@pytest.mark.parametrize("version", [2, STAGED.version])
@pytest.mark.parametrize(
    ("clues", "told"),
    [
        ({"dates": [{"text": "6 May", "source": "oracle", "position": "p"}]}, "'oracle' as dates"),
        (
            {"outlets": [{"text": "Post", "source": "rumour", "position": "p"}]},
            "'rumour' as outlets",
        ),
        ({"titles": [{"text": "Rain", "source": "dream", "position": "p"}]}, "'dream' as titles"),
    ],
)
def test_an_unknown_source_is_an_error(clues: dict[str, Any], told: str, version: int) -> None:
    staged = json.dumps({"form": "html", "text": "", **clues})
    with pytest.raises(EvidenceError, match=told):
        read_extraction(staged, version)


def test_the_links_of_version_2_are_counted() -> None:
    clue = {"text": "post.com", "source": "host_of_links", "position": "a href, 8 of 10"}
    staged = json.dumps({"form": "html", "text": "", "outlets": [clue]})
    (found,) = read_extraction(staged, 2).outlets
    assert (found.source, found.count, found.total) == (OutletSource.HOST_OF_LINKS, 8, 10)
