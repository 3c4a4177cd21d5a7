"""The addresses that a page gives for itself."""

import re

from tasks.extract.evidence import TextClue, TextSource
from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import ARTICLE_TYPES, nodes_of

# Browsers' "Save page as" and the SingleFile extension leave the address in a leading comment.
_SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(?P<saved>\S+)|saved with SingleFile\s+url:\s*(?P<single>\S+)", re.I
)
_COMMENT_SPAN = 4_000


def collect_addresses(page: Page) -> tuple[TextClue, ...]:
    """Collects the canonical, AMP, og:url, JSON-LD and saved-from addresses, as printed."""
    structured = page.structured
    clues = [
        TextClue(text=href, source=source, position=f"link rel={rel}")
        for wanted, source in (("canonical", TextSource.CANONICAL), ("amphtml", TextSource.AMP))
        for rel, href in structured.links
        if rel == wanted
    ]
    clues += [
        TextClue(text=content, source=TextSource.OG_URL, position="meta og:url")
        for content in structured.meta("og:url")
    ]
    for kind, node in nodes_of(structured, ARTICLE_TYPES):
        clues += [
            TextClue(text=text, source=TextSource.JSON_LD, position=f"{kind}.{key}")
            for key in ("url", "mainEntityOfPage", "@id")
            if (text := _address_in(node.get(key)))
        ]
    start = page.html[:_COMMENT_SPAN]
    if "saved" in start.lower() and (match := _SAVED_FROM.search(start)):
        text = match["saved"] or match["single"]
        clues.append(TextClue(text=text, source=TextSource.SAVED_FROM, position="comment"))
    return tuple(dict.fromkeys(clues))


def _address_in(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return value.strip()
    return None
