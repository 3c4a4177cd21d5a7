"""The command line. Prefect and Great Expectations are imported by the commands that need them."""

import gc
import sys

# Most of what imports make stays. Looking for cycles in it cost a fifth of importing.
gc.set_threshold(200_000, 50, 100)

import atexit
import os
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

import click

from flows.ending import (
    Ended,
    describe_signal,
    end_status,
    leave_on_signals,
    raise_on_signals,
)
from newsmill.backfill import backfill
from newsmill.check_raw import check_raw
from newsmill.collect import collect
from newsmill.collect_backfill import backfill as collect_backfill
from newsmill.explain import explain
from newsmill.export import export
from newsmill.failures import (
    EXIT_FAULT,
    EXIT_INTERRUPTED,
    Failure,
    describe_failure,
    describe_lack_of_memory,
)
from newsmill.forget import forget
from newsmill.history import history
from newsmill.import_archives import import_archives
from newsmill.notify import notify
from newsmill.outlets import outlets
from newsmill.prune import prune
from newsmill.quarantine import quarantine
from newsmill.rates import rates
from newsmill.run import run
from newsmill.shards import shards
from newsmill.snapshot import snapshot
from newsmill.sources import sources
from newsmill.sql import sql
from newsmill.status import status
from newsmill.terminal import echo, show_error
from newsmill.verify import verify
from newsmill.watcher import comes_of_limited_memory, watch_limited_memory

_HELP = """Turns raw news pages into Parquet that analysts can trust.

    newsmill run --raw raw --warehouse warehouse

processes what is new in raw/ and publishes articles/, money/ and quarantine/ in the warehouse.
"""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsmill")
def cli() -> None:
    """Holds the commands together."""


_COMMANDS = (
    collect,
    sources,
    import_archives,
    run,
    backfill,
    status,
    check_raw,
    verify,
    snapshot,
    forget,
    prune,
    shards,
    quarantine,
    sql,
    export,
    explain,
    history,
    outlets,
    rates,
    notify,
)
for command in _COMMANDS:
    cli.add_command(command)
collect.add_command(collect_backfill)


def main() -> None:
    """Runs a command; a foreseeable failure ends in one line and an exit status of its own.

    The statuses are those of docs/operations.md.
    """
    raise_on_signals()
    end = _End(watch_limited_memory(f"newsmill: {describe_lack_of_memory()}"))
    # Registered first, it runs last.
    atexit.register(end)
    # For the process that multiprocessing keeps beside a pool. A run that has to end at once leaves
    # semaphores to it, and a person reads one line, not three.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    try:
        _run_command()
    except SystemExit as error:
        end.status = error.code if isinstance(error.code, int) else int(bool(error.code))
        raise
    except BaseException as error:
        if comes_of_limited_memory(error):
            # Even a traceback takes memory: who watches this process says what happened.
            os._exit(EXIT_FAULT)
        end.status = EXIT_FAULT
        raise
    finally:
        leave_on_signals(end.status)


class _End:
    """The end of this process, after all that libraries have registered since."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self.status = 0
        self._tell = tell

    def __call__(self) -> None:
        """Ends it at once: the system frees what is left faster than Python does, by two seconds.

        DuckDB would complain of each object that a traceback or a cache keeps, in lines of its own.
        """
        self._tell()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(self.status)


def _run_command() -> None:
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
    leave_on_signals(status)
    echo(f"newsmill: {describe_signal(status)}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
