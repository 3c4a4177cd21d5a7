"""Other projects' test pages as a benchmark: makes a folder of them that accuracy.py takes.

    python -m benchmarks.foreign PAGES --form readability --out BENCH

PAGES is a folder of pages with expected results, as extractors keep them for their tests. BENCH
gets `gold.jsonl`, one object a page: `id`, `file`, `source`, `text`, and where they are known
`title`, `authors` and `url`. Then newsmill and trafilatura read each page, and the means of their
word precision, recall and F1 are printed. A word of a script without spaces is one character.

| form | layout of PAGES |
|---|---|
| readability | `NAME/source.html`, `NAME/expected.html`, `NAME/expected-metadata.json` |
| markdown | `fixtures/NAME.html`, `expected/NAME.md`, which begins with a JSON block |
| text | `html/NAME.html`, `txt/NAME.txt`, `metadata/NAME.json` |
| json | `NAME.html`, `NAME.json` with `expected.cleaned_text` |
| assertions | `fixtures/*.html`, and `*.test.js` whose assertions give the first words |
"""

import argparse
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document as TrafilaturaDocument

from schemas.settings import Limits
from tasks.extract.evidence import Extraction
from tasks.extract.extract import extract_document
from tasks.printed.squashing import squash
from tasks.read.document import ContentForm, Document, Origin

_WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
    r"|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "th", "br", "blockquote", "pre", "tr")
_FRONT_MATTER = re.compile(r"\A```json\n(.*?)\n```\n", re.DOTALL)
_MARKDOWN = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"<[^>]{0,300}>"), " "),
    (re.compile(r"^[#>*+\s-]+|[*`_|]{1,3}", re.MULTILINE), " "),
)
_FIXTURE = re.compile(r"readFileSync\(\s*['\"](?:\./)?(fixtures/[^'\"]+)")
_JOINER = re.compile(r"\s+and\s+", re.IGNORECASE)
_ASSERTION = re.compile(
    r"assert\.(?:strictE|e)qual\(\s*(title|author|text|first\d+)\s*,\s*"
    r"(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|`((?:[^`\\]|\\.)*)`)"
)

Gold = dict[str, Any]
_Score = tuple[float, float, float]  # precision, recall, F1


