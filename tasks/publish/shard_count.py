"""Into how many shards the index of a warehouse is divided: `staged/shards.json`.

The number changes how much memory and how many hands selecting takes, and nothing of what it
chooses. One that is not written down is 1.
"""

from tasks.storage.parquet import DamagedFileError
from tasks.storage.sealed_json import read_sealed_json, write_sealed_json
from tasks.storage.warehouse import Warehouse, remove_file

# A billion records in 1,024 shards are a million records each; beyond, files are small and many.
MAX_SHARDS = 4_096


def read_shard_count(warehouse: Warehouse) -> int:
    """Returns the number of shards, a power of two.

    Raises:
        DamagedFileError: the file that says it is not as it was written.
    """
    try:
        count: int = read_sealed_json(warehouse.shards)["count"]
    except FileNotFoundError:
        return 1
    except ValueError as error:
        raise DamagedFileError(warehouse.shards, "it is not as it was written") from error
    return count


def write_shard_count(warehouse: Warehouse, count: int) -> None:
    """Writes the number of shards; the next run divides the index anew.

    Args:
        warehouse: which the caller holds.
        count: a power of two.

    Raises:
        ValueError: it is none, or more than `MAX_SHARDS`.
    """
    if not 1 <= count <= MAX_SHARDS or count & (count - 1):
        raise ValueError(f"{count} is no power of two from 1 to {MAX_SHARDS:,}")
    if count == 1:
        remove_file(warehouse.shards)
    else:
        write_sealed_json(warehouse.shards, {"count": count})
