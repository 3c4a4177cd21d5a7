"""Pages that benchmarks make for themselves: the markup of a news site around made-up words."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

_PAGES_A_DAY = 1_000
_FIRST_DAY = datetime(2024, 3, 4, tzinfo=UTC)
_TEXT = """
harbour council ferry market bridge school river station library winter budget engineer said after
before the a of and to in with for from new old long open repair plan cost ticket people morning
evening street tram pier boat wind flood storm minister office vote night
"""
_WORDS = tuple(_TEXT.split())


def make_pages(raw: Path, pages: int) -> None:
    """Writes pages of an article in the markup of a news site, a thousand a landing day."""
    for number in range(pages):
        rng = random.Random(number)
        day = _FIRST_DAY + timedelta(days=number // _PAGES_A_DAY)
        path = raw / "press" / f"{day:%Y-%m-%d}" / f"{number:06}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(number, day, rng), encoding="utf-8")


def empty_pages(raw: Path, target: Path) -> None:
    """Writes empty files under the names of others."""
    for path in raw.rglob("*"):
        if path.is_file():
            empty = target / path.relative_to(raw)
            empty.parent.mkdir(parents=True, exist_ok=True)
            empty.touch()


def _page(number: int, day: datetime, rng: random.Random) -> str:
    """Returns a page of some 85 kB: menus, scripts, an article of 400 to 1,200 words, teasers."""
    title = _sentence(rng, 8)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"{day:%Y-%m-%d}T09:{number % 60:02}:00+00:00",
        "author": {"@type": "Person", "name": "A. Reporter"},
    }
    menu = "".join(
        f'<li class="menu__item"><a class="menu__link" href="/section/{n}">{_sentence(rng, 2)}</a>'
        "</li>"
        for n in range(150)
    )
    teasers = "".join(
        f'<article class="teaser"><a href="/2024/{n}"><img src="/i/{n}.jpg" alt="">'
        f'<h3 class="teaser__title">{_sentence(rng, 9)}</h3></a><p>{_sentence(rng, 18)}</p>'
        "</article>"
        for n in range(60)
    )
    paragraphs = "".join(
        f"<p>{' '.join(_sentence(rng, rng.randint(8, 24)) for _ in range(rng.randint(2, 4)))}"
        f" The work cost ${rng.randint(2, 900)} million.</p>"
        for _ in range(rng.randint(10, 25))
    )
    script = "window.state=" + json.dumps({f"key{n}": rng.random() for n in range(1_200)}) + ";"
    address = f"https://harbourpost.example/{day:%Y/%m/%d}/{number}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{address}"><meta property="og:site_name"'
        f' content="Harbour Post"><script type="application/ld+json">{json.dumps(facts)}</script>'
        f"<script>{script}</script></head><body><nav><ul>{menu}</ul></nav><main><article>"
        f"<h1>{title}</h1><div class='byline'>By A. Reporter</div>{paragraphs}</article>"
        f"<aside>{teasers}</aside></main><footer><ul>{menu}</ul></footer></body></html>"
    )


def _sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(_WORDS, k=words)).capitalize() + "."
