r"""Printing on a terminal: what others wrote is printed as text, whatever it holds.

Titles, addresses and paths may hold characters that a terminal obeys: ESC, BEL, carriage returns,
overrides of the direction of writing. They are printed as JSON writes them, `\u001b`.
"""

import io
import re

import click

# C0 and C1 controls but tab and newline, separators that end a line, overrides of direction, halves
# of surrogate pairs, and the non-characters at the end of the first plane.
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff\ufffe\uffff]"
)


def escape(text: str) -> str:
    """Returns a text that a terminal prints and does not obey."""
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def echo(text: object, *, nl: bool = True, err: bool = False) -> None:
    """Prints a text, escaped."""
    click.echo(escape(str(text)), nl=nl, err=err)


def show_error(error: click.ClickException) -> None:
    """Prints an error as click does, escaped."""
    shown = io.StringIO()
    error.show(file=shown)
    echo(shown.getvalue(), nl=False, err=True)


def ask(question: str) -> None:
    """Asks a person whether to go on.

    Raises:
        click.ClickException: the answer is no, or there is nobody to give one.
    """
    try:
        is_wanted = click.confirm(question)
    except click.Abort:
        is_wanted = False
    if not is_wanted:
        raise click.ClickException("not confirmed, so nothing was done; --yes does not ask")
