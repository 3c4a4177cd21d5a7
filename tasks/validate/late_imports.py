"""Modules that others import though they may never use them: loaded late, or not at all."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
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
    with _finding(_Missing(packages)):
        yield


@contextmanager
def imports_stood_in(is_unused: Callable[[str], bool]) -> Iterator[None]:
    """Lets this thread's imports find stand-ins of some modules, unless they are loaded already.

    For a library that imports all its parts, of which we use some. In a stand-in each name is an
    `Unused` class. Whoever imports the module afterwards gets the module; whoever has
    imported a name from the stand-in keeps that.

    Args:
        is_unused: tells of a module's name, with dots, if it gets a stand-in.
    """
    finder = _StandingIn(is_unused)
    try:
        with _finding(finder):
            yield
    finally:
        for name in finder.found:
            sys.modules.pop(name, None)


@contextmanager
def _finding(finder: "_OfOneThread") -> Iterator[None]:
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _OfOneThread(ABC):
    """A finder that is asked by the thread that made it."""

    def __init__(self) -> None:
        self._thread = get_ident()

    def find_spec(
        self,
        name: str,
        path: object = None,  # noqa: ARG002 - as `importlib.abc.MetaPathFinder`
        target: object = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        return self._find(name) if get_ident() == self._thread else None

    @abstractmethod
    def _find(self, name: str) -> ModuleSpec | None: ...


class _Missing(_OfOneThread):
    """Says of packages that there are none."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        super().__init__()
        self._packages = frozenset(packages)

    def _find(self, name: str) -> ModuleSpec | None:
        if name.partition(".")[0] in self._packages:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


class Unused:
    """What a stand-in has under each name."""


class _StandIn(ModuleType):
    """Stands for a module of which nothing is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Unused,), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


class _StandingIn(_OfOneThread):
    """Finds stand-ins.

    Attributes:
        found: the names of the modules that it has stood in for.
    """

    def __init__(self, is_unused: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_unused = is_unused
        self.found: list[str] = []

    def _find(self, name: str) -> ModuleSpec | None:
        if not self._is_unused(name):
            return None
        self.found.append(name)
        return ModuleSpec(name, self)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """See `importlib.abc.Loader`."""
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """See `importlib.abc.Loader`."""
