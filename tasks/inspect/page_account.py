"""What was kept and cut of a document: every visible piece of it, and why.

Of a text dump, staged/ keeps the label of every line. Of a page it keeps only what was taken, so
the page is read again, and the steps of `tasks.extract.text.article_text` are followed through
its tree. What was kept is what the staged text holds, whatever today's rules would take.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from schemas.settings import Limits
from tasks.extract.page.page_elements import find_elements
from tasks.extract.page.parsed_page import parse_page
from tasks.extract.text import pruning
from tasks.extract.text.bodies import find_body, isolate_body
from tasks.extract.text.furniture import drop_dead_tags, drop_furniture
from tasks.extract.text.running_text import mark_running_text
from tasks.extract.text.text_lines import tidy_lines
from tasks.inspect.second_reading import PageAccount, Piece
from tasks.printed.cleaning import clean
from tasks.printed.squashing import squash
from tasks.read.document import ContentForm, Document, Refusal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A page has some hundred pieces; of one with thousands, the first tell what went wrong.
_MAX_PIECES = 400
_MARK = "data-newsmill-piece"
# Shorter lines stand in a text by chance ("4 March"): they must be a line of their own.
_MIN_PART = 25
_UNSEEN = frozenset({"head", "script", "style", "noscript", "template"})
_INLINE = frozenset(
    [
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del"),
        *("dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
        "wbr",
    ]
)
_KEPT_BLOCKS = frozenset({"lead", "body"})


def account_for_dump(blocks: Sequence[dict[str, Any]]) -> PageAccount:
    """Accounts for the lines of a text dump, as staged."""
    pieces = (
        Piece(block["text"], block["kind"] in _KEPT_BLOCKS, f"{block['kind']}: {block['reason']}")
        for block in blocks
    )
    return _bounded(pieces)


def account_for_page(document: Document, extraction: dict[str, Any], limits: Limits) -> PageAccount:
    """Accounts for the visible pieces of a page.

    Args:
        document: the page, read again.
        extraction: what was found in it when it was staged.
        limits: what a document may cost, as then.
    """
    page = parse_page(document, limits) if document.form is ContentForm.HTML else None
    if page is None or isinstance(page, Refusal):
        return PageAccount(note="The page cannot be parsed any more.")
    texts = _mark_pieces(page.tree)
    titles = frozenset(
        squash(text)
        for text in (extraction.get("title"), *(c["text"] for c in extraction.get("titles", ())))
        if text
    )
    lines = [squash(line) for line in extraction.get("text", "").split("\n")]
    kept = _Kept(frozenset(filter(None, lines)), "".join(lines))
    passes = _follow(page.tree, titles)
    return _bounded(_judge(number, text, kept, titles, passes) for number, text in enumerate(texts))


@dataclass(frozen=True, slots=True)
class _Kept:
    lines: frozenset[str]
    text: str

    def holds(self, text: str) -> bool:
        key = squash(text)
        return key in self.lines or (len(key) >= _MIN_PART and key in self.text)


def _judge(
    number: int,
    text: str,
    kept: _Kept,
    titles: frozenset[str],
    passes: Sequence[tuple[str, frozenset[int]]],
) -> Piece:
    if kept.holds(text):
        return Piece(text, is_kept=True, reason="text")
    if squash(text) in titles:
        return Piece(text, is_kept=False, reason="headline: the title")
    for reason, survivors in passes:
        if number not in survivors:
            return Piece(text, is_kept=False, reason=reason)
    if not tidy_lines([text], titles):
        return Piece(text, is_kept=False, reason="byline, stamp or label")
    return Piece(text, is_kept=False, reason="not text to trafilatura")


def _follow(tree: "HtmlElement", titles: frozenset[str]) -> list[tuple[str, frozenset[int]]]:
    """Takes the steps of extraction and notes which pieces are left after each."""
    elements = find_elements(tree)
    drop_dead_tags(tree, elements)
    drop_furniture(tree, elements)
    passes = [("menu, figure, aside, footer", _survivors(tree))]
    mark_running_text(tree)
    body = find_body(tree, titles)
    rest = tree if body is None else isolate_body(body)
    if body is not None:
        passes.append(("outside of the body", _survivors(rest)))
    pruning.unname_bulk(rest)
    pruning.prune(rest)
    passes.append(("link, caption or promotion", _survivors(rest)))
    return passes


def _survivors(tree: "HtmlElement") -> frozenset[int]:
    return frozenset(
        int(number)
        for element in tree.iter()
        if (marks := element.get(_MARK)) is not None
        for number in marks.split()
    )


def _mark_pieces(tree: "HtmlElement") -> list[str]:
    """Marks the blocks that hold text of their own with the numbers of their pieces."""
    texts: list[str] = []
    open_block: HtmlElement | None = None
    words: list[str] = []

    def close() -> None:
        text = clean(" ".join(" ".join(words).split()))
        if text and open_block is not None:
            marks = open_block.get(_MARK)
            open_block.set(_MARK, f"{marks} {len(texts)}" if marks else str(len(texts)))
            texts.append(text)
        words.clear()

    for block, text in _printed(tree):
        if block is not open_block:
            close()
            open_block = block
        words.append(text)
    close()
    return texts


def _printed(tree: "HtmlElement") -> "Iterator[tuple[HtmlElement, str]]":
    """Yields the visible texts in their order, each with the block that it stands in."""
    # Most texts are white space between elements: without them first, it takes a third of the time.
    for text in tree.xpath(f"//text()[normalize-space()][not({_unseen()})]"):
        if not text.strip():
            continue
        parent = text.getparent()
        holder = parent.getparent() if text.is_tail else parent
        while holder.tag in _INLINE and holder.getparent() is not None:
            holder = holder.getparent()
        yield holder, str(text)


def _unseen() -> str:
    return " or ".join(f"ancestor::{tag}" for tag in sorted(_UNSEEN))


def _bounded(pieces: Iterator[Piece]) -> PageAccount:
    kept = tuple(islice(pieces, _MAX_PIECES))
    more = next(pieces, None) is not None
    return PageAccount(kept, f"Only the first {_MAX_PIECES:,} pieces are shown." if more else "")
