"""What normalization can produce meets every pattern that validation asks of its column."""

import re
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.hosting import HOSTED_BY_PATH, HOSTED_BY_SUBDOMAIN
from schemas.tables import STAGED
from tasks.extract.evidence import Extraction, OutletClue, OutletSource, TextClue, TextSource
from tasks.normalize.normalize_document import normalize_document
from tasks.normalize.outlets.resolve_outlet import resolve_outlet
from tasks.normalize.record import Record
from tasks.normalize.reference import Reference, ReferenceSource, load_reference
from tasks.read.document import ContentForm, Origin

_PATTERNS = {
    column.name: re.compile(dict(check.arguments)["regex"])
    for column in STAGED.columns
    for check in column.checks
    if check.expectation == "ExpectColumnValuesToMatchRegex"
}
_LENGTHS = {
    column.name: dict(check.arguments)
    for column in STAGED.columns
    for check in column.checks
    if check.expectation == "ExpectColumnValueLengthsToBeBetween"
}
_HOSTS = st.sampled_from([*sorted(HOSTED_BY_PATH), *sorted(HOSTED_BY_SUBDOMAIN), "example.az"])
_PART = st.text(max_size=12) | st.sampled_from(
    ["watch", "p", "a", "wall-1_2", "@name", "channel", "groups", "permalink.php", "~", "a|b", ".."]
)
_URLS = st.one_of(
    st.builds(
        lambda face, host, parts: f"https://{face}{host}/{'/'.join(parts)}",
        st.sampled_from(["", "www.", "m.", "az-az.", "somebody.", "ФОО.", "x" * 63 + "."]),
        _HOSTS,
        st.lists(_PART, max_size=4),
    ),
    st.builds(
        lambda labels: f"http://{'.'.join(labels)}/a",
        st.lists(st.from_regex(r"[a-zа-я0-9_-]{1,63}", fullmatch=True), min_size=1, max_size=4),
    ),
    st.text(max_size=40),
)
_CLUES = st.builds(
    OutletClue,
    text=st.text(max_size=80) | _URLS,
    source=st.sampled_from(OutletSource),
    position=st.just("p"),
)
_ADDRESSES = st.builds(
    TextClue,
    text=_URLS,
    source=st.sampled_from([TextSource.CANONICAL, TextSource.OG_URL, TextSource.JSON_LD]),
    position=st.just("p"),
)


@cache
def _reference() -> Reference:
    return load_reference(ReferenceSource())


def _opened(url: str | None) -> str | None:
    """An address that a page can have been fetched from: what arrives with it is kept as it is."""
    return url if url and _PATTERNS["url"].search(url) else None


def _faults(record: Record) -> list[str]:
    values = {name: getattr(record, name) for name in (*_PATTERNS, *_LENGTHS)}
    found = [
        f"{name}: {values[name]!r}"
        for name, pattern in _PATTERNS.items()
        if values[name] is not None and not pattern.search(values[name])
    ]
    return found + [
        f"{name}: {values[name]!r}"
        for name, limits in _LENGTHS.items()
        if values[name] is not None
        and not limits["min_value"] <= len(values[name]) <= limits["max_value"]
    ]


@settings(deadline=None)
@given(
    url=st.none() | _URLS,
    clues=st.lists(_CLUES, max_size=5),
    addresses=st.lists(_ADDRESSES, max_size=3),
)
def test_what_a_document_is_recorded_as_meets_the_patterns(
    url: str | None, clues: list[OutletClue], addresses: list[TextClue]
) -> None:
    origin = Origin(raw_path="a.html", raw_digest="f" * 64, url=_opened(url))
    extraction = Extraction(
        form=ContentForm.HTML,
        text="A quay.",
        title="A quay",
        language="en",
        urls=tuple(addresses),
        outlets=tuple(clues),
    )
    record = normalize_document(origin, extraction, _reference())
    assert _faults(record) == []
    for registry in (None, _reference().registry):
        outlet = resolve_outlet(clues, url, addresses, "en", registry)
        assert outlet.outlet_id is None or _PATTERNS["outlet_id"].search(outlet.outlet_id)
        assert outlet.country is None or _PATTERNS["outlet_country"].search(outlet.country)
        assert outlet.name is None or len(outlet.name) <= _LENGTHS["outlet_name"]["max_value"]


def test_the_patterns_are_those_of_the_columns() -> None:
    assert {"article_id", "canonical_url", "outlet_id", "outlet_country"} <= set(_PATTERNS)
