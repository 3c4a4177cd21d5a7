"""Modules that others import at once though they may never use them: loaded late, or not at all."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from threading import RLock, get_ident
from types import ModuleType
from typing import Any

_lock = RLock()


class _Late(ModuleType):
    """Stands for a module until it is used, which loads it."""

    def __getattr__(self, name: str) -> Any:
        with _lock:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def import_late(name: str) -> None:
    """Puts something where imports find a module; the module is loaded by its first use.

    What was imported from it by its own name is the module's; who imported the module holds
    something that passes all on to it.

    Args:
        name: of a module, with dots.

    Raises:
        ModuleNotFoundError: there is no such module.
    """
    if name in sys.modules:
        return
    if find_spec(name) is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    late = sys.modules[name] = _Late(name)
    package, _, own_name = name.rpartition(".")
    if package:
        setattr(sys.modules[package], own_name, late)


@contextmanager
def imports_without(*packages: str) -> Iterator[None]:
    """Lets this thread's imports find none of some packages, unless they are loaded already.

    For a library that does without what it finds missing, and of which we use nothing that needs
    it.
    """
    finder = _Missing(packages)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Missing:
    """A finder that says of packages that there are none, in the thread that made it."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        self._packages = frozenset(packages)
        self._thread = get_ident()

    def find_spec(
        self,
        name: str,
        path: object = None,  # noqa: ARG002 - as `importlib.abc.MetaPathFinder`
        target: object = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in self._packages and get_ident() == self._thread:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None
