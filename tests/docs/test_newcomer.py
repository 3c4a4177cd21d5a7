"""A newcomer's way: own pages, what README and docs/your-own-pages.md say, a first answer."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docs.readers import Reader, lay_out_clone, shell_environment
from tests.documents import RUNNABLE, SHELL, read_blocks
from tests.unit.read.archives import http, lay_out, warc_record

PAGE = """<!doctype html><html lang="en"><head><title>Quay {number} is open again</title>
<meta property="og:site_name" content="{outlet}"></head>
<body><article><h1>Quay {number} is open again</h1><p class="date">{day} March 2024</p>
<p>The harbour office has mended quay {number} after weeks, at a cost of ${number}.4 million.</p>
<p>Boats may moor at quay {number} again, the harbour master said, and fish is sold beside it.</p>
<p>Until the end of the month the ferry from quay {number} leaves from the old jetty, she said.</p>
</article></body></html>"""
OUTLETS = ("Harbour Post", "Northgate Wire", "Fundy Shore Courier")


def _page(number: int, outlet: str = OUTLETS[0], day: int = 5) -> str:
    return PAGE.format(number=number, outlet=outlet, day=day)


def _save_pages(raw: Path) -> int:
    """Lays out pages as people have them, and says where the WACZ's record begins.

    With a date folder and without, of all kinds of names, one with a sidecar, some in archives.
    """
    desk, downloads = raw / "desk" / "2024-03-05", raw / "downloads"
    crawl = raw / "crawl" / "2024-03-09"
    for folder in (desk, downloads, crawl):
        folder.mkdir(parents=True)
    names = ("quay.html", "story.php", "index.html?p=123", "story", "Quay four.htm")
    for number, name in enumerate(names, start=4):
        (desk / name).write_text(_page(number))
    (sidecar,) = read_blocks("docs/your-own-pages.md", "json")
    (desk / "quay.html.meta.json").write_text(json.dumps(json.loads(sidecar.text)))
    for number in range(20, 43):
        name = f"{number}.html" if number % 2 else f"saved-{number}"
        (downloads / name).write_text(_page(number, OUTLETS[number % 3], day=number % 9 + 1))
    with zipfile.ZipFile(crawl / "pages.zip", "w") as archive:
        archive.writestr("news/1.html", _page(50))
    info = warc_record("warcinfo", b"", url=None, content_type="application/warc-fields")
    page = warc_record(block=http(_page(60, day=1).encode()), url="https://harbourpost.example/60")
    with zipfile.ZipFile(crawl / "crawl.wacz", "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", lay_out([info, page], "gz"))
    return len(lay_out([info], "gz"))


@pytest.fixture
def newcomer(served: Mapping[str, str], tmp_path: Path) -> Reader:
    """Somebody with pages in /data/pages, and a clone whose `make run` has been."""
    lay_out_clone(tmp_path / "newsmill")
    data = tmp_path / "data"
    data.mkdir()
    # "Your own pages" is read in a folder that holds raw/: the same pages.
    offset = _save_pages(data / "raw")
    (data / "pages").symlink_to(data / "raw")
    environment = shell_environment(served, tmp_path / "newsmill")
    stands_for = {"/data/": f"{data}/", "#1047": f"#{offset}"}
    return Reader(tmp_path / "newsmill", environment, stands_for, {"html": _page(70)})


@pytest.mark.timeout(600)
def test_from_a_folder_of_pages_to_a_first_answer(
    newcomer: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, own = read_blocks("README.md", *SHELL)[:2]
    newcomer.run(own)

    at_home = Reader(tmp_path / "data", newcomer.environment, newcomer.stands_for, newcomer.names)
    for document in ("docs/your-own-pages.md", "docs/raw-forms.md"):
        for block in read_blocks(document, *RUNNABLE):
            at_home.run(block)
    # Every page is an article, and the first answer in pandas says whose.
    articles = at_home.names["articles"]
    assert len(articles) == 30
    (quay,) = articles.loc[articles["raw_path"] == "desk/2024-03-05/quay.html", "url"]
    assert quay == "https://harbourpost.example/news/quay", "as its sidecar says"
    answer = capsys.readouterr().out
    for outlet in OUTLETS:
        assert outlet in answer
    (opened,) = [block for block in read_blocks("README.md", "python") if "open(" in block.text]
    at_home.run(opened)
    amounts = dict(at_home.names["amounts"].itertuples(index=False))
    assert list(amounts) == ["USD"]
    assert amounts["USD"] > 0
