"""Workers' rules are loaded while something else is waited for, where there will be workers."""

import subprocess
import sys
from pathlib import Path

import pytest

# In a process of its own: templates of other tests run in this one.
PROGRAM = """
import sys
from pathlib import Path
import psutil
from flows.preparing import prepare
from flows.request import RunRequest
from schemas.settings import Settings
from tasks.discover.plan import plan_run
from tasks.stage.shared_pools import close_shared_pools

def count_templates():
    children = psutil.Process().children()
    return sum(any("forkserver" in word for word in child.cmdline()) for child in children)

folder, dask = Path(sys.argv[1]), sys.argv[2] or None
request = RunRequest(raw=folder, warehouse=folder, settings=Settings(workers=1, dask=dask))
plan = plan_run(folder, {})
for _ in range(2):
    prepare(plan, request)
    print(count_templates())
close_shared_pools()
print(count_templates())
"""


def _counts(folder: Path, dask: str = "") -> list[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder), dask]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_a_template_is_started_once_and_goes_with_the_pools(tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text("<html></html>")
    assert _counts(tmp_path) == ["1", "1", "0"]


@pytest.mark.parametrize(("pages", "dask"), [(0, ""), (1, "tcp://127.0.0.1:8786")])
def test_none_is_started_for_no_page_or_beside_a_cluster(
    tmp_path: Path, pages: int, dask: str
) -> None:
    for number in range(pages):
        (tmp_path / f"{number}.html").write_text("<html></html>")
    assert _counts(tmp_path, dask) == ["0", "0", "0"]
