"""How much a line of a text dump reads like a sentence of an article, in log-odds.

One unit is a factor of e in the odds. The weights are round numbers, by how strongly each sign
speaks for prose. Halving or doubling one changes little of what is found (docs/text-dumps.md).
"""

from collections.abc import Iterator, Sequence

from tasks.extract.dumps.dump_lines import Line

# A paragraph is longer than this; what teases another story is shorter.
TEASER_WORDS = 35.0
# A line over a teaser has so many words at least.
HEADING_WORDS = 4.0

_BASE = -2.0
_PER_TEN_WORDS = 1.0
_LENGTH_CAP = 4.0
_ENDS_SENTENCE = 2.0
_SENTENCE_WORDS = 3.0
_SEVERAL_SENTENCES = 1.0
_RUNNING_TEXT, _RUNNING_SHARE = 0.5, 0.6
_TITLE_CASE, _TITLE_SHARE = -1.5, 0.25
_ITEM = -1.0
_REPEATED = -2.0
_BARE = -4.0
# What the trade's words say against a line; of several the strongest counts.
_SUBJECT_SCORES = {
    "consent": -6.0,
    "share": -4.0,
    "subscribe": -4.0,
    "legal": -4.0,
    "advertisement": -4.0,
    "comments": -3.0,
    "inline_link": -3.0,
    "caption": -3.0,
    "menu": -3.0,
    "related_heading": -2.0,
    "tags_heading": -2.0,
    "privacy": -2.0,
    "author_bio": -1.0,
    "source": -1.0,
}
# For prose alone between other lines, in twos, in threes and more.
_RUN_SCORES = (-2.0, -0.5, 0.5)
# Short paragraphs, each alone under a heading of its own: one, two, three and more of them.
_TEASER_SCORES = (-2.0, -3.0, -4.0)
# A list and no paragraph beside it: headlines with their first sentences.
_LIST_ITEMS = 4
_LIST_ALONE = -2.0
# A line under a bare dash is a teaser whatever it says.
_UNDER_MARK = -1.0
# These stand between any two paragraphs and end no run of prose.
_PASSED_OVER = frozenset({"caption", "advertisement", "share"})


def score_prose(line: Line) -> float:
    """Returns the log-odds that a line is a sentence of an article, by itself."""
    if line.is_bare:
        return _BARE
    score = _BASE + min(line.weight / 10 * _PER_TEN_WORDS, _LENGTH_CAP)
    if line.ends_sentence and line.weight >= _SENTENCE_WORDS:
        score += _ENDS_SENTENCE
    if line.sentences > 1:
        score += _SEVERAL_SENTENCES
    if line.lower_share is not None:
        score += _RUNNING_TEXT if line.lower_share >= _RUNNING_SHARE else 0.0
        score += _TITLE_CASE if line.lower_share <= _TITLE_SHARE else 0.0
    score += _ITEM if line.is_item else 0.0
    score += _REPEATED if line.repeats > 1 else 0.0
    return score + min((_SUBJECT_SCORES.get(name, 0.0) for name in _told(line)), default=0.0)


def _told(line: Line) -> frozenset[str]:
    """Returns a line's subjects; a sentence on cookies that speaks to nobody may be prose."""
    if "consent" in line.subjects and "address" not in line.subjects and line.ends_sentence:
        return line.subjects - {"consent"} | {"privacy"}
    return line.subjects


def score_company(lines: Sequence[Line], scores: Sequence[float]) -> list[float]:
    """Adds what a line's neighbours say: prose stands among prose, teasers each under a heading.

    Args:
        lines: the dump's lines.
        scores: their prose scores, as `score_prose` gives them.
    """
    company = list(scores)
    teasers: list[int] = []
    for heading, run in _prose_runs(lines, scores):
        is_lone = len(run) == 1 and lines[run[0]].weight <= TEASER_WORDS
        if is_lone and heading:
            teasers.append(run[0])
            continue
        _add(company, teasers, _TEASER_SCORES)
        teasers = []
        if is_lone or len(run) > 1:
            _add(company, run, _RUN_SCORES)
        if len(run) >= _LIST_ITEMS and all(lines[at].is_item for at in run):
            _add(company, run, (_LIST_ALONE,))
    _add(company, teasers, _TEASER_SCORES)
    return [
        min(score, _UNDER_MARK) if line.is_under_mark else score
        for line, score in zip(lines, company, strict=True)
    ]


def _prose_runs(lines: Sequence[Line], scores: Sequence[float]) -> Iterator[tuple[bool, list[int]]]:
    """Yields the runs of lines that read as prose, and whether a heading stands over each."""
    run: list[int] = []
    heading = False
    for index, line in enumerate(lines):
        if scores[index] > 0 and not line.is_under_mark:
            run.append(index)
        elif not (line.subjects & _PASSED_OVER or line.is_bare):
            if run:
                yield heading, run
                run = []
            heading = line.weight >= HEADING_WORDS and not line.is_stamp
    if run:
        yield heading, run


def _add(company: list[float], run: Sequence[int], by_length: Sequence[float]) -> None:
    """Adds to each line of a run the score of its length."""
    for index in run:
        company[index] += by_length[min(len(run), len(by_length)) - 1]