def main() -> None:
    """Writes the benchmark's folder and prints the scores."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", type=Path, help="folder of test pages")
    parser.add_argument("--form", choices=sorted(_FORMS), required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder for gold.jsonl")
    parser.add_argument("--worst", type=int, default=0, help="print this many of the worst pages")
    arguments = parser.parse_args()
    golds = list(_FORMS[arguments.form](arguments.pages.resolve()))
    arguments.out.mkdir(parents=True, exist_ok=True)
    with (arguments.out / "gold.jsonl").open("w", encoding="utf-8") as out:
        for gold in golds:
            out.write(json.dumps(gold, ensure_ascii=False) + "\n")
    _print_scores(golds, arguments.worst)


def _read_readability(folder: Path) -> Iterator[Gold]:
    for expected in sorted(folder.glob("*/expected.html")):
        name = expected.parent.name
        metadata = json.loads((expected.parent / "expected-metadata.json").read_text("utf-8"))
        yield _gold(name, expected.parent / "source.html", _visible_text(expected), metadata)


def _read_markdown(folder: Path) -> Iterator[Gold]:
    for expected in sorted(folder.glob("expected/*.md")):
        source = folder / "fixtures" / f"{expected.stem}.html"
        text = expected.read_text("utf-8")
        front = _FRONT_MATTER.match(text)
        metadata = json.loads(front[1]) if front else {}
        text = text[front.end() :] if front else text
        for pattern, plain in _MARKDOWN:
            text = pattern.sub(plain, text)
        if source.exists():
            yield _gold(expected.stem, source, text, metadata)


def _read_text(folder: Path) -> Iterator[Gold]:
    for expected in sorted(folder.glob("txt/*.txt")):
        source = folder / "html" / f"{expected.stem}.html"
        described = folder / "metadata" / f"{expected.stem}.json"
        metadata = json.loads(described.read_text("utf-8")) if described.exists() else {}
        if source.exists():
            yield _gold(expected.stem, source, expected.read_text("utf-8"), metadata)


def _read_json(folder: Path) -> Iterator[Gold]:
    for described in sorted(folder.glob("*.json")):
        content = json.loads(described.read_text("utf-8"))
        expected = content.get("expected") or {}
        source = described.with_suffix(".html")
        if source.exists() and expected.get("cleaned_text"):
            metadata = expected | {"url": content.get("url")}
            yield _gold(described.stem, source, expected["cleaned_text"], metadata)


def _read_assertions(folder: Path) -> Iterator[Gold]:
    """The first words only; `text` is left out, so that nothing counts as missing."""
    for test in sorted(folder.rglob("*.test.js")):
        code = test.read_text("utf-8")
        fixture = _FIXTURE.search(code)
        if fixture is None or not (folder / fixture[1]).exists():
            continue
        found: dict[str, Any] = {}
        for match in _ASSERTION.finditer(code):
            value = next(filter(None, match.groups()[1:]), "")
            found.setdefault(match[1], unescape(re.sub(r"\\(.)", r"\1", value)))
        firsts = [value for name, value in found.items() if name not in ("title", "author")]
        gold = _gold(test.parent.name, folder / fixture[1], "", found)
        yield gold | {"first_words": next(iter(firsts), None)}


_FORMS: dict[str, Callable[[Path], Iterator[Gold]]] = {
    "readability": _read_readability,
    "markdown": _read_markdown,
    "text": _read_text,
    "json": _read_json,
    "assertions": _read_assertions,
}


def _gold(name: str, source: Path, text: str, metadata: dict[str, Any]) -> Gold:
    authors = metadata.get("byline") or metadata.get("author") or metadata.get("authors") or []
    return {
        "id": name,
        "file": str(source),
        "source": "foreign",
        "url": metadata.get("url"),
        "title": metadata.get("title") or None,
        "authors": [authors] if isinstance(authors, str) else authors,
        "text": text or None,
    }


def _visible_text(page: Path) -> str:
    """Returns what a browser shows of a page, its blocks on lines of their own."""
    tree = html.document_fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, "script", "style", "noscript", "template", with_tail=False)
    for block in tree.iter(*_BLOCKS):
        block.tail = f"\n{block.tail or ''}"
    return "".join(map(str, tree.itertext()))


def _print_scores(golds: list[Gold], worst: int) -> None:
    rows: list[tuple[str, _Score, _Score]] = []
    firsts = bylines = byline_golds = first_golds = titles = title_golds = 0
    for gold in golds:
        content = Path(gold["file"]).read_bytes()
        ours = _extract(content, gold)
        text = ours.text if ours is not None else ""
        if gold["text"]:
            rows.append(
                (gold["id"], _score(gold["text"], text), _score(gold["text"], _theirs(content)))
            )
        if wanted := gold.get("first_words"):
            first_golds += 1
            firsts += squash(wanted) in squash(text)
        if gold["authors"]:
            byline_golds += 1
            bylines += ours is not None and _byline(gold["authors"]) == _byline(ours.authors)
        if gold["title"]:
            title_golds += 1
            titles += ours is not None and squash(ours.title or "") == squash(gold["title"])
    scores = {"newsmill": [row[1] for row in rows], "trafilatura": [row[2] for row in rows]}
    for name, of in scores.items():
        if rows:
            means = [statistics.fmean(score[i] for score in of) for i in range(3)]
            print(f"{name}: {len(rows)} texts, P {means[0]:.3f} R {means[1]:.3f} F1 {means[2]:.3f}")
    print(
        f"first words {firsts} of {first_golds}, titles {titles} of {title_golds}, "
        f"bylines exact {bylines} of {byline_golds}"
    )
    for name, mine, other in sorted(rows, key=lambda row: row[1][2])[:worst]:
        print(
            f"  {mine[2]:.3f} (P {mine[0]:.2f} R {mine[1]:.2f}), trafilatura {other[2]:.3f}: {name}"
        )


def _byline(names: Sequence[str]) -> str:
    """Returns names so that a list of them equals a line: "Ann Lee and Bob Ray"."""
    return squash(_JOINER.sub(" ", " ".join(names)))


def _extract(content: bytes, gold: Gold) -> Extraction | None:
    origin = Origin(raw_path=gold["id"], raw_digest="", url=gold["url"])
    found = extract_document(
        Document(origin=origin, form=ContentForm.HTML, content=content), Limits()
    )
    return found if isinstance(found, Extraction) else None


def _theirs(content: bytes) -> str:
    document = bare_extraction(content, with_metadata=True)
    return (document.text or "") if isinstance(document, TrafilaturaDocument) else ""


def _score(wanted: str, found: str) -> _Score:
    true, told = (Counter(_WORD.findall(text.casefold())) for text in (wanted, found))
    shared = sum((true & told).values())
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / sum(told.values()), shared / sum(true.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
