"""What is imported late is loaded by its first use, and is the module itself."""

import subprocess
import sys

import pytest

from tasks.validate.late_imports import import_late

PROGRAM = """
import sys
from tasks.validate.late_imports import import_late
import_late("xml.sax.saxutils")
from xml.sax import saxutils
assert "urllib.parse" not in sys.modules, "it is not loaded yet"
assert saxutils.escape("<") == "&lt;"
assert "urllib.parse" in sys.modules
from xml.sax.saxutils import escape
assert saxutils.escape is escape
"""
GREAT_EXPECTATIONS = """
import sys
import tasks.validate.gx_suites
assert "scipy.stats._stats_py" not in sys.modules, "no expectation of ours needs it"
from scipy import stats
assert stats.entropy([1, 1]) > 0
"""


@pytest.mark.parametrize("program", [PROGRAM, GREAT_EXPECTATIONS])
def test_a_module_is_loaded_by_its_first_use(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_module_that_is_there_stays_as_it_is() -> None:
    before = sys.modules["importlib.util"]
    import_late("importlib.util")
    assert sys.modules["importlib.util"] is before


def test_a_module_that_is_nowhere_is_an_error_at_once() -> None:
    with pytest.raises(ModuleNotFoundError):
        import_late("xml.no_such_module")
