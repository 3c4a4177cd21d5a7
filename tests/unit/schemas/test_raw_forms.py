"""What the name of a file says of its form."""

from pathlib import Path

import pytest

from schemas.raw_forms import RAW_FORMS, FileForm, RawKind, raw_form_of


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("a/b.warc", FileForm(RawKind.WARC, None, is_sliced=True, is_entered=True)),
        ("a/B.WARC.GZ", FileForm(RawKind.WARC, "gzip", is_sliced=True, is_entered=True)),
        ("a/b.warc.zst", FileForm(RawKind.WARC, "zstd")),
        ("b.jsonl", FileForm(RawKind.JSONL, None, is_sliced=True, is_entered=True)),
        ("b.jsonl.gz", FileForm(RawKind.JSONL, "gzip")),
        ("b.parquet", FileForm(RawKind.PARQUET, None, is_sliced=True)),
        ("b.parquet.gz", FileForm(RawKind.LOOSE)),
        ("b.jsonl.xz", FileForm(RawKind.JSONL, "xz")),
        ("b.arc.gz", FileForm(RawKind.ARC, "gzip")),
        ("b.wacz", FileForm(RawKind.ZIP)),
        ("b.tar.bz2", FileForm(RawKind.TAR, "bzip2")),
        ("b.tgz", FileForm(RawKind.TAR)),
        ("feed.xml", FileForm(RawKind.FEED)),
        ("b.zip!c/d.warc", FileForm(RawKind.WARC, None, is_sliced=True, is_entered=True)),
        ("a.warc/b.html", FileForm(RawKind.LOOSE)),
        ("warc", FileForm(RawKind.LOOSE)),
    ],
)
def test_a_form_is_told_by_the_name(path: str, form: FileForm) -> None:
    assert raw_form_of(path) == form


def test_every_kind_of_container_has_names_of_its_own() -> None:
    assert {form.kind for form in RAW_FORMS} == set(RawKind) - {RawKind.LOOSE}
    suffixes = [suffix for form in RAW_FORMS for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_the_page_in_docs_names_every_suffix() -> None:
    page = (Path(__file__).parents[3] / "docs" / "raw-forms.md").read_text(encoding="utf-8")
    names = [suffix for form in RAW_FORMS for suffix in form.suffixes]
    assert [name for name in names if f"`{name}`" not in page] == []
