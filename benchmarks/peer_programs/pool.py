"""A pool of processes that pulls texts out of a WARC with a library of others.

    python pool.py LIBRARY ARCHIVE.warc.gz OUT.jsonl WORKERS

It runs in the library's environment, so it imports nothing of newsmill. The parent reads records
with warcio and writes an object a line: `url`, `text`, and what else the library finds. The
libraries `lxml` and `lexbor` only parse: they are the floor of any of the others.
"""

import json
import sys
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from typing import Any

from warcio.archiveiterator import ArchiveIterator

_CHUNK = 8
Work = tuple[str, bytes]


def _trafilatura(url: str, content: bytes) -> dict[str, Any]:
    from trafilatura import bare_extraction

    found = bare_extraction(content, url=url, with_metadata=True)
    if found is None:
        return {}
    fields = found if isinstance(found, dict) else found.as_dict()
    return {name: fields[name] for name in ("text", "title", "author", "date")}


def _newspaper4k(url: str, content: bytes) -> dict[str, Any]:
    from newspaper import Article

    # Else it would fetch the page's pictures.
    article = Article(url, fetch_images=False)
    article.download(input_html=content.decode("utf-8", errors="replace"))
    article.parse()
    return {"text": article.text, "title": article.title, "date": str(article.publish_date)}


def _resiliparse(_url: str, content: bytes) -> dict[str, Any]:
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(_lexbor_tree(content), main_content=True)}


def _lexbor(_url: str, content: bytes) -> dict[str, Any]:
    return {"text": _lexbor_tree(content).body.tag}


def _lexbor_tree(content: bytes) -> Any:
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    return HTMLTree.parse_from_bytes(content, detect_encoding(content, html5_compatible=True))


def _lxml(_url: str, content: bytes) -> dict[str, Any]:
    from lxml.html import HTMLParser, document_fromstring

    return {"text": document_fromstring(content, parser=HTMLParser(encoding="utf-8")).tag}


LIBRARIES: dict[str, Callable[[str, bytes], dict[str, Any]]] = {
    "trafilatura": _trafilatura,
    "newspaper4k": _newspaper4k,
    "resiliparse": _resiliparse,
    "lexbor": _lexbor,
    "lxml": _lxml,
}


def _pages(path: str) -> Iterator[Work]:
    with open(path, "rb") as stream:  # noqa: PTH123 - the peer's way
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                yield url, record.content_stream().read()


class _Extract:
    """Calls a library on a page; what it fails on is a page without a text."""

    def __init__(self, library: str) -> None:
        self._library = library

    def __call__(self, page: Work) -> str:
        url, content = page
        try:
            found = LIBRARIES[self._library](url, content)
        except Exception as error:  # noqa: BLE001 - the libraries raise anything
            found = {"error": repr(error)}
        return json.dumps({"url": url, **found})


def main(library: str, archive: str, out: str, workers: str) -> None:
    """Writes what the library finds on each page."""
    with Pool(int(workers)) as pool, open(out, "w", encoding="utf-8") as lines:  # noqa: PTH123
        for line in pool.imap(_Extract(library), _pages(archive), _CHUNK):
            lines.write(line + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
