"""An explanation, printed in a terminal."""

from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tasks.report.candidates import Candidate, Decision
from tasks.report.explanation import Explanation
from tasks.report.page_account import PageAccount
from tasks.report.relatives import Relative

_LINEAGE = ("raw_digest", "form", "url", "landing_date", "batch_id", "pipeline_version", "faults")
_STYLES = {"article": "green", "quarantined": "yellow"}


def print_explanation(explanation: Explanation, console: Console) -> None:
    """Prints what became of a document, and what decided each of its values."""
    record = explanation.record
    console.rule(Text(explanation.name), align="left", style="dim")
    console.print(Text(record["title"] or "no title", style="bold"))
    console.print(_summary(explanation))
    for code, meaning in explanation.reasons:
        console.print(Text.assemble("  ", (code, "yellow"), f"  {meaning}"))
    if record["detail"]:
        _indent(Text(record["detail"]), console)
    for decision in explanation.decisions:
        _print_decision(decision, console)
    _print_money(record["money"] or [], console)
    _print_relatives(explanation, console)
    _print_account(explanation.account, console)
    _head("came from", "", console)
    _print_facts([(name, _show(record[name])) for name in _LINEAGE], console)
    console.print()


def _summary(explanation: Explanation) -> Text:
    record = explanation.record
    words = f"{record['word_count']:,} words" if record["word_count"] else ""
    known = (record["outlet_name"], record["published_date"], words, record["language"])
    style = _STYLES.get(explanation.standing, "cyan")
    rest = "".join(f" · {value}" for value in known if value)
    return Text.assemble((explanation.standing, style), rest)


def _print_decision(decision: Decision, console: Console) -> None:
    rule = f"  by {decision.rule}" if decision.rule else ""
    _head(decision.subject, decision.value or "not known", console, rule)
    _print_facts(decision.facts, console)
    if not decision.candidates:
        return
    columns = {
        "": ["✓" if candidate.is_chosen else "" for candidate in decision.candidates],
        "printed": [candidate.text for candidate in decision.candidates],
        "where": [candidate.place for candidate in decision.candidates],
        "read as": [candidate.read_as for candidate in decision.candidates],
        decision.unit: [_score(candidate) for candidate in decision.candidates],
        "verdict": [candidate.verdict for candidate in decision.candidates],
    }
    columns = {name: cells for name, cells in columns.items() if any(cells)}
    table = _table()
    for name in columns:
        table.add_column(name, justify="right" if name == decision.unit else "left")
    for candidate, cells in zip(
        decision.candidates, zip(*columns.values(), strict=True), strict=True
    ):
        table.add_row(*map(Text, cells), style="green" if candidate.is_chosen else "")
    _indent(table, console)


def _print_money(money: list[dict[str, Any]], console: Console) -> None:
    if not money:
        return
    _head("money", f"{len(money)} amounts", console)
    table = _table()
    for name in ("printed", "amount", "currency", "by the rule", "in $"):
        table.add_column(
            name, justify="right" if name in {"amount", "in $"} else "left", overflow="fold"
        )
    for row in money:
        high = f" to {_show(row['amount_high'])}" if row["amount_high"] is not None else ""
        ambiguous = ", ambiguous" if row["is_ambiguous"] else ""
        cells = (
            row["surface"],
            _show(row["amount"]) + high,
            row["currency_code"] or "not known",
            f"{row['currency_rule']}{ambiguous}",
            _show(row["usd_amount"]) or row["usd_status"],
        )
        table.add_row(*map(Text, cells))
    _indent(table, console)


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


def _score(candidate: Candidate) -> str:
    return "" if candidate.score is None else f"{candidate.score:.4g}"


def _head(subject: str, value: str, console: Console, rest: str = "") -> None:
    console.print()
    console.print(Text.assemble((f"{subject:<14}", "bold cyan"), (value, "bold"), (rest, "dim")))


def _print_facts(facts: Any, console: Console) -> None:
    known = [f"{label} {value}" for label, value in facts if value]
    if known:
        _indent(Text(" · ".join(known), "dim"), console)


def _indent(renderable: Any, console: Console) -> None:
    console.print(Padding(renderable, (0, 0, 0, 2), expand=False))


def _table() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)


def _show(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return "" if value is None else str(value)
