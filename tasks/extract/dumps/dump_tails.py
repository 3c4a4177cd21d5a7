"""What the lines under an article's body are: its sign-off, date and tags, then other stories."""

import re
from collections.abc import Iterator, Sequence

from tasks.extract.dumps.dump_bylines import Byline, find_byline
from tasks.extract.dumps.dump_labels import FURNITURE, MAX_TICKER_WORDS, Frame, Label
from tasks.extract.dumps.dump_lines import Line
from tasks.extract.dumps.dump_phrases import split_words
from tasks.extract.evidence import BlockKind, DateKind
from tasks.printed.ticker_lines import is_ticker_line

# The rule of a name that signs an article at its end.
AFTER_BODY = "name_after_body"
_OVER = frozenset({"related_heading", "comments", "menu", "legal"})
_PASSED_OVER = frozenset({"share", "tags_heading", "source"})
_NEAR_LINES = 5
_NOTE_LINES = 6
_HEADLINE_WORDS = 3
_NOTE_WORDS = 6.0
_MAX_TAGS = 30
_MAX_TAG_WORDS = 5.0
_HASHTAG = re.compile(r"[#＃]\s?(\w[\w-]*)")
_HASHTAG_LINE = re.compile(r"(?:[#＃]\s?\w[\w-]*[\s,;·|]*)+")
_TAG_LINE = re.compile(r"^[^:]{3,20}:\s*(.+)$")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?:[\w-]+\.)+[a-z]{2,12}/?", re.IGNORECASE)
# "Country News - SITE.tld": the outlet's line under each of its articles.
_SIGN_OFF = re.compile(r".{0,60}[\s|–—-](?:[\w-]+\.)+[a-z]{2,12}", re.IGNORECASE)


def label_tail(lines: Sequence[Line], frame: Frame, *, is_dated: bool) -> Iterator[Label]:
    """Labels the lines after the body, in order.

    Args:
        lines: the dump's lines.
        frame: the parts of the article.
        is_dated: a line above the body's end is the article's stamp.
    """
    tail = _Tail(frame.note, is_dated=is_dated)
    for at in range(frame.last + 1, len(lines)):
        yield tail.label(at, lines[at])


class _Tail:
    """What was seen so far under the body."""

    def __init__(self, note: int | None, *, is_dated: bool) -> None:
        self._note = note
        self._is_dated = is_dated
        self._passed = 0
        self._is_over = False
        self._is_signed = False
        self._has_comments = False
        self._tags_left = 0

    def label(self, at: int, line: Line) -> Label:
        """Labels the next line."""
        if tags := self._read_tags(line):
            return tags
        self._has_comments |= "comments" in line.subjects
        self._is_over |= bool(line.subjects & _OVER) or line.is_bare
        is_near = not self._is_over and self._passed < _NEAR_LINES
        self._passed += not line.subjects & _PASSED_OVER
        if line.is_stamp:
            return self._label_date(line, is_near=is_near)
        if self._is_noted(at) and line.weight >= _NOTE_WORDS:
            return Label(BlockKind.AUTHOR_BIO, "author_note")
        byline = self._read_byline(line, is_near=is_near, is_noted=at == self._note)
        if byline:
            return Label(BlockKind.BYLINE, AFTER_BODY, byline)
        if is_near and (_HOST.fullmatch(line.text) or _SIGN_OFF.fullmatch(line.text)):
            return Label(BlockKind.SIGN_OFF, "outlet_under_article")
        return _label_rest(line)

    def _read_tags(self, line: Line) -> Label | None:
        """Reads hashtags, "Tags: a, b" and the items under a heading "Topics"."""
        if _HASHTAG_LINE.fullmatch(line.text):
            return Label(BlockKind.TAGS, "hashtags", tags=tuple(_HASHTAG.findall(line.text)))
        if self._tags_left and line.is_item and line.weight <= _MAX_TAG_WORDS:
            self._tags_left -= 1
            return Label(BlockKind.TAGS, "tag_item", tags=(line.content.rstrip(", "),))
        self._tags_left = 0
        if "tags_heading" not in line.subjects or self._has_comments:
            return None
        self._tags_left = _MAX_TAGS
        printed = _TAG_LINE.match(line.text)
        tags = tuple(filter(None, map(str.strip, printed[1].split(",")))) if printed else ()
        return Label(BlockKind.TAGS, "tags_heading", tags=tags)

    def _is_noted(self, at: int) -> bool:
        """Says whether a line stands in the note about the author."""
        return self._note is not None and self._note < at <= self._note + _NOTE_LINES

    def _read_byline(self, line: Line, *, is_near: bool, is_noted: bool) -> Byline | None:
        """Reads a sign-off; a bare name signs right under the text or over its author's note."""
        if self._is_signed or not (is_near or is_noted):
            return None
        byline = find_byline(line)
        if byline is None or not (byline.is_marked or self._passed <= 1 or is_noted):
            return None
        self._is_signed = True
        return byline

    def _label_date(self, line: Line, *, is_near: bool) -> Label:
        if self._has_comments:
            return Label(BlockKind.RELATED, "date_of_comment", date_kind=DateKind.COMMENT)
        if not is_near or _is_listed(line):
            return Label(BlockKind.RELATED, "date_of_related", date_kind=DateKind.RELATED)
        self._is_over = True
        if not self._is_dated:
            return Label(BlockKind.DATE, "date_after_body", date_kind=DateKind.PUBLISHED)
        # A dated article has no second stamp that does not say what it is.
        is_told = line.subjects & {"published", "modified"}
        kind = DateKind.UNKNOWN if is_told else DateKind.RELATED
        return Label(BlockKind.DATE, "date_after_body", date_kind=kind)


def _is_listed(line: Line) -> bool:
    """Says whether a headline stands beside a date: an item of a list of other stories."""
    beside = len(line.words) - sum(len(split_words(date.text)) for date in line.dates)
    return line.is_item and beside >= _HEADLINE_WORDS and "byline" not in line.subjects


def _label_rest(line: Line) -> Label:
    if line.subjects & {"related_heading", "inline_link"}:
        return Label(BlockKind.RELATED, "related_heading", date_kind=DateKind.RELATED)
    if line.subjects & FURNITURE or line.is_bare:
        return Label(BlockKind.BOILERPLATE, "furniture_word", date_kind=DateKind.RELATED)
    if "menu" in line.subjects:
        return Label(BlockKind.MENU, "menu_word", date_kind=DateKind.RELATED)
    if line.weight <= MAX_TICKER_WORDS and is_ticker_line(line.text):
        return Label(BlockKind.TICKER, "currency_rates")
    return Label(BlockKind.RELATED, "after_body", date_kind=DateKind.RELATED)
