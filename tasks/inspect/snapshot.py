"""A snapshot: what is published at one moment, in a folder that no run changes.

Some readers open a file more than once in a query, and fail where it is replaced in between. In a
snapshot nothing is replaced. It is made of hard links, which cost a name and no bytes; where there
are none, and of a store, of copies. Removing it never touches the warehouse.

It needs no lock, so that runs go on. A run writes the selections of partitions before the
partitions, so that a partition that is not what its selection says is being published. What lies in
the warehouse is compared before and after: where anything was replaced, there is no snapshot.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from schemas.tables import ARTICLES, MONEY, PUBLISHED, QUARANTINE
from tasks.publish.datapackage import DATAPACKAGE_NAME
from tasks.publish.select import Partition, folder_key, selection_path
from tasks.storage.locations import (
    LocationError,
    download_files,
    for_each,
    is_on_disk,
    list_below,
    list_store,
    read_bytes,
)
from tasks.storage.parquet import read_file_metadata
from tasks.storage.part_names import value_of_file
from tasks.storage.warehouse import Warehouse, parse_metadata

_DATASETS = tuple(table.name for table in PUBLISHED)
# What tells the states of a file apart, by its path below the warehouse's root.
_States = dict[str, tuple[object, ...]]


class BeingPublishedError(Exception):
    """What is published is changing, or was left half changed by a run that died."""


def take_snapshot(warehouse: Warehouse, folder: Path, *, copy: bool = False) -> int:
    """Makes a snapshot of the published datasets and of `datapackage.json`.

    Args:
        warehouse: whose.
        folder: on this machine, where nothing is yet; it appears whole or not at all.
        copy: whether to copy also where links can be made.

    Returns:
        The number of files.

    Raises:
        BeingPublishedError: another try in a moment may do.
        LocationError: the folder is there already, or in the warehouse.
        OSError: the warehouse cannot be read, or the folder not be written.
    """
    _refuse(warehouse, folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        before = _list_states(warehouse)
        _check_published(warehouse, before)
        names = [name for name in before if not name.startswith("staged/")]
        _bring(warehouse, names, making, copy=copy)
        if _list_states(warehouse) != before:
            raise BeingPublishedError("files were replaced while they were linked")
        making.rename(folder)
    # A file that was listed and is gone was replaced.
    except FileNotFoundError as error:
        raise BeingPublishedError(f"{error.filename} was replaced") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return len(names)


def _refuse(warehouse: Warehouse, folder: Path) -> None:
    if not is_on_disk(folder):
        raise LocationError(f"{folder}: a snapshot lies on this machine")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LocationError(f"{folder} is there already")
    root = warehouse.root
    if is_on_disk(root) and folder.resolve().is_relative_to(root.resolve()):
        raise LocationError(f"{folder} is in the warehouse, where readers would list it")


def _list_states(warehouse: Warehouse) -> _States:
    """Returns the states of what is published, and of the selections it was made by."""
    root = warehouse.root
    folders = [*(warehouse.dataset(name) for name in _DATASETS), warehouse.selection]
    states: _States = {}
    if (root / DATAPACKAGE_NAME).exists():
        states[DATAPACKAGE_NAME] = (read_bytes(root / DATAPACKAGE_NAME),)
    for folder in folders:
        for path, state in _list_folder(folder):
            if path.suffix == ".parquet" and not path.name.startswith("."):
                states[path.relative_to(root).as_posix()] = state
    return states


def _list_folder(folder: Path) -> Iterator[tuple[Path, tuple[object, ...]]]:
    if not is_on_disk(folder):
        for file in list_store(folder):
            yield folder / file.path, (file.version,)
        return
    for path in list_below(folder):
        yield path, _state(path)


def _state(path: Path) -> tuple[object, ...]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size


def _check_published(warehouse: Warehouse, states: _States) -> None:
    """Compares partitions with their selections, both ways.

    Raises:
        BeingPublishedError: one of them is not what its selection says.
    """
    partitions = {*_selected(warehouse, states), *_published(states)}
    wrong = for_each(
        lambda partition: _is_being_published(warehouse, states, partition),
        sorted(partitions),
        warehouse.root,
    )
    for partition, is_wrong in zip(sorted(partitions), wrong, strict=True):
        if is_wrong:
            raise BeingPublishedError(
                f"{partition.dataset} {partition.value} is being published, or a run that died left"
                " it; the next `newsmill run` completes it"
            )


def _selected(warehouse: Warehouse, states: _States) -> Iterator[Partition]:
    folder = warehouse.selection.relative_to(warehouse.root).as_posix() + "/"
    for name in states:
        if name.startswith(folder):
            path = Path(name)
            yield Partition(path.parent.name, path.stem)


def _published(states: _States) -> Iterator[Partition]:
    for name in states:
        path = Path(name)
        value = value_of_file(path)
        if value and path.parts[0] in (ARTICLES.name, QUARANTINE.name):
            yield Partition(path.parts[0], value)


def _is_being_published(warehouse: Warehouse, states: _States, partition: Partition) -> bool:
    root, selection = warehouse.root, selection_path(warehouse, partition)
    datasets = [partition.dataset, *([MONEY.name] if partition.dataset == ARTICLES.name else [])]
    key = folder_key(partition)
    parts = [warehouse.partition(dataset, key, partition.value) for dataset in datasets]
    is_there = [part.relative_to(root).as_posix() in states for part in parts]
    if selection.relative_to(root).as_posix() not in states:
        # What was emptied stays without rows while somebody lists it.
        left = [part for part, there in zip(parts, is_there, strict=True) if there]
        return any(read_file_metadata(part).num_rows for part in left)
    if not all(is_there):
        return True
    inputs = {
        parse_metadata(read_file_metadata(path).metadata).get("inputs")
        for path in (selection, *parts)
    }
    return len(inputs) != 1


def _bring(warehouse: Warehouse, names: list[str], target: Path, *, copy: bool) -> None:
    for name in _DATASETS:
        (target / name).mkdir(parents=True, exist_ok=True)
    paths = [warehouse.root / name for name in names]
    if not is_on_disk(warehouse.root):
        download_files(paths, warehouse.root, target)
        return
    for name, path in zip(names, paths, strict=True):
        copied = target / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        if copy or not _link(path, copied):
            shutil.copyfile(path, copied)


def _link(path: Path, copied: Path) -> bool:
    try:
        copied.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:
        return False  # Another disk, or one without hard links.
    return True
