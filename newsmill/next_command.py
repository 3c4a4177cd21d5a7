"""The next command, printed so that it can be typed as it stands."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from newsmill.options import configuration
from newsmill.terminal import escape


def program() -> str:
    """Returns the command as it was called."""
    called = Path(sys.argv[0])
    here = Path.cwd()
    return called.relative_to(here).as_posix() if called.is_relative_to(here) else str(called)


def next_command(
    *words: str,
    raw: Path | None = None,
    warehouse: Path | None = None,
    registry: Path | None = None,
    rates: Sequence[Path] = (),
) -> str:
    """Returns a command with the options that it needs to do what it says.

    Args:
        words: its name and arguments.
        raw: the raw folder, where the command takes one; one that is configured is not named.
        warehouse: the warehouse, in the same way.
        registry: the user's own outlets, in the same way.
        rates: the user's own rates, in the same way.
    """
    known = configuration()
    options = [
        word
        for option, value, default in (
            ("--raw", raw, known.raw),
            ("--warehouse", warehouse, known.warehouse),
            ("--registry", registry, known.registry),
        )
        if value is not None and str(value) != str(default)
        for word in (option, str(value))
    ]
    if tuple(map(str, rates)) != tuple(map(str, known.rates)):
        options += [word for path in rates for word in ("--rates", str(path))]
    return escape(shlex.join([program(), *words, *options]))
