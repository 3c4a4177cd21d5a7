"""The text of a feed's entry: the article's, or an excerpt of it."""

import re
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urljoin

from lxml import etree, html

from tasks.read.document import ContentForm

ATOM = "{http://www.w3.org/2005/Atom}"
RSS_1 = "{http://purl.org/rss/1.0/}"
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
# How a text shows that it goes on elsewhere: by a sign, or by a link to the article itself.
_CUT = re.compile(r"(?:…|\.{3})[\s\]»>→]*$")
_LAST_LINK = re.compile(
    r"""<a\s[^>]*href=["']([^"'>#]+)[^>]*>(?:(?!</a>).)*</a>(?:\s|</?\w[^>]*>|[.…\]»→])*$""",
    re.DOTALL,
)
_END_CHARACTERS = 2_000
# RSS 2.0 calls `description` the synopsis; a longer one of several paragraphs is the text.
_SYNOPSIS_CHARACTERS = 1_000
_PARAGRAPH = re.compile(r"</p\s*>|<br\s*/?>\s*<br|\n\s*\n", re.IGNORECASE)
# WordPress ends each entry with "The post <its link> appeared first on <the site>", in any tongue.
_FOOTER = re.compile(
    r"""<p>[^<]*<a\s[^>]*href=["']([^"'>]+)["'][^>]*>[^<]*</a>[^<]*"""
    r"""<a\s[^>]*href=["']([^"'>]+)["'][^>]*>[^<]*</a>[^<]*</p>\s*$"""
)


@dataclass(frozen=True, slots=True)
class FeedText:
    """An entry's text, as the feed gives it."""

    content: str
    form: ContentForm
    is_synopsis: bool = False


def text_of(element: "etree._Element") -> FeedText | None:
    """Give the text of an entry; of several, the longest that is meant to be whole."""
    contents = [
        FeedText(node.text, ContentForm.HTML) for node in element.findall(_ENCODED) if node.text
    ]
    contents += filter(None, map(_atom_text, element.findall(f"{ATOM}content")))
    if contents:
        return max(contents, key=lambda text: len(text.content))
    for tag in ("description", f"{RSS_1}description", f"{ATOM}summary"):
        node = element.find(tag)
        if node is not None and node.text and node.text.strip():
            return FeedText(node.text, ContentForm.HTML, is_synopsis=True)
    return None


def without_footer(text: FeedText | None, url: str | None) -> FeedText | None:
    """Take off the last paragraph where it links to the entry and to its site, and to no more."""
    if text is None or url is None or text.form is ContentForm.TEXT:
        return text
    begin = max(len(text.content) - _END_CHARACTERS, 0)
    footer = _FOOTER.search(text.content, begin)
    if footer is None:
        return text
    own, site = map(unescape, footer.groups())
    if own.rstrip("/") != url.rstrip("/") or not url.startswith(site.rstrip("/")):
        return text
    return replace(text, content=text.content[: footer.start()])


def _atom_text(node: "etree._Element") -> FeedText | None:
    """Read Atom's content (RFC 4287, 4.1.3); what lies elsewhere or is no text gives none."""
    kind = node.get("type", "text").lower()
    if kind in ("xhtml", "application/xhtml+xml"):
        parts = [node.text or "", *(etree.tostring(child, encoding="unicode") for child in node)]
        content = "".join(parts)
    else:
        content = node.text or ""
    if not content.strip() or node.get("src"):
        return None
    if kind in ("html", "text/html", "xhtml", "application/xhtml+xml"):
        return FeedText(content, ContentForm.HTML)
    return FeedText(content, ContentForm.TEXT) if kind in ("text", "text/plain") else None


def is_excerpt(text: FeedText, url: str | None) -> bool:
    """Tell whether a text is not the whole of the article.

    Args:
        text: as the feed gives it.
        url: of the article.
    """
    plain = plain_words(text)
    if not plain or _CUT.search(plain[-_END_CHARACTERS:]) or _leads_on(text, url):
        return True
    is_long = len(plain) >= _SYNOPSIS_CHARACTERS and _PARAGRAPH.search(text.content.strip())
    return text.is_synopsis and not is_long


def _leads_on(text: FeedText, url: str | None) -> bool:
    """Tell whether a text ends in a link to the article: "Read more", in any language."""
    link = _LAST_LINK.search(text.content[-_END_CHARACTERS:])
    if link is None or url is None:
        return False
    try:
        return urljoin(url, unescape(link[1])).rstrip("/") == url.rstrip("/")
    except ValueError:
        return False


def plain_words(text: FeedText) -> str:
    """Give the visible words."""
    words = text.content
    if text.form is ContentForm.HTML:
        try:
            words = " ".join(map(str, html.fromstring(f"<div>{words}</div>").itertext()))
        except (etree.ParserError, ValueError):
            return ""
    return " ".join(words.split())
