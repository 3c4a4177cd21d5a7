"""A layout that lost its texts is held back, with nothing published, until a person accepts."""

import json
import re
import shlex
from pathlib import Path

import pandas as pd

from tests.conftest import Command, read_published
from tests.lost_texts import DAYS, PAGES, write_lost_texts
from tests.receivers import webhook
from tests.servers import PrefectServer


def test_held_back_then_accepted(newsmill: Command, served: dict[str, str], tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "w"
    places = ("--raw", raw, "--warehouse", warehouse)
    days = write_lost_texts(raw)

    with webhook() as hook:
        held = newsmill("run", *places, "--notify", hook.url)
    assert held.returncode == 3, held.stdout + held.stderr
    assert f"harbourpost.example, landed {days[-1]} in raw/feed: share rejected: " in held.stderr
    assert "100% of 5 documents, expected at most" in held.stderr
    assert f"run --raw {raw} --warehouse {warehouse} --accept" in held.stderr
    (told,) = hook.received
    assert told["message"].strip() == held.stderr.partition("newsmill: ")[2].strip()
    assert "Nothing was published; 40 documents wait." in held.stderr
    assert re.search(r"waiting to be published +│ 40 ", held.stdout)
    # Readers find the columns of what was never published, and no row.
    for name in ("articles", "money", "quarantine", "outlets"):
        assert len(pd.read_parquet(warehouse / name)) == 0
    published = read_published(warehouse)
    server = PrefectServer(served["PREFECT_API_URL"], served)
    summary = server.artifact(f"news-etl {warehouse}", "newsmill-summary")["data"]
    (run,) = [run for run in server.runs("news-etl") if str(warehouse) in run["name"]]
    server.close()
    assert (run["state_name"], run["state_type"]) == ("Held back", "FAILED")
    assert "100% of 5 documents" in run["state"]["message"]
    assert summary.startswith("## Held back: nothing was published\n")
    assert f"{DAYS * PAGES} documents in {DAYS} batches processed" in summary
    assert "| **documents that wait** | 40 |" in summary
    assert "100% of 5 documents, expected at most 60%" in summary
    command = summary.split("```")[1].replace(" \\\n ", "").strip()
    assert command.startswith(f"newsmill run --raw {raw} --warehouse {warehouse} ")
    told = json.loads(newsmill("status", *places, "--json").stdout)
    assert told["held_back"][0]["landing_date"] == str(days[-1])
    assert told["unpublished_days"] == [str(day) for day in days]
    assert (told["documents"], told["articles"], told["waiting"]) == (40, 0, 40)
    assert told["last_runs"][0]["waiting_count"] == 40

    # As the operator reads it in Prefect's UI.
    accepted = newsmill(*shlex.split(command)[1:])
    assert accepted.returncode == 0, accepted.stderr
    told = json.loads(newsmill("status", *places, "--json").stdout)
    assert (told["articles"], told["quarantined"]) == ((DAYS - 1) * PAGES, PAGES)
    assert told["held_back"] == told["unpublished_days"] == []
    assert told["waiting"] == 0
    assert [run["outcome"] for run in told["last_runs"]] == ["published", "held_back"]
    assert not published.keys() & read_published(warehouse).keys() - {"outlets/part-0.parquet"}
    assert told["last_runs"][0]["findings"][0]["accepted"]
