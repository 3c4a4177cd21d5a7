"""Whether a part is selected and published as it should be, by the footers of its files."""

from collections.abc import Iterable
from pathlib import Path

from tasks.publish.selections import Footer, agreed_inputs, files_of, selection_file
from tasks.storage.caches import FileMemo, caches_folder
from tasks.storage.locations import for_each
from tasks.storage.warehouse import Warehouse, read_metadata

# Of what is remembered of a footer; raised when that changes.
_MEMO_VERSION = "1"


class Footers:
    """The footers of selections and published files; those that are known are not parsed again."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Opens them."""
        self._warehouse = warehouse
        self._memo = FileMemo(caches_folder(warehouse) / "footers", _MEMO_VERSION, _find)

    def find_settled(self, dataset: str, key: str, made: Iterable[tuple[str, str]]) -> set[str]:
        """Returns which parts have a selection made of this, and are published as it says.

        Args:
            dataset: of the parts.
            key: the folder column.
            made: the value of each part, and of what its selection is to be made.
        """

        def is_settled(part: tuple[str, str]) -> bool:
            value, made_of = part
            selection = self._read(selection_file(self._warehouse, dataset, value))
            paths = files_of(self._warehouse, dataset, key, value)
            published = agreed_inputs(map(self._read, paths))
            return selection.get("made_of") == made_of and selection.get("inputs") == published

        parts = list(made)
        found = for_each(is_settled, parts, self._warehouse.root)
        return {value for (value, _), settled in zip(parts, found, strict=True) if settled}

    def keep(self) -> None:
        """Remembers the footers that were asked for."""
        self._memo.keep()

    def _read(self, path: Path) -> Footer:
        try:
            found: Footer = self._memo[path]
        except (FileNotFoundError, NotADirectoryError):
            return {}
        return found


def _find(path: Path) -> Footer:
    footer = read_metadata(path)
    return {name: footer[name] for name in ("made_of", "inputs") if name in footer}
