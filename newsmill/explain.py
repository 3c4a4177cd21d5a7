"""`newsmill explain`: where a record came from and why it says what it says."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.options import (
    Folder,
    configuration,
    configured,
    existing_warehouse,
    warehouse_option,
)
from newsmill.terminal import echo

if TYPE_CHECKING:
    from tasks.inspect.explanation import Explanation


@click.command()
@click.argument("document")
@warehouse_option
@click.option(
    "--raw",
    type=Folder(),
    default=configured("raw"),
    show_default="raw",
    help="Folder of raw pages; where it is at hand, what was cut of a page is shown too.",
)
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    is_flag=False,
    flag_value=Path("explanation.html"),
    metavar="[FILE]",
    help="Write a page that a browser shows, explanation.html where no FILE is named.",
)
@click.option("--all", "show_all", is_flag=True, help="Show all candidates in a narrow terminal.")
def explain(document: str, warehouse: Path, raw: Path, page: Path | None, show_all: bool) -> None:
    """Show how DOCUMENT became its record: an article_id, a raw path (with #OFFSET), or a URL."""
    from tasks.inspect.explanation import explain_document
    from tasks.storage.warehouse import Warehouse

    target = Warehouse(existing_warehouse(warehouse))
    settings = configuration().settings()
    here = raw if raw.is_dir() else None
    found = explain_document(target, document, here, settings.limits, settings.fields)
    if not found:
        raise click.UsageError(
            f"no document {document!r} in {warehouse}; give an article_id, a path below raw/, "
            "or a URL"
        )
    if page is None:
        _print(found, show_all=show_all)
    else:
        _write(found, page)


def _print(found: list["Explanation"], *, show_all: bool) -> None:
    from newsmill.console import SafeConsole
    from newsmill.printed_explanation import print_explanation

    console = SafeConsole()
    for explanation in found:
        print_explanation(explanation, console, show_all=show_all)


def _write(found: list["Explanation"], page: Path) -> None:
    from tasks.report.html.pages import show_explanation
    from tasks.storage.warehouse import replaced

    with replaced(page) as temporary:
        temporary.write_text(show_explanation(found), encoding="utf-8")
    echo(page)
