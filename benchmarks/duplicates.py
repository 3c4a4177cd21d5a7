"""How well and how fast near-identical articles are told from rewrites, updates and templates.

    python benchmarks/duplicates.py [--articles 100000]

The texts are made from sentences written for this purpose (duplicates.json, ten languages): each
story has its facts in two wordings, and what happened later. Nothing was taken from a news site.
The French and the Korean story were written after the thresholds were set.
"""

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from tasks.normalize.signatures import NUMBER_SLOTS, SIGNATURE, TEXT_SLOTS, sign_text
from tasks.publish.duplicates import find_duplicates

DATA: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
ROUNDS = 10
# Of the slots of a signature, in the warehouse that the search is timed on.
KEPT_BY_COPIES = 0.9
KEPT_BY_TEMPLATES = 0.8
HOUR = np.timedelta64(1, "h")
NOON = np.datetime64("2024-03-01T12:00", "us")

Story = dict[str, Any]
Make = Callable[[Story, random.Random], str]


def main() -> None:
    """Prints precision and recall by kind and language, then the cost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000, help="for the cost")
    arguments = parser.parse_args()
    print_accuracy()
    print_signing_cost()
    print_searching_cost(arguments.articles)


def print_accuracy() -> None:
    """Prints how many pairs of each kind are called copies, and precision and recall."""
    judged = [(kind, language, are_linked(*pair)) for kind, language, pair in cases()]
    print(f"{'kind':<44} {'a copy?':<8} pairs  called a copy")
    for kind in (*STORY_KINDS, *REPORT_KINDS):
        answers = [found for of, _, found in judged if of is kind]
        wanted = {True: "yes", False: "no", None: "-"}[kind.is_copy]
        print(f"{kind.name:<44} {wanted:<8} {len(answers):5}  {np.mean(answers):.3f}")
    scored = [
        (kind, language, found) for kind, language, found in judged if kind.is_copy is not None
    ]
    print(f"\n{'language':<9} precision recall")
    for wanted in (*dict.fromkeys(language for _, language, _ in scored), "all"):
        rows = [(bool(kind.is_copy), found) for kind, of, found in scored if wanted in {of, "all"}]
        hits = sum(is_copy and found for is_copy, found in rows)
        called, copies = sum(found for _, found in rows), sum(is_copy for is_copy, _ in rows)
        print(f"{wanted:<9} {hits / max(1, called):.3f}     {hits / max(1, copies):.3f}")


def are_linked(earlier: str, later: str) -> bool:
    """Tells whether the pipeline's own functions point the later text at the earlier one."""
    signatures = np.zeros(2, SIGNATURE)
    for row, text in enumerate((earlier, later)):
        if signature := sign_text(text):
            signatures[row] = np.frombuffer(signature, SIGNATURE)[0]
    ids = np.array(["a", "b"])
    return bool(find_duplicates(ids, np.array([NOON, NOON + HOUR]), signatures)[1] == 0)


def cases() -> Iterator[tuple["Kind", str, tuple[str, str]]]:
    """Yields every pair with its kind and language, always the same ones."""
    for kinds, sources in ((STORY_KINDS, DATA["stories"]), (REPORT_KINDS, DATA["templates"])):
        for kind, source in product(kinds, sources):
            pairs: dict[tuple[str, str], None] = {}
            for number in range(ROUNDS):
                seed = f"{kind.name} {source} {number}"
                earlier = kind.earlier(source, random.Random(seed))
                pairs[earlier, kind.later(source, random.Random(seed))] = None
            for pair in pairs:
                yield kind, source["language"], pair


def filled(template: Story, rng: random.Random) -> str:
    """Fills a template with a day, a place and numbers of its own."""
    lines = "\n".join(template["lines"])
    for slot, words in (("day", DATA["days"][template["language"]]), ("place", DATA["places"])):
        lines = lines.replace("{" + slot + "}", rng.choice(words))
    lines = lines.replace("{way}", rng.choice(DATA["ways"]))
    return re.sub(r"\{n\}", lambda _: str(rng.randint(1, template["highest"])), lines)


def next_report(template: Story, rng: random.Random) -> str:
    """The report after the one that `filled` makes with the same random numbers."""
    filled(template, rng)
    return filled(template, rng)


