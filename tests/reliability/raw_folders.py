"""Small raw folders: pages and exports of a few articles, with revisions, copies and moves."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

FIRST_DAY = date(2024, 3, 5)
# Days of publication in three months; None is a page that tells none, which is rejected.
PUBLISHED = (date(2024, 1, 30), date(2024, 2, 1), date(2024, 2, 2), date(2024, 3, 4), None)
_ZONE = timezone(timedelta(hours=4))
_STORIES = (
    "The harbour office opened pier {n} to ferries and said that crews had cleared {n}5 boats.",
    "Growers in valley {n} began the plum harvest early and counted {n}7 crates on the first day.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched.

    Attributes:
        article: its address.
        published: what it says of its publication, by position in PUBLISHED.
        story: its text; two articles with one story are near-duplicates.
        landing: the day on which it lands and is fetched, after FIRST_DAY.
        exported: in the day's JSON lines, else a file of its own.
        priced: whether it names an amount of money.
        dumped: whether it comes as text that names its outlet and no address.
    """

    article: int
    published: int = 3
    story: int = 0
    landing: int = 0
    exported: bool = False
    priced: bool = True
    dumped: bool = False

    @property
    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.landing)

    @property
    def url(self) -> str:
        return f"https://harbourpost.example/news/story-{self.article}"

    @property
    def sentences(self) -> list[str]:
        sentences = [_STORIES[self.story].format(n=number) for number in range(2, 9)]
        if self.priced:
            sentences[0] += f" It cost ${self.article + 1} million."
        return sentences

    @property
    def dump(self) -> str:
        day = PUBLISHED[self.published]
        lines = [f"Story {self.article}", "Harbour Post", f"{day:%d %B %Y}" if day else "Today"]
        return "\n".join([*lines, *self.sentences, "© 2024 Harbour Post"])

    @property
    def html(self) -> str:
        day = PUBLISHED[self.published]
        stamp = '<meta property="og:site_name" content="Harbour Post">' + (
            f'<meta property="article:published_time" content="{day}T09:00:00+04:00">'
            if day
            else ""
        )
        paragraphs = "".join(f"<p>{sentence}</p>" for sentence in self.sentences)
        return (
            f'<html lang="en"><head><title>Story {self.article}</title>{stamp}'
            f'<link rel="canonical" href="{self.url}"></head>'
            f"<body><article><h1>Story {self.article}</h1>{paragraphs}</article></body></html>"
        )


def write_pages(raw: Path, pages: Iterable[Page]) -> list[Path]:
    """Writes pages below a raw folder and returns the files, each of which may land by itself."""
    files: dict[Path, None] = {}
    for number, page in enumerate(pages):
        fetched = datetime.combine(page.day, time(12, number), _ZONE).isoformat()
        if page.exported:
            path = raw / "export" / str(page.day) / "pages.jsonl"
            row = {"url": page.url, "html": page.html, "fetched_at": fetched}
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a") as file:
                file.write(json.dumps(row) + "\n")
        else:
            name = f"{number}.txt" if page.dumped else f"{number}.html"
            path = raw / "desk" / str(page.day) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.dump if page.dumped else page.html)
        files[path] = None
    return list(files)
