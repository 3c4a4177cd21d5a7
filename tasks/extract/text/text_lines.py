"""Lines that stand inside of an article's frame but are not its text."""

from tasks.extract.bylines.byline_names import BYLINE_PREFIX, strip_stamp
from tasks.extract.dates.date_labels import label_spans
from tasks.extract.text.text_phrases import (
    BYLINE_LINE,
    COOKIE_NOTICE,
    COOKIES,
    DATE_LINE,
    LABEL_LINE,
    MENU_LINE,
    PROMOTION_LINE,
    PROMOTION_WORDS,
    SENTENCE_END,
    TAIL_LINE,
)
from tasks.printed.dates.date_shapes import find_dates
from tasks.printed.squashing import squash

_HEAD_LINES = 6
_MAX_KICKER_CHARS = 150
_MIN_TITLE_KEY = 20
_MAX_PROMOTION_CHARS = 300
_MAX_NOTICE_CHARS = 600
_NOTICE_EDGE = 2
_MAX_SHORT_CHARS = 80
_MAX_HEAD_CHARS = 120
_MAX_NAME_WORDS = 7
_MAX_LABEL_CHARS = 50


def tidy_lines(lines: list[str], titles: frozenset[str]) -> list[str]:
    """Drops the repeated headline, what stands above it, bylines, stamps, labels and promotions.

    Args:
        lines: the extracted paragraphs.
        titles: the squashed candidates for the headline.
    """
    # Few of the words that every promotion has stand in a text; its lines need no others.
    folded = "\n".join(line for line in lines if len(line) <= _MAX_PROMOTION_CHARS).casefold()
    words = [word for word in PROMOTION_WORDS if word in folded]
    kept = _below_headline([line for line in lines if not _is_promotion(line, words)], titles)
    kept = _without_notices(kept, titles)
    while kept and _is_head(kept[0], titles):
        kept.pop(0)
    while kept and _is_tail(kept[-1]):
        kept.pop()
    return kept


def _without_notices(lines: list[str], titles: frozenset[str]) -> list[str]:
    """Drops notices of cookies at the edges of a text.

    A story about cookies speaks of them elsewhere as well. A wall is nothing but notices, and is
    told by them.
    """
    edges = {*lines[:_NOTICE_EDGE], *lines[-_NOTICE_EDGE:]}
    notices = {line for line in edges if _is_notice(line)}
    if not notices:  # most pages are done here
        return lines
    about = [line for line in lines if COOKIES.search(line)]
    rest = [line for line in lines if line not in notices]
    is_story = len(notices) < len(about) or any(COOKIES.search(title) for title in titles)
    if is_story or all(map(COOKIE_NOTICE.search, rest)):
        return lines
    return rest


def _is_notice(line: str) -> bool:
    return (
        len(line) <= _MAX_NOTICE_CHARS
        and COOKIES.search(line) is not None
        and COOKIE_NOTICE.search(line) is not None
    )


def _below_headline(lines: list[str], titles: frozenset[str]) -> list[str]:
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if _is_headline(squash(line), titles):
            return lines[index + 1 :]
        if len(line) > _MAX_KICKER_CHARS:
            break
    return lines


def _is_headline(key: str, titles: frozenset[str]) -> bool:
    """The headline, alone or behind a kicker."""
    return key in titles or any(
        len(title) >= _MIN_TITLE_KEY and key.endswith(title) and len(key) < 2 * len(title)
        for title in titles
    )


def _is_promotion(line: str, words: list[str]) -> bool:
    if len(line) > _MAX_PROMOTION_CHARS:
        return False
    if len(line) <= _MAX_LABEL_CHARS and LABEL_LINE.fullmatch(line.strip(" -")):
        return True
    folded = line.casefold()
    return any(word in folded for word in words) and bool(PROMOTION_LINE.search(line))


def _is_head(line: str, titles: frozenset[str]) -> bool:
    if squash(line) in titles:
        return True
    if len(line) > _MAX_HEAD_CHARS or SENTENCE_END.search(line):
        return False
    if MENU_LINE.fullmatch(line) or _is_stamped_byline(line) or _is_labelled_stamp(line):
        return True
    return len(line) <= _MAX_SHORT_CHARS and bool(BYLINE_LINE.match(line) or DATE_LINE.search(line))


def _is_stamped_byline(line: str) -> bool:
    """Tells whether a line is a byline with the time of publishing behind it."""
    name = strip_stamp(line)
    return (
        name != line
        and BYLINE_PREFIX.match(name) is not None
        and len(name.split()) <= _MAX_NAME_WORDS
    )


def _is_labelled_stamp(line: str) -> bool:
    """Tells whether a line prints a date and says that it is of publishing or of a change."""
    dates = list(find_dates(line))
    return any(kind is not None for _, kind in label_spans(line, dates))


def _is_tail(line: str) -> bool:
    return len(line) <= _MAX_PROMOTION_CHARS and bool(
        TAIL_LINE.search(line)
        or (
            len(line) <= _MAX_SHORT_CHARS
            and BYLINE_LINE.match(line)
            and not SENTENCE_END.search(line)
        )
    )
