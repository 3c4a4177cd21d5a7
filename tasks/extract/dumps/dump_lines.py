"""The lines of a text dump and what can be counted on each."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tasks.extract.dumps.dump_phrases import find_subjects, split_words
from tasks.extract.dumps.dump_wraps import Paragraph, join_wrapped
from tasks.printed.dates.date_shapes import DateSpan, find_dates, may_hold_date

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")
# Dashes are no bullets here: in many languages they open direct speech.
_BULLET = re.compile(r"(?:[•·▪▫◦‣●○■□►▶»›>*+]|\d{1,3}[.)])\s+(?=\S)")
# html2text marks headings as Markdown does.
_HEADING_MARK = re.compile(r"#{1,6}\s+(?=\S)")
_BARE_BULLET = re.compile(r"[•·▪▫◦‣●○■□►▶»›>*+–—|/_-]+|\d{1,3}[.)]?")
# A full stop before a capital or the end; the marks of Arabic, Indic, CJK, Armenian, Ethiopic.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s+[\"'“„«(\[]?[^\s\W\d_a-z]|\s*$)|[。！？।॥۔؟։።]"
)
_CLOSERS = "\"'”’»“)]）」』】›‹*¹²³ "
_TERMINALS = frozenset(".!?…。！？।॥۔؟։።")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
# Characters that make about one word in scripts without spaces.
_CHARS_A_WORD = 2.5
# Shorter words begin small in headings too: "of", "and", "the".
_LONG_WORD = 4
# Inline elements joined without a space: "The ReporterMarch 5, 2024", and a counter, a name or the
# day of an update behind a year ("March 5, 202412 comments", "5. März 20247. März 2024").
_GLUED = re.compile(
    r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ][a-zß-ÿ]{2,9}\.?\s\d{1,2},?\s(?:19|20)\d\d)"
    r"|(?<=[^\W\d_]\s(?:19|20)\d\d)(?=[\dA-ZÀ-Þ])|(?<=\d,\s(?:19|20)\d\d)(?=[\dA-ZÀ-Þ])"
    r"|(?<=[./]\d\d[./](?:19|20)\d\d)(?=[\dA-ZÀ-Þ])"
)
# "First published by A. Reporter-Writer and B. Writer | Updated" and a section's name.
_MAX_STAMP_REST = 60
_MAX_LABEL = 30
_COLUMN_MARK = re.compile(r"\s[|•·]\s")
# Stamps, bylines and datelines stand at the beginning of a line.
_MAX_DATED = 240
_MAX_NAME_WORDS = 8
_MIN_COMMENTERS = 3
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line that is not blank, or the paragraph that was broken into several.

    Attributes:
        number: the number of its first printed line, from 1.
        parts: its printed lines without surrounding white space, one but for broken paragraphs.
        text: the same as one line.
        content: without a bullet, a list number or a heading's mark before it.
        words: lower-case words of the content.
        weight: how many words of text it holds, by characters in scripts without spaces.
        is_item: printed as an item of a list.
        is_under_mark: stands right under a bare bullet or dash, as teasers do.
        is_bare: nothing but a bullet, a number or a rule.
        sentences: how many sentences end in it.
        ends_sentence: its last mark ends a sentence.
        lower_share: share of its longer words that begin with a small letter; None without any.
        subjects: subjects of the word lists that it holds.
        repeats: how often this content stands in the document.
        dates: the dates printed in it.
        is_stamp: it is little more than a date: "Published 7 May 2024", "A. Reporter - 07.05.2024".
    """

    number: int
    parts: tuple[str, ...]
    text: str
    content: str
    words: tuple[str, ...]
    weight: float
    is_item: bool
    is_under_mark: bool
    is_bare: bool
    sentences: int
    ends_sentence: bool
    lower_share: float | None
    subjects: frozenset[str]
    repeats: int
    dates: tuple[DateSpan, ...]
    is_stamp: bool


def split_lines(text: str) -> list[str]:
    """Splits a dump into its printed lines, blank ones too, without surrounding white space."""
    return [part.strip().strip(_INVISIBLE).strip() for part in _LINE_BREAK.split(text)]


def read_lines(text: str) -> tuple[Line, ...]:
    """Reads the lines of a dump that are not blank, in order."""
    paragraphs = join_wrapped(split_lines(text))
    contents = [_content(" ".join(paragraph.parts)) for paragraph in paragraphs]
    counts = Counter(content.casefold() for content in contents if content)
    commenters = _commenter_names(contents)
    return tuple(_measured(paragraphs, contents, counts, commenters))


