"""Where the body of an article stands in a text dump.

Every line gets a prose score, the log-odds that it is a sentence of the article. The body is then
the run of lines, with gaps, whose words weigh most: a line in the body earns its words times
(2p - 1), so that what is more likely body than not pays; each gap costs, and so does passing what
ends an article (a heading over related stories, comments, a subscription offer). The best run is found
by dynamic programming over the states before, body, gap, after.
"""

import math
from collections.abc import Iterator, Sequence

from tasks.extract.dump_lines import Line

# Log-odds of the features. One unit is a factor of e; half a unit is the smallest step used.
_BASE = -2.0
_PER_TEN_WORDS = 1.0
_LENGTH_CAP = 4.0
_ENDS_SENTENCE = 2.0
_SEVERAL_SENTENCES = 1.0
_RUNNING_TEXT = 0.5
_TITLE_CASE = -1.5
_ITEM = -1.0
_REPEATED = -2.0
_SUBJECT_SCORES = {
    "share": -4.0,
    "subscribe": -4.0,
    "consent": -6.0,
    "privacy": -2.0,
    "legal": -4.0,
    "advertisement": -4.0,
    "comments": -3.0,
    "related_heading": -2.0,
    "inline_link": -3.0,
    "caption": -3.0,
    "tags_heading": -2.0,
    "menu": -3.0,
    "author_bio": -1.0,
    "source": -1.0,
}
# In words of body text.
_GAP_COST = 20.0
_LINE_IN_GAP_COST = 1.0
_STAMP_COST = 30.0
_NEXT_ARTICLE_COST = 100.0
_PROSE_ABOVE = 0.25
# Readers write more than authors: once there is an article, nothing leads past its comments.
_SHORTEST_BODY = 60.0
_COMMENTS_COST = 5000.0
# A date above a paragraph says that an article begins; less so with each line between.
_HEAD_BONUS = 40.0
_HEAD_FADE = 4.0
# For prose alone between other lines, in twos, in threes and more.
_RUN_SCORES = (-2.0, -0.5, 0.5)
# A list and no paragraph beside it: headlines with their first sentences.
_LIST_ITEMS = 4
_LIST_ALONE = -2.0
# Short paragraphs, each alone under a heading of its own: one, two, three and more of them.
_TEASER_SCORES = (-2.0, -3.0, -4.0)
_TEASER_WORDS = 35.0
_HEADING_WORDS = 4.0
_SOLID = 1.0
_LONG_PROSE = 4.0
_INLINE_COST = 4.0
_CLEAR_PROSE = 3.0
_INLINE_LINES = 5
_PASSED_OVER = frozenset({"caption", "advertisement", "share"})
_END_COSTS = {
    "article_end": 300.0,
    "comments": 100.0,
    "related_heading": 60.0,
    "legal": 30.0,
    "subscribe": 10.0,
    "tags_heading": 10.0,
    "share": 3.0,
}
# One endless line must not outweigh a page.
_MAX_WEIGHT = 150.0
_SHORT_LINE = 12.0
_LABEL_WORDS = 9.0

_BEFORE, _BODY, _GAP, _AFTER = range(4)


def score_prose(line: Line) -> float:
    """Returns the log-odds that a line is a sentence of an article, by itself."""
    if line.is_bare:
        return -4.0
    score = _BASE + min(line.weight / 10 * _PER_TEN_WORDS, _LENGTH_CAP)
    if line.ends_sentence and line.weight >= 3:
        score += _ENDS_SENTENCE
    if line.sentences > 1:
        score += _SEVERAL_SENTENCES
    if line.lower_share is not None:
        score += _RUNNING_TEXT if line.lower_share >= 0.6 else 0.0
        score += _TITLE_CASE if line.lower_share <= 0.25 else 0.0
    score += _ITEM if line.is_item else 0.0
    score += _REPEATED if line.repeats > 1 else 0.0
    return score + min((_SUBJECT_SCORES.get(name, 0.0) for name in _told(line)), default=0.0)


def _told(line: Line) -> frozenset[str]:
    """Returns a line's subjects; a line on cookies that speaks to nobody may be an article's."""
    if "consent" in line.subjects and "address" not in line.subjects and line.ends_sentence:
        return line.subjects - {"consent"} | {"privacy"}
    return line.subjects


