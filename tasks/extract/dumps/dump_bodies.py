"""Where the body of an article stands in a text dump.

The body is the run of lines that scores highest; it may have gaps. Let p be the chance that a line
is the article's. In the run the line scores its words times (2p - 1): more than nothing where p is
above one half. Each gap costs. So does passing a line that ends an article: a heading over related
stories, a date, a subscription offer. Dynamic programming over the states before, body, gap and
after finds the best run.
"""

import math
from collections.abc import Sequence

from tasks.extract.dumps.dump_lines import Line
from tasks.extract.dumps.dump_scores import HEADING_WORDS, TEASER_WORDS, score_company

# All costs are in words of certain text.
_GAP_COST = 30.0
_LINE_IN_GAP_COST = 1.0
_END_COSTS = {
    "article_end": 300.0,
    "comments": 100.0,
    "related_heading": 60.0,
    "legal": 30.0,
    "subscribe": 10.0,
    "tags_heading": 10.0,
    "share": 3.0,
}
_STAMP_COST = 30.0
# A date with "published" below an article is another article's.
_NEXT_ARTICLE_COST = 100.0
# A link to another story inside of the article.
_INLINE_COST = 4.0
_INLINE_LINES = 5
# Comments may be longer than the article, and so may the next article. So the body never goes on
# below a heading over comments, nor, where it is long, below the date of another article.
_WALL = 5000.0
_SHORTEST_BODY = 60.0
_WHOLE_ARTICLE = 200.0
# A date above a paragraph says that an article begins; less so with each line between.
_HEAD_BONUS = 100.0
_HEAD_FADE = 5.0
# Prose above the body is rarer than below: what share of its words it costs to pass it by.
_PROSE_ABOVE = 0.25
# One endless line must not outweigh a page.
_MAX_WEIGHT = 150.0
# Longer lines are no headings, no labels.
_SHORT_LINE = 12.0
_LABEL_WORDS = 9.0
# Prose scores: rather prose than not, clearly prose, a full paragraph.
_SOLID, _CLEAR, _FULL = 1.0, 3.0, 4.0

_BEFORE, _BODY, _GAP, _AFTER = range(4)


def find_body(lines: Sequence[Line], scores: Sequence[float]) -> list[bool]:
    """Says of each line whether it lies in the body.

    Args:
        lines: the dump's lines.
        scores: their prose scores, as `dump_scores.score_prose` gives them.
    """
    best = [0.0, -math.inf, -math.inf, -math.inf]
    origins: list[tuple[int, int, int, int]] = []
    company = score_company(lines, scores)
    costs = _ending_costs(lines, scores, company)
    head = 0.0
    for line, score, cost in zip(lines, company, costs, strict=True):
        wall = _WALL if _is_wall(line, best[_BODY]) else 0.0
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


def _ending_costs(
    lines: Sequence[Line], scores: Sequence[float], company: Sequence[float]
) -> list[float]:
    """Returns what it costs to pass each line; a block of lines costs as its dearest one."""
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


def _stamp_cost(line: Line) -> float:
    return _NEXT_ARTICLE_COST if line.subjects & {"published", "modified"} else _STAMP_COST


def _end_cost(line: Line) -> float:
    if line.weight > _SHORT_LINE:
        return 0.0
    return max((_END_COSTS.get(name, 0.0) for name in line.subjects), default=0.0)


def _goes_on(lines: Sequence[Line], scores: Sequence[float], start: int) -> bool:
    """Says whether the article goes on soon: a link to another story stands inside of it.

    It does with a full paragraph, or with a sentence right under the one line of a single link.
    """
    soon = range(start, min(start + _INLINE_LINES, len(lines)))
    if any(lines[at].weight > TEASER_WORDS and scores[at] > _FULL for at in soon):
        return True
    prose = [at for at in soon if scores[at] > _CLEAR]
    if not prose or prose[0] > start + 1:
        return False
    after = range(prose[0] + 1, min(prose[0] + 1 + _INLINE_LINES, len(lines)))
    return not any(
        scores[at] > _CLEAR and scores[at - 1] < 0 and lines[at - 1].weight >= HEADING_WORDS
        for at in after
    )


def _is_wall(line: Line, words: float) -> bool:
    """Says whether the article ends above a line for certain, given its words so far."""
    if line.is_stamp and "published" in line.subjects:
        return words > _WHOLE_ARTICLE
    return words > _SHORTEST_BODY and _is_comments_heading(line)


def _is_comments_heading(line: Line) -> bool:
    return (
        "comments" in line.subjects
        and line.weight <= _LABEL_WORDS
        and not (line.is_item or line.ends_sentence)
    )


def _argmax(values: Sequence[float], states: Sequence[int]) -> int:
    return max(states, key=lambda state: values[state])


def _walk_back(origins: Sequence[tuple[int, int, int, int]], state: int) -> list[bool]:
    in_body = []
    for origin in reversed(origins):
        in_body.append(state == _BODY)
        state = origin[state]
    in_body.reverse()
    return in_body
