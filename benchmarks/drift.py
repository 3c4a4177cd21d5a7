"""How many breakages the audit catches on their day, and how often it is wrong on quiet days.

    python benchmarks/drift.py [--seeds 20]

A made-up world: forty outlets of six countries with weekday rhythms, news days, slow trends, clumps
of bad pages, a second language here and there, weekends with longer texts. It was written from what
crawls look like, not from what the audit assumes: news days are log-normal, clumps come and go.
Sixty days of past, thirty quiet ones with weekends and one country's holiday, then a day on which
one outlet breaks, once for each way of breaking and each outlet.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from schemas.drift import LENGTH_STEPS_PER_OCTAVE
from tasks.validate.audit_state import LandedDay
from tasks.validate.drift_findings import find_drift
from tasks.validate.findings import Finding

SOURCE = "feed"
# A Wednesday: the holiday is a Wednesday too, and the day after the quiet ones a Tuesday.
FIRST_DAY = date(2024, 1, 10)
PAST_DAYS, QUIET_DAYS = 60, 30
HOLIDAY = PAST_DAYS + 17
THURSDAY, SATURDAY = 3, 5
DOUBLED_DAYS = 0.02
WEEKLIES = frozenset({19, 39})
UNREGISTERED = frozenset({3, 13, 23, 33})
# Two outlets are new: one has three weeks of past, one has four days.
FIRST_DAYS = {7: PAST_DAYS - 21, 8: PAST_DAYS - 4}
MAX_VOLUME = 400
SIZES = ((5, 10), (10, 30), (30, 100), (100, MAX_VOLUME + 1))
Row = tuple[str, date, str | None, str | None, str | None, str, str, int]
COLUMNS = ["source", "landing_date", "outlet", "host", "country", "measure", "value", "count"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """The habits of an outlet: documents a day, and shares of them."""

    name: str
    country: str
    volume: float
    weekend: float
    is_weekly: bool
    spread: float
    first_day: int
    reasons: dict[str, float]
    languages: dict[str, float]
    words: float
    words_spread: float
    flags: dict[str, float]


@dataclass(frozen=True, slots=True)
class Page:
    """What the pages of an outlet are like on a day; a breakage changes it."""

    volume: float
    reasons: dict[str, float]
    languages: dict[str, float]
    words: float
    words_spread: float
    flags: dict[str, float]
    outlet: str
    host: str


def make_outlets(random: np.random.Generator) -> list[Outlet]:
    """Draws forty outlets."""
    return [_make_outlet(random, number) for number in range(40)]


def _make_outlet(random: np.random.Generator, number: int) -> Outlet:
    main = random.choice(["az", "ru", "de", "tr", "ka", "es"])
    second = random.choice([0.0, 0.0, 0.0, 0.05, 0.3])
    return Outlet(
        name=f"outlet-{number:02}",
        country="ABCDEF"[number % 6] * 2,
        volume=float(np.clip(random.lognormal(3.3, 1.0), 4, MAX_VOLUME)),
        weekend=float(random.choice([0.0, 0.2, 0.4, 0.7, 1.0])),
        is_weekly=number in WEEKLIES,
        spread=float(random.uniform(0.1, 0.4)),
        first_day=FIRST_DAYS.get(number, 0),
        reasons={
            "text_missing": float(random.beta(1, 60)),
            "page_is_listing": float(random.beta(1, 12)),
            "published_date_unknown": float(random.beta(1, 30)),
            "page_is_paywall_stub": float(random.choice([0, 0, 0, 0.1])),
            "http_status_not_ok": float(random.beta(1, 80)),
        },
        languages={main: 0.995 - second, "en": second, "nl": 0.005},
        words=float(random.lognormal(5.7, 0.35)),
        words_spread=float(random.uniform(0.4, 0.9)),
        flags={
            "untitled": float(random.beta(1, 200)),
            "future": float(random.choice([0, 0, 0.003])),
            "old": float(random.beta(1, 12)),
            "day_only": float(random.choice([0, 0.02, 1.0])),
            "garbled": float(random.choice([0, 0, 0.002])),
            "repeated": float(random.beta(1, 40)),
            "unregistered": float(number in UNREGISTERED),
        },
    )


def pages_of(
    outlet: Outlet, number: int, news: float, random: np.random.Generator, holiday: bool
) -> Page:
    """Draws what an outlet's pages are like on a day of the world."""
    day = FIRST_DAY + timedelta(days=number)
    rhythm = outlet.weekend if day.weekday() >= SATURDAY else 1.0
    if outlet.is_weekly:
        rhythm = 5.0 if day.weekday() == THURSDAY else 0.1
    if holiday and outlet.country == "AA":
        rhythm *= 0.35
    trend = 1 + 0.2 * np.sin(number / 40 + outlet.volume)
    level = rhythm * news * trend * random.lognormal(0, outlet.spread)
    return Page(
        volume=outlet.volume * level if number >= outlet.first_day else 0.0,
        reasons={code: _clump(share, random) for code, share in outlet.reasons.items()},
        languages=outlet.languages,
        # Weekends have features, other days briefs.
        words=outlet.words * random.lognormal(0.1 if rhythm < 1 else 0, 0.08),
        words_spread=outlet.words_spread,
        flags={name: _clump(share, random) for name, share in outlet.flags.items()},
        outlet=f"~{outlet.name}.example" if outlet.flags["unregistered"] else outlet.name,
        host=f"{outlet.name}.example",
    )


