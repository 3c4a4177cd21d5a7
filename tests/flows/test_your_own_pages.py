"""What docs/your-own-pages.md says works as it stands, on a folder that is laid out as it says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.conftest import PROJECT, Command

DOCUMENT = (PROJECT / "docs" / "your-own-pages.md").read_text(encoding="utf-8")
ARTICLE = """<!doctype html><html lang="en"><head><title>Quay four is open again</title></head>
<body><article><h1>Quay four is open again</h1><p class="date">5 March 2024</p>
<p>The harbour office has mended quay four after weeks of work that cost $5.4 million.</p>
<p>Boats may moor there again, the harbour master said, and the fish market opens beside it.</p>
<p>The ferry to the island leaves from the old jetty until the end of the month, she said.</p>
</article></body></html>"""


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.S)


def test_the_page_works_from_top_to_bottom(newsmill: Command, tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "desk" / "2024-03-05"
    folder.mkdir(parents=True)
    for name in ("quay.html", "story.php", "index.html?p=123"):
        (folder / name).write_text(ARTICLE.replace("four", f"four ({name})"))
    (sidecar,) = _blocks("json")
    (folder / "quay.html.meta.json").write_text(sidecar)

    for command in "".join(_blocks("console")).splitlines():
        _, program, *words = shlex.split(command)
        assert program == "newsmill"
        finished = newsmill(*words, cwd=tmp_path)
        assert finished.returncode == 0, finished.stderr
        assert finished.stdout.strip()
    (code,) = _blocks("python")
    asked = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    # The page whose address is known has an outlet; of the others no evidence names one.
    assert "Harbourpost" in asked.stdout or "harbourpost.example" in asked.stdout
