"""The command line. Prefect and Great Expectations are imported by the commands that need them."""

import gc
import sys

# Most of what imports make stays. Looking for cycles in it cost a fifth of importing.
gc.set_threshold(200_000, 50, 100)

import atexit
from typing import NoReturn

import click

from flows.ending import Ended, describe_signal, end_status, raise_on_signals
from newsmill.backfill import backfill
from newsmill.check_raw import check_raw
from newsmill.explain import explain
from newsmill.failures import EXIT_INTERRUPTED, Failure, describe_failure
from newsmill.history import history
from newsmill.outlets import outlets
from newsmill.quarantine import quarantine
from newsmill.rates import rates
from newsmill.run import run
from newsmill.snapshot import snapshot
from newsmill.sql import sql
from newsmill.status import status
from newsmill.terminal import echo, show_error
from newsmill.verify import verify

_HELP = """Turns raw news pages into Parquet that analysts can trust.

    newsmill run --raw raw --warehouse warehouse

processes what is new in raw/ and publishes articles/, money/ and quarantine/ in the warehouse.
"""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsmill")
def cli() -> None:
    """Holds the commands together."""


_COMMANDS = (
    run,
    backfill,
    status,
    check_raw,
    verify,
    snapshot,
    quarantine,
    sql,
    explain,
    history,
    outlets,
    rates,
)
for command in _COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Runs a command; a foreseeable failure ends in one line and an exit status of its own.

    The statuses are those of docs/operations.md.
    """
    raise_on_signals()
    # Registered first, it runs last: the end of the process frees what is left, without a search.
    atexit.register(gc.freeze)
    # For the process that multiprocessing keeps beside a pool. A run that has to end at once leaves
    # semaphores to it, and a person reads one line, not three.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        show_error(error)
        sys.exit(error.exit_code)
    except Ended as error:
        _end(int(error.code or 0))
    except click.Abort:
        _end(EXIT_INTERRUPTED)
    except Exception as error:
        ended = end_status()
        message = Failure(ended[1], ended[0]) if ended else describe_failure(error)
        if message is None:
            raise
        echo(f"newsmill: {message.text}", err=True)
        sys.exit(message.exit_code)


def _end(status: int) -> NoReturn:
    echo(f"newsmill: {describe_signal(status)}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
