"""Reading streams: memory does not grow with an archive, nor with what is in it."""

import gzip
import random
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.unit.read.archived.packing import PACKERS
from tests.unit.read.archives import http, warc_record

READER = """
import sys
from pathlib import Path
from schemas.settings import Limits
from tasks.discover.batches import discover
from tasks.read.batch import read_batch

def peak():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024

raw, limits = Path(sys.argv[1]), Limits(max_document_bytes=1024 * 1024)
before = peak()
count = sum(1 for batch in discover(raw).batches for _ in read_batch(batch, raw, limits))
print(count, peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux for the peak")
@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_memory_is_flat_over_packed_pages_whatever_their_size(tmp_path: Path, name: str) -> None:
    noise = random.Random(1).randbytes(20_000).hex().encode()
    page, huge = b"<html><p>" + noise * 5, b"<html><p>" + noise * 600
    line = b'{"html": "%s"}\n' % page
    entries = [(f"{number}.html", page) for number in range(60)]
    entries += [("huge.html", huge), ("rows.jsonl", line * 60)]
    entries += [("pages.warc", warc_record("response", http(page)) * 60)]
    (tmp_path / name).write_bytes(PACKERS[name](entries))
    done = subprocess.run(
        [sys.executable, "-c", READER, str(tmp_path)], capture_output=True, text=True, check=True
    )
    count, grown = map(int, done.stdout.split())
    assert count == 181
    assert grown < 25, f"{grown} MiB more"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux for the peak")
@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.warc", bytes), ("a.warc.gz", partial(gzip.compress, compresslevel=1)), ("a.jsonl", bytes)],
)
def test_memory_is_flat_over_an_archive_whatever_its_size(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    noise = random.Random(1).randbytes(20_000).hex().encode()
    page = b"<html><p>" + noise * 5
    if name.endswith("jsonl"):
        small, huge = b'{"html": "%s"}\n' % page, b'{"html": "%s"}\n' % (noise * 600)
    else:
        small = pack(warc_record("response", http(page)))
        huge = pack(warc_record("response", http(noise * 600)))
    with (tmp_path / name).open("wb") as file:
        for _ in range(3):
            file.write(small * 60)
            file.write(huge)
    done = subprocess.run(
        [sys.executable, "-c", READER, str(tmp_path)], capture_output=True, text=True, check=True
    )
    count, grown = map(int, done.stdout.split())
    assert count == 183
    assert grown < 25, f"{grown} MiB more"
