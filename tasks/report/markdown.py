"""What a run did, and what one would change, as Markdown: for pages that show nothing else.

The dialect is GitHub's (https://github.github.com/gfm/), for its tables.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from schemas.settings import Settings
from tasks.inspect.changes.change_texts import OVERVIEW, count_changes, describe_changes
from tasks.inspect.changes.trial import Trial
from tasks.normalize.reference import ReferenceSource
from tasks.report.html.report_data import Fates, OutletData, ReportData
from tasks.report.runs import Run

# What would be read as markup, HTML included; anything else stays as it can be searched for.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&]")
_FENCE = re.compile("`{3,}")


def summarize_run(data: ReportData, accept: str | None = None) -> str:
    """Sums up a run and the warehouse that it left.

    Args:
        data: of its report; of a run that changed nothing, those of its row suffice.
        accept: the command that publishes what the audit held back; None where it did not.
    """
    return "\n\n".join((f"## {_title(data)}", *_sections(data, accept)))


def _title(data: ReportData) -> str:
    run = data.run
    if data.is_held_back:
        return "Held back: nothing was published"
    if not run.batch_count and not run.partitions_written:
        return "Nothing new"
    return f"{_number(run.processed_count, 'document', 'documents')} processed"


def _sections(data: ReportData, accept: str | None) -> Iterator[str]:
    run = data.run
    if accept:
        yield from _held_back(run, accept)
    elif run.findings:
        yield "### What the audit found"
        yield _findings(run)
    yield _fates(data)
    yield _work(run)
    if changed := data.changed_words:
        yield changed + _new_outlets(data)
    if run.reason_counts:
        yield "### In quarantine, by reason"
        rows = _counted({_plain(code): count for code, count in run.reason_counts.items()})
        yield _table(("reason", ":documents"), rows)
    if data.coverage.outlets:
        yield "### Articles by outlet"
        yield _outlets(data.coverage.outlets)
    if data.speed.slowest:
        yield "### Slowest documents of this run, by CPU time"
        # Tables do not break long paths: a page cuts them off.
        yield _list(f"{link.seconds:.2f} s {link.name}" for link in data.speed.slowest)


def _held_back(run: Run, accept: str) -> Iterator[str]:
    yield _findings(run)
    yield (
        "What was processed is kept. To publish it in spite of this, once you have looked, start"
        " the deployment with the parameter `accept`, or, in the working directory of this run:"
    )
    yield _fenced(accept)


def _findings(run: Run) -> str:
    """Returns the findings as a list; what stands between backticks in them is code."""
    return "\n".join(f"- {_with_code(finding)}" for finding in run.findings)


def _with_code(text: str) -> str:
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        return _plain(text)
    return "".join(
        f"`{part}`" if number % 2 and part else _escape(part) for number, part in enumerate(parts)
    )


def _fates(data: ReportData) -> str:
    """Returns documents by fate: of the warehouse, and of this run where it published."""
    run = data.run
    whole = {
        "articles": run.article_count,
        "earlier revisions": run.earlier_revision_count,
        "quarantined": run.quarantined_count,
        "**documents**": run.document_count,
    }
    if data.is_held_back:
        whole["**documents published before**"] = whole.pop("**documents**")
        if run.waiting_count is not None:
            whole["**documents that wait**"] = run.waiting_count
        return _table(("", ":documents"), _counted(whole))
    mine: Fates = data.this_run
    of_run = (mine.articles, mine.revisions, mine.quarantined, run.processed_count)
    rows = ((*row, f"{n:,}") for row, n in zip(_counted(whole), of_run, strict=True))
    return _table(("", ":in the warehouse", ":of this run"), rows)


def _counted(counts: dict[str, int]) -> list[tuple[str, str]]:
    return [(name, f"{count:,}") for name, count in counts.items()]


def _work(run: Run) -> str:
    steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in run.step_seconds.items())
    return (
        f"{_number(run.processed_count, 'document', 'documents')}"
        f" in {_number(run.batch_count, 'batch', 'batches')} processed,"
        f" {_number(run.partitions_written, 'partition', 'partitions')} written,"
        f" {run.seconds:.1f} s: {steps}."
    )


def _new_outlets(data: ReportData) -> str:
    if not data.new_outlets:
        return ""
    more = data.new_outlet_count - len(data.new_outlets)
    named = ", ".join(map(_plain, data.new_outlets))
    return f" New outlets: {named}{f' and {more:,} more' if more else ''}."


def _outlets(outlets: Iterable[OutletData]) -> str:
    rows = (
        (
            _plain(outlet.name),
            *(f"{n:,}" for n in (outlet.articles, outlet.copies, outlet.day_only)),
            f"{outlet.first_date} to {outlet.last_date}",
        )
        for outlet in outlets
    )
    return _table(("outlet", ":articles", ":copies", ":dated to the day", "published"), rows)


def _beyond_default(option: str, value: int, default: int) -> list[tuple[str, str]]:
    return [] if value == default else [(option, str(value))]


def accept_command(
    raw: Path, warehouse: Path, settings: Settings, reference: ReferenceSource
) -> str:
    """Returns the command that publishes what the audit held back, as it would have been."""
    options: list[tuple[str, ...]] = [
        ("--raw", str(raw)),
        ("--warehouse", str(warehouse)),
        ("--partition-by", settings.partition_by),
        *_beyond_default("--part-rows", settings.part_rows, Settings().part_rows),
        *(("--registry", str(path)) for path in (reference.overlay,) if path is not None),
        *(("--rates", str(path)) for path in reference.rates),
        ("--accept",),
    ]
    # A line an option: pages cut long ones off.
    return " \\\n  ".join(["newsmill run", *map(shlex.join, options)])


def show_trial(trial: Trial) -> str:
    """Shows what runs would change, and what the audit would say to it."""
    parts = []
    if trial.held_back_by:
        parts += ["The audit would hold it back:", _list(trial.held_back_by)]
    if trial.changes is None or trial.changes.is_empty:
        parts.append("Nothing would change.")
    else:
        dataset, *numbers = OVERVIEW
        heads = (dataset, *(f":{name}" for name in numbers))
        parts.append(_table(heads, count_changes(trial.changes)))
        parts.append("\n".join(map(_item, describe_changes(trial.changes))))
    return "\n\n".join(("## What would change", *parts))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a table; a head that begins with a colon is that of a column of numbers."""
    marks = ("---:" if head.startswith(":") else ":---" for head in heads)
    lines = ([head.removeprefix(":") for head in heads], marks, *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _list(texts: Iterable[str]) -> str:
    return "\n".join(map(_item, texts))


def _item(text: str) -> str:
    """Returns an item of a list, as far below others as the text is indented."""
    depth = len(text) - len(text.lstrip())
    return f"{' ' * depth}- {_plain(text)}"


def _plain(text: str) -> str:
    """Returns text from outside as a line in which nothing is markup."""
    return _escape(" ".join(text.split()))


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _fenced(text: str) -> str:
    """Returns text in a block of code, behind a fence longer than any in it."""
    fence = "`" * max([3, *(len(found) + 1 for found in _FENCE.findall(text))])
    return f"{fence}\n{text}\n{fence}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
