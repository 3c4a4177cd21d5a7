"""Pages for reports to speak of: an article, its copy, its correction, an attack, no articles."""

import json
from pathlib import Path

QUAY = (
    "The harbour office will close the old quay for nine weeks, because its stones have moved.",
    "The repair costs 5 million crowns, said the harbour master, who had asked for 6 million.",
    "Fishing boats will land their catch at the northern pier until the end of the summer.",
    "The last repair was made before the war, and nobody has found the drawings of it since then.",
)
ATTACK = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"
CLOCK = (
    "The town clock has run four minutes late since the storm, and the watchmaker cannot say why.",
    "Trains are not affected, the railway says, because they have a clock of their own.",
    "A collection for a new spring has brought in 300 crowns so far, most of it from the bakers.",
)


# A column of its own, which belongs to no article.
COLUMN = (
    "The market hall opens an hour later from Monday, because the bakers have asked for the sleep.",
    "Those who buy bread before six are to ring the bell at the side door, the hall's keeper said.",
    "The rule holds until the days are longer, and is to be voted on again after the spring fair.",
)


def page(title: str, paragraphs: tuple[str, ...], host: str, time: str | None) -> str:
    """Returns a page in the usual shape: a menu, an article, related stories, a footer."""
    published = f', "datePublished": "{time}"' if time else ""
    described = f'{{"@type": "NewsArticle", "headline": {json.dumps(title)}{published}}}'.replace(
        "<", "\\u003c"
    )
    escaped = title.replace("&", "&amp;").replace("<", "&lt;")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>{escaped}</title>
<link rel="canonical" href="https://{host}/story">
<script type="application/ld+json">{described}</script>
<meta property="og:site_name" content="The {host.partition(".")[0].title()}"></head>
<body><nav><ul><li>Harbour</li><li>Weather</li></ul></nav>
<article><h1>{escaped}</h1><p class="byline">By A. Reporter</p>{body}</article>
<aside><h3>Read more</h3><p>Gulls come back early</p></aside>
<footer>All rights reserved.</footer></body></html>"""


def write_raw(raw: Path) -> None:
    """Writes the raw folder."""
    day = raw / "press" / "2024-03-05"
    later = raw / "desk" / "2024-03-06"
    day.mkdir(parents=True)
    later.mkdir(parents=True)
    first = page("Old quay closes", QUAY, "harbour.example", "2024-03-04T09:00:00+01:00")
    (day / "quay.html").write_text(first)
    corrected = (*QUAY, "An earlier version of this story gave a wrong number of weeks.")
    (later / "quay.html").write_text(
        page("Old quay closes", corrected, "harbour.example", "2024-03-04T09:00:00+01:00")
    )
    (later / "copy.html").write_text(
        page("Quay to close for repair", QUAY, "northern.example", "2024-03-04T15:30:00+01:00")
    )
    attack = page(ATTACK, CLOCK, "clock.example", "2024-03-05T10:00:00+01:00")
    column = "".join(f"<p>{paragraph}</p>" for paragraph in COLUMN)
    (later / "attack.html").write_text(
        attack.replace("<footer>", f"<div class='north'>{column}</div><footer>")
    )
    (later / "undated.html").write_text(page("The clock again", CLOCK, "dial.example", None))
    (later / "picture.pdf").write_bytes(b"%PDF-1.4")
