"""Where the body of an article stands in a text dump.

Every line gets a prose score, the log-odds that it is a sentence of the article. The body is then
the run of lines, with gaps, whose words weigh most: a line in the body earns its words times
(2p - 1), so that what is more likely body than not pays; each gap costs, and so does passing what
ends an article (a heading over related stories, comments, a subscription offer). The best run is found
by dynamic programming over the states before, body, gap, after.
"""

import math
from collections.abc import Sequence

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
    "consent": -4.0,
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
_GAP_COST = 10.0
_LINE_IN_GAP_COST = 0.3
_END_COSTS = {
    "article_end": 300.0,
    "comments": 300.0,
    "related_heading": 60.0,
    "legal": 30.0,
    "subscribe": 10.0,
    "tags_heading": 10.0,
    "share": 3.0,
}
# One endless line must not outweigh a page.
_MAX_WEIGHT = 150.0
_SHORT_LINE = 12.0

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
    score += min((_SUBJECT_SCORES.get(name, 0.0) for name in line.subjects), default=0.0)
    return score


def find_body(lines: Sequence[Line], scores: Sequence[float]) -> list[bool]:
    """Says of each line whether it lies in the body.

    Args:
        lines: the dump's lines.
        scores: their prose scores, as `score_prose` gives them.
    """
    best = [0.0, -math.inf, -math.inf, -math.inf]
    origins: list[tuple[int, int, int, int]] = []
    for line, score in zip(lines, scores, strict=True):
        gain = min(line.weight, _MAX_WEIGHT) * math.tanh(score / 2)
        loss = _LINE_IN_GAP_COST + _end_cost(line)
        entered = _argmax(best, (_BEFORE, _BODY, _GAP))
        opened = _BODY if best[_BODY] - _GAP_COST >= best[_GAP] else _GAP
        ended = _AFTER if best[_AFTER] >= best[_BODY] else _BODY
        origins.append((_BEFORE, entered, opened, ended))
        best = [
            0.0,
            best[entered] + gain,
            best[opened] - (_GAP_COST if opened == _BODY else 0.0) - loss,
            best[ended],
        ]
    return _walk_back(origins, _argmax(best, (_BEFORE, _BODY, _AFTER)))


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
