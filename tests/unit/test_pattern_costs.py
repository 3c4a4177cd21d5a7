"""What patterns cost grows no faster than what others write: lines of one unit, again and again.

Python's engine may try each pair of characters of a text, or each triple. All patterns of tasks/
are found where they lie. Each is given lines made of its own words and of what separates words.
CPU time is compared with CPU time, and only where it is more than a floor, so that a busy machine
makes no difference.
"""

import time

import pytest

from tests.unit.patterns import Found, find_patterns, spelled_out

# Four times the text costs a linear pattern four times as much, a quadratic one sixteen times.
MOST = 10.0
FLOOR_S = 0.003
ENOUGH_S = 0.05
TRIES = 3
# What they are shown is cut, to so many characters. Within these their cost has a limit of its own.
BOUNDS = {
    "tasks.extract.bylines.byline_names.": 1_000,  # as_line
    "tasks.extract.outlets.outlet_lines.SELF_REFERENCES": 1_500,  # SelfReference.longest
    "tasks.extract.text.titles.": 1_000,  # as_line
    "tasks.normalize.currencies.traps._WORDS_BEFORE": 32,  # where it is searched
    "tasks.normalize.outlets.outlet_names.": 1_000,  # as_line; clues to outlets are shorter
    "tasks.read.files.feed_texts._LAST_LINK": 2_000,  # _END_CHARACTERS
    "tasks.read.warc.feed_dates._COMMON_WORD": 80,  # _MAX_NAME
}
BOUNDED_S = 0.1
# White space is single in what they are shown: `as_line`, `tidy` and lines of dumps see to it.
SINGLE_SPACED = (
    "tasks.extract.bylines.byline_names.",
    "tasks.extract.dumps.dump_bylines.",
    "tasks.extract.dumps.dump_titles.",
    "tasks.extract.outlets.outlet_clues.TITLE_SEPARATOR",
    "tasks.extract.outlets.outlet_lines.",
    "tasks.extract.text.titles.",
    "tasks.normalize.datelines.",
    "tasks.normalize.outlets.outlet_names.",
    "tasks.normalize.wires.",
)
# Tried at the end of a number, not everywhere.
ANCHORED = ("tasks.printed.dates.date_relatives._ago_patterns",)
# They read what newsmill wrote itself: phrases, its charts, the position of a clue.
OWN = (
    "tasks.extract.outlets.outlet_patterns._OPTIONAL_LETTER",
    "tasks.report.html.charts._LONG_NUMBER",
    "tasks.stage.staged_evidence._SHARE",
)
_SPACES = (" ", "\n")
_UNITS = ("a", "A", "é", "1", "-", "_", "|", ".", ",", "/", ":", "(", '"', "—")
_GROUPS = ("A. ", "12.", "a b ", "- ", "a-", "March ")


def _cost(found: Found, text: str) -> float:
    start = time.process_time()
    if found.is_whole or found.name in ANCHORED:
        found.pattern.match(text)
        found.pattern.fullmatch(text)
    else:
        for _ in found.pattern.finditer(text):
            pass
    return time.process_time() - start


def _growth(found: Found, text: str) -> float:
    """Returns how much more a text costs than a quarter of it, as often as it takes to be sure."""
    part = text[-len(text) // 4 :]
    ratios = (
        _cost(found, text) / max(min(_cost(found, part) for _ in range(TRIES)), 1e-6)
        for _ in range(TRIES)
    )
    return next((ratio for ratio in ratios if ratio <= MOST), MOST + 1)


def _line(unit: str, length: int) -> str:
    # The last character is in no pattern: whatever has matched so far is tried in other ways.
    return (unit * length)[:length] + "\x01"


def _is_slow(found: Found, unit: str, longest: int) -> bool:
    bound = next((n for name, n in BOUNDS.items() if found.name.startswith(name)), None)
    if bound is not None:
        text = _line(unit, bound)
        return all(_cost(found, text) > BOUNDED_S for _ in range(TRIES))
    for length in (longest // 4, longest):
        text = _line(unit, length)
        cost = _cost(found, text)
        if cost > FLOOR_S and _growth(found, text) > MOST:
            return True
        if cost > ENOUGH_S:
            return False
    return False


def _units(found: Found, most_words: int) -> list[str]:
    words = spelled_out(found.pattern, most_words)
    spaces = () if found.name.startswith(SINGLE_SPACED) else _SPACES
    return list(
        dict.fromkeys((*_UNITS, *spaces, *_GROUPS, *words, *(f"{word} " for word in words)))
    )


@pytest.mark.parametrize(
    ("longest", "most_words"),
    [(1_200, 4), pytest.param(4_800, 16, marks=pytest.mark.campaign)],
)
def test_no_pattern_costs_more_for_each_character_of_a_longer_line(
    longest: int, most_words: int
) -> None:
    patterns = [found for found in find_patterns() if found.name not in OWN]
    slow = {
        (found.name, unit)
        for found in patterns
        for unit in _units(found, most_words)
        if _is_slow(found, unit, longest)
    }
    assert sorted(slow) == []
    assert len(patterns) > 600
