"""Who a byline of a text dump names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.languages.compiled_tables import entries
from schemas.languages.dumps import read_dump_words
from tasks.extract.bylines.byline_names import is_nobody, is_organisation, is_role, parse_names
from tasks.extract.dumps.dump_lines import Line
from tasks.extract.dumps.dump_phrases import UNSPACED, find_subjects, split_words
from tasks.printed.phrases import any_of

_MAX_LINE_WORDS = 20
# "Reporting by A. Reporter in Paris and B. Reporter in London; editing by ..."
_MAX_CREDIT_WORDS = 40
_MAX_NAME_WORDS = 4
_MAX_NAME_CHARS = 40
_COLUMN = re.compile(r"\s*[|•·]\s*|\s[-–—]\s")
# A name ends where a number, an address or a button begins.
_NAME_END = re.compile(r"\d|https?:|www\.|@|;|\s(?:[Ff]or|[Ff]ollow)\b")
_PARTICLES = frozenset(entries("names", "particles"))
_UNSPACED_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}")
_UNSPACED_FULL_NAME = re.compile(r"[^\W\d_a-zA-Z]{1,4} [^\W\d_a-zA-Z]{1,4}")
_REPORTER_NAME = re.compile(
    r"([가-힣]{2,4})\s?(?:기자|특파원)(?!\w)|([\u3400-\u9fff]{2,4})(?:記者|记者)$"
)
_GLUED_WORD = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZÀ-Þ][a-zà-ÿ]{5,}$)")
_GLUED_ROLE = re.compile(r"(?<=[^\W\d_A-Z]{2})(?=[A-ZÀ-Þ])")
# "ByAnn Lee", "Byby ANN LEE": a template's word and another, or no space.
_GLUED_BYLINE = re.compile(r"^By(?:by )?(?=[A-ZÀ-Þ])")
_STAMP_WORDS = re.compile(
    rf"(?<![\s,.|–—-])(?:[\s,.|–—-]+(?:{any_of('names', 'stamp_labels')}"
    rf"|{any_of('names', 'stamp_words')})){{1,4}}$",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    {
        "share",
        "subscribe",
        "consent",
        "legal",
        "advertisement",
        "comments",
        "menu",
        "related_heading",
        "tags_heading",
        "caption",
        "source",
    }
)
_DATE_WORDS = frozenset({"published", "modified"})
_FURNITURE = ("menu", "share", "subscribe", "comments", "tags_heading", "advertisement", "modified")


@dataclass(frozen=True, slots=True)
class Byline:
    """The names of a byline.

    Attributes:
        names: in the order printed.
        is_marked: a word such as "By" stands before them.
    """

    names: tuple[str, ...]
    is_marked: bool


def find_byline(line: Line, above: Line | None = None) -> Byline | None:
    """Reads a line as a byline: "By A. Reporter", "A. Reporter - 7 May 2024", "A. Reporter".

    Args:
        line: the line.
        above: the line over it, which may be nothing but "By".
    """
    if not line.words or line.weight > _MAX_CREDIT_WORDS:
        return None
    is_line = line.sentences <= 1 or line.is_stamp  # "Ann B. Lee, 7. Jan. 2024"
    if not is_line and _byline_start().match(line.content) is None:
        return None
    columns = [column.strip() for column in _COLUMN.split(_without_dates(line))]
    names = _marked_names(line, columns)
    if not names and above is not None and _byline_start().fullmatch(above.content):
        # One word below the mark may be a button.
        names = tuple(name for name in _names(columns[0]) if " " in name)
    if names:
        return Byline(names, is_marked=True)
    is_label = line.is_item or line.ends_sentence or line.subjects & _NO_NAMES
    if is_label or line.weight > _MAX_LINE_WORDS:
        return None
    names = _bare_names(columns)
    return Byline(names, is_marked=False) if names else None


def _marked_names(line: Line, columns: Sequence[str]) -> tuple[str, ...]:
    """Reads the names that a word marks: "By" before, the Korean for "reporter" behind them."""
    for column in columns:
        printed = _after_byline_word(column)
        if printed is not None and (names := tuple(_names(printed))):
            return names
    if line.ends_sentence:
        return ()
    return tuple(korean or chinese for korean, chinese in _REPORTER_NAME.findall(line.content))


def _bare_names(columns: Sequence[str]) -> tuple[str, ...]:
    """Reads the first column that holds full names and nothing else."""
    for column in columns:
        if find_subjects(split_words(column), column) & _DATE_WORDS:
            continue
        names = tuple(_names(column))
        people = tuple(name for name in names if _is_full_name(name))
        # "Agency, A. Reporter": an agency beside a person delivered the text.
        if people and all(name in people or is_organisation(name) for name in names):
            return people
    return ()


def find_author_note(lines: Sequence[Line], start: int, stop: int) -> int | None:
    """Finds where a note about the author begins: a name, and under it a line that begins with it.

    Args:
        lines: the dump's lines.
        start: the first line to look at.
        stop: the line behind the last one to look at.
    """
    for at in range(start, min(stop, len(lines) - 1)):
        name = lines[at].content
        if " " in name and is_person_name(name) and lines[at + 1].content.startswith(name):
            return at if lines[at + 1].content != name else None
    return None


def choose_authors(bylines: Sequence[Byline], body_words: frozenset[str]) -> tuple[str, ...]:
    """Chooses the authors among an article's bylines.

    Marked names win over bare ones. Whom the text speaks of is no bare byline but the one in the
    picture; and a name with more glued to it is the same name.

    Args:
        bylines: those by the title, or else those under the article, in order.
        body_words: the words of the article's text, in lower case.
    """
    marked = [name for byline in bylines if byline.is_marked for name in byline.names]
    bare = [
        name
        for byline in bylines
        if not byline.is_marked
        for name in byline.names
        if not body_words.issuperset(name.lower().split())
    ]
    # "By the Paper" over "A. Reporter", "By Ann Lee" over "By CNN": the person wrote it.
    persons = [name for name in marked if not is_organisation(name)]
    names = persons or bare or marked
    distinct = {name.casefold(): name for name in reversed(names)}
    return tuple(
        distinct[key]
        for key in dict.fromkeys(name.casefold() for name in names)
        if not any(key != other and key.startswith(other) for other in distinct)
    )


def _without_dates(line: Line) -> str:
    """Puts a bar where a date stands: no name runs over it."""
    text = line.text
    for date in reversed(line.dates):
        text = f"{_without_stamp_words(text[: date.start])} | {text[date.end :]}"
    return text.strip(" |/-–—·•")


def _without_stamp_words(text: str) -> str:
    """Takes off the words between a name and its date: "Ann Lee on", "Ann Lee, updated at"."""
    return _STAMP_WORDS.sub("", text.rstrip(" ,.|–—-"))


def _without_glued_role(name: str) -> str:
    """Takes off a word or a role that lost the space before it: "Howard BlumeStaff Writer"."""
    for glued in _GLUED_ROLE.finditer(name):
        if is_role(name[glued.start() :]):
            return name[: glued.start()]
    return _GLUED_WORD.split(name)[0]


def _after_byline_word(content: str) -> str | None:
    """Returns what follows "By", "Von", "Автор:"; None where no such word stands in the line."""
    content = _GLUED_BYLINE.sub("By ", content)
    match = _byline_start().match(content)
    if match is None:
        return None
    rest = content[match.end() :].lstrip(" :：\u00a0")
    name = next(_names(rest), "")
    is_sure = match[0].lower() in _SURE or match[0].endswith((":", "：")) or " " in match[0]
    return rest if name and (is_sure or " " in name) else None


# Before these one word is a name too: "By Redaction", "Von DPA".
_SURE = frozenset(entries("names", "sure_bylines"))


@cache
def _byline_start() -> re.Pattern[str]:
    """The longest first, so that "Text by" is not read as "Text"."""
    starts = sorted(read_dump_words()["byline"].starts, key=lambda start: (-len(start), start))
    joined = "|".join(re.escape(start) for start in starts)
    return re.compile(rf"^(?:{joined})(?:(?<=[:：])|(?=[\s:：]))", re.I)


def _names(text: str) -> Iterator[str]:
    end = _NAME_END.search(text)
    seen = set()
    for printed in parse_names(_without_stamp_words(text[: end.start()]) if end else text):
        name = _undoubled(_without_glued_role(printed).strip())
        if not is_person_name(name):
            return
        if name.casefold() not in seen:
            seen.add(name.casefold())
            yield name


def _is_full_name(name: str) -> bool:
    """Without a word before it only a name of two words and more is one: "Politics" is none."""
    words = name.split()
    if UNSPACED.search(name):
        return _UNSPACED_FULL_NAME.fullmatch(name) is not None
    return (
        len(words) > 1
        and not is_organisation(name)
        and not is_nobody(name)
        and furniture_words().isdisjoint(map(str.lower, words))
    )


@cache
def furniture_words() -> frozenset[str]:
    """Single words of menus and buttons: "Share Comments" is capitalised as a name is."""
    lists = read_dump_words()
    return frozenset(
        entry
        for subject in _FURNITURE
        for entry in lists[subject].lines | lists[subject].starts
        if entry.isalpha()
    )


def _undoubled(name: str) -> str:
    """Takes a name once where a picture's text and the byline both print it."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else " ".join(words)


def is_person_name(text: str) -> bool:
    """Says whether a text has the shape of a person's name: a few capitalised words, no digits."""
    words = text.split()
    if not words or len(text) > _MAX_NAME_CHARS or len(words) > _MAX_NAME_WORDS:
        return False
    if _UNSPACED_NAME.fullmatch(text):
        return True
    if words[-1].lower() in _PARTICLES and len(words) > 1:
        return False
    return all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    bare = re.sub(r"['’.\-\"“”„]", "", word)
    if not bare.isalpha():
        # Marks of Indic and Arabic vowels are not letters.
        return bool(bare) and not bare.isascii() and not any(char.isdigit() for char in bare)
    return bare[0].isupper() or bare.lower() in _PARTICLES or not bare[0].islower()
