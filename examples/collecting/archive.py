"""A made-up archive as Common Crawl's CC-NEWS has them, for trying out `newsmill import cc-news`.

    python examples/collecting/archive.py FOLDER

The crawl has met the Harbour Post of `world.py`, a film of it, a page that was gone, and other
sites. The folder gets the archive and the list `warc.paths.gz`, whose entries lie below the folder.
"""

import argparse
import gzip
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from world import ARTICLES, page, page_path, published

SITE = "http://127.0.0.1:8070"
ENTRY = "crawl-data/CC-NEWS/2026/03/CC-NEWS-20260305000000-00001.warc.gz"


def write_crawl(folder: Path) -> Path:
    """Writes the archive and its list; returns the list."""
    file = folder / ENTRY
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        writer = WARCWriter(opened, gzip=True, warc_version="WARC/1.0")
        about = {"software": "a made-up crawler", "description": "News crawl"}
        writer.write_record(writer.create_warcinfo_record(file.name, about))
        for number in range(ARTICLES):
            _write(writer, SITE + page_path(number), page(number), number)
        _write(writer, f"{SITE}/video/ferry", page(0), 0)
        _write(writer, f"{SITE}/news/gone", "gone", 0, status="404 Not Found")
        for number in range(20):
            _write(writer, f"https://site{number}.example/a", page(number), 0)
    paths = folder / "warc.paths.gz"
    paths.write_bytes(gzip.compress(f"{ENTRY}\n".encode()))
    return paths


def _write(writer: WARCWriter, url: str, text: str, number: int, status: str = "200 OK") -> None:
    body = text.encode()
    # The crawler has decoded the body, and hides what its server said of that.
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("X-Crawler-Content-Encoding", "gzip"),
        ("Content-Length", str(len(body))),
    ]
    record = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": f"{published(number):%Y-%m-%dT%H:%M:%SZ}"},
    )
    writer.write_record(record)


def main() -> None:
    """Writes the crawl."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    print(write_crawl(parser.parse_args().folder))


if __name__ == "__main__":
    main()
