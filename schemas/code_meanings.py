"""What the codes in quarantine mean, in words: a step's reasons and the expectations' names."""

from schemas.dictionary import describe_expectation
from schemas.reasons import Reason
from schemas.suites import MONEY_SUITE, RECORDS_SUITE, ColumnCheck

_CHECKS = {entry.check.name: entry for entry in (*RECORDS_SUITE, *MONEY_SUITE)}


def known_codes() -> frozenset[str]:
    """Returns every code that quarantine/reasons can hold."""
    return frozenset({*(reason.value for reason in Reason), *_CHECKS})


def describe_code(code: str) -> str:
    """Says what a reason of quarantine means; nothing for a code of another version."""
    if code in set(Reason):
        return Reason(code).description
    return describe_failure(code)


def describe_failure(check: str) -> str:
    """Says what an expectation asks and why; nothing for one of another version."""
    if check not in _CHECKS:
        return ""
    entry = _CHECKS[check]
    return f"{entry.column} {ask(entry)}. {entry.check.why}"


def ask(entry: ColumnCheck) -> str:
    """Says what an expectation asks of its column."""
    condition = f" where {entry.check.when}" if entry.check.when else ""
    return describe_expectation(entry).replace("`", "") + condition
