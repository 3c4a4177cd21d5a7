"""What is imported late is loaded by its first use, and what is left out is missing there alone."""

import subprocess
import sys
from importlib import import_module
from threading import Thread

import pytest

from tasks.validate.late_imports import import_late, imports_stood_in, imports_without

FROM_A_PACKAGE = """
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
BY_ITS_OWN_NAME = """
import sys
from tasks.validate.late_imports import import_late
import_late("wsgiref")
import wsgiref as held
assert "wsgiref.util" not in sys.modules
import wsgiref.util
assert wsgiref.util.guess_scheme({}) == "http"
assert held.util is wsgiref.util
"""
GREAT_EXPECTATIONS = """
import sys
import tasks.validate.gx_suites
for unused in ("scipy.stats._stats_py", "altair.vegalite", "sqlalchemy", "boto3"):
    assert unused not in sys.modules, f"no expectation of ours needs {unused}"
from scipy import stats
import altair
import sqlalchemy
assert stats.entropy([1, 1]) > 0
assert altair.Chart.__name__ == "Chart"
assert sqlalchemy.text("a").text == "a"
core = "great_expectations.expectations.core"
fluent = "great_expectations.datasource.fluent"
assert f"{core}.expect_column_values_to_not_be_null" in sys.modules
for unused in (f"{core}.expect_column_median_to_be_between", f"{fluent}.spark_datasource"):
    assert unused not in sys.modules, f"no suite of ours needs {unused}"
from great_expectations.expectations.core.expect_column_median_to_be_between import (
    ExpectColumnMedianToBeBetween,
)
assert ExpectColumnMedianToBeBetween(column="a", min_value=1, max_value=2).column == "a"
"""


@pytest.mark.parametrize("program", [FROM_A_PACKAGE, BY_ITS_OWN_NAME, GREAT_EXPECTATIONS])
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


@pytest.fixture
def _not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "wsgiref"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.usefixtures("_not_loaded")
def test_a_package_is_missing_in_the_block_and_found_after_it() -> None:
    with imports_without("wsgiref"), pytest.raises(ModuleNotFoundError):
        import_module("wsgiref.util")
    assert import_module("wsgiref.util")


@pytest.mark.usefixtures("_not_loaded")
def test_a_package_is_missing_in_one_thread() -> None:
    found = []
    with imports_without("wsgiref"):
        other = Thread(target=lambda: found.append(import_module("wsgiref.util")))
        other.start()
        other.join()
    assert found


@pytest.mark.usefixtures("_not_loaded")
def test_a_module_is_stood_in_in_the_block_and_itself_after_it() -> None:
    with imports_stood_in(lambda name: name == "wsgiref.util"):
        stood_in = import_module("wsgiref.util").FileWrapper
        assert import_module("wsgiref.headers").Headers().items() == []
    assert stood_in.__module__ == "wsgiref.util"
    assert not hasattr(stood_in, "__iter__")
    assert hasattr(import_module("wsgiref.util").FileWrapper, "__iter__")


@pytest.mark.usefixtures("_not_loaded")
def test_a_module_is_stood_in_in_one_thread() -> None:
    found = []
    with imports_stood_in(lambda name: name == "wsgiref.util"):
        other = Thread(target=lambda: found.append(import_module("wsgiref.util").FileWrapper))
        other.start()
        other.join()
    assert hasattr(found[0], "__iter__")
