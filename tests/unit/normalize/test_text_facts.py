"""What is read of a text may be kept: it has the same amounts afterwards, and the same rules."""

import ast
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tasks.normalize.decisions import Mention
from tasks.normalize.text_facts import RULES, plain, read_text_facts
from tests.conftest import PROJECT


def _mention(amount: Decimal) -> Mention:
    return Mention(start=0, end=1, surface="", kind="mention", amount=amount, rule="code")


@given(st.decimals(min_value=0, max_value=10**28, places=9, allow_nan=False))
def test_an_amount_is_the_same_number_however_many_zeros_it_has(amount: Decimal) -> None:
    found = plain(_mention(amount)).amount
    assert found == amount
    assert str(found) == str(plain(_mention(Decimal(f"{found:f}"))).amount)
    if amount == int(amount):
        assert str(found) == str(int(amount))


def test_a_range_keeps_both_ends() -> None:
    (mention,) = read_text_facts("It cost $5.00 to $7.50.", "en", "US").mentions
    assert (str(mention.amount), str(mention.amount_high)) == ("5", "7.5")


def test_all_that_reads_a_text_is_among_the_rules() -> None:
    """Else a change of it would leave amounts that today's code does not read."""
    todo, seen = [PROJECT / "tasks/normalize/text_facts.py"], set()
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        todo += [found for name in _imports(path) for found in _files(name)]
    outside = [
        name
        for name in (path.relative_to(PROJECT).as_posix() for path in seen)
        if not any(name == rule or name.startswith(f"{rule}/") for rule in RULES)
        and Path(name).name != "__init__.py"
    ]
    assert len(seen) > 20
    assert outside == []


def _imports(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def _files(module: str) -> list[Path]:
    path = PROJECT.joinpath(*module.split("."))
    return [file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()]
