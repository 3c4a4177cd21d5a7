"""An explanation, printed in a terminal."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tasks.inspect.explained_amounts import RejectedAmount, RejectedGroup, print_dollars
from tasks.inspect.explained_candidates import Decision, ExplainedCandidate
from tasks.inspect.explanation import Explanation
from tasks.inspect.relatives import Relative
from tasks.inspect.second_reading import PageAccount

_LINEAGE = ("raw_digest", "form", "url", "landing_date", "batch_id", "pipeline_version", "faults")
# A table of candidates would break stamps and addresses below this width; each has two lines there.
_TABLE_COLUMNS = 110
# A detail that leaves no more room in a line than this has a line of its own, as all beside it.
_LONG_DETAIL = 20
# Of a decision that chose none.
_LOSERS_SHOWN = 3
_STYLES = {"article": "green", "quarantined": "yellow"}


def print_explanation(
    explanation: Explanation, console: Console, *, show_all: bool = False
) -> None:
    """Prints what became of a document, and what decided each of its values.

    Args:
        explanation: of the document.
        console: below 110 columns, candidates that were not chosen are only counted.
        show_all: whether they are printed there too.
    """
    record = explanation.record
    console.rule(Text(explanation.name), align="left", style="dim")
    console.print(Text(record["title"] or "no title", style="bold"))
    console.print(_summary(explanation))
    for code, meaning in (*explanation.reasons, *explanation.warnings):
        console.print(Text.assemble("  ", (code, "yellow"), f"  {meaning}"))
    if record["detail"]:
        _indent(Text(record["detail"]), console)
    for decision in explanation.decisions:
        _print_decision(decision, console, show_all=show_all)
    if explanation.decisions:
        _print_money(explanation, console)
    _print_relatives(explanation, console)
    _print_account(explanation.account, console)
    _head("came from", "", console)
    _print_details([(name, _show(record[name])) for name in _LINEAGE], console)
    console.print()


def _summary(explanation: Explanation) -> Text:
    record = explanation.record
    words = f"{record['word_count']:,} words" if record["word_count"] else ""
    known = (record["outlet_name"], record["published_date"], words, record["language"])
    style = _STYLES.get(explanation.standing, "cyan")
    rest = "".join(f" · {value}" for value in known if value)
    return Text.assemble((explanation.standing, style), rest)


def _print_decision(decision: Decision, console: Console, *, show_all: bool) -> None:
    rule = f"  by {decision.rule}" if decision.rule else ""
    _head(decision.subject, decision.value or "not known", console, rule)
    _print_details(decision.details, console)
    if console.width >= _TABLE_COLUMNS:
        _print_candidates(decision, console)
        return
    shown = [one for one in decision.candidates if one.is_chosen or show_all]
    shown = shown or list(decision.candidates[:_LOSERS_SHOWN])
    for candidate in shown:
        _print_candidate(candidate, decision.unit, console)
    if others := len(decision.candidates) - len(shown):
        _indent(Text(f"{_count(others, 'other candidate')}: --all", "dim"), console, 4)


def _print_candidates(decision: Decision, console: Console) -> None:
    if not decision.candidates:
        return
    columns = {
        "": ["✓" if candidate.is_chosen else "" for candidate in decision.candidates],
        "printed": [candidate.text for candidate in decision.candidates],
        "where": [candidate.position for candidate in decision.candidates],
        "read as": [candidate.read_as for candidate in decision.candidates],
        decision.unit: [_score(candidate) for candidate in decision.candidates],
        "verdict": [candidate.verdict for candidate in decision.candidates],
    }
    columns = {name: cells for name, cells in columns.items() if any(cells)}
    table = _table()
    for name in columns:
        _add_column(table, name, is_number=name == decision.unit)
    for candidate, cells in zip(
        decision.candidates, zip(*columns.values(), strict=True), strict=True
    ):
        table.add_row(*map(Text, cells), style="green" if candidate.is_chosen else "")
    _indent(table, console)


def _print_candidate(candidate: ExplainedCandidate, unit: str, console: Console) -> None:
    """Prints a candidate on two lines: what is printed, and what was made of it."""
    style = "green" if candidate.is_chosen else ""
    mark = "✓" if candidate.is_chosen else " "
    read_as = f"  read as {candidate.read_as}" if candidate.read_as else ""
    _print_whole(Text(f"  {mark} {candidate.text}{read_as}", style), console)
    score = f"{unit} {_score(candidate)}" if candidate.score is not None else ""
    rest = " · ".join(filter(None, (candidate.position, score, candidate.verdict)))
    if rest:
        _indent(Text(rest, "dim"), console, 6)


def _print_whole(text: Text, console: Console) -> None:
    """Prints a line that only the terminal breaks, so that what is copied from it is whole."""
    console.print(text, soft_wrap=True)


def _print_money(explanation: Explanation, console: Console) -> None:
    rows = explanation.record["money"] or []
    mentions = [row for row in rows if row["kind"] == "mention"]
    _head("money", _count(len(mentions), "amount"), console)
    if mentions:
        names = ("printed", "amount", "currency", "by the rule", "in $")
        _print_amounts(names, [_amount_cells(row) for row in mentions], console)
    for ticker, rates in groupby(
        (row for row in rows if row["kind"] == "quote"), lambda row: row["surface"]
    ):
        _head("rates", ticker, console)
        names = ("currency", "rate", "in", "by the rule", "in $")
        _print_amounts(names, [_rate_cells(row) for row in rates], console)
    _print_rejected(explanation.rejected_amounts or (), console)


def _print_amounts(names: Sequence[str], rows: Sequence[tuple[str, ...]], console: Console) -> None:
    table = _table()
    for name in names:
        _add_column(table, name, is_number=name in {"amount", "rate", "in $"})
    for cells in rows:
        table.add_row(*map(Text, cells))
    _indent(table, console)


def _amount_cells(row: dict[str, Any]) -> tuple[str, ...]:
    high = f" to {_show(row['amount_high'])}" if row["amount_high"] is not None else ""
    return (
        row["surface"],
        _show(row["amount"]) + high,
        row["currency_code"] or "not known",
        row["currency_rule"] + (", ambiguous" if row["is_ambiguous"] else ""),
        print_dollars(row),
    )


def _rate_cells(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        row["currency_code"],
        _show(row["amount"]),
        row["quote_currency_code"] or "not known",
        row["currency_rule"],
        print_dollars(row),
    )


def _print_rejected(groups: Sequence[RejectedGroup], console: Console) -> None:
    """Prints what is no money: with a currency in its place, bare numbers in one line."""
    if not groups:
        return
    _head("not money", _count(sum(group.count for group in groups), "candidate"), console)
    for group in groups:
        _indent(Text.assemble((group.rule, "yellow"), f"  {group.meaning}"), console)
        if group.has_currency:
            for amount in group.amounts:
                _print_in_context(amount, console)
        else:
            numbers = " · ".join(amount.text for amount in group.amounts)
            _indent(Text(numbers, "dim"), console, 4)
        if more := group.count - len(group.amounts):
            _indent(Text(f"and {more:,} more"), console, 4)


def _print_in_context(amount: RejectedAmount, console: Console) -> None:
    """Prints an amount in the middle of a line, with as many words around it as have room."""
    room = max((console.width - 4 - len(amount.text)) // 2, 1)
    before = amount.before if len(amount.before) <= room else f"…{amount.before[1 - room :]}"
    line = Text.assemble("    ", before, (amount.text, "bold"), amount.behind)
    console.print(line, style="dim", no_wrap=True, overflow="ellipsis")


def _print_relatives(explanation: Explanation, console: Console) -> None:
    relatives = explanation.relatives
    if relatives.original is not None:
        _head("repeats", "", console)
        _print_relative(relatives.original, console)
    if relatives.copies:
        _head("repeated by", f"{relatives.copy_count:,}", console)
    for copy in relatives.copies:
        _print_relative(copy, console)
    others = [other for other in relatives.revisions if other.name != explanation.name]
    if others:
        _head("fetched again", f"{len(others):,}", console)
    for other in others:
        _print_relative(other, console)


def _print_relative(relative: Relative, console: Console) -> None:
    known = (relative.published_date, relative.outlet_name, relative.title, relative.name)
    _indent(Text(" · ".join(str(value) for value in known if value)), console)


def _print_account(account: PageAccount, console: Console) -> None:
    kept = f"{account.kept_share:.0%} of what is printed" if account.pieces else ""
    _head("kept", kept, console)
    if account.note:
        _indent(Text(account.note), console)
    width = max((len(piece.reason) for piece in account.pieces), default=0)
    for piece in account.pieces:
        reason, style = ("kept", "green") if piece.is_kept else (piece.reason, "dim")
        line = Text.assemble("  ", (f"{reason:<{width}}", style), "  ", piece.text)
        console.print(line, no_wrap=True, overflow="ellipsis", style="" if piece.is_kept else "dim")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s") if number else f"no {noun}s"


def _score(candidate: ExplainedCandidate) -> str:
    return "" if candidate.score is None else f"{candidate.score:.4g}"


def _head(subject: str, value: str, console: Console, rest: str = "") -> None:
    console.print()
    line = Text.assemble((f"{subject:<14}", "bold cyan"), (value, "bold"), (rest, "dim"))
    _print_whole(line, console)


def _print_details(details: Any, console: Console) -> None:
    known = [f"{label} {value}" for label, value in details if value]
    if any(len(detail) > console.width - _LONG_DETAIL for detail in known):
        for detail in known:
            _print_whole(Text(f"  {detail}", "dim"), console)
    elif known:
        _indent(Text(" · ".join(known), "dim"), console)


def _indent(renderable: Any, console: Console, columns: int = 2) -> None:
    console.print(Padding(renderable, (0, 0, 0, columns), expand=False))


def _add_column(table: Table, name: str, *, is_number: bool) -> None:
    justify: Literal["left", "right"] = "right" if is_number else "left"
    table.add_column(name, justify=justify, overflow="fold", no_wrap=is_number)


def _table() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)


def _show(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return "" if value is None else str(value)
