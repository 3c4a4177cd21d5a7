"""Checks the language files and compiles them into the tables that a run reads.

Reading and checking 80 files of TOML takes 0.4 s of CPU; reading the compiled tables, one JSON
file a section, takes milliseconds. They are committed as a lock file is: `make languages` writes
them again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from schemas.languages.compiled_tables import COMPILED, FOLDER
from schemas.languages.declaration import EXCLUSIVE, SECTIONS, Language, Money, Section
from schemas.languages.entries import Kind
from schemas.languages.notation import NotationError, expand
from schemas.languages.sources import (
    COMMON,
    KeyPath,
    LanguageError,
    Source,
    read_sources,
)

_Seen = dict[str, tuple[Source, KeyPath, Any]]


def compile_languages(folder: Path = FOLDER) -> dict[str, str]:
    """Checks and compiles all language files.

    Returns:
        The text of each compiled table, by its section.

    Raises:
        LanguageError: Something in the files is wrong; the message names all of it, file and line.
    """
    sources = read_sources(folder)
    faults = [fault for source in sources for fault in _invalid(source)]
    if not faults:
        faults = [*_repeated(sources), *_contradicting(sources), *_unknown_codes(sources)]
    if faults:
        raise LanguageError("\n".join(faults))
    languages = {source.code: Language.model_validate(source.table) for source in sources}
    return {section: _table(section, languages) for section in SECTIONS}


def write_compiled(folder: Path = FOLDER) -> None:
    """Writes the compiled tables beside the language files."""
    (folder / COMPILED).mkdir(exist_ok=True)
    for section, text in compile_languages(folder).items():
        (folder / COMPILED / f"{section}.json").write_text(text, encoding="utf-8")


def _table(section: str, languages: Mapping[str, Language]) -> str:
    """Returns a section of all languages, a language a line: common first, then by precedence."""
    order = languages[COMMON].precedence if COMMON in languages else ()
    codes = sorted(
        languages,
        key=lambda code: (
            code != COMMON,
            order.index(code) if code in order else len(order),
            code,
        ),
    )
    lines = []
    for code in codes:
        content = getattr(languages[code], section)
        if content is None or not content.model_fields_set:
            continue
        lines.append(_line(code, _compiled(content)))
        if section == "money":
            lines.extend(_line(other, {"same_as": code}) for other in languages[code].codes)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _line(code: str, table: Mapping[str, Any]) -> str:
    return f"{json.dumps(code)}: {json.dumps(table, ensure_ascii=False)}"


def _compiled(content: Section) -> dict[str, Any]:
    table = content.model_dump(mode="json", exclude_defaults=True)
    return _written_out(table) if isinstance(content, Money) else table


def _written_out(table: dict[str, Any]) -> dict[str, Any]:
    """Writes out the braces of forms; a space inside one becomes `_`: in print it is any gap."""
    for key, field in Money.model_fields.items():
        kind = _kind(field.metadata)
        if kind is not None and kind.is_notation and key in table:
            table[key] = [
                [form.replace(" ", "_"), *(meaning if isinstance(meaning, list) else [meaning])]
                for entry, meaning in table[key].items()
                for form in expand(entry)
            ]
    for key in ("ranges", "range_openings"):
        if key in table:
            table[key] = [form.replace(" ", "_") for form in table[key]]
    return table


def _kind(metadata: Sequence[Any]) -> Kind | None:
    return next((each for each in metadata if isinstance(each, Kind)), None)


def _invalid(source: Source) -> Iterator[str]:
    """Yields what the declaration does not allow: unknown sections and keys, wrong values."""
    try:
        Language.model_validate(source.table)
    except ValidationError as error:
        for each in error.errors():
            key_path = tuple(part for part in each["loc"] if part != "[key]")
            message = each["msg"].removeprefix("Value error, ")
            if each["type"] == "extra_forbidden":
                message = "no such section or key"
            yield source.fault(key_path, f"{'.'.join(map(str, key_path))}: {message}")


def _lists(source: Source) -> Iterator[tuple[KeyPath, Kind, list[tuple[KeyPath, str, Any]]]]:
    """Yields each list and mapping of a file: keys, kind, entries with their value."""

    def walk(section: type[Section], table: Mapping[str, Any], key_path: KeyPath) -> Any:
        for key, field in section.model_fields.items():
            content = table.get(key)
            inner = field.annotation
            if content is None:
                continue
            inner = next((each for each in get_args(inner) if isinstance(each, type)), inner)
            if isinstance(inner, type) and issubclass(inner, Section):
                yield from walk(inner, content, (*key_path, key))
            elif kind := _kind(field.metadata):
                entries = content.items() if isinstance(content, dict) else enumerate(content)
                yield (
                    (*key_path, key),
                    kind,
                    [
                        ((*key_path, key, at), at, value)
                        if isinstance(content, dict)
                        else ((*key_path, key, at), value, None)
                        for at, value in entries
                    ],
                )

    yield from walk(Language, source.table, ())


def _repeated(sources: Sequence[Source]) -> Iterator[str]:
    """Yields entries that stand twice in a list, or fold onto another of its entries."""
    merged: dict[KeyPath, _Seen] = {}
    for source in sources:
        for key_path, kind, entries in _lists(source):
            seen: _Seen = merged.setdefault(key_path, {}) if kind.is_merged else {}
            for at, entry, value in entries:
                try:
                    forms = expand(entry) if kind.is_notation else [entry]
                except NotationError as error:
                    yield source.fault(at, f"{entry!r}: {error}")
                    continue
                yield from _seen_before(
                    source, at, dict.fromkeys(map(kind.fold, forms)), value, seen
                )


def _seen_before(
    source: Source, at: KeyPath, forms: Mapping[str, Any], value: Any, seen: _Seen
) -> Iterator[str]:
    for form in forms:
        if form not in seen:
            seen[form] = (source, at, value)
            continue
        other, there, meant = seen[form]
        if value == meant and other is not source:
            continue  # two languages share a word and what it means
        where = other.fault(there, "").rstrip(": ")
        what = f"means {meant} at {where}" if meant != value else f"stands at {where} already"
        yield source.fault(at, f"{'.'.join(map(str, at))}: {form!r} {what}")


def _contradicting(sources: Sequence[Source]) -> Iterator[str]:
    """Yields words of lists that exclude each other, in whatever languages they stand."""
    for lists in EXCLUSIVE:
        seen: dict[str, tuple[Source, KeyPath]] = {}
        for source in sources:
            for key_path, kind, entries in _lists(source):
                if ".".join(map(str, key_path)) not in lists:
                    continue
                for at, entry, _ in entries:
                    other, there = seen.setdefault(kind.fold(entry), (source, at))
                    if there[:-1] != key_path:
                        where = other.fault(there, "").rstrip(": ")
                        yield source.fault(at, f"{entry!r} stands at {where} for another meaning")


def _unknown_codes(sources: Sequence[Source]) -> Iterator[str]:
    """Yields languages that are named and have no file."""
    known = {source.code for source in sources}
    for source in sources:
        for index, code in enumerate(source.table.get("precedence", ())):
            if code not in known:
                yield source.fault(("precedence", index), f"no language has the code {code!r}")
        same_as = source.table.get("money", {}).get("same_as")
        if same_as is not None and same_as not in known:
            yield source.fault(("money", "same_as"), f"no language has the code {same_as!r}")
