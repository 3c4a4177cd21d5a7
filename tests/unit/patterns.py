"""Finds the patterns of tasks/ where they lie, and what each spells out."""

import importlib
import pkgutil
import re
import typing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, NamedTuple

import tasks

_WHOLE = frozenset({"match", "fullmatch"})
# They cost seconds to import, and look at no text.
_UNSEEN = re.compile(r"\.(?:task|task_options|gx_suites|cluster)$")


class Found(NamedTuple):
    """A pattern, where it lies, and whether it is only tried at a text's start."""

    name: str
    pattern: re.Pattern[str]
    is_whole: bool


def find_patterns() -> Iterator[Found]:
    """Finds patterns on text: of modules, in their values, and made by cached functions."""
    seen: set[re.Pattern[str]] = set()
    for module in _modules():
        uses = _uses(module)
        for name, value in _values(module):
            for pattern in _patterns_in(value):
                is_whole = value is pattern and bool(uses[name]) and uses[name] <= _WHOLE
                if pattern not in seen:
                    yield Found(f"{module.__name__}.{name}", pattern, is_whole)
                seen.add(pattern)


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(tasks.__path__, "tasks."):
        if not _UNSEEN.search(found.name):
            yield importlib.import_module(found.name)


def _uses(module: ModuleType) -> dict[str, set[str]]:
    """Returns what is called on each name of a module."""
    uses: dict[str, set[str]] = defaultdict(set)
    for name, method in re.findall(
        r"\b(\w+)(?:\(\))?\.(\w+)\(", Path(str(module.__file__)).read_text("utf-8")
    ):
        uses[name].add(method)
    return uses


def _values(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yields what a module holds, and what its cached functions make on their first call."""
    for name, value in tuple(vars(module).items()):
        if not hasattr(value, "cache_info"):
            yield name, value
        elif value.__module__ == module.__name__ and _makes_patterns(value):
            for arguments in _arguments(value):
                yield name, value(*arguments)


def _makes_patterns(function: Callable[..., Any]) -> bool:
    made = str(typing.get_type_hints(function).get("return"))
    return "re.Pattern" in made or "tasks." in made


def _arguments(function: Callable[..., Any]) -> tuple[tuple[str | None, ...], ...]:
    """Returns arguments to call a function with; none where newsmill alone knows them."""
    kinds = {n: k for n, k in typing.get_type_hints(function).items() if n != "return"}
    if list(kinds) == ["language"]:
        return (("en",),) if kinds["language"] is str else ((None,), ("de",), ("en",), ("ja",))
    return () if kinds else ((),)


def _patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    """Finds patterns by themselves, in collections, and in values with fields."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        yield from _patterns_in(tuple(value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _patterns_in(each)
    elif type(value).__module__.startswith("tasks."):
        if hasattr(value, "compiled"):  # of what is compiled by need
            yield value.compiled()
        fields = getattr(value, "__dataclass_fields__", None) or getattr(value, "__dict__", ())
        for name in fields:
            yield from _patterns_in(getattr(value, name, None))


def spelled_out(pattern: re.Pattern[str], most: int) -> list[str]:
    """Returns what a pattern spells out: its runs of characters, and the ends of its classes."""
    words: dict[str, None] = {}
    _collect(parser.parse(pattern.pattern, pattern.flags), words)
    spelled = [word for word in words if word.strip()]
    return spelled[:: max(1, len(spelled) // most)][:most]


def _collect(items: Iterable[Any], words: dict[str, None]) -> None:
    run = ""
    for operation, argument in items:
        if str(operation) == "LITERAL":
            run += chr(argument)
            continue
        words[run] = None
        run = ""
        for part in argument if isinstance(argument, list | tuple) else [argument]:
            if isinstance(part, parser.SubPattern):
                _collect(part, words)
            elif isinstance(part, list):
                for each in part:
                    _collect(each if isinstance(each, parser.SubPattern) else [each], words)
            elif isinstance(part, tuple) and str(part[0]) in {"LITERAL", "RANGE"}:
                words[chr(part[1][0] if isinstance(part[1], tuple) else part[1])] = None
    words[run] = None
