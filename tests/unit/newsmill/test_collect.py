"""`newsmill collect`: what it refuses before anything is started."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from newsmill.collect import collect


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--only", "harbour-pots"), "the sources file has no outlet harbour-pots"),
        (("--for", "12m", "--follow"), "--for and --follow exclude each other"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    (tmp_path / "sources.toml").write_text(
        '[defaults]\ncontact = "https://example.org/bot"\n'
        '[[outlet]]\nid = "harbour-post"\nfeeds = ["https://harbourpost.example/rss"]\n'
    )
    known = {"--sources": "sources.toml", "--state": "state", "--raw": "raw"}
    options = [part for name, file in known.items() for part in (name, str(tmp_path / file))]
    finished = CliRunner().invoke(collect, [*options, *given])
    assert finished.exit_code == 2
    assert said in finished.output
    assert not (tmp_path / "state").exists()