def original(story: Story) -> list[str]:
    """The story as the agency sent it."""
    return [fact for fact, _ in story["facts"]]


def rewritten(story: Story) -> list[str]:
    """The story in another newsroom's words."""
    return [fact for _, fact in story["facts"]]


def joined(sentences: list[str]) -> str:
    """A text of the sentences, two a paragraph."""
    return "\n".join(" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2))


def reworded(story: Story, rng: random.Random, share: float) -> list[str]:
    """The story with a share of its sentences in other words."""
    sentences = original(story)
    for i in rng.sample(range(len(sentences)), round(share * len(sentences))):
        sentences[i] = story["facts"][i][1]
    return sentences


def cut(sentences: list[str], share: float) -> list[str]:
    """The first sentences."""
    return sentences[: max(1, round(share * len(sentences)))]


def redressed(text: str) -> str:
    """The same words with another site's quotes, dashes, spaces and case of its lead."""
    for old, new in (("“", '"'), ("”", '"'), ("«", '"'), ("»", '"'), (" — ", " - "), ("„", '"')):
        text = text.replace(old, new)
    text = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")
    first, _, rest = text.partition("\n")
    return f"{first.upper()}\n{rest}".replace(" 1", "\u00a01")


def edited(text: str, rng: random.Random, every: int) -> str:
    """The text with one word in `every` words dropped, as a sub-editor tightens it."""
    words = text.split(" ")
    return " ".join(word for word in words if rng.random() > 1 / every)


def corrected(text: str, rng: random.Random) -> str:
    """The text with one of its numbers changed."""
    numbers = list(re.finditer(r"\d+", text))
    chosen = rng.choice(numbers)
    return f"{text[: chosen.start()]}{int(chosen[0]) + 1}{text[chosen.end() :]}"


def footer_of(story: Story) -> str:
    """What the site writes under each of its articles."""
    return str(DATA["footer"][story["language"]])


def other(story: Story, rng: random.Random) -> Story:
    """Another story, of the same language where there is one."""
    others = [s for s in DATA["stories"] if s is not story and s["language"] == story["language"]]
    found: Story = rng.choice(others or [s for s in DATA["stories"] if s is not story])
    return found


def whole(story: Story, _: random.Random | None = None) -> str:
    """The text as the agency sent it."""
    return joined(original(story))


def dressed(story: Story, text: str) -> str:
    """A text between the site's own intro and footer."""
    return f"{story['intro']}\n{text}\n{footer_of(story)}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of pair.

    Attributes:
        name: how the later text came from the earlier one.
        is_copy: whether it repeats it; None where that is a matter of taste, shown but not scored.
        later: makes the later text of a story or template.
        earlier: makes the earlier one, with the same random numbers.
    """

    name: str
    is_copy: bool | None
    later: Make
    earlier: Make = whole


STORY_KINDS = (
    Kind("same text", True, whole),
    Kind("headline printed in the text", True, lambda s, _: f"{rewritten(s)[0]}\n{whole(s)}"),
    Kind(
        "other agency tag and sign-off",
        True,
        lambda s, _: f"3.06 / Press Service / {whole(s)}\nPS",
        lambda s, _: f"BAKU, June 3 (Agency) - {whole(s)}",
    ),
    Kind("other quotes, dashes, spaces and case", True, lambda s, _: redressed(whole(s))),
    Kind("intro added", True, lambda s, _: f"{s['intro']}\n{whole(s)}"),
    Kind("footer added", True, lambda s, _: f"{whole(s)}\n{footer_of(s)}"),
    Kind("tail cut to 70 %", True, lambda s, _: joined(cut(original(s), 0.7))),
    Kind("tail cut to 55 %", True, lambda s, _: joined(cut(original(s), 0.55))),
    Kind(
        "intro, 80 % of the text, footer",
        True,
        lambda s, _: dressed(s, redressed(joined(cut(original(s), 0.8)))),
    ),
    Kind("one word in 40 dropped", True, lambda s, r: edited(whole(s), r, 40)),
    Kind("one sentence in ten reworded", True, lambda s, r: joined(reworded(s, r, 0.1))),
    Kind("one number corrected", True, lambda s, r: corrected(whole(s), r)),
    Kind("one later sentence added", True, lambda s, _: f"{whole(s)}\n{s['later'][0]}"),
    Kind("rewritten", False, lambda s, _: joined(rewritten(s))),
    Kind(
        "rewritten around three kept sentences",
        False,
        lambda s, r: joined(reworded(s, r, 1 - 3 / len(s["facts"]))),
    ),
    Kind("live story grown by half or more", False, lambda s, _: joined(original(s) + s["later"])),
    Kind(
        "follow-up with three sentences of background",
        False,
        lambda s, r: joined(s["later"] + r.sample(original(s), 3)),
    ),
    Kind("first flash, then the story", False, whole, lambda s, _: joined(cut(original(s), 0.4))),
    Kind(
        "other story under the same intro and footer",
        False,
        lambda s, r: dressed(s, joined(original(other(s, r)))),
        lambda s, _: dressed(s, whole(s)),
    ),
    Kind(
        "round-up that quotes the story",
        False,
        lambda s, r: joined(cut(original(s), 0.4) + original(other(s, r))),
    ),
    Kind("a third of the sentences reworded", None, lambda s, r: joined(reworded(s, r, 0.33))),
    Kind("half of the sentences reworded", None, lambda s, r: joined(reworded(s, r, 0.5))),
    Kind(
        "live story grown by two sentences",
        None,
        lambda s, _: joined(original(s) + s["later"][:2]),
    ),
    Kind("tail cut to 40 %", None, lambda s, _: joined(cut(original(s), 0.4))),
)
REPORT_KINDS = (
    Kind("template with other numbers", False, next_report, filled),
    Kind(
        "template report with footer added",
        True,
        lambda s, r: f"{filled(s, r)}\n{footer_of(s)}",
        filled,
    ),
)


def print_signing_cost() -> None:
    """Prints the CPU time of signing one article of 600 words."""
    rng = random.Random(1)
    words = re.findall(r"\w+", " ".join(joined(original(s)) for s in DATA["stories"][:2]))
    text = " ".join(rng.choices(words, k=600))
    rounds = 300
    start = time.process_time()
    for _ in range(rounds):
        sign_text(text)
    spent = (time.process_time() - start) / rounds
    print(f"\nsign_text, 600 words: {spent * 1e3:.2f} ms CPU, {SIGNATURE.itemsize} bytes")


def print_searching_cost(articles: int) -> None:
    """Prints CPU time and memory of the search as the number of articles a window grows."""
    print(f"\n{'articles':>9} {'a window':>9} {'pointing':>9}  CPU s  peak MB")
    for total, a_window in ((articles // 10, 3_000), (articles, 3_000), (articles, 30_000)):
        ids, published, signatures = warehouse_of(total, a_window)
        start = time.process_time()
        found = np.count_nonzero(find_duplicates(ids, published, signatures) >= 0)
        spent = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{total:>9} {a_window:>9} {found:>9}  {spent:5.1f}  {peak:7.0f}")


def warehouse_of(total: int, a_window: int) -> tuple[Any, Any, Any]:
    """Makes signatures as a warehouse has them: a fifth copies, a tenth off fifty templates."""
    rng = np.random.default_rng(1)
    signatures = np.zeros(total, SIGNATURE)
    signatures["shingles"], signatures["numbers"] = 400, 12
    signatures["text"] = rng.integers(0, 1 << 16, (total, TEXT_SLOTS))
    signatures["number"] = rng.integers(0, 1 << 16, (total, NUMBER_SLOTS))
    for row in rng.choice(np.arange(1, total), total // 5, replace=False):
        source = signatures[max(0, row - rng.integers(1, a_window))]
        kept = rng.random(TEXT_SLOTS) < KEPT_BY_COPIES
        signatures["text"][row][kept] = source["text"][kept]
        signatures["number"][row] = source["number"]
    templates = rng.integers(0, 1 << 16, (50, TEXT_SLOTS))
    for row in rng.choice(total, total // 10, replace=False):
        kept = rng.random(TEXT_SLOTS) < KEPT_BY_TEMPLATES
        signatures["text"][row][kept] = templates[row % 50][kept]
    published = NOON + np.arange(total) * (72 * HOUR.astype("timedelta64[us]") // a_window)
    return np.array([f"{i:020x}" for i in range(total)]), published, signatures


if __name__ == "__main__":
    main()
