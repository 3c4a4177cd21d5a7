"""`newsmill history`: the revisions of an article, and what each changed."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.next_command import next_command
from newsmill.options import existing_warehouse, warehouse_option
from newsmill.terminal import echo
from tasks.inspect.shown_values import show

if TYPE_CHECKING:
    from rich.text import Text

    from newsmill.console import SafeConsole
    from tasks.inspect.document_history import History, Revision
    from tasks.inspect.text_diff import Paragraph

_DIGITS = 12
_STYLES = {"removed": "red strike", "added": "green", "same": ""}
# What marks a change where there is no colour: in a file, in a pipe.
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
_SIGNS = {"removed": "-", "added": "+", "changed": "~"}


@click.command()
@click.argument("document", metavar="ARTICLE_ID")
@warehouse_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def history(document: str, warehouse: Path, as_json: bool) -> None:
    """Show the revisions of an article, the earliest first, and what each changed.

    ARTICLE_ID may be its first 8 digits or more, a URL, or a raw path (with #OFFSET).
    """
    from newsmill.console import SafeConsole
    from tasks.inspect.document_history import read_histories
    from tasks.storage.warehouse import Warehouse

    found = read_histories(Warehouse(existing_warehouse(warehouse)), document)
    if found is None:
        raise click.UsageError(
            f"no document {document!r} in {warehouse}; give an article_id, a path below raw/, "
            "or a URL"
        )
    if as_json:
        content = [asdict(each) for each in found]
        echo(json.dumps(content, default=str, ensure_ascii=False, indent=2))
        return
    if not found:
        command = next_command("explain", document, warehouse=warehouse)
        echo(f"{document} is no article; see: {command}")
    console = SafeConsole()
    for each in found:
        _print(each, console)


def _print(found: "History", console: "SafeConsole") -> None:
    from rich.text import Text

    console.print(Text(found.revisions[-1].title or "no title", style="bold"), soft_wrap=True)
    address = f" · {found.canonical_url}" if found.canonical_url else ""
    console.print(Text(f"{found.article_id}{address}"), soft_wrap=True)
    for number, revision in enumerate(found.revisions, start=1):
        console.print()
        console.print(_head(number, revision), soft_wrap=True)
        for line in _first(revision) if number == 1 else _since(revision, console):
            console.print(Text("   ").append_text(line), soft_wrap=True)
    if found.quarantined:
        console.print(f"\n{len(found.quarantined)} fetches of it are in quarantine:")
        for path in found.quarantined:
            console.print(Text(f"   {path}"), soft_wrap=True)


def _head(number: int, revision: "Revision") -> "Text":
    from rich.text import Text

    fetched = f"fetched {show(revision.fetched_at)}" if revision.fetched_at else "fetch not dated"
    offset = "" if revision.raw_offset is None else f"#{revision.raw_offset}"
    return Text.assemble(
        (f"{number}. {fetched}", "bold"),
        f"  {revision.word_count:,} words  {revision.content_digest[:_DIGITS]}",
        ("  published" if revision.is_published else "", "green"),
        f"\n   {revision.raw_path}{offset}",
    )


def _first(revision: "Revision") -> Iterator["Text"]:
    from rich.text import Text

    yield Text(f"title: {show(revision.title)}")
    yield Text(f"published: {show(revision.published_at or revision.published_date)}")


def _since(revision: "Revision", console: "SafeConsole") -> Iterator["Text"]:
    """Yields what a revision changed, a line each."""
    from rich.text import Text

    if revision.is_unchanged:
        yield Text("unchanged", style="dim")
    for change in revision.changes:
        yield Text(f"{change.column}: {show(change.old)} → {show(change.new)}")
    for paragraph in revision.text:
        yield _paragraph(paragraph, is_plain=console.color_system is None)


def _paragraph(paragraph: "Paragraph", *, is_plain: bool) -> "Text":
    from rich.text import Text

    if paragraph.kind == "same":
        plural = "s" if paragraph.count > 1 else ""
        return Text(f"  … {paragraph.count:,} paragraph{plural} unchanged …", style="dim")
    line = Text(f"{_SIGNS[paragraph.kind]} ")
    for words in paragraph.words:
        is_marked = is_plain and paragraph.kind == "changed"
        begin, end = _MARKS[words.kind] if is_marked else ("", "")
        line.append(f"{begin}{words.text}{end}", style=_STYLES[words.kind])
    return line
