"""An explanation in a terminal: readable in a narrow one, nothing cut that a reader needs."""

import io
import json
from decimal import Decimal
from typing import Any

import pytest
from rich.console import Console

from newsmill.printed_explanation import print_explanation
from schemas.tables import STAGED
from tasks.inspect.explained_candidates import list_decisions
from tasks.inspect.explanation import Explanation
from tasks.inspect.rejected_amounts import list_rejected
from tasks.inspect.relatives import Relatives
from tasks.inspect.second_reading import PageAccount

TEXT = (
    "The rowing club, which has been short of oars since the flood, bought 12 of them for $1,800.\n"
    "Its crew won 2-1 in a race of three, on a river that carries 200 pounds of silt a minute."
)


def _record() -> dict[str, Any]:
    record: dict[str, Any] = dict.fromkeys(STAGED.names)
    start = TEXT.index("$1,800")
    amount = dict.fromkeys(STAGED.schema.field("money").type.value_type.names) | {
        "start": start,
        "end": start + len("$1,800"),
        "surface": "$1,800",
        "kind": "mention",
        "amount": Decimal("1800.000"),
        "currency_code": "CAD",
        "currency_rule": "outlet_country",
        "is_ambiguous": True,
        "usd_amount": Decimal("1321.987654"),
        "usd_status": "ok",
    }
    dates = [
        {
            "text": "2024-03-06T10:05:48+04:00",
            "source": "json_ld",
            "position": "NewsArticle.datePublished",
            "read_as": None,
            "score": 6.0,
            "verdict": "agrees with the day chosen",
        }
    ]
    return record | {
        "raw_path": "press/rowing.html",
        "reasons": [],
        "extraction": "{}",
        "candidates": json.dumps({"dates": dates}),
        "language": "en",
        "text": TEXT,
        "money": [amount],
    }


def _printed(width: int, record: dict[str, Any]) -> str:
    out = io.StringIO()
    explanation = Explanation(
        record=record,
        standing="article",
        reasons=(),
        warnings=(),
        decisions=list_decisions(record),
        rejected_amounts=list_rejected(record),
        relatives=Relatives(),
        account=PageAccount(),
    )
    print_explanation(explanation, Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 160])
def test_amounts_come_with_their_rules_and_rejected_ones_in_their_place(width: int) -> None:
    printed = _printed(width, _record())
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    assert "money 1 amount" in lines
    assert "$1,800 1,800 CAD outlet_country, ambiguous 1,321.99" in lines
    assert "not money 3 candidates" in lines
    assert "weight a weight, not a currency" in lines
    assert any("carries 200 pounds of silt" in line for line in lines)
    assert any("crew won 2-1 in a race" in line for line in lines)
    assert lines[lines.index("no_unit no currency stands beside the number") + 1] == "12"
    assert max(map(len, printed.splitlines())) <= width


def test_a_narrow_terminal_breaks_stamps_and_does_not_cut_them() -> None:
    table = _printed(60, _record()).partition("date ")[2].partition("outlet ")[0]
    assert "…" not in table
    assert all(part in table for part in ("2024-03-06T10:0", "5:48+04:00"))


def test_a_document_without_money_says_so() -> None:
    record = _record() | {"money": [], "text": "A gate was painted."}
    printed = _printed(80, record)
    assert "no amounts" in printed
    assert "not money" not in printed
