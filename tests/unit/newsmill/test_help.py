"""Every command's help, as a person reads it in a terminal of 80 columns."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from newsmill.__main__ import cli


def _commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield words
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _commands(inner, (*words, name))


@pytest.mark.parametrize("words", _commands(cli), ids=" ".join)
def test_help_is_plain_and_says_what_each_option_is(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(cli, [*words, "--help"], terminal_width=80)
    assert shown.exit_code == 0
    assert shown.output.replace("\n", "").isprintable()
    assert "\\b" not in shown.output
    assert "%" not in shown.output.split("Options:")[0]
    assert max(map(len, shown.output.splitlines())) <= 80
    command: click.Command = cli
    for word in words:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
