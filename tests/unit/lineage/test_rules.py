"""A version is another where a rule is another, and only there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.lineage.rules import collect_sources, digest_rules
from tasks.lineage.versions import DATA, LEFT_OUT, PIPELINE
from tests.conftest import PROJECT

RULE = """
from schemas.words import WORDS
from tasks.helper import fold

def judge(text: str) -> bool:
    return fold(text) in WORDS
"""
HELPER = """
def fold(text: str) -> str:
    return text.lower()

def other(text: str) -> str:
    return text.upper()
"""
WORDS = "import json\nWORDS = json.loads('[]')\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in {
        "tasks/__init__.py": "",
        "tasks/rule.py": RULE,
        "tasks/helper.py": HELPER,
        "schemas/__init__.py": "",
        "schemas/words.py": WORDS,
        "schemas/words.toml": "# days\nmonday = 1\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
    return tmp_path


def _digest(project: Path, entry: str = "tasks.rule") -> str:
    return digest_rules(entry, data=["schemas/words.toml"], root=project)


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        path = project / name
        content = path.read_text()
        assert old in content
        path.write_text(content.replace(old, new))

    return edit


def _rename_helper(project: Path) -> None:
    (project / "tasks/helper.py").rename(project / "tasks/folding.py")
    _edit("tasks/rule.py", "tasks.helper", "tasks.folding")(project)


@pytest.mark.parametrize(
    "change",
    [
        _edit("tasks/rule.py", "    return", "    # A comment.\n\n    return"),
        _edit("tasks/rule.py", "bool:\n", 'bool:\n    """A docstring."""\n'),
        _edit("tasks/rule.py", "fold(text) in WORDS", "(fold(text)\n        in WORDS)"),
        _edit("schemas/words.toml", "# days\nmonday = 1", "monday   =  1 # Monday"),
        _rename_helper,
        lambda project: (project / "tasks/foreign.py").write_text("X = 1"),
        lambda project: (project / "schemas/foreign.toml").write_text("x = 1"),
    ],
    ids=["comment", "docstring", "layout", "data layout", "renamed", "foreign", "foreign data"],
)
def test_what_is_no_rule_changes_no_version(
    project: Path, change: Callable[[Path], object]
) -> None:
    before = _digest(project)
    change(project)
    assert _digest(project) == before


@pytest.mark.parametrize(
    "change",
    [
        _edit("tasks/rule.py", "in WORDS", "not in WORDS"),
        _edit("tasks/helper.py", "text.lower()", "text.casefold()"),
        _edit("tasks/rule.py", "import fold", "import other as fold"),
        _edit("schemas/words.py", "[]", "[1]"),
        _edit("schemas/words.toml", "monday = 1", "monday = 2"),
    ],
    ids=["rule", "what it imports", "which one it imports", "constant", "data"],
)
def test_a_rule_changes_the_version(project: Path, change: Callable[[Path], object]) -> None:
    before = _digest(project)
    change(project)
    assert _digest(project) != before


def test_a_library_counts_as_code_does(project: Path) -> None:
    assert digest_rules("tasks.rule", libraries=["1.0"], root=project) != digest_rules(
        "tasks.rule", root=project
    )


def test_the_pipeline_is_read_to_its_rules_and_no_further() -> None:
    modules = set(collect_sources(PIPELINE, LEFT_OUT))
    assert {
        "schemas.columns",
        "tasks.extract.extract",
        "tasks.normalize.dates.parse",
        "tasks.read.warc.warc_records",
        "tasks.validate.gx_suites",
    } <= modules
    steps = {module.split(".")[1] for module in modules if module.startswith("tasks.")}
    assert steps <= {"discover", "extract", "normalize", "printed", "read", "stage", "validate"}


def test_all_reference_data_is_digested() -> None:
    """The registry has a version of its own; language files count as what is compiled of them."""
    found = {
        path.relative_to(PROJECT).as_posix()
        for suffix in ("*.toml", "*.json")
        for path in (PROJECT / "schemas").rglob(suffix)
        if path.parent.name != "languages" or path.suffix != ".toml"
    }
    assert found == set(DATA)