def _clump(share: float, random: np.random.Generator) -> float:
    """Lets the odds differ from day to day, and double now and then."""
    if share in {0.0, 1.0}:
        return share
    doubled = random.random() < DOUBLED_DAYS
    odds = share / (1 - share) * random.lognormal(0, 0.35) * (2 if doubled else 1)
    return float(odds / (1 + odds))


def count_pages(
    page: Page, outlet: Outlet, day: date, random: np.random.Generator
) -> Iterator[Row]:
    """Draws the pages and yields their profile."""
    documents = int(random.poisson(page.volume))
    reasons = list(page.reasons)
    shares = np.array([page.reasons[code] for code in reasons])
    shares = shares / max(1.0, shares.sum())
    drawn = random.multinomial(documents, [*shares, max(0.0, 1 - shares.sum())])
    accepted = int(drawn[-1])
    counts: list[tuple[str, str, int]] = [("documents", "", documents), ("accepted", "", accepted)]
    counts += [("reason", code, int(count)) for code, count in zip(reasons, drawn, strict=False)]
    spoken = random.multinomial(accepted, list(page.languages.values()))
    counts += [
        ("language", code, int(count)) for code, count in zip(page.languages, spoken, strict=True)
    ]
    words = np.maximum(1, random.lognormal(np.log(page.words), page.words_spread, accepted))
    steps = Counter(np.floor(np.log2(words) * LENGTH_STEPS_PER_OCTAVE).astype(int).tolist())
    counts += [("words", str(step), count) for step, count in steps.items()]
    counts += [
        (name, "", int(random.binomial(accepted, share))) for name, share in page.flags.items()
    ]
    for measure, value, count in counts:
        if count:
            place = (SOURCE, day, page.outlet, page.host, outlet.country)
            yield (*place, measure, value, count)


def draw_day(
    outlets: list[Outlet], number: int, random: np.random.Generator, *, holiday: bool = False
) -> pd.DataFrame:
    """Draws the profiles of a day."""
    day = FIRST_DAY + timedelta(days=number)
    news = float(random.lognormal(0, 0.12))
    rows = [
        row
        for outlet in outlets
        for row in count_pages(pages_of(outlet, number, news, random, holiday), outlet, day, random)
    ]
    return _frame(rows)


def _frame(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).assign(example="PATH")


# --- the ways of breaking ---------------------------------------------------------------------


def _rejected(code: str) -> Callable[[Page], Page]:
    return lambda page: replace(page, reasons={**page.reasons, code: 19.0})


def _flagged(name: str) -> Callable[[Page], Page]:
    return lambda page: replace(page, flags={**page.flags, name: 0.95})


def _volume(factor: float) -> Callable[[Page], Page]:
    return lambda page: replace(page, volume=page.volume * factor)


def _cookie_wall(page: Page) -> Page:
    walled = replace(page, languages={"en": 1.0}, words=90, words_spread=0.05)
    return _flagged("repeated")(walled)


BREAKAGES: dict[str, Callable[[Page], Page]] = {
    "texts empty": _rejected("text_missing"),
    "dates gone": _rejected("published_date_unknown"),
    "all pages read as listings": _rejected("page_is_listing"),
    "cookie wall in English": _cookie_wall,
    "another language": lambda page: replace(page, languages={"fr": 1.0}),
    "paywall halves the texts": lambda page: replace(page, words=page.words / 2),
    "no pages": _volume(0.0),
    "a fifth of the pages": _volume(0.2),
    "five times the pages": _volume(5.0),
    "moved to an unknown domain": lambda page: replace(
        page,
        outlet="~elsewhere.example",
        host="elsewhere.example",
        flags={**page.flags, "unregistered": 1.0},
    ),
    "titles gone": _flagged("untitled"),
    "days in the future": _flagged("future"),
    "wrong charset": _flagged("garbled"),
    "one text for all pages": _flagged("repeated"),
}


