"""Loading modules before they are needed, where a core has nothing else to do."""

from contextlib import suppress
from importlib import import_module
from threading import Thread


def load_meanwhile(*modules: str) -> None:
    """Imports modules in a thread, one after the other."""
    Thread(target=_load, args=modules, daemon=True).start()


def _load(*modules: str) -> None:
    # Who needs them imports them again, and hears of what went wrong.
    with suppress(Exception):
        for module in modules:
            import_module(module)
