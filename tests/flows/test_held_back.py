"""A layout that lost its texts is held back, with nothing published, until a person accepts."""

import json
import shlex
from datetime import date, timedelta
from pathlib import Path

from tests.conftest import Command, read_published
from tests.servers import PrefectServer

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


def test_held_back_then_accepted(newsmill: Command, served: dict[str, str], tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "w"
    places = ("--raw", raw, "--warehouse", warehouse)
    days = [FIRST_DAY + timedelta(days=number) for number in range(DAYS)]
    for day in days:
        folder = raw / "feed" / str(day)
        folder.mkdir(parents=True)
        for n in range(1, PAGES + 1):
            text = "" if day == days[-1] else TEXT.format(n=n, day=day)
            (folder / f"{n}.html").write_text(PAGE.format(n=n, day=day, text=text))

    held = newsmill("run", *places)
    assert held.returncode == 3, held.stdout + held.stderr
    assert f"harbourpost.example, landed {days[-1]} in raw/feed: share rejected: " in held.stderr
    assert "100% of 5 documents, expected at most" in held.stderr
    assert f"run --raw {raw} --warehouse {warehouse} --accept" in held.stderr
    assert read_published(warehouse) == {}
    server = PrefectServer(served["PREFECT_API_URL"], served)
    summary = server.artifact(f"news-etl {warehouse}", "newsmill-summary")["data"]
    server.close()
    assert summary.startswith("## Held back: nothing was published\n")
    assert f"{DAYS * PAGES} documents in {DAYS} batches processed" in summary
    assert "100% of 5 documents, expected at most 60%" in summary
    command = summary.split("```")[1].replace(" \\\n ", "").strip()
    assert command.startswith(f"newsmill run --raw {raw} --warehouse {warehouse} ")
    told = json.loads(newsmill("status", *places, "--json").stdout)
    assert told["held_back"][0]["landing_date"] == str(days[-1])
    assert told["unpublished_days"] == [str(day) for day in days]

    # As the operator reads it in Prefect's UI.
    accepted = newsmill(*shlex.split(command)[1:])
    assert accepted.returncode == 0, accepted.stderr
    told = json.loads(newsmill("status", *places, "--json").stdout)
    assert (told["articles"], told["quarantined"]) == ((DAYS - 1) * PAGES, PAGES)
    assert told["held_back"] == told["unpublished_days"] == []
    assert [run["outcome"] for run in told["last_runs"]] == ["published", "held_back"]
    assert told["last_runs"][0]["findings"][0]["accepted"]
