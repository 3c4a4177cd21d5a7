"""The digest of sources: another whenever code or a table of words is another, and only then."""

from tasks.lineage.sources import digest_sources


def test_it_covers_code_and_tables_of_words() -> None:
    everything = digest_sources("schemas")
    assert everything == digest_sources("schemas")
    assert everything != digest_sources(
        "schemas", leave_out=["schemas/languages/compiled/dumps.json"]
    )
    assert everything != digest_sources("schemas", leave_out=["schemas/reasons.py"])
    assert everything == digest_sources("schemas", leave_out=["schemas/outlets.csv"])


def test_a_library_counts_as_code_does() -> None:
    assert digest_sources("schemas", libraries=["1.0"]) != digest_sources("schemas")
