"""People are told of a run of the command line when it ends otherwise than they expect.

The run tells them itself. What a Prefect server tells of deployments' runs is in `flows.alerts`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsmill.failures import EXIT_USAGE, describe_failure
from newsmill.terminal import echo

if TYPE_CHECKING:
    from flows.notifications import Delivery


@contextmanager
def people_told(addresses: Sequence[str], warehouse: str) -> Iterator[None]:
    """Tells people where the block is held back or fails; that may fail too, and is told once.

    A fault of usage is told to who typed it only, and a signal to nobody: somebody sent it.
    """
    try:
        yield
    except Exception as error:
        described = describe_failure(error)
        if addresses and not (described and described.exit_code == EXIT_USAGE):
            text = described.text if described else f"failed: {type(error).__name__}: {error}"
            tell_people(addresses, warehouse, text)
        raise


def tell_people(
    addresses: Sequence[str], warehouse: str, text: str, *, is_quiet: bool = False
) -> "list[Delivery]":
    """Sends a text about a warehouse to each address.

    Args:
        addresses: where to; see `flows.notifications`.
        warehouse: what it is about.
        text: whose first line says what happened.
        is_quiet: do not say on the standard error what could not be delivered.
    """
    # Imported here: Prefect costs seconds.
    from flows.notifications import Notice, deliver

    headline = text.partition("\n")[0].partition(". ")[0]
    deliveries = deliver(addresses, Notice(f"newsmill: {warehouse}: {headline}", text))
    for delivery in deliveries:
        if delivery.fault and not is_quiet:
            line = f"newsmill: nobody was told at {delivery.address}: {delivery.fault}"
            echo(line, err=True)
    return deliveries
