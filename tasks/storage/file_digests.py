"""The digests that a Parquet file of a warehouse has of itself, in its footer.

Parquet's checksums cover pages, and neither the footer nor the statistics and indices by which
readers skip rows. So a footer has two SHA-256: of the whole file, and of itself, which is enough
for who reads only the footer. Both are taken with zeros where they stand.
"""

import hashlib
import re
from pathlib import Path

from schemas.settings import MEBIBYTE

DIGESTS_KEY = "newsmill.digests"
_ZEROS = "0" * hashlib.sha256().digest_size * 2
PLACEHOLDER = f"file:{_ZEROS} footer:{_ZEROS}"
# Where one of the three names is there the others should be: a damaged name is no older file.
_NAMES = (DIGESTS_KEY.encode(), b"file:", b" footer:")
_DIGESTS = re.compile(rb"newsmill\.digests[^f]{1,4}file:([0-9a-f]{64}) footer:([0-9a-f]{64})")
_FOOTER_END = 8


def write_digests(path: Path) -> None:
    """Puts the digests in the place of the placeholder in the footer of a new file on a disk."""
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(size - _FOOTER_END)
        length = int.from_bytes(file.read(4), "little") + _FOOTER_END
        file.seek(size - length)
        footer = file.read(length)
        at = footer.index(PLACEHOLDER.encode())
        digests = f"file:{_digest_file(path)} footer:{hashlib.sha256(footer).hexdigest()}"
        file.seek(size - length + at)
        file.write(digests.encode())


def matches_footer_digest(footer: bytes) -> bool | None:
    """Tells whether a footer is as it was written; None where it has no digests.

    Args:
        footer: as `tasks.storage.parquet.read_footer` gives it.
    """
    digests = _find(footer)
    if digests is None:
        return _lacks_digests(footer)
    return hashlib.sha256(_cleared(footer, digests)).hexdigest().encode() == digests[2]


def matches_file_digest(path: Path, footer: bytes) -> bool | None:
    """Tells whether a file is as it was written; None where it has no digests.

    Raises:
        OSError: it cannot be read.
    """
    digests = _find(footer)
    if digests is None:
        return _lacks_digests(footer)
    return _digest_file(path, _cleared(footer, digests)).encode() == digests[1]


def _find(footer: bytes) -> "re.Match[bytes] | None":
    return _DIGESTS.search(footer)


def _lacks_digests(footer: bytes) -> bool | None:
    # A name alone may stand in another fact, two do not.
    return False if sum(name in footer for name in _NAMES) > 1 else None


def _cleared(footer: bytes, digests: "re.Match[bytes]") -> bytes:
    """Returns a footer with zeros in the place of its digests."""
    first, second = digests.start(1), digests.start(2)
    zeros, size = _ZEROS.encode(), len(_ZEROS)
    return footer[:first] + zeros + footer[first + size : second] + zeros + footer[second + size :]


def _digest_file(path: Path, footer: bytes | None = None) -> str:
    """Returns the digest of a file, with another footer where one is given."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        left = file.seek(0, 2) - len(footer or b"")
        file.seek(0)
        while left > 0 and (piece := file.read(min(left, MEBIBYTE))):
            digest.update(piece)
            left -= len(piece)
    digest.update(footer or b"")
    return digest.hexdigest()
