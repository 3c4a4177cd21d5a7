"""Articles out of text dumps: text that some other tool pulled out of a page, menus and all."""

from collections.abc import Sequence

from tasks.extract.dates.date_clues import collect_origin_clues
from tasks.extract.dumps.dump_bodies import find_body
from tasks.extract.dumps.dump_bylines import Byline, choose_authors
from tasks.extract.dumps.dump_labels import PROSE, Label, find_frame, label_article
from tasks.extract.dumps.dump_lines import Line, read_lines, split_lines
from tasks.extract.dumps.dump_refusals import find_dump_refusal
from tasks.extract.dumps.dump_scores import score_prose
from tasks.extract.dumps.dump_stamps import collect_dump_dates
from tasks.extract.dumps.dump_tails import AFTER_BODY, label_tail
from tasks.extract.dumps.dump_titles import Title, find_title_line
from tasks.extract.evidence import Block, BlockKind, DateKind, Extraction, TextClue, TextSource
from tasks.extract.outlets.outlet_lines import collect_outlet_lines
from tasks.extract.page.page_language import identify_language
from tasks.printed.ticker_lines import collect_quote_lines
from tasks.read.document import ContentForm, Origin

# Lines between two names, or a name and its date.
_BESIDE = 2
# More names on lines of their own are a list of other authors.
_MAX_SIGNED = 4
_TEXT_KINDS = frozenset({BlockKind.LEAD, BlockKind.BODY})


def extract_text_dump(text: str, origin: Origin) -> Extraction:
    """Extracts the article of a text dump.

    Args:
        text: the dump, decoded.
        origin: where it lies and what arrived with it.

    Returns:
        An extraction whose `blocks` hold every line that is not blank, once; its text is made of
        the lead and body lines, with a space between the lines of a paragraph that was broken to
        a width. `refusal` is set where the dump holds no article.
    """
    lines = read_lines(text)
    title, labels = _label(lines)
    printed = split_lines(text)
    article = [line for line, label in zip(lines, labels, strict=True) if label.kind in _TEXT_KINDS]
    body = "\n".join(line.text for line in article)
    refusal, detail = find_dump_refusal(
        lines, sum(line.weight for line in article), title.text if title else None
    )
    return Extraction(
        form=ContentForm.TEXT,
        text=body,
        title=title.text if title else None,
        title_source=title.reason if title else None,
        authors=_authors(lines, labels),
        language=identify_language(body),
        tags=tuple(dict.fromkeys(tag for label in labels for tag in label.tags)),
        titles=_title_clues(lines, title),
        dates=(*collect_dump_dates(lines, labels), *collect_origin_clues(origin)),
        outlets=collect_outlet_lines(printed),
        credits=_credits(lines, labels),
        quotes=collect_quote_lines(printed),
        blocks=tuple(
            Block(line=number, text=part, kind=label.kind, reason=label.reason)
            for line, label in zip(lines, labels, strict=True)
            for number, part in enumerate(line.parts, start=line.number)
        ),
        refusal=refusal,
        refusal_detail=detail,
    )


def _label(lines: Sequence[Line]) -> tuple[Title | None, list[Label]]:
    scores = [score_prose(line) for line in lines]
    in_body = find_body(lines, scores)
    title = find_title_line(lines, scores, in_body)
    frame = find_frame(lines, in_body, title)
    if frame is None:
        return None, [Label(BlockKind.MENU, "no_article") for _ in lines]
    labels = label_article(lines, scores, in_body, title, frame)
    is_dated = frame.has_stamp or any(
        label.kind is BlockKind.DATE and label.date_kind is DateKind.PUBLISHED for label in labels
    )
    return title, [*labels, *label_tail(lines, frame, is_dated=is_dated)]


def _title_clues(lines: Sequence[Line], title: Title | None) -> tuple[TextClue, ...]:
    if title is None:
        return ()
    position = f"line {lines[title.index].number}"
    return (TextClue(text=title.text, source=TextSource.LINE, position=position),)


def _credits(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[TextClue, ...]:
    """Collects the lines that name who wrote or delivered the text."""
    return tuple(
        TextClue(text=line.text, source=TextSource.BYLINE, position=f"line {line.number}")
        for line, label in zip(lines, labels, strict=True)
        if label.byline or (label.kind is not BlockKind.BODY and "source" in line.subjects)
    )


def _authors(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[str, ...]:
    """Chooses the authors: whom the article's head names, else who signs under it."""
    body_words = frozenset(
        word
        for line, label in zip(lines, labels, strict=True)
        if label.reason == PROSE
        for word in line.words
    )
    above = _bylines_of_head(lines, labels, body_words)
    below = [label.byline for label in labels if label.byline and label.reason == AFTER_BODY]
    return choose_authors(above, body_words) or choose_authors(below, body_words)


def _bylines_of_head(
    lines: Sequence[Line], labels: Sequence[Label], body_words: frozenset[str]
) -> list[Byline]:
    """Returns the bylines above and in the article: marked ones, else the names by its date.

    Names without a mark that stand apart are those of menus, places and other stories.
    """
    found = [
        (at, label.byline)
        for at, label in enumerate(labels)
        if label.byline and label.reason != AFTER_BODY
    ]
    if any(byline.is_marked for _, byline in found):
        return [byline for _, byline in found]
    groups: list[list[tuple[int, Byline]]] = []
    for at, byline in found:
        if all(body_words.issuperset(name.lower().split()) for name in byline.names):
            continue
        if groups and at - groups[-1][-1][0] <= _BESIDE:
            groups[-1].append((at, byline))
        else:
            groups.append([(at, byline)])
    dated = [group for group in groups if _is_dated(group[0][0], group[-1][0], lines)]
    chosen = next(iter(dated or groups), [])
    if len(chosen) > _MAX_SIGNED:
        return []
    # With another printing of a name, one that more is glued to can be told from it.
    names = {name for _, byline in chosen for name in byline.names}
    glued = [
        byline
        for _, byline in found
        if any(name.startswith(byline.names[0]) and name not in byline.names for name in names)
    ]
    return [*(byline for _, byline in chosen), *glued]


def _is_dated(first: int, last: int, lines: Sequence[Line]) -> bool:
    return any(line.is_stamp for line in lines[max(0, first - _BESIDE) : last + _BESIDE + 1])
