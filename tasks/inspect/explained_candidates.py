"""What was weighed for each value of a record, the winner marked, the heaviest first."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tasks.normalize.urls import normalize_url
from tasks.printed.squashing import squash
from tasks.stage.staged_evidence import with_todays_names


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedCandidate:
    """A printing that was considered.

    Attributes:
        text: as printed. position: where it stood.
        read_as: what it was understood as, where that is not the text itself.
        score: its weight; None where it was not weighed against others.
        verdict: why it won or lost.
    """

    text: str
    position: str
    read_as: str = ""
    score: float | None = None
    verdict: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A value of a record: what was decided, from which printing, by which rule.

    Attributes:
        subject: `date`, `outlet`, `title`, `address`, `authors`.
        value: what the record says, "" where it says nothing.
        printed: the text that decided. rule: the rule that did.
        details: further columns that were decided with it.
        candidates: the winner first, then by score; `unit` says what a score counts.
    """

    subject: str
    value: str
    printed: str = ""
    rule: str = ""
    details: tuple[tuple[str, str], ...] = ()
    candidates: tuple[ExplainedCandidate, ...] = ()
    unit: str = "score"

    @property
    def is_weighed(self) -> bool:
        """Whether any candidate has a score."""
        return any(candidate.score is not None for candidate in self.candidates)


def list_decisions(
    record: dict[str, Any], published_outlet: str | None = None
) -> tuple[Decision, ...]:
    """Returns the decisions of a staged record; none for a document that was refused unread.

    Args:
        record: column by column.
        published_outlet: the outlet_id that it is published with, where it is.
    """
    if not record["extraction"]:
        return ()
    extraction = json.loads(record["extraction"], object_hook=with_todays_names)
    weighed = json.loads(record["candidates"] or "{}", object_hook=with_todays_names)
    return (
        _decide_date(record, weighed.get("dates", [])),
        _decide_outlet(record, weighed.get("outlet", []), published_outlet),
        _decide_title(record, extraction.get("titles", [])),
        _decide_address(record, extraction.get("urls", [])),
        _decide_authors(record, extraction.get("credits", [])),
    )


def _decide_date(record: dict[str, Any], weighed: Sequence[dict[str, Any]]) -> Decision:
    text, rule = record["published_text"], record["published_source"] or ""
    candidates = [
        ExplainedCandidate(
            text=row["text"],
            position=f"{row['source']}, {row['position']}"
            if row["position"] != row["source"]
            else row["position"],
            read_as=row["read_as"] if row["read_as"] not in (None, row["text"]) else "",
            score=row["score"],
            verdict=row["verdict"],
            # Records staged by an older version do not say which one decided.
            is_chosen=row.get("is_chosen", row["text"] == text),
        )
        for row in weighed
    ]
    return Decision(
        subject="date",
        value=_print_time(record["published_at"] or record["published_date"]),
        printed=text or "",
        rule=rule,
        details=_details(
            record,
            ("published_date", "day where the outlet is"),
            ("published_precision", "precision"),
            ("modified_at", "last change"),
            ("fetched_at", "fetched"),
            ("landing_date", "landed"),
        ),
        candidates=_ordered(candidates),
    )


def _decide_outlet(
    record: dict[str, Any], weighed: Sequence[dict[str, Any]], published: str | None
) -> Decision:
    candidates = [
        ExplainedCandidate(
            text=row["text"],
            position=row["position"],
            # Records staged by an older version have all this in their verdict, for people.
            read_as=name if (name := row.get("name")) and name != row["text"] else "",
            score=row.get("score"),
            verdict=row["verdict"],
            is_chosen=row.get("is_chosen", False),
        )
        for row in weighed
    ]
    text, rule = record["outlet_text"], record["outlet_rule"]
    if text and not any(candidate.is_chosen for candidate in candidates):
        # The registry knows the host, or one of the names by an alias.
        candidates = [replace(c, is_chosen=c.text == text) for c in candidates]
        is_told = all("is_chosen" in row for row in weighed)
        if is_told and not any(candidate.is_chosen for candidate in candidates):
            candidates.append(
                ExplainedCandidate(
                    text=text, position=rule, verdict="decides by itself", is_chosen=True
                )
            )
    return Decision(
        subject="outlet",
        value=record["outlet_name"] or "",
        printed=text or "",
        rule=rule or "",
        details=(
            *_details(record, ("outlet_id", "id")),
            *_joined(record["outlet_id"], published),
            *_details(record, ("outlet_country", "country"), ("wire", "text from")),
        ),
        candidates=_ordered(candidates),
    )


