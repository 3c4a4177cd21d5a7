"""Raw pages of an outlet that loses its texts on the last day: the audit holds them back."""

from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2024, 3, 4)
DAYS, PAGES = 8, 5

PAGE = """<!doctype html><html lang="en"><head><title>Quay {n} is mended</title>
<meta property="og:site_name" content="Harbour Post">
<meta property="og:url" content="https://harbourpost.example/{day}/{n}">
<meta property="article:published_time" content="{day}T09:30:00+04:00"></head>
<body><article><h1>Quay {n} is mended</h1>{text}</article></body></html>"""
TEXT = """<p>The harbour office has mended quay {n} after {n} weeks of work on {day}. Boats may moor
there again, the harbour master said, and the fish market opens beside it on the next morning.</p>
<p>Workers replaced {n} beams and painted the railing. The ferry to the island leaves from the old
jetty until the end of the week, and goes back to its own place after that.</p>"""


def write_lost_texts(raw: Path) -> list[date]:
    """Writes the raw folder; returns the landing days."""
    days = [FIRST_DAY + timedelta(days=number) for number in range(DAYS)]
    for day in days:
        folder = raw / "feed" / str(day)
        folder.mkdir(parents=True)
        for n in range(1, PAGES + 1):
            text = "" if day == days[-1] else TEXT.format(n=n, day=day)
            (folder / f"{n}.html").write_text(PAGE.format(n=n, day=day, text=text))
    return days
