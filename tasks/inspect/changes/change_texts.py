"""What differs between two states of a warehouse, in words: for a terminal, a log, a page."""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from operator import eq

from tasks.inspect.changes.changed import ColumnChange, DatasetChanges, Group, WarehouseChanges
from tasks.inspect.changes.changed_columns import VERSIONS
from tasks.inspect.shown_values import show

OVERVIEW = ("dataset", "rows", "added", "gone", "moved", "changed", "versions only", "files")
# Of a long text, from a little before the first difference.
_LEAD, _EXCERPT = 20, 60


def count_changes(changes: WarehouseChanges) -> Iterator[tuple[str, ...]]:
    """Yields a row for each dataset, under the heads of `OVERVIEW`."""
    for each in changes.datasets:
        moved = sum(move.rows for move in each.moved)
        total = len(each.partitions_changed) + each.partitions_same
        yield (
            each.dataset,
            f"{each.rows_before:,} → {each.rows_after:,}",
            *(f"{n:,}" for n in (each.added.rows, each.gone.rows, moved)),
            *(f"{n:,}" for n in (each.changed, each.versions_only)),
            f"{len(each.partitions_changed):,} of {total:,}",
        )


def describe_changes(changes: WarehouseChanges) -> Iterator[str]:
    """Yields lines, indented below what they are about."""
    for each in changes.datasets:
        yield from _section(each.dataset, _dataset_lines(each))
    yield from _section("articles that go to quarantine", map(_group_line, changes.to_quarantine))
    yield from _section("articles that come from it", map(_group_line, changes.from_quarantine))
    if changes.renamed.rows:
        yield from _section("articles that get another article_id", [_group_line(changes.renamed)])


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield title
        yield f"  {line}"


def _dataset_lines(changes: DatasetChanges) -> Iterator[str]:
    for group in (changes.added, changes.gone):
        if group.rows:
            yield _group_line(group)
    for move in changes.moved:
        yield f"moved {_group_line(move)}"
    for names, verb in ((changes.new_columns, "new"), (changes.lost_columns, "no longer there")):
        if names:
            yield f"columns {verb}: {', '.join(names)}"
    for column in changes.columns:
        yield from _column_lines(column)


def _group_line(group: Group) -> str:
    rest = ", …" if group.rows > len(group.examples) else ""
    return f"{group.name} {group.rows:,}: {', '.join(group.examples)}{rest}"


def _column_lines(change: ColumnChange) -> Iterator[str]:
    yield f"{change.column} changed in {change.rows:,}"
    for example in change.examples[: 1 if change.column in VERSIONS else None]:
        old, new = _excerpts(show(example.old), show(example.new))
        yield f"  {example.key}: {old} → {new}"


def _excerpts(old: str, new: str) -> tuple[str, str]:
    if max(len(old), len(new)) <= _EXCERPT:
        return old, new
    shared = sum(1 for _ in takewhile(bool, map(eq, old, new)))
    start = max(0, shared - _LEAD)
    return _excerpt(old, start), _excerpt(new, start)


def _excerpt(text: str, start: int) -> str:
    stop = start + _EXCERPT
    return f"{'…' * (start > 0)}{text[start:stop]}{'…' * (stop < len(text))}"