def _joined(own: str | None, published: str | None) -> tuple[tuple[str, str], ...]:
    """Says which outlet an id that was made of a name has joined, if any."""
    if published is None or published == own:
        return ()
    return (("joined by its name", published),)


def _decide_title(record: dict[str, Any], clues: Sequence[dict[str, str]]) -> Decision:
    title, source = record["title"] or "", record["title_source"] or ""
    sayings = [squash(clue["text"]) for clue in clues]
    candidates = []
    found = False
    for clue, saying in zip(clues, sayings, strict=True):
        is_chosen = (
            not found
            and bool(title)
            and clue["source"] in {source, "line"}
            and squash(title) in saying
        )
        found = found or is_chosen
        candidates.append(
            ExplainedCandidate(
                text=clue["text"],
                position=clue["position"],
                read_as=title if is_chosen and clue["text"] != title else "",
                score=sayings.count(saying),
                verdict="" if is_chosen else _compare_titles(saying, squash(title)),
                is_chosen=is_chosen,
            )
        )
    return Decision(
        subject="title",
        value=title,
        rule=source,
        candidates=_ordered(candidates),
        unit="times printed",
    )


def _compare_titles(saying: str, chosen: str) -> str:
    """What a candidate that was not chosen says, beside the one that was."""
    if not chosen:
        return ""
    if saying == chosen:
        return "says the same"
    return "says the same and more" if chosen in saying else "says something else"


def _decide_address(record: dict[str, Any], clues: Sequence[dict[str, str]]) -> Decision:
    canonical = record["canonical_url"] or ""
    fetched = (
        [ExplainedCandidate(text=record["url"], position="fetched from")] if record["url"] else []
    )
    candidates = [
        *fetched,
        *(ExplainedCandidate(text=row["text"], position=row["position"]) for row in clues),
    ]
    same = (c for c in candidates if canonical in (c.text, normalize_url(c.text)))
    chosen = next(same, None) if canonical else None
    return Decision(
        subject="address",
        value=canonical,
        details=_details(record, ("article_id", "article")),
        candidates=_ordered(replace(c, is_chosen=c is chosen) for c in candidates),
    )


def _decide_authors(record: dict[str, Any], clues: Sequence[dict[str, str]]) -> Decision:
    authors = tuple(record["authors"] or ())
    candidates = [
        ExplainedCandidate(
            text=clue["text"],
            position=clue["position"],
            is_chosen=any(author in clue["text"] for author in authors),
        )
        for clue in clues
    ]
    candidates += [
        ExplainedCandidate(
            text=author, position="a line that is not marked as a byline", is_chosen=True
        )
        for author in authors
        if not any(author in clue["text"] for clue in clues)
    ]
    return Decision(
        subject="authors",
        value=", ".join(authors),
        details=_details(record, ("language", "language"), ("dateline_place", "dateline")),
        candidates=_ordered(candidates),
    )


def _ordered(candidates: Iterable[ExplainedCandidate]) -> tuple[ExplainedCandidate, ...]:
    return tuple(sorted(candidates, key=lambda c: (not c.is_chosen, -(c.score or 0.0))))


def _details(record: dict[str, Any], *columns: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    known = ((label, record[name]) for name, label in columns if record[name] is not None)
    return tuple((label, _print_time(value)) for label, value in known)


def _print_time(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    return "" if value is None else str(value)
