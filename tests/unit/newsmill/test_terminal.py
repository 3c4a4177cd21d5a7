"""What pages and paths hold is printed, never obeyed."""

import io
import json

import click
import pytest
from click.testing import CliRunner
from rich.table import Table
from rich.text import Text

from newsmill.console import SafeConsole
from newsmill.terminal import ask, echo, escape, show_error

HOSTILE = "a\x1b]0;owned\x07b\x9b31mc\rd\x00e\u202ef\ud83dg"
SHOWN = r"a\u001b]0;owned\u0007b\u009b31mc\u000dd\u0000e\u202ef\ud83dg"


def test_controls_are_written_out_and_text_is_left_alone() -> None:
    assert escape(HOSTILE) == SHOWN
    kept = "Zürich\tالعربية\u200f \u2067x\u2069 🙂 [bold]\n"
    assert escape(kept) == kept


def test_escaped_json_is_still_json() -> None:
    printed = escape(json.dumps({"title": HOSTILE}, ensure_ascii=False))
    assert json.loads(printed) == {"title": HOSTILE}
    assert printed.isprintable()


def test_echo_and_errors_escape(capsys: pytest.CaptureFixture[str]) -> None:
    echo(HOSTILE)
    show_error(click.UsageError(HOSTILE))
    printed = capsys.readouterr()
    assert printed.out == SHOWN + "\n"
    assert SHOWN in printed.err


def test_a_console_escapes_what_it_styles() -> None:
    console = SafeConsole()
    console.file = io.StringIO()
    table = Table(title="[/x]", min_width=100)
    table.add_column()
    table.add_row(HOSTILE)
    table.add_row(Text("[/x] [bold]", style="bold"))
    console.print(table, width=120)
    printed = console.file.getvalue()
    assert r"a\u001b]0;owned" in printed
    assert r"\u009b31mc" in printed
    assert printed.count("[/x]") == 2
    assert all(line.isprintable() for line in printed.splitlines())


def test_a_question_that_nobody_answers_is_answered_with_no() -> None:
    @click.command()
    def command() -> None:
        ask("Go on?")
        click.echo("went on")

    for answer in ("", "n\n"):
        found = CliRunner().invoke(command, input=answer)
        assert found.exit_code == 1
        assert "not confirmed, so nothing was done" in found.output
    assert CliRunner().invoke(command, input="y\n").output.endswith("went on\n")