@dataclass(frozen=True, slots=True)
class World:
    """A world up to the day on which something breaks."""

    outlets: list[Outlet]
    counts: pd.DataFrame
    number: int


def make_world(seed: int) -> World:
    """Draws the past, the quiet days and their holiday."""
    random = np.random.default_rng(seed)
    outlets = make_outlets(random)
    number = PAST_DAYS + QUIET_DAYS
    days = [draw_day(outlets, day, random, holiday=day == HOLIDAY) for day in range(number)]
    return World(outlets, pd.concat(days, ignore_index=True), number)


def find_quiet(world: World) -> list[Finding]:
    """Returns what the audit finds on the quiet days, all of it false."""
    days = [FIRST_DAY + timedelta(days=number) for number in range(PAST_DAYS, world.number)]
    return find_drift(world.counts, [LandedDay(SOURCE, day) for day in days])


def find_breakage(
    world: World, outlet: Outlet, break_page: Callable[[Page], Page], random: np.random.Generator
) -> list[Finding]:
    """Breaks an outlet on the day after the quiet ones; returns what the audit finds of it."""
    day = FIRST_DAY + timedelta(days=world.number)
    shown = [other for other in world.outlets if other.country == outlet.country]
    names = {other.name for other in shown} | {f"~{other.name}.example" for other in shown}
    rows: list[Row] = []
    for other in shown:
        page = pages_of(other, world.number, 1.0, random, holiday=False)
        page = break_page(page) if other is outlet else page
        rows += count_pages(page, other, day, random)
    past = world.counts[
        world.counts["outlet"].isin(names)
        & (world.counts["landing_date"] >= day - timedelta(days=60))
    ]
    counts = pd.concat([past, _frame(rows)], ignore_index=True)
    mine = {outlet.name, f"~{outlet.name}.example", "~elsewhere.example", "elsewhere.example", None}
    return [
        finding
        for finding in find_drift(counts, [LandedDay(SOURCE, day)])
        if finding.outlet in mine
    ]


def size_of(outlet: Outlet) -> tuple[int, int] | None:
    """Returns an outlet's class by its documents a day; None where its past is too short."""
    if outlet.first_day or outlet.is_weekly:
        return None
    return next((size for size in SIZES if size[0] <= outlet.volume < size[1]), None)


def main() -> None:
    """Prints false alarms by seed and measure, then the share caught by breakage and size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--breakages-of", type=int, default=3, help="seeds to break outlets in")
    arguments = parser.parse_args()
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.seeds)
    print_false_alarms(seeds)
    print_caught(seeds[: arguments.breakages_of])


def print_false_alarms(seeds: range) -> None:
    """Prints what was found on quiet days."""
    holding: list[int] = []
    measures: Counter[tuple[str, str]] = Counter()
    for seed in seeds:
        found = find_quiet(make_world(seed))
        holding.append(sum(finding.holds for finding in found))
        for finding in found:
            measures[finding.measure, "holds" if finding.holds else "warns"] += 1
    quiet = len(seeds) * QUIET_DAYS
    print(f"{quiet} quiet days of 40 outlets in {len(seeds)} worlds")
    print(f"  held back falsely: {sum(holding)} times; thirty days at most {max(holding)}")
    for (measure, effect), count in measures.most_common():
        print(f"    {count:4}  {effect}  {measure}")


def print_caught(seeds: range) -> None:
    """Prints the share of breakages that are caught on their day, by documents a day."""
    caught: dict[tuple[str, tuple[int, int]], list[tuple[bool, bool]]] = defaultdict(list)
    for seed in seeds:
        world = make_world(seed)
        random = np.random.default_rng([seed, 1])
        for outlet in world.outlets:
            size = size_of(outlet)
            if size is None:
                continue
            for name, break_page in BREAKAGES.items():
                found = find_breakage(world, outlet, break_page, random)
                outcome = (bool(found), any(finding.holds for finding in found))
                caught[name, size].append(outcome)
    titles = [f"{low}-{high}" if high < MAX_VOLUME else f"{low}+" for low, high in SIZES]
    print(f"\ncaught on the day (of these, held back), by documents a day, {len(seeds)} worlds")
    print(f"{'':<28}" + "".join(f"{title:>16}" for title in titles))
    for name in BREAKAGES:
        cells = [_cell(caught[name, size]) for size in SIZES]
        print(f"{name:<28}" + "".join(f"{cell:>16}" for cell in cells))


def _cell(outcomes: list[tuple[bool, bool]]) -> str:
    if not outcomes:
        return "-"
    found, held = np.mean(np.array(outcomes, dtype=float), axis=0)
    return f"{found:.0%} ({held:.0%})"


if __name__ == "__main__":
    main()
