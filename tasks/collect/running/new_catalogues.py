"""Catalogues that nobody has read yet: the first of a backfill, and those that others lead to."""

from collections.abc import Iterator

from tasks.collect.memory.backfills import Backfill, Catalogue, CatalogueKind
from tasks.collect.planning.outlets import CollectPlan, host_key
from tasks.collect.robots import robots_url


def first_catalogues(plan: CollectPlan, backfill: Backfill, now: float) -> Iterator[Catalogue]:
    """Yields what a backfill begins with: feeds, sitemaps, and what robots.txt files name."""
    for outlet, planned in plan.outlets.items():
        if not backfill.order.covers(outlet):
            continue
        feeds, sitemaps = planned.outlet.feeds, planned.outlet.sitemaps
        kinds = (
            (CatalogueKind.SITEMAP, sitemaps),
            (CatalogueKind.ROBOTS, dict.fromkeys(map(robots_url, (*sitemaps, *feeds)))),
            (CatalogueKind.FEED, feeds),
        )
        for kind, urls in kinds:
            for url in urls:
                yield Catalogue(
                    backfill=backfill.id,
                    url=url,
                    outlet=outlet,
                    kind=kind,
                    root=url,
                    host=host_key(url) or "",
                    due=now,
                    found_at=now,
                )


def child_of(
    parent: Catalogue, url: str, kind: CatalogueKind, now: float, number: int = 1
) -> Catalogue:
    """Returns a catalogue that another leads to."""
    return Catalogue(
        backfill=parent.backfill,
        url=url,
        outlet=parent.outlet,
        kind=kind,
        root=parent.root,
        host=host_key(url) or "",
        due=now,
        found_at=now,
        number=number,
    )
