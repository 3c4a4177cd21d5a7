"""A made-up newspaper on loopback, for trying out `newsmill collect` without the open network.

    python examples/collecting/world.py [--port 8070]

The Harbour Post of this world has a feed, a news sitemap, a robots.txt and twelve articles, of
which only some print their date. One is corrected after it was read for the first time. Eight older
articles are in the sitemaps of an archive, which robots.txt names. It serves until Ctrl-C.
"""

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

ARTICLES = 12
# Those of the archive, by their numbers; the first ones are of January.
PAST = range(100, 108)
# The article that is corrected.
CORRECTED = 7
CORRECTION = "Correction: an earlier version said that the work was done already."
_FIRST = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
_FIRST_PAST = datetime(2026, 1, 4, 6, 30, tzinfo=UTC)
_SUBJECTS = ("ferry terminal", "fish market", "breakwater", "library roof", "tram line", "lido")
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_TEXT = (
    "The council met on the quay to hear how the {subject} is coming along. The engineer said that"
    " the work would be done before the summer, and that it would cost no more than was agreed."
    " Neighbours asked about the noise in the early hours, and were told that it would end soon."
)


def published(number: int) -> datetime:
    """Returns when an article was published."""
    if number in PAST:
        return _FIRST_PAST + timedelta(days=6 * (number - PAST.start))
    return _FIRST + timedelta(hours=7 * number)


def prints_date(number: int) -> bool:
    """Tells whether an article's page prints its date; the feed always has it."""
    return number % 2 == 0 or number in PAST


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    read: ClassVar[Counter[int]] = Counter()

    def do_GET(self) -> None:
        """Answers as a small newspaper does."""
        here = f"http://{self.headers['Host']}"
        if self.path == "/rss":
            self._send("application/rss+xml", _feed(here))
        elif self.path == "/news-sitemap.xml":
            self._send("application/xml", _sitemap(here))
        elif self.path == "/robots.txt":
            rules = f"User-agent: *\nDisallow: /search\nSitemap: {here}/sitemap.xml\n"
            self._send("text/plain", rules)
        elif self.path == "/sitemap.xml":
            self._send("application/xml", _index(here))
        elif self.path.startswith("/sitemaps/"):
            self._send("application/xml", _archive(here, self.path.rpartition("/")[2][:7]))
        elif self.path.startswith("/news/"):
            number = int(self.path.rpartition("-")[2])
            self._send("text/html; charset=utf-8", page(number, self.read[number] > 0))
            self.read[number] += 1
        else:
            self._send("text/plain", "not here", status=404)

    def _send(self, kind: str, text: str, status: int = 200) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


def page_path(number: int) -> str:
    """Returns where an article lies on the site."""
    subject = _SUBJECTS[number % len(_SUBJECTS)].replace(" ", "-")
    return f"/news/council-hears-of-the-{subject}-{number}"


def _title(number: int) -> str:
    return f"Council hears of the {_SUBJECTS[number % len(_SUBJECTS)]}, part {number + 1}"


def _feed(here: str) -> str:
    # The last title tries to write a field of its own into the archive.
    titles = [_title(number) for number in range(ARTICLES - 1)]
    titles.append("A ferry&#13;&#10;feed.pubDate: 1999-01-01")
    items = "".join(
        f"<item><title>{titles[number]}</title><link>{here}{page_path(number)}</link>"
        f"<guid isPermaLink='false'>{number}</guid>"
        f"<pubDate>{format_datetime(published(number))}</pubDate></item>"
        for number in reversed(range(ARTICLES))
    )
    return f"<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>"


def _index(here: str) -> str:
    months = dict.fromkeys(f"{published(number):%Y-%m}" for number in PAST)
    sitemaps = "".join(
        f"<sitemap><loc>{here}/sitemaps/{month}.xml</loc></sitemap>" for month in months
    )
    return f"<sitemapindex xmlns='{_SITEMAPS}'>{sitemaps}</sitemapindex>"


def _archive(here: str, month: str) -> str:
    return _urlset(
        f"<url><loc>{here}{page_path(number)}</loc>"
        f"<lastmod>{published(number).isoformat()}</lastmod></url>"
        for number in PAST
        if f"{published(number):%Y-%m}" == month
    )


def _urlset(urls: Iterable[str]) -> str:
    return f"<urlset xmlns='{_SITEMAPS}' xmlns:news='{_NEWS}'>{''.join(urls)}</urlset>"


def _sitemap(here: str) -> str:
    return _urlset(
        f"<url><loc>{here}{page_path(number)}</loc><news:news><news:title>{_title(number)}"
        f"</news:title><news:publication_date>{published(number).isoformat()}"
        "</news:publication_date></news:news></url>"
        for number in range(ARTICLES)
    )


def page(number: int, is_known: bool = False) -> str:
    """Returns an article's page; a corrected one where its first state is known."""
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    printed = published(number).isoformat()
    date = f'<meta property="article:published_time" content="{printed}">'
    text = "".join(f"<p>{_TEXT.format(subject=subject)}</p>" for _ in range(4))
    if number == CORRECTED and is_known:
        text += f"<p>{CORRECTION}</p>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{_title(number)}</title>"
        f'<meta property="og:site_name" content="Harbour Post">{date * prints_date(number)}</head>'
        f"<body><article><h1>{_title(number)}</h1>{text}</article></body></html>"
    )


def main() -> None:
    """Serves until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8070)
    port = parser.parse_args().port
    with ThreadingHTTPServer(("127.0.0.1", port), _Handler) as server:
        print(f"the Harbour Post is at http://127.0.0.1:{server.server_address[1]}/rss", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
