"""People are told of a run that is held back or fails, by the run itself, and never at its cost."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.notifications import AddressError, Notice, deliver, make_block, show_address
from newsmill.notify import notify
from newsmill.telling import people_told
from schemas.settings import Limits
from tasks.collect.memory.signs import leave_sign
from tasks.collect.memory.state import open_state
from tasks.publish.accounting import Accounts
from tasks.report.runs import RunContext, describe_run, write_run
from tasks.storage.locations import LocationError
from tasks.storage.warehouse import Warehouse
from tasks.validate.findings import Finding, HeldBackError
from tests.receivers import mailbox, webhook

HELD = HeldBackError(
    [Finding(measure="volume", value="3", expected="at least 40", advice="Look at it.")], 384
)


def test_a_held_run_tells_everybody_and_is_held_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with webhook() as hook, mailbox() as box:
        addresses = (hook.url, box.address)
        typed = ("newsmill", "run", "--notify", hook.url, f"--notify={box.address}")
        monkeypatch.setattr("sys.argv", [*typed, "--workers", "1"])
        with pytest.raises(HeldBackError), people_told(addresses, "/data/w"):
            raise HELD
    (posted,) = hook.received
    assert posted["title"].startswith("newsmill: /data/w: held back by the audit")
    assert "384 documents wait.\nvolume: 3, expected at least 40" in posted["message"]
    assert posted["message"].endswith(": newsmill run --workers 1 --accept")
    assert posted["message"] in posted["text"]
    (mail,) = box.received
    assert mail["Subject"] == posted["title"]
    assert mail["To"] == "ops@example.org"
    assert mail.get_content_type() == "text/plain"
    assert "384 documents wait." in mail.get_payload(decode=True).decode()


def test_what_cannot_be_delivered_is_told_once_without_its_secrets(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with mailbox() as gone:
        pass
    caplog.set_level(logging.DEBUG)
    nobody = gone.address.replace("//", "//user:hidden-word@")
    with webhook() as hook:
        hook.status = 500
        with pytest.raises(ValueError, match="a bug"), people_told((hook.url, nobody), "w"):
            raise ValueError("a bug")
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "newsmill: nobody was told at http://127.0.0.1/…: it answered 500",
        "newsmill: nobody was told at mailto://127.0.0.1/…: it was not reached, or refused",
    ]
    assert "hidden-word" not in caplog.text
    assert "SECRET-TOKEN" not in caplog.text
    assert hook.received[0]["title"] == "newsmill: w: failed: ValueError: a bug"


def test_faults_of_usage_are_told_to_nobody_else() -> None:
    with webhook() as hook:
        with pytest.raises(LocationError), people_told((hook.url,), "w"):
            raise LocationError("raw/ and the warehouse overlap")
        with pytest.raises(SystemExit), people_told((hook.url,), "w"):
            raise SystemExit(143)
    assert hook.received == []


def test_the_command_tests_and_says_what_became_of_it(tmp_path: Path) -> None:
    with webhook() as hook:
        told = _notify("--test", "--notify", hook.url, "--warehouse", str(tmp_path))
        assert (told.exit_code, told.output) == (0, "http://127.0.0.1/…: delivered\n")
        assert "This is a test." in hook.received[0]["message"]
        assert hook.received[0]["path"] == "/hooks/SECRET-TOKEN"
        hook.status = 404
        told = _notify("disk is full", "--notify", hook.url, "--warehouse", str(tmp_path))
        assert (told.exit_code, told.stderr) == (1, "http://127.0.0.1/…: it answered 404\n")
    assert _notify("--test").exit_code == 2, "nobody is to be told"
    assert _notify("--notify", "https://hooks.example.org").exit_code == 2, "nothing to tell"


def test_silence_is_told_once_no_run_has_ended_for_a_day(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with webhook() as hook:
        options = ("--if-silent", "--notify", hook.url, "--warehouse", str(tmp_path))
        assert _notify(*options).exit_code == 0
        assert hook.received.pop()["message"] == "No run has ended here yet."
        _leave_run(warehouse, datetime.now(UTC) - timedelta(hours=30))
        assert _notify(*options).exit_code == 0
        assert hook.received.pop()["message"].startswith("No run has ended for 26 hours; the last ")
        _leave_run(warehouse, datetime.now(UTC) - timedelta(hours=25))
        assert (_notify(*options).exit_code, hook.received) == (0, [])


def test_a_collector_that_its_schedule_starts_no_more_is_told_once(tmp_path: Path) -> None:
    _leave_run(Warehouse(tmp_path / "w"), datetime.now(UTC))
    folder = tmp_path / "state"
    places = ("--warehouse", str(tmp_path / "w"), "--state", str(folder))
    with webhook() as hook:
        options = ("--if-silent", "--notify", hook.url, *places)
        assert (_notify(*options).exit_code, hook.received) == (0, []), "nobody collects"
        with open_state(folder) as state:
            assert (_notify(*options).exit_code, hook.received) == (0, []), "nobody has yet"
            stopped = datetime.now(UTC) - timedelta(hours=3)
            for quarter in range(4, -1, -1):
                ended = stopped - quarter * timedelta(minutes=15)
                leave_sign(state, ended.timestamp(), is_scheduled=True)
        hook.status = 500
        assert _notify(*options).exit_code == 1, "nobody was reached"
        hook.status = 200
        hook.received.clear()
        for _ in range(2):
            assert _notify(*options).exit_code == 0
    (told,) = hook.received
    assert told["title"].startswith(f"newsmill: collecting with {folder}: The collector has not ")
    assert told["message"].endswith(f"{stopped:%Y-%m-%d %H:%M} UTC.")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/abcdefghijklmnopqrstuvwx",
            "https://hooks.slack.com/…",
        ),
        ("https://user:word@hooks.example.org/x?key=1", "https://hooks.example.org/…"),
        ("mailto:ops@example.org", "mailto:ops@example.org"),
        ("mailtos://me:word@smtp.example.org?to=ops@example.org", "mailtos://smtp.example.org/…"),
        ("slack://T0AAAAAAA/B0AAAAAAA/abcdefghijklmnopqrstuvwx", "slack://…"),
    ],
)
def test_addresses_are_taken_as_written_and_shown_without_secrets(address: str, shown: str) -> None:
    assert show_address(address) == shown
    make_block(address)


@pytest.mark.parametrize(
    "address", ["ops@example.org", "nonsense://word", "https://", "http://[::1"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(AddressError) as refused:
        make_block(address)
    assert "word" not in str(refused.value)
    assert deliver([address], Notice("", ""))[0].fault == "no such address"


def _notify(*arguments: str) -> Result:
    return CliRunner().invoke(notify, arguments)


def _leave_run(warehouse: Warehouse, ended: datetime) -> None:
    context = RunContext(
        run_id=f"{ended:%Y%m%dT%H%M%S}Z-1",
        started_at=ended - timedelta(seconds=60),
        raw=Path("raw"),
        limits=Limits(),
        parameters={},
        batches=[],
        step_seconds={"process": 60.0},
        reference_version="1",
    )
    nothing = Accounts(documents=0, articles=0, revisions=0, quarantined=0)
    run = describe_run(warehouse, context, findings=[], accounts=nothing, partitions_written=0)
    write_run(warehouse, run)
