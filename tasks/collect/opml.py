"""Subscriptions of feed readers (OPML 1.0 and 2.0)."""

from dataclasses import dataclass

from tasks.collect.broken_xml import read_tree
from tasks.collect.feed_model import absolute, on_one_line

# OPML 2.0 says xmlUrl and htmlUrl; readers write the names in other cases too.
_FEED, _SITE, _TITLES = "xmlurl", "htmlurl", ("title", "text")


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that somebody reads.

    Attributes:
        feed: its address.
        site: of the site it belongs to, "" where it does not say.
        title: as the reader shows it.
    """

    feed: str
    site: str = ""
    title: str = ""


class OpmlError(ValueError):
    """A file that is no OPML, or holds no feed."""


def parse_opml(content: bytes) -> tuple[Subscription, ...]:
    """Reads the feeds of an OPML file, in order, each address once; folders are seen through.

    Raises:
        OpmlError: there are none.
    """
    root, fault = read_tree(content, None)
    found: dict[str, Subscription] = {}
    for outline in root.iter("{*}outline") if root is not None else ():
        given = {
            str(name).rpartition("}")[2].lower(): on_one_line(str(value))
            for name, value in outline.attrib.items()
        }
        feed = absolute(given.get(_FEED))
        if feed is not None:
            title = next((given[name] for name in _TITLES if given.get(name)), "")
            site = absolute(given.get(_SITE)) or ""
            found.setdefault(feed, Subscription(feed, site, title))
    if not found:
        raise OpmlError(fault or "no outline with an xmlUrl")
    return tuple(found.values())
