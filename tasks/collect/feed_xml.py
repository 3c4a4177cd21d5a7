"""Feeds written in XML: RSS 0.9 to 2.0, RDF and Atom, as far as they can be read."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from tasks.collect.broken_xml import read_tree
from tasks.collect.feed_model import MAX_ENTRIES, Feed, FeedEntry, absolute, on_one_line

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# Vocabularies whose words mean in an entry what they say; media:title, say, is a picture's.
_VOCABULARIES = frozenset(
    {
        "",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://www.w3.org/2005/Atom",
        "http://purl.org/atom/ns#",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "http://rssnamespace.org/feedburner/ext/1.0",
        "http://purl.org/rss/1.0/modules/syndication/",
    }
)
# Their prefixes, for feeds that forget to declare them.
_PREFIXES = frozenset({"rdf", "atom", "dc", "dcterms", "feedburner", "sy"})
# What the words of an entry stand for, in lower case.
_WORDS = {
    "link": "link",
    "origlink": "original",
    "guid": "guid",
    "id": "guid",
    "title": "title",
    "pubdate": "published",
    "published": "published",
    "issued": "published",
    "date": "date",
    "created": "date",
    "updated": "updated",
    "modified": "updated",
}
_ENTRY = frozenset({"item", "entry"})
# PHP prints its warnings before the feed.
_START = re.compile(rb"<\?xml\s|<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_ROOT_BYTES = 64 * 1024
_MAX_DIGITS = 7
_HOURS = 24
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
# What a feed says of itself; of lists the entries, of links these relations: RFC 5005, 4 and 3.
_LISTS = frozenset({"skiphours", "skipdays"})
_ABOUT = _LISTS | {"ttl", "updateperiod", "updatefrequency", "generator", "link"}
_OLDER = ("prev-archive", "next")
_PERIODS_S = {
    "hourly": 3600.0,
    "daily": 86_400.0,
    "weekly": 7 * 86_400.0,
    "monthly": 30 * 86_400.0,
    "yearly": 365 * 86_400.0,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_xml(body: bytes, url: str, charset: str | None) -> Feed:
    """Reads a feed written in XML; see `parse_feed`."""
    start = _START.search(body[:_ROOT_BYTES])
    root, fault = read_tree(body[start.start() :] if start else body, charset)
    if root is None or _word_of(root.tag) not in _ROOTS:
        return Feed(fault="neither RSS, Atom, RDF nor JSON Feed")
    entries: dict[str, FeedEntry] = {}
    about: dict[str, list[str]] = {}
    for element in _parts_of(root):
        word = _word_of(element.tag)
        if word in _ENTRY:
            entry = _read_entry(element, url)
            if entry is not None and len(entries) < MAX_ENTRIES:
                entries.setdefault(entry.url, entry)
        elif word in _ABOUT:
            _read_about(element, word, about)
    return _make_feed(tuple(entries.values()), about, url, fault)


def _parts_of(root: "etree._Element") -> Iterator["etree._Element"]:
    """Yields what a feed says of itself, and its entries, in any of the forms that there are."""
    for child in root:
        yield child
        if _word_of(child.tag) == "channel":
            yield from child


def _read_about(element: "etree._Element", word: str, about: dict[str, list[str]]) -> None:
    if word == "link":
        relation = element.get("rel", "")
        if relation in _OLDER and (href := element.get("href")):
            about.setdefault(relation, []).append(href)
    elif word in _LISTS:
        about.setdefault(word, []).extend(map(_text_of, element))
    else:
        about.setdefault(word, []).append(_text_of(element))


def _make_feed(
    entries: tuple[FeedEntry, ...], about: dict[str, list[str]], url: str, fault: str | None
) -> Feed:
    first = {word: texts[0] for word, texts in about.items() if texts}
    period = _PERIODS_S.get(first.get("updateperiod", "").lower())
    frequency = _number(first.get("updatefrequency", "1")) or 1
    ttl = _number(first.get("ttl", ""))
    hours = map(_number, about.get("skiphours", ()))
    days = (day.lower() for day in about.get("skipdays", ()))
    older = (first.get(relation) for relation in _OLDER)
    return Feed(
        entries=entries,
        fault=fault,
        ttl_s=ttl * 60.0 if ttl else None,
        update_s=period / frequency if period else None,
        # Netscape counted the hours from 1 to 24.
        skip_hours=frozenset(
            hour % _HOURS for hour in hours if hour is not None and hour <= _HOURS
        ),
        skip_days=frozenset(_DAYS.index(day) for day in days if day in _DAYS),
        next_page=absolute(next(filter(None, older), None), url),
        generator=first.get("generator", ""),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else None


@lru_cache(maxsize=1024)
def _word_of(tag: object) -> str:
    """Returns the word of a tag in lower case, "" where it is of a vocabulary that is not ours."""
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag.rpartition("}")
    prefix, _, word = name.rpartition(":")
    if namespace[1:] not in _VOCABULARIES or (prefix and prefix.lower() not in _PREFIXES):
        return ""
    return word.lower()


@lru_cache(maxsize=1024)
def _meaning_of(tag: object) -> str | None:
    return _WORDS.get(_word_of(tag))


def _read_entry(element: "etree._Element", url: str) -> FeedEntry | None:
    found: dict[str, str] = {}
    for child in element:
        word = _meaning_of(child.tag)
        if word is None:
            continue
        if word == "link":
            _read_link(child, found)
        elif word not in found and (text := _text_of(child)):
            found[word] = text
            if word == "guid":
                found["permalink"] = child.get("isPermaLink", "true").lower()
    guid = found.get("guid", "")
    printed = found.get("original") or found.get("link") or found.get("other")
    if not printed and found.get("permalink") == "true" and guid.startswith(("http:", "https:")):
        printed = guid
    address = absolute(printed, url, *_bases_of(element, printed))
    if address is None:
        return None
    return FeedEntry(
        address,
        guid,
        found.get("title", ""),
        found.get("published") or found.get("date", ""),
        found.get("updated", ""),
    )


def _read_link(element: "etree._Element", found: dict[str, str]) -> None:
    """Takes in an entry's link: text in RSS; in Atom an attribute, and of one relation."""
    href = element.get("href")
    text = href if href is not None else _text_of(element)
    if not text:
        return
    is_alternate = element.get("rel", "alternate") == "alternate"
    is_page = "html" in element.get("type", "html")
    if is_alternate:
        found.setdefault("link" if is_page else "other", text)


def _bases_of(element: "etree._Element", printed: str | None) -> Iterator[str]:
    """Yields the values of xml:base that hold for an entry, the outermost first."""
    if printed and not printed.startswith(("http:", "https:")):
        above = [element, *element.iterancestors()]
        yield from (base for node in reversed(above) if (base := node.get(_BASE)))


def _text_of(element: "etree._Element") -> str:
    text = element.text
    if len(element):
        text = str(element.xpath("string()"))
    return on_one_line(text) if text else ""
