"""Great Expectations suites, built from the declarations in schemas/.

Importing this module imports Great Expectations (seconds of CPU): only the validate step does.
"""

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from schemas.suites import MONEY_SUITE, RECORDS_SUITE
from tasks.validate.late_imports import import_late, imports_stood_in, imports_without

_SOURCES = "great_expectations.datasource.fluent"
_EXPECTATIONS = "great_expectations.expectations.core"
_USED = frozenset(
    {"pandas_datasource", "invalid_datasource"}
    # An expectation's module is called as its class, in small letters.
    | {
        re.sub("(?<!^)(?=[A-Z])", "_", entry.check.expectation).lower()
        for entry in (*RECORDS_SUITE, *MONEY_SUITE)
    }
)


def _is_unused(name: str) -> bool:
    """Tells of a module if it is a data source or an expectation that no suite of ours has."""
    package, _, module = name.rpartition(".")
    is_source = package == _SOURCES and module.endswith("_datasource")
    is_expectation = package == _EXPECTATIONS and module.startswith("expect_")
    return (is_source or is_expectation) and module not in _USED


# Two expectations on distributions and a chart of them, which no suite of ours has, take a third of
# the import, and databases and stores, of which we ask nothing through it, a fifth. Half of what is
# left makes up models of data sources and expectations.
for _unused in ("scipy.stats", "altair"):
    import_late(_unused)
with imports_without("sqlalchemy", "boto3", "botocore"), imports_stood_in(_is_unused):
    import great_expectations as gx
    import great_expectations.expectations as gxe
    from great_expectations.data_context.types.base import ProgressBarsConfig

import pandas as pd

from schemas.columns import Check
from schemas.suites import ColumnCheck, columns_of

ROW_KEY = "row_key"
_WHETHER = {"result_format": "BOOLEAN_ONLY"}
_WHERE = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": [ROW_KEY],
    # Else article text would stand in results and reports.
    "exclude_unexpected_values": True,
    "return_unexpected_index_query": False,
}

# GX sets this logger to INFO as it is imported, to tell of a folder for docs that we do not use.
logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)


class SuiteError(Exception):
    """An expectation that could not be evaluated: a fault of the suite, never of a row."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that does not meet a check."""

    row_key: int
    check: str
    severity: str


def run_suite(frame: pd.DataFrame, suite: Sequence[ColumnCheck], name: str) -> list[Failure]:
    """Evaluates every check on every row.

    Args:
        frame: the rows, with a unique integer column `row_key`.
        suite: the checks.
        name: what the suite is called in results.

    Returns:
        The failures, by row and check.

    Raises:
        SuiteError: a check could not be evaluated, a missing column for example.
    """
    if frame.empty:
        return []
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("staged").add_dataframe_asset(name)
    # Great Expectations copies all columns of the rows that a condition holds for, at each step.
    read = frame.loc[:, frame.columns.isin([*columns_of(suite), ROW_KEY])]
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": read})
    by_name = {entry.check.name: entry for entry in suite}
    # To say where a check fails takes longer than to say whether, and most fail nowhere.
    failed = [
        by_name[_check_name(outcome)]
        for outcome in _validate(batch, name, suite, _WHETHER)
        if not outcome.success
    ]
    failures = [
        failure
        for outcome in _validate(batch, name, failed, _WHERE)
        for failure in _failures(outcome, by_name[_check_name(outcome)].check)
    ]
    return sorted(failures, key=lambda failure: (failure.row_key, failure.check))


def _validate(
    batch: Any, name: str, entries: Iterable[ColumnCheck], result_format: dict[str, Any]
) -> list[Any]:
    expectations = [_expectation(entry) for entry in entries]
    if not expectations:
        return []
    suite = gx.ExpectationSuite(name, expectations=expectations)
    outcomes: list[Any] = batch.validate(suite, result_format=result_format).results
    return outcomes


def _expectation(entry: ColumnCheck) -> Any:
    check = entry.check
    arguments = dict(check.arguments)
    if check.expectation.startswith("ExpectColumnPair"):
        arguments.setdefault("column_B", entry.column)
        arguments.setdefault("ignore_row_if", "either_value_is_missing")
    else:
        arguments.setdefault("column", entry.column)
    if "value_set" in arguments:
        arguments["value_set"] = list(arguments["value_set"])
    if check.when:
        arguments |= {"row_condition": check.when, "condition_parser": "pandas"}
    # Great Expectations knows no severity above critical.
    severity = "critical" if check.severity == "fault" else check.severity
    return getattr(gxe, check.expectation)(
        **arguments, severity=severity, meta={"check": check.name}, notes=check.why
    )


def _check_name(outcome: Any) -> str:
    name: str = outcome.expectation_config.meta["check"]
    return name


def _failures(outcome: Any, check: Check) -> list[Failure]:
    raised = [
        info["exception_message"]
        for info in _exception_infos(outcome.exception_info)
        if info.get("raised_exception")
    ]
    if raised:
        raise SuiteError(f"{check.name} could not be evaluated: {raised[0]}")
    # Without the values, GX lists the rows of one check together: [{"row_key": [3, 5]}].
    rows = chain.from_iterable(
        entry[ROW_KEY] for entry in outcome.result.get("unexpected_index_list") or []
    )
    return [Failure(int(row), check.name, check.severity) for row in rows]


def _exception_infos(info: dict[str, Any]) -> list[dict[str, Any]]:
    """GX gives one mapping, or one for each metric it computed."""
    return [info] if "raised_exception" in info else list(info.values())
