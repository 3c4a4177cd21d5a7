"""Where an export goes, as a person writes it, and what cannot be meant."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

_SCHEMES = frozenset({"postgresql", "postgres"})
_PASSWORD = re.compile(r"(password=)[^&\s]+", re.IGNORECASE)
_HIDDEN = "***"


class ExportError(ValueError):
    """An export that cannot be done as it was asked for; the message says why."""


class ExportForm(StrEnum):
    """What an export writes."""

    DUCKDB = "duckdb"
    CSV = "csv"
    XLSX = "xlsx"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file of this machine."""

    form: ExportForm
    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class DatabaseTarget:
    """A table of a PostgreSQL database.

    Attributes:
        url: of the database, as libpq takes it.
        table: the table's name; None where the data's own name is to be taken.
        schema: the table's schema; None for the database's first.
    """

    url: str
    table: str | None
    schema: str | None
    form: ExportForm = ExportForm.POSTGRESQL

    def __str__(self) -> str:
        return hide_password(self.url, self.url)


def parse_target(written: str) -> FileTarget | DatabaseTarget:
    """Returns the target that somebody named: a file, or `postgresql://user@host/db[/table]`.

    Raises:
        ExportError: it is neither.
    """
    if "://" in written:
        return _parse_database(written)
    path = Path(written)
    try:
        return FileTarget(ExportForm(path.suffix.lower().removeprefix(".")), path)
    except ValueError:
        raise ExportError(
            f"{written}: name a file that ends in .duckdb, .csv or .xlsx, or "
            "postgresql://USER@HOST/DATABASE/TABLE"
        ) from None


def hide_password(text: str, url: str) -> str:
    """Returns a text without the password that a URL holds, as written or as meant."""
    parts = urlsplit(url)
    written = parts.password or ""
    for password in {written, unquote(written)} - {""}:
        text = text.replace(password, _HIDDEN)
    return _PASSWORD.sub(rf"\1{_HIDDEN}", text)


def _parse_database(written: str) -> DatabaseTarget:
    parts = urlsplit(written)
    if parts.scheme not in _SCHEMES:
        raise ExportError(
            f"{parts.scheme}:// is no place for an export; databases are postgresql://"
        )
    names = [unquote(name) for name in parts.path.split("/") if name]
    match names:
        case [_]:
            table = None
        case [_, table]:
            pass
        case _:
            raise ExportError(
                f"{hide_password(written, written)}: write postgresql://USER@HOST/DATABASE/TABLE"
            )
    schema, _, name = (table or "").rpartition(".")
    return DatabaseTarget(_without_table(parts), name or None, schema or None)


def _without_table(parts: SplitResult) -> str:
    database = parts.path.split("/")[1]
    return parts._replace(path=f"/{database}").geturl()
