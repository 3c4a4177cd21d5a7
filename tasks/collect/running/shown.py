"""What a source shows when it is polled, whatever its form."""

from collections.abc import Callable
from dataclasses import dataclass

from tasks.collect.exchange import Answer
from tasks.collect.memory.standings import Source, SourceKind

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An article that a source names.

    Attributes:
        url: absolute.
        fields: what the source says of it, by the names that the archive has for them.
    """

    url: str
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class ShownSitemap:
    """A sitemap that an index names, with what it says of its last change.

    Attributes:
        url: absolute.
        lastmod: as printed.
        changed_at: epoch seconds, where that is an instant or a day.
    """

    url: str
    lastmod: str | None = None
    changed_at: float | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a source shows.

    Attributes:
        kind: what the source turned out to be.
        entries: articles, as printed; of an ordinary sitemap those that changed lately, because it
            names all of an archive.
        is_empty: it names nothing at all.
        sitemaps: of an index.
        hint_s: how long it asks to be left alone.
    """

    kind: SourceKind
    entries: tuple[ShownEntry, ...] = ()
    sitemaps: tuple[ShownSitemap, ...] = ()
    is_empty: bool = False
    hint_s: float | None = None


ReadSource = Callable[[Source, Answer], Shown]