def find_body(lines: Sequence[Line], scores: Sequence[float]) -> list[bool]:
    """Says of each line whether it lies in the body.

    Args:
        lines: the dump's lines.
        scores: their prose scores, as `score_prose` gives them.
    """
    best = [0.0, -math.inf, -math.inf, -math.inf]
    origins: list[tuple[int, int, int, int]] = []
    company = score_company(lines, scores)
    costs = _ending_costs(lines, scores, company)
    head = 0.0
    for line, score, cost in zip(lines, company, costs, strict=True):
        wall = 0.0
        if _is_comments_heading(line) and best[_BODY] > _SHORTEST_BODY:
            wall = _COMMENTS_COST
        gain = min(line.weight, _MAX_WEIGHT) * math.tanh(score / 2) - wall
        head = _HEAD_BONUS if line.is_stamp else max(0.0, head - _HEAD_FADE)
        started = best[_BEFORE] + (head if score > 0 else 0.0)
        going = max(best[_BODY], best[_GAP]) - cost
        entered = _BEFORE if started >= going else _argmax(best, (_BODY, _GAP))
        left = best[_BODY] - _GAP_COST
        opened = _BODY if left >= best[_GAP] else _GAP
        ended = _AFTER if best[_AFTER] >= best[_BODY] else _BODY
        origins.append((_BEFORE, entered, opened, ended))
        best = [
            best[_BEFORE] - _PROSE_ABOVE * max(gain, 0.0) - wall,
            max(started, going) + gain,
            max(left, best[_GAP]) - cost - _LINE_IN_GAP_COST - wall,
            best[ended],
        ]
    return _walk_back(origins, _argmax(best, (_BEFORE, _BODY, _AFTER)))


def score_company(lines: Sequence[Line], scores: Sequence[float]) -> list[float]:
    """Adds what a line's neighbours say: prose stands among prose, teasers each under a heading.

    Pictures' captions and advertisements stand between any two paragraphs, so they are passed over.
    """
    company = list(scores)
    teasers: list[int] = []
    for heading, run in _prose_runs(lines, scores):
        is_lone = len(run) == 1 and lines[run[0]].weight <= _TEASER_WORDS
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
    for index, line in enumerate(lines):
        if line.is_under_mark:
            company[index] = min(scores[index] + _TEASER_SCORES[-1], -_SOLID)
    return company


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
            heading = line.weight >= _HEADING_WORDS and not line.is_stamp
    if run:
        yield heading, run


def _add(company: list[float], run: Sequence[int], by_length: Sequence[float]) -> None:
    """Adds to each line of a run the score of its length."""
    for index in run:
        company[index] += by_length[min(len(run), len(by_length)) - 1]


def _ending_costs(
    lines: Sequence[Line], scores: Sequence[float], company: Sequence[float]
) -> list[float]:
    """Prices what ends an article; a block of several such lines costs as its dearest one."""
    costs = []
    charged = 0.0
    for index, line in enumerate(lines):
        if company[index] > _SOLID:
            charged = 0.0
        cost = _stamp_cost(line) if line.is_stamp else _end_cost(line)
        if cost == _END_COSTS["related_heading"] and _goes_on(lines, scores, index + 1):
            cost = _INLINE_COST
        costs.append(max(0.0, cost - charged))
        charged = max(charged, cost)
    return costs


def _goes_on(lines: Sequence[Line], scores: Sequence[float], start: int) -> bool:
    """Says whether the article goes on soon: a link to another story stands inside of it.

    It does with a full paragraph, or with a sentence right under the one line of a single link.
    """
    soon = range(start, min(start + _INLINE_LINES, len(lines)))
    if any(lines[at].weight > _TEASER_WORDS and scores[at] > _LONG_PROSE for at in soon):
        return True
    prose = [at for at in soon if scores[at] > _CLEAR_PROSE]
    if not prose or prose[0] > start + 1:
        return False
    after = range(prose[0] + 1, min(prose[0] + 1 + _INLINE_LINES, len(lines)))
    return not any(
        scores[at] > _CLEAR_PROSE and scores[at - 1] < 0 and lines[at - 1].weight >= _HEADING_WORDS
        for at in after
    )


def _is_comments_heading(line: Line) -> bool:
    return (
        "comments" in line.subjects
        and line.weight <= _LABEL_WORDS
        and not (line.is_item or line.ends_sentence)
    )


def _stamp_cost(line: Line) -> float:
    return _NEXT_ARTICLE_COST if line.subjects & {"published", "modified"} else _STAMP_COST


def _end_cost(line: Line) -> float:
    if line.weight > _SHORT_LINE:
        return 0.0
    return max((_END_COSTS.get(name, 0.0) for name in line.subjects), default=0.0)


def _argmax(values: Sequence[float], states: Sequence[int]) -> int:
    return max(states, key=lambda state: values[state])


def _walk_back(origins: Sequence[tuple[int, int, int, int]], state: int) -> list[bool]:
    in_body = []
    for origin in reversed(origins):
        in_body.append(state == _BODY)
        state = origin[state]
    in_body.reverse()
    return in_body
