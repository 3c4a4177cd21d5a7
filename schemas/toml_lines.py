"""On which line of a TOML file a table, a key or a list's entry stands; tomllib does not say."""

import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping

# ("defaults", "contact"), ("outlet", 2, "feeds", 0)
KeyPath = tuple[str | int, ...]

_TOML_LINE = re.compile(r"\(at line (\d+)")
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*=""")
# Strings before comments: a `#` inside of one begins none.
_TOKEN = re.compile(
    r"""\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[\[\]\n]""", re.DOTALL
)


def line_of_error(error: ValueError, text: str) -> int:
    """Returns the line, from 1, that tomllib names in an error; the last where it names none."""
    found = _TOML_LINE.search(str(error))
    return int(found[1]) if found else text.count("\n") + 1


def line_of(lines: Mapping[KeyPath, int], key_path: KeyPath) -> int:
    """Returns the line of a key, or of what it would stand in."""
    for size in range(len(key_path), 0, -1):
        if key_path[:size] in lines:
            return lines[key_path[:size]]
    return 1


def lines_of_keys(text: str) -> dict[KeyPath, int]:
    """Returns the line, from 1, of each table, key and string of a list.

    Args:
        text: a file that tomllib reads. Inline tables and lists in lists have no lines of their
            own.
    """
    return dict(_find_lines(text))


def _find_lines(text: str) -> Iterator[tuple[KeyPath, int]]:
    table: KeyPath = ()
    counts: Counter[str] = Counter()
    number, position = 1, 0
    while position < len(text):
        end = text.find("\n", position)
        line = text[position : end if end >= 0 else len(text)]
        if header := _HEADER.match(line):
            name = header[2]
            table = (name,) if header[1] == "[" else (name, counts[name])
            counts[name] += 1
            yield table, number
        elif key := _KEY.match(line):
            path: KeyPath = (*table, key[1].strip("\"'"))
            yield path, number
            start = position + key.end()
            end = yield from _find_items(text, start, number, path)
            number += text.count("\n", start, end)
        if end < 0:
            return
        number += 1
        position = end + 1


def _find_items(
    text: str, start: int, number: int, key: KeyPath
) -> Generator[tuple[KeyPath, int], None, int]:
    """Yields the strings of a value that is a list, and returns where the value's line ends."""
    depth = item = 0
    for token in _TOKEN.finditer(text, start):
        match token[0]:
            case "[":
                depth += 1
            case "]":
                depth -= 1
            case "\n" if depth <= 0:
                return token.start()
            case found if found[0] in "\"'" and depth == 1:
                yield (*key, item), number + text.count("\n", start, token.start())
                item += 1
    return len(text)
