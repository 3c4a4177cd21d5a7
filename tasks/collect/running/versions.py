"""Later versions of a page: when it is asked for again, and whether it has changed since.

What counts is what a reader sees, and what the page says of itself to machines. Tokens, nonces and
the addresses of scripts change with every answer, and are no change.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from tasks.collect.exchange import Answer
from tasks.collect.memory.pages import AGAIN, Page, Version
from tasks.extract.page.parsed_page import parse_html
from tasks.read.bytes.charsets import decode_html
from tasks.read.bytes.content_types import parse_content_type

# Open Graph's names, and JSON-LD: titles, dates, and often the text.
_STATED = "//meta[@property]/@content | //script[@type='application/ld+json']/text()"
_UNSEEN = ("script", "style", "template", "svg")
# A page that shows less is a shell, whose text is in its scripts.
_SHELL_CHARACTERS = 500


def digest_page(content: bytes, content_type: str | None) -> str:
    """Returns a digest of what a page says; it is the same where a reader sees no change.

    Args:
        content: decoded, see `Answer.decoded`.
        content_type: of its head, as printed.
    """
    charset = parse_content_type(content_type or "")[1]
    try:
        words = list(_words_of(decode_html(content, charset)))
    except etree.LxmlError:
        words = []
    said = " ".join(words).encode("utf-8", "replace") if words else content
    return hashlib.blake2b(said, digest_size=16).hexdigest()


def version_of(page: Page, answer: Answer, content: bytes, now: float) -> Version:
    """Returns what there is of a page that was just sent whole.

    Args:
        page: that was asked.
        answer: to it.
        content: of the answer, decoded.
        now: epoch seconds.
    """
    known = page.version
    return Version(
        first_at=now if known is None else known.first_at,
        digest=digest_page(content, answer.header("content-type")),
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
    )


def ask_again(page: Page, version: Version, times: Sequence[float], now: float) -> Page | None:
    """Returns a page as it is asked for once more; None where it has been so for the last time.

    Args:
        page: that was just seen.
        version: what there is of it.
        times: seconds from its first fetch to each further one. Those that have passed meanwhile
            are left out.
        now: epoch seconds.
    """
    due = next((at for after_s in times if (at := version.first_at + after_s) > now), None)
    if due is None:
        return None
    return replace(
        page,
        ask_url=page.url,
        found_at=now,
        due=due,
        rank=AGAIN,
        tries=0,
        trail=(),
        version=version,
    )


def validators_of(version: Version | None) -> tuple[tuple[str, str], ...]:
    """Returns the head fields that ask for a page only where it has changed."""
    if version is None:
        return ()
    fields = (("If-None-Match", version.etag), ("If-Modified-Since", version.last_modified))
    return tuple((name, value) for name, value in fields if value)


def _words_of(source: str) -> Iterator[str]:
    """Yields what a page says; nothing where it shows too little."""
    tree = parse_html(source)
    stated = [str(text) for text in tree.xpath(_STATED)]
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    shown = [word for text in tree.itertext() for word in text.split()]
    if sum(map(len, shown)) >= _SHELL_CHARACTERS:
        yield from shown
        yield from stated