def _commenter_names(contents: list[str]) -> frozenset[str]:
    """Finds the lines over readers' comments: "anna says:", "Karl says:", "blue says:".

    Three names and more before the same word are readers; one name again and again is a speaker.
    """
    names: defaultdict[str, set[str]] = defaultdict(set)
    for content in contents:
        if content.endswith(":"):
            name, _, word = content.rpartition(" ")
            if 0 < len(name.split()) <= _MAX_NAME_WORDS:
                names[word].add(name)
    return frozenset(
        f"{name} {word}"
        for word, before in names.items()
        if len(before) >= _MIN_COMMENTERS
        for name in before
    )


def _measured(
    paragraphs: list[Paragraph],
    contents: list[str],
    counts: Counter[str],
    commenters: frozenset[str],
) -> Iterator[Line]:
    known: dict[str, Line] = {}
    after_bare = False
    for (number, parts), content in zip(paragraphs, contents, strict=True):
        text = " ".join(parts)
        line = known.get(text)
        if line is None:
            line = _measure(text, content, repeats=counts[content.casefold()])
            if content in commenters:
                line = replace(line, subjects=line.subjects | {"comments"})
            known[text] = line
        yield replace(line, number=number, parts=parts, is_under_mark=after_bare)
        after_bare = line.is_bare


def _measure(text: str, content: str, *, repeats: int) -> Line:
    """Measures what does not depend on where a line stands: menus repeat many lines."""
    words = split_words(content)
    dates = _find_dates(text[:_MAX_DATED]) if may_hold_date(text) else ()
    return Line(
        number=0,
        parts=(),
        text=text,
        content=content,
        words=tuple(words),
        weight=_weight(content),
        is_item=_BULLET.match(text) is not None,
        is_under_mark=False,
        is_bare=_BARE_BULLET.fullmatch(text) is not None,
        sentences=len(_SENTENCE_END.findall(content)),
        ends_sentence=_ends_sentence(content),
        lower_share=_lower_share(content),
        subjects=find_subjects(words, content),
        repeats=repeats,
        dates=dates,
        is_stamp=_is_stamp(text, dates),
    )


def _find_dates(text: str) -> tuple[DateSpan, ...]:
    cuts = [match.start() for match in _GLUED.finditer(text)]
    if not cuts:
        return tuple(find_dates(text))
    return tuple(
        replace(date, start=date.start + start, end=date.end + start)
        for start, end in pairwise((0, *cuts, len(text)))
        for date in find_dates(text[start:end])
    )


def _is_stamp(text: str, dates: tuple[DateSpan, ...]) -> bool:
    if not any(date.is_full or date.parts.ago_s is not None for date in dates):
        return False
    if _ends_sentence(text):
        return False
    rest = len(text) - sum(date.end - date.start for date in dates)
    return rest <= _MAX_STAMP_REST or _begins_with_stamp(text, dates[0])


def _begins_with_stamp(text: str, date: DateSpan) -> bool:
    """Tells "7 May 2024 - 10:44 | Agency | Reading time 4 minutes" by its first column."""
    column = _COLUMN_MARK.search(text, date.end)
    is_long = len(text) > _MAX_DATED or _SENTENCE_END.search(text)
    if column is None or is_long:
        return False
    return date.start + column.start() - date.end <= _MAX_LABEL


def _content(text: str) -> str:
    match = _BULLET.match(text) or _HEADING_MARK.match(text)
    return text[match.end() :] if match else text


def _weight(text: str) -> float:
    spaced = len(text.split())
    if text.isascii():
        return spaced
    unspaced = len(_UNSPACED.findall(text))
    return spaced if not unspaced else max(1.0, unspaced / _CHARS_A_WORD)


def _ends_sentence(text: str) -> bool:
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _TERMINALS


def _lower_share(text: str) -> float | None:
    """Tells prose from headings in title case, in the scripts that have cases."""
    longer = [word for word in text[:_MAX_DATED].split() if len(word) >= _LONG_WORD]
    cased = [word for word in longer if word[0].islower() or word[0].isupper()]
    if not cased:
        return None
    return sum(word[0].islower() for word in cased) / len(cased)
