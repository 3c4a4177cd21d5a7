"""How well and how fast amounts of money are found, from the function that the pipeline calls.

    python benchmarks/currencies.py --gold GOLD.jsonl --pred OUT.jsonl [--scorer score_money.py]
    [--text DIR]

GOLD holds one object a line: `id`, `text`, and maybe `lang` and `country`, which stand for the
document's language and the outlet's country; nothing else of it is read. OUT gets `{id, mentions:
[{start, end, amount, currency}]}`, a range as two mentions.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.languages.money import money_languages
from tasks.normalize.currencies.mentions import find_mentions
from tasks.normalize.decisions import Mention

HOSTILE = ("7", "$", " ", "1,1,1,", "one ", "1 000 ", "$1-", "a", "1 million ", "€5 and ")
HOSTILE_SIZES = (125_000, 250_000, 500_000, 1_000_000)
NEWS_CHARACTERS = 1_000_000
SENTENCE_CHARACTERS = 80


def main() -> None:
    """Writes the predictions, scores them where a scorer is given, and prints speeds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--pred", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, help="a scorer to run as `SCORER GOLD PRED`")
    parser.add_argument(
        "--text",
        type=Path,
        help="folder of news texts (*.txt) for the speed; without it, the gold's texts",
    )
    parser.add_argument("--no-speed", action="store_true")
    arguments = parser.parse_args()

    lines = arguments.gold.read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines if line.strip()]
    write_predictions(documents, arguments.pred)
    if arguments.scorer:
        subprocess.run(
            [
                sys.executable,
                str(arguments.scorer),
                str(arguments.gold),
                str(arguments.pred),
                "--by",
                "source",
            ],
            check=True,
        )
    if not arguments.no_speed:
        print_news_speed(news_texts(documents, arguments.text))
        print_hostile_speed()


def write_predictions(documents: list[dict[str, Any]], path: Path) -> None:
    """Writes one line of mentions a document."""
    with path.open("w", encoding="utf-8") as out:
        for document in documents:
            language = document.get("lang")
            mentions = find_mentions(
                document["text"],
                language if language in money_languages() else None,
                document.get("country"),
            )
            rows = [row for mention in mentions for row in _rows(mention)]
            out.write(
                json.dumps({"id": document["id"], "mentions": rows}, ensure_ascii=False) + "\n"
            )


def _rows(mention: Mention) -> Iterator[dict[str, Any]]:
    assert mention.start is not None
    assert mention.end is not None
    if mention.amount_high is None:
        yield _row(mention.start, mention.end, mention.amount, mention.currency_code)
        return
    # The two ends of a range: the span is cut in the middle, which both halves' numbers reach.
    middle = (mention.start + mention.end) // 2
    yield _row(mention.start, middle, mention.amount, mention.currency_code)
    yield _row(middle, mention.end, mention.amount_high, mention.currency_code)


def _row(start: int, end: int, amount: object, currency: str | None) -> dict[str, Any]:
    return {"start": start, "end": end, "amount": format(amount, "f"), "currency": currency}


def news_texts(documents: list[dict[str, Any]], folder: Path | None) -> list[str]:
    """Returns about a million characters of news.

    From the folder, or the gold's longer sentences, repeated.
    """
    if folder:
        sources = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(folder.rglob("*.txt"))
        ]
    else:
        sources = [
            document["text"]
            for document in documents
            if len(document["text"]) > SENTENCE_CHARACTERS
        ]
    texts: list[str] = []
    size = 0
    while size < NEWS_CHARACTERS and sources:
        for source in sources:
            texts.append(source)
            size += len(source)
            if size >= NEWS_CHARACTERS:
                break
    return texts


def print_news_speed(texts: list[str]) -> None:
    """Prints characters a CPU second on news text, with the language known and unknown."""
    for language in ("en", None):
        find_mentions("warm up: $5", language, None)
        started = time.process_time()
        found = sum(len(find_mentions(text, language, None)) for text in texts)
        seconds = time.process_time() - started
        size = sum(map(len, texts))
        print(
            f"news, language {language or 'unknown':8} {size / seconds:12,.0f} characters/s"
            f"  ({found} mentions)"
        )


def print_hostile_speed() -> None:
    """Prints seconds on repeated patterns of doubling size.

    Linear is a ratio of about 2 between columns.
    """
    print(
        f"{'hostile':12}"
        + "".join(f"{size:>12,}" for size in HOSTILE_SIZES)
        + f"{'last ratio':>12}{'chars/s':>14}"
    )
    for pattern in HOSTILE:
        seconds = []
        for size in HOSTILE_SIZES:
            text = (pattern * (size // len(pattern) + 1))[:size]
            started = time.process_time()
            find_mentions(text, "en", None)
            seconds.append(time.process_time() - started)
        cells = "".join(f"{second:12.3f}" for second in seconds)
        ratio, speed = seconds[-1] / seconds[-2], HOSTILE_SIZES[-1] / seconds[-1]
        print(f"{pattern!r:12}{cells}{ratio:12.2f}{speed:14,.0f}")


if __name__ == "__main__":
    main()
