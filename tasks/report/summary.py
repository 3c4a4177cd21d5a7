"""What a warehouse holds, in a few numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schemas.tables import ARTICLES, MONEY
from tasks.publish.accounting import Accounts, read_accounts
from tasks.publish.parts import FileSummary, PublishedParts, count_reasons
from tasks.storage.warehouse import Warehouse

_ENDS = ("first_date", "last_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a warehouse holds.

    Attributes:
        accounts: documents by fate.
        reasons: quarantined documents by reason, the most frequent first.
        outlets: distinct outlets among the articles; unknown_outlet: articles without one.
        first_date, last_date: days of the earliest and the latest article.
        mentions: amounts of money in the texts; quotes: exchange rates on the pages.
        day_only: articles of which only the day of publication is known.
        languages: distinct languages among the articles.
        example: the raw path of an article, None where there is none.
    """

    accounts: Accounts
    reasons: dict[str, int]
    outlets: int
    unknown_outlet: int
    first_date: date | None
    last_date: date | None
    day_only: int
    languages: int
    mentions: int
    quotes: int
    example: str | None


def summarize(warehouse: Warehouse, accounts: Accounts | None = None) -> Summary:
    """Reads the summary of a warehouse from its published files.

    Args:
        warehouse: whose.
        accounts: its documents by fate, where they were counted before.
    """
    parts = PublishedParts(warehouse)
    articles, money = parts.of(ARTICLES.name), parts.of(MONEY.name)
    days = [date.fromisoformat(part[name]) for part in articles for name in _ENDS if part[name]]
    return Summary(
        accounts=accounts or read_accounts(warehouse, parts),
        reasons=count_reasons(warehouse),
        outlets=len(_distinct(articles, "outlets")),
        unknown_outlet=_total(articles, "unknown_outlet"),
        first_date=min(days, default=None),
        last_date=max(days, default=None),
        day_only=_total(articles, "day_only"),
        languages=len(_distinct(articles, "languages")),
        mentions=_total(money, "mentions"),
        quotes=_total(money, "quotes"),
        example=next((part["example"] for part in articles if part["example"]), None),
    )


def _total(parts: Sequence[FileSummary], name: str) -> int:
    return sum(part[name] for part in parts)


def _distinct(parts: Sequence[FileSummary], name: str) -> set[str]:
    return {value for part in parts for value in part[name]}
