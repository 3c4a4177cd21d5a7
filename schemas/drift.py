"""What the audit watches: measures of a day, and how far each may move from its own history.

A day is a landing day of one source (the first folder of `raw/<source>/<day>/`); its past is the
days of the same source in the window before it. Every number has its reason beside it;
`benchmarks/drift.py` measures what they catch and how often they are wrong.
"""

from dataclasses import dataclass
from typing import Literal

Base = Literal["documents", "accepted"]

# Eight weeks: eight days of each weekday, and a change that lasts is the norm within two months.
WINDOW_DAYS = 56

# Shares. A week has each weekday once: a past shorter than that knows no weekend.
SHARE_MIN_DAYS = 7
# Below this many documents in the past a share says little, whatever it is.
SHARE_MIN_PAST = 30
# Two bad pages of a day are an accident (a gallery, a broken upload), three of three are a sign.
SHARE_MIN_COUNT = 3
# Days differ by more than chance: topics, sections and days of sport come in clumps. Pages of one
# day are taken to be at least this alike (the intraclass correlation of a beta-binomial).
SHARE_MIN_CLUMPING = 0.01
# And a share that is usual doubles now and then: its standard deviation is at least half of it.
SHARE_MIN_VARIATION = 0.5
# The worst tenth of the past days counts as no worse than the best of them: an earlier breakage
# must not excuse the next one.
SHARE_WINSORIZED = 0.1
# One false alarm in 100,000 measures; 40 outlets have a few hundred measures a day that could err.
SHARE_ALPHA = 1e-5

# Text length. Of five texts one odd one cannot make a finding.
LENGTH_MIN_TEXTS = 5
# Steps of the histogram of lengths: each is 19 % longer, well below any change that is called one.
LENGTH_STEPS_PER_OCTAVE = 4
# Two ordinary days differ by 7 % for the mix of briefs and features alone.
LENGTH_MIN_SPREAD_OCTAVES = 0.1
# Texts shorter or longer than nine in ten are odd, and count as an octave more at most.
LENGTH_WINSORIZED = (0.05, 0.95)
# Standard errors. One measure an outlet and day, as volume: one false alarm in 10,000 is 3.9.
LENGTH_MAX_DEVIATION = 3.9
# A text is short where nine in ten of the outlet's past texts are longer. A tenth by construction,
# this share is steadier than those above: it has no doubling.
LENGTH_SHORT_QUANTILE = 0.1
LENGTH_SHORT_VARIATION = 0.0

# Volume. A weekday's median of three leaves one odd day out.
VOLUME_MIN_SAME_WEEKDAYS = 3
# News comes and goes: even the steadiest outlet is taken to vary by a quarter from day to day.
VOLUME_MIN_SPREAD = 0.25
# One measure an outlet and day, so fewer than shares. A day at two fifths of the usual, as holidays
# are, stays inside; a fifth does not.
VOLUME_ALPHA = 1e-4
# Peers tell a holiday, or a day that is still landing, from an outlet that broke.
VOLUME_MIN_PEERS = 3
VOLUME_MIN_COUNTRY_PEERS = 4
VOLUME_PEER_MIN_EXPECTED = 5.0
# Where the peers too have less than this share of their usual, the day may still be landing.
VOLUME_COMPLETE = 0.5

# Faults of newsmill. One page in a thousand that newsmill trips over costs itself; more are a bug
# that may have made other rows wrong too. Two are an accident.
FAULT_SHARE = 0.001
FAULT_MIN_COUNT = 3

# Checks that only warn. What they warn of is right for one page in a hundred, all outlets together;
# a day of five times that is a finding, also where no past tells what is usual.
CHECK_WARNING = "check:warning"
WARNED_SHARE = 0.05
WARNED_MIN_COUNT = 3

# All outlets together: without a registered outlet a record has no zone, date order or country.
MAX_UNREGISTERED_SHARE = 0.5
UNREGISTERED_MIN_RECORDS = 100

# What a person accepted is the same again while it is no further off than this.
SAME_SHARE = 0.15
SAME_RATIO = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRule:
    """A share that must not rise above what an outlet's past explains.

    Attributes:
        measure: what is counted, by its name in the profiles of batches; each value of it (a
            reason, a language) has a share of its own.
        of: what it is a share of.
        label: how findings call it; `{}` is the value.
        holds: whether it holds publishing back, or only warns.
        why: the reason for that.
        advice: what a person can do.
        variation: the least standard deviation of the share between days, in shares of its mean.
    """

    measure: str
    of: Base
    label: str
    holds: bool
    why: str
    advice: str
    variation: float = SHARE_MIN_VARIATION


_LOOK = "Look at one: `newsmill explain {example}`."

SHARE_RULES = (
    ShareRule(
        measure="reason",
        of="documents",
        label="share rejected: {}",
        holds=True,
        why="The pages are there and can be replayed once the cause is mended; published now, the "
        "series would show a gap that looks like silence.",
        advice=_LOOK,
    ),
    ShareRule(
        measure="language",
        of="accepted",
        label="share in language {}",
        holds=True,
        why="A wall, a translation or a wrong charset stands where the articles were: texts that "
        "would be published as right are wrong.",
        advice=_LOOK,
    ),
    ShareRule(
        measure="short",
        of="accepted",
        label="share of short texts",
        holds=True,
        why="Texts were cut off: stubs would be published as articles.",
        advice=_LOOK,
        variation=LENGTH_SHORT_VARIATION,
    ),
    ShareRule(
        measure=CHECK_WARNING,
        of="accepted",
        label="share that fails {}",
        holds=True,
        why="A layout changed: parts of articles would be published as whole ones.",
        advice=_LOOK,
    ),
    ShareRule(
        measure="untitled",
        of="accepted",
        label="share without title",
        holds=True,
        why="A layout that lost its titles has seldom lost nothing else.",
        advice=_LOOK,
    ),
    ShareRule(
        measure="repeated",
        of="accepted",
        label="share with the text of another article",
        holds=True,
        why="One text for many addresses is a wall or a template, and every row of it is wrong.",
        advice=_LOOK,
    ),
    ShareRule(
        measure="garbled",
        of="accepted",
        label="share of garbled texts",
        holds=True,
        why="Text read in a wrong charset cannot be mended by who reads the dataset.",
        advice=_LOOK,
    ),
    ShareRule(
        measure="future",
        of="accepted",
        label="share published after it landed",
        holds=True,
        why="Days read in a wrong order or zone put articles into wrong days of every series.",
        advice=_LOOK,
    ),
    ShareRule(
        measure="old",
        of="accepted",
        label="share published a week or more before it landed",
        holds=False,
        why="A crawler that follows links into an archive does this too, and the rows are right.",
        advice=_LOOK + " Days read in a wrong order look like this.",
    ),
    ShareRule(
        measure="day_only",
        of="accepted",
        label="share without a time of day",
        holds=False,
        why="The rows are right, only less exact.",
        advice=_LOOK,
    ),
)
UNREGISTERED_RULE = ShareRule(
    measure="unregistered",
    of="accepted",
    label="share without registered outlet",
    holds=False,
    why="The rows are right and keep what was printed; an outlet that is registered later is "
    "applied without extracting again.",
    advice="`newsmill outlets unknown` lists them, `newsmill outlets add` registers one.",
)

# A page published more than this before it landed is no news of that day.
OLD_DAYS = 7
