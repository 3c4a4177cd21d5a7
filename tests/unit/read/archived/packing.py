"""Archives written entry by entry, as their makers write them."""

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterable

import zstandard

Entries = Iterable[tuple[str, bytes]]


def pack_zip(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 9, 0, 0, 0)), content, method)
    return buffer.getvalue()


def pack_streamed_zip(entries: Entries) -> bytes:
    """Write sizes behind the entries, as who writes into a pipe does."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

        def seek(self, *_: int) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return pipe.getvalue()


def pack_tar(entries: Entries, mode: str = "w", layout: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=layout) as archive:  # type: ignore[call-overload]
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            if name.endswith("/"):
                info.type = tarfile.DIRTYPE
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


PACKERS: dict[str, Callable[[Entries], bytes]] = {
    "a.zip": pack_zip,
    "stored.zip": lambda entries: pack_zip(entries, zipfile.ZIP_STORED),
    "bzip2.zip": lambda entries: pack_zip(entries, zipfile.ZIP_BZIP2),
    "piped.zip": pack_streamed_zip,
    "a.tar": pack_tar,
    "gnu.tar": lambda entries: pack_tar(entries, layout=tarfile.GNU_FORMAT),
    "a.tar.gz": lambda entries: pack_tar(entries, "w:gz"),
    "a.tgz": lambda entries: pack_tar(entries, "w:gz"),
    "a.tar.bz2": lambda entries: pack_tar(entries, "w:bz2"),
    "a.txz": lambda entries: pack_tar(entries, "w:xz"),
    "a.tar.zst": lambda entries: zstandard.compress(pack_tar(entries)),
    "plain.tar.gz": pack_tar,
}
