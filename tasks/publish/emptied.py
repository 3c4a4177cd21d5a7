"""Partitions that hold nothing any more, or parts: they stay while readers may open them."""

import os
from errno import ENOENT, ENOTEMPTY
from pathlib import Path

from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.publish.select import Partition, folder_key
from tasks.storage.locations import is_on_disk
from tasks.storage.parquet import read_file_metadata
from tasks.storage.warehouse import Warehouse, remove_file


def published_files(warehouse: Warehouse, partition: Partition) -> list[Path]:
    """Returns the files that a partition has now: articles/ last."""
    datasets = (
        (QUARANTINE.name,) if partition.dataset == QUARANTINE.name else (MONEY.name, ARTICLES.name)
    )
    key = folder_key(partition)
    paths = [warehouse.partition(dataset, key, partition.value) for dataset in datasets]
    return [path for path in paths if path.exists()]


def remove_emptied(warehouse: Warehouse, partition: Partition) -> None:
    """Removes the files of a partition that holds nothing, articles/ last.

    A reader lists the folders and then opens the files, and would fail where one has gone between.
    So a shrunk partition stays, without rows, where somebody listed its folder since: the next run
    tries again. Nothing else can be done about it on plain files, and in a store, which tells
    nobody who listed what, not even that.
    """
    for path in published_files(warehouse, partition):
        if not _is_listed(path):
            remove_file(path)
            if is_on_disk(path):
                _remove_empty(path.parent)


def _remove_empty(folder: Path) -> None:
    """Removes the folder of a partition once no part of it is left, whoever removes the last."""
    try:
        folder.rmdir()
    except OSError as error:
        if error.errno not in (ENOENT, ENOTEMPTY):
            raise


def forget_listings(warehouse: Warehouse, partition: Partition) -> None:
    """Makes the times of a partition's folders tell whether they are listed from now on.

    That of the dataset is put back to 1970. That of the partition is not, because other parts lie
    in it that may have lost their rows before: it is compared with the file's own.
    """
    for path in filter(is_on_disk, published_files(warehouse, partition)):
        folder, dataset = path.parents[:2]
        os.utime(path)
        emptied_ns = path.stat().st_mtime_ns
        os.utime(folder, ns=(folder.stat().st_atime_ns, emptied_ns))
        os.utime(dataset, ns=(0, dataset.stat().st_mtime_ns))


def _is_listed(path: Path) -> bool:
    """Tells whether somebody listed a partition's folders since its file lost its last row.

    The disk notes the time of the first listing since (see `forget_listings`) even where it is
    mounted with `relatime`; on one that notes none (`noatime`) nobody seems to read.
    """
    if not is_on_disk(path) or read_file_metadata(path).num_rows:
        return False
    folder, dataset = path.parents[:2]
    is_folder_listed = folder.stat().st_atime_ns > path.stat().st_mtime_ns
    return is_folder_listed or bool(dataset.stat().st_atime_ns)
