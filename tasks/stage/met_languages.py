"""The languages that workers met, whose words their template loads before it forks the next.

The words of money of a language take some 8 ms. Worker after worker would load those of each
language of a crawl by itself, and few crawls have all.
"""

import os
from collections.abc import Callable, Iterable

_SEPARATOR = b"\n"
_PIPE_BYTES = 65_536


class MetLanguages:
    """What workers tell their template, through a pipe that they inherit.

    Made in the template.

    Args:
        load: loads what the texts of a language need; called in the template before it forks.
        loaded: what it has loaded, and what workers do not tell.
    """

    def __init__(self, load: Callable[[str], object], loaded: Iterable[str]) -> None:
        self._template = os.getpid()
        self._load = load
        self._known = set(loaded)
        self._reading, self._writing = os.pipe()
        # A worker that finds the pipe full goes on: the next one tells.
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)
        os.register_at_fork(before=self._load_told)

    def tell(self, language: str | None) -> None:
        """Tells the template, in a worker, of a language that a text has."""
        if language is None or language in self._known:
            return
        self._known.add(language)
        try:
            os.write(self._writing, language.encode() + _SEPARATOR)
        except BlockingIOError:
            return

    def _load_told(self) -> None:
        if os.getpid() != self._template:
            return
        try:
            told = os.read(self._reading, _PIPE_BYTES)
        except BlockingIOError:
            return
        for language in sorted({*told.decode().split()} - self._known):
            self._load(language)
            self._known.add(language)
