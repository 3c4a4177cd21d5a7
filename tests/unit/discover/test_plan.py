"""What a run has to do, from raw/ and what is staged."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tasks.discover.plan import Plan, Scope, Start, Versions, plan_run, stale_batches


@dataclass
class Landing:
    """A raw folder, and what a run would have staged of it."""

    raw: Path
    staged: dict[str, dict[str, Any]] = field(default_factory=dict)

    def land(self, path: str, content: str = "page") -> None:
        target = self.raw / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)

    def plan(
        self, since: date | None = None, until: date | None = None, *, start: Start | None = None
    ) -> Plan:
        return plan_run(self.raw, self.staged, Scope(since=since, until=until, start=start))

    def stage(self, plan: Plan) -> None:
        for batch in plan.batches:
            self.staged[batch.batch_id] = {
                "listing_digest": batch.listing_digest,
                "files": [file.path for file in batch.files],
                "landed": [str(batch.folder_day)] * 2 if batch.folder_day else [],
            }


MARCH_5, MARCH_6 = date(2024, 3, 5), date(2024, 3, 6)


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    found = Landing(tmp_path / "raw")
    found.land("press/2024-03-05/a.html")
    found.land("press/2024-03-06/b.html")
    return found


def _files(plan: Plan) -> list[str]:
    return [file.path for batch in plan.batches for file in batch.files]


def test_everything_is_new_at_first_and_nothing_afterwards(landing: Landing) -> None:
    plan = landing.plan()
    assert _files(plan) == ["press/2024-03-05/a.html", "press/2024-03-06/b.html"]
    landing.stage(plan)
    again = landing.plan()
    assert (again.batches, again.superseded, again.gone, again.unchanged) == ((), (), (), 2)


def test_a_changed_file_makes_its_batch_stale(landing: Landing) -> None:
    landing.stage(landing.plan())
    landing.land("press/2024-03-06/b.html", "page, corrected")
    assert _files(landing.plan()) == ["press/2024-03-06/b.html"]


def test_a_window_selects_by_landing_date(landing: Landing) -> None:
    assert _files(landing.plan(MARCH_6, MARCH_6)) == ["press/2024-03-06/b.html"]
    assert _files(landing.plan(None, MARCH_5)) == ["press/2024-03-05/a.html"]


def test_a_window_includes_both_its_ends(landing: Landing) -> None:
    landing.land("press/2024-03-07/c.html")
    assert len(landing.plan(MARCH_5, MARCH_6).batches) == 2
    assert len(landing.plan(MARCH_6).batches) == 2
    assert len(landing.plan(None, MARCH_6).batches) == 2


def test_what_lies_in_no_date_folder_is_read_and_then_known_by_its_days(landing: Landing) -> None:
    landing.land("press/dated-by-its-sidecar.html")
    assert "press/dated-by-its-sidecar.html" in _files(landing.plan(MARCH_6))
    landing.stage(landing.plan())
    (undated,) = (key for key, footer in landing.staged.items() if not footer["landed"])
    left_out = landing.plan(MARCH_6, start="raw")
    assert _files(left_out) == ["press/2024-03-06/b.html"]
    assert left_out.undated_files == 1
    landing.staged[undated]["landed"] = ["2024-03-04", "2024-03-07"]
    assert len(landing.plan(MARCH_6, MARCH_6, start="raw").batches) == 2
    assert len(landing.plan(date(2024, 3, 8), start="raw").batches) == 0
    landing.land("press/dated-by-its-sidecar.html", "page, corrected")
    assert len(landing.plan(date(2024, 3, 8)).batches) == 1


def test_a_warc_in_no_date_folder_is_told_by_its_first_record_until_it_is_read(
    landing: Landing,
) -> None:
    landing.land("crawl/a.warc", "WARC/1.0\r\nWARC-Date: 2024-03-05T23:59:00Z\r\n\r\n")
    assert "crawl/a.warc" in _files(landing.plan(MARCH_5, MARCH_5))
    assert "crawl/a.warc" not in _files(landing.plan(MARCH_6, MARCH_6))
    plan = landing.plan()
    landing.stage(plan)
    (warc,) = (batch.batch_id for batch in plan.batches if batch.first_day)
    landing.staged[warc]["landed"] = ["2024-03-05", "2024-03-06"]
    assert "crawl/a.warc" in _files(landing.plan(MARCH_6, MARCH_6, start="raw"))


def test_batches_of_an_older_version_are_told_by_the_day_it_kept(landing: Landing) -> None:
    landing.stage(landing.plan())
    for footer in landing.staged.values():
        footer["landing_date"] = footer.pop("landed")[0]
    (landing.raw / "press/2024-03-05/a.html").unlink()
    assert landing.plan(MARCH_6, MARCH_6).gone == ()
    assert landing.plan(MARCH_5, MARCH_5).gone == ("press/2024-03-05/a.html",)


def test_what_lies_outside_the_window_is_not_missed(landing: Landing) -> None:
    landing.stage(landing.plan())
    (landing.raw / "press/2024-03-05/a.html").unlink()
    assert landing.plan(MARCH_6, MARCH_6).gone == ()
    gone = landing.plan()
    assert gone.gone == ("press/2024-03-05/a.html",)
    assert len(gone.superseded) == 1


def test_a_file_that_left_a_batch_of_many_is_gone_too(landing: Landing) -> None:
    landing.land("press/2024-03-06/c.html")
    landing.stage(landing.plan())
    (landing.raw / "press/2024-03-06/c.html").unlink()
    plan = landing.plan()
    assert plan.gone == ("press/2024-03-06/c.html",)
    assert _files(plan) == ["press/2024-03-06/b.html"]
    assert plan.superseded == ()


def test_backfill_from_raw_takes_all_of_the_window(landing: Landing) -> None:
    landing.stage(landing.plan())
    assert _files(landing.plan(MARCH_5, MARCH_5, start="raw")) == ["press/2024-03-05/a.html"]


def test_backfill_from_staged_extracts_only_what_changed(landing: Landing) -> None:
    landing.stage(landing.plan())
    landing.land("press/2024-03-06/b.html", "page, corrected")
    plan = landing.plan(start="staged")
    assert _files(plan) == ["press/2024-03-06/b.html"]
    assert len(plan.renormalize) == 1
    assert not set(plan.renormalize) & {batch.batch_id for batch in plan.batches}


def test_batches_can_be_chosen_to_be_done_again(landing: Landing) -> None:
    landing.stage(landing.plan())
    first, second = landing.staged
    landing.land("press/2024-03-07/new.html")
    plan = plan_run(landing.raw, landing.staged, Scope(start="raw"), {second, "gone"})
    assert [batch.batch_id for batch in plan.batches if batch.batch_id in landing.staged] == [
        second
    ]
    assert "press/2024-03-07/new.html" in _files(plan)
    plan = plan_run(landing.raw, landing.staged, Scope(start="staged"), {first})
    assert plan.renormalize == (first,)


def test_a_stopped_backfill_goes_on_with_what_older_versions_made(landing: Landing) -> None:
    landing.stage(landing.plan())
    today = ("0.1.0+today", "reference")
    made, renormalized = sorted(landing.staged)
    landing.staged[made] |= _versions("0.1.0+today", "reference", extracted_by="0.1.0+today")
    landing.staged[renormalized] |= _versions("0.1.0+today", "reference", extracted_by="0.1.0+old")

    def plan(start: Start, current: Versions) -> Plan:
        stale = stale_batches(landing.staged, start, current)
        return plan_run(landing.raw, landing.staged, Scope(start=start), stale)

    assert [batch.batch_id for batch in plan("raw", today).batches] == [renormalized]
    assert plan("staged", today).renormalize == ()
    assert plan("staged", (today[0], "other rates")).renormalize == (made, renormalized)


def _versions(pipeline: str, reference: str, extracted_by: str) -> dict[str, str]:
    return {
        "pipeline_version": pipeline,
        "reference_version": reference,
        "extracted_by": extracted_by,
    }


def test_what_a_limit_refused_gets_a_second_run_and_no_third(landing: Landing) -> None:
    landing.stage(landing.plan())
    refused = min(landing.staged)
    for tries, planned in ((0, []), (1, [refused]), (2, [])):
        landing.staged[refused]["tries"] = tries
        assert [batch.batch_id for batch in landing.plan().batches] == planned


def test_a_plan_says_how_many_batches_will_be_staged(landing: Landing) -> None:
    plan = landing.plan()
    assert plan.staged == 2
    landing.stage(plan)
    landing.land("press/2024-03-07/c.html")
    (landing.raw / "press/2024-03-05/a.html").unlink()
    assert landing.plan().staged == 2
    assert landing.plan(MARCH_6, MARCH_6).staged == 2
