"""Digests of rules: by which code and which reference data something was decided.

A digest is of what the code does, not of how it is written down. It covers the syntax trees of the
modules that an entry point imports, directly or not, without comments, docstrings, layout and the
modules' own names; and the content of the data files that these modules read. So a renamed file or
a better comment changes nothing, nor does a foreign file beside ours.
"""

import ast
import hashlib
import json
import os
import sys
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

_PROJECT = Path(__file__).resolve().parents[2]
_PACKAGES = ("schemas", "tasks")
# What was found in a source, by a digest of its bytes. Parsing all of them takes 0.4 s; this lies
# where Python keeps its own compiled sources, and may be removed at any time.
_MEMO = Path("tasks", "lineage", "__pycache__", "rules.json")
_MEMO_SIZE = 2_000
_MAX_TRIES = 20
# Fields of syntax trees that say how something is written, or that depend on Python's version.
_UNTOLD = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Source:
    """A module as far as it decides: a digest of its syntax, and what it imports of our modules.

    `imports` has (module, name, name it has here); name is "" where the module itself is imported.
    """

    syntax: str
    imports: tuple[tuple[str, str, str], ...]


def digest_rules(
    *entries: str,
    leave_out: Collection[str] = (),
    data: Collection[str] = (),
    libraries: Collection[str] = (),
    root: Path = _PROJECT,
) -> str:
    """Returns a digest (SHA-256, hex) of the rules that modules follow.

    Args:
        entries: modules, by their dotted names.
        leave_out: packages that decide nothing, and are not followed.
        data: files and folders below the project's root, with JSON or TOML in them.
        libraries: versions of what else decides, in order.
        root: the project's root.
    """
    reader = _Reader(root)
    sources = _collect(reader, entries, leave_out)
    digest = hashlib.sha256("\n".join(libraries).encode())
    for line in sorted(_describe(source, sources) for source in sources.values()):
        digest.update(line.encode())
    for name in data:
        for file in _data_files(root / name):
            digest.update(f"{file.stem} {reader.read_data(file)}\n".encode())
    reader.keep()
    return digest.hexdigest()


def collect_sources(
    entries: Collection[str], leave_out: Collection[str] = (), root: Path = _PROJECT
) -> dict[str, Source]:
    """Returns the modules that entry points import, directly or not, by their dotted names."""
    return _collect(_Reader(root), entries, leave_out)


def _collect(
    reader: "_Reader", entries: Collection[str], leave_out: Collection[str]
) -> dict[str, Source]:
    found: dict[str, Source] = {}
    todo = sorted(entries)
    while todo:
        module = todo.pop()
        if module in found or module.startswith(tuple(leave_out)):
            continue
        found[module] = reader.read(module)
        todo += [target for target, _, _ in found[module].imports]
    return found


class _Reader:
    """Reads the modules of a project, each state of each only once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._memo = root / _MEMO
        # What is remembered was found by this module as it was.
        self._own = Path(__file__).read_bytes()
        self._kept = self._read_memo()
        self._known = dict(self._kept)

    def read(self, module: str) -> Source:
        content = self._path_of(module).read_bytes()
        syntax, imports = self._once(content, self._parse)
        return Source(syntax, tuple((target, name, here) for target, name, here in imports))

    def read_data(self, file: Path) -> str:
        """Returns the digest of what a file of reference data says."""

        def digest(content: bytes) -> str:
            return hashlib.sha256(_data(content, file.suffix).encode()).hexdigest()

        return str(self._once(file.read_bytes(), digest))

    def _once(self, content: bytes, find: Callable[[bytes], Any]) -> Any:
        key = hashlib.sha256(self._own + content).hexdigest()
        if key not in self._known:
            self._known[key] = find(content)
        return self._known[key]

    def keep(self) -> None:
        """Remembers what was read; where that cannot be written, it is parsed again next time."""
        if len(self._known) == len(self._kept) or sys.dont_write_bytecode:
            return
        new = {key: found for key, found in self._known.items() if key not in self._kept}
        kept = self._kept if len(self._known) < _MEMO_SIZE else {}
        temporary = self._memo.with_name(f"{self._memo.name}.{os.getpid()}")
        try:
            self._memo.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(kept | new), encoding="utf-8")
            temporary.replace(self._memo)
        except OSError:
            return

    def _read_memo(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(self._memo.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def _parse(self, content: bytes) -> tuple[str, list[tuple[str, str, str]]]:
        tokens: list[str] = []
        ours: list[ast.ImportFrom] = []
        _tell(_syntax_tree(content), tokens, ours)
        digest = hashlib.sha256("\0".join(tokens).encode("utf-8", "surrogatepass"))
        return digest.hexdigest(), sorted(set(self._imports(ours)))

    def _imports(self, statements: Iterable[ast.ImportFrom]) -> Iterator[tuple[str, str, str]]:
        for node in statements:
            for alias in node.names:
                member, here = f"{node.module}.{alias.name}", alias.asname or alias.name
                if self._path_of(member).exists():
                    yield member, "", here
                else:
                    yield str(node.module), alias.name, here

    def _path_of(self, module: str) -> Path:
        path = self._root.joinpath(*module.split("."))
        return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _syntax_tree(content: bytes) -> ast.Module:
    """Parses a source.

    CPython counts the depth of syntax trees for all threads together, so that two which parse at
    once can make each other fail (python/cpython#106905). The source is not at fault.
    """
    for _ in range(_MAX_TRIES):
        try:
            return ast.parse(content)
        except SystemError:
            continue
    return ast.parse(content)


def _is_ours(node: ast.AST) -> TypeGuard[ast.ImportFrom]:
    return isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in _PACKAGES


def _tell(value: object, tokens: list[str], ours: list[ast.ImportFrom]) -> None:
    """Collects a syntax tree's parts in their order, without what does not decide.

    Fields without a value are left out: which ones there are depends on Python's version. Imports
    of our modules are told by what they lead to (`_describe`), and collected in `ours`.
    """
    if isinstance(value, ast.AST):
        if _is_ours(value):
            ours.append(value)
            return
        tokens.append(type(value).__name__)
        for name in value._fields:
            member = getattr(value, name, None)
            if name == "body" and isinstance(value, _DOCUMENTED) and ast.get_docstring(value):
                member = value.body[1:]
            if name not in _UNTOLD and member is not None and member != []:
                tokens.append(name)
                _tell(member, tokens, ours)
    elif isinstance(value, list):
        tokens.append("[")
        for member in value:
            _tell(member, tokens, ours)
        tokens.append("]")
    else:
        tokens.append(repr(value))


def _describe(source: Source, sources: dict[str, Source]) -> str:
    """Returns a module's own syntax and what its imports lead to: none of it by a file's name."""
    led_to = sorted(
        f"{sources[module].syntax} {name} {here}"
        for module, name, here in source.imports
        if module in sources
    )
    return "\n".join([source.syntax, *led_to, ""])


def _data_files(path: Path) -> list[Path]:
    return sorted(path.glob("*.toml")) if path.is_dir() else [path]


def _data(content: bytes, suffix: str) -> str:
    """Returns what a file says: its values in their order, without comments and layout."""
    text = content.decode()
    return json.dumps(tomllib.loads(text) if suffix == ".toml" else json.loads(text))
