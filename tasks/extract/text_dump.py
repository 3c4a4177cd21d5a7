"""Articles out of text dumps: text that some other tool pulled out of a page, menus and all."""

from schemas.reasons import Reason
from tasks.extract.dump_bodies import find_body, score_prose
from tasks.extract.dump_labels import label_lines
from tasks.extract.dump_lines import read_lines, split_lines
from tasks.extract.dump_stamps import collect_dump_dates
from tasks.extract.dump_titles import find_title
from tasks.extract.evidence import Block, BlockKind, Extraction, TextClue
from tasks.extract.languages import identify_language
from tasks.extract.outlet_lines import collect_outlet_lines
from tasks.read.document import Form, Origin

_TEXT_KINDS = frozenset({BlockKind.LEAD, BlockKind.BODY})


def extract_text_dump(text: str, origin: Origin) -> Extraction:
    """Extracts the article of a text dump.

    Args:
        text: the dump, decoded.
        origin: where it lies and what arrived with it.

    Returns:
        An extraction whose `blocks` hold every line that is not blank, once; its text is made of
        the lead and body lines. `refusal` is set where the dump holds no article.
    """
    lines = read_lines(text)
    scores = [score_prose(line) for line in lines]
    in_body = find_body(lines, scores)
    title = find_title(lines, scores, in_body)
    labels = label_lines(lines, scores, in_body, title)
    blocks = tuple(
        Block(line=line.number, text=line.text, kind=label.kind, reason=label.reason)
        for line, label in zip(lines, labels, strict=True)
    )
    article = "\n".join(block.text for block in blocks if block.kind in _TEXT_KINDS)
    authors = {name.casefold(): name for label in labels for name in label.names}
    return Extraction(
        form=Form.TEXT,
        text=article,
        title=title.text if title else None,
        title_source=title.reason if title else None,
        authors=tuple(authors.values()),
        language=identify_language(article),
        tags=tuple(tag for label in labels for tag in label.tags),
        titles=(
            TextClue(text=title.text, source="line", place=f"line {lines[title.index].number}"),
        )
        if title
        else (),
        dates=collect_dump_dates(lines, labels),
        outlets=collect_outlet_lines(split_lines(text)),
        credits=tuple(
            TextClue(text=block.text, source="byline", place=f"line {block.line}")
            for block in blocks
            if block.kind is BlockKind.BYLINE
        ),
        blocks=blocks,
        refusal=None if article else Reason.TEXT_MISSING,
    )
