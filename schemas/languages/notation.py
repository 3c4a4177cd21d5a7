"""The notation of entries: braces for alternatives, and three signs that stand for any text.

- `{a,b}` stands for one of its parts, as in a shell: `dolar{,a,u}` is dolar, dolara, dolaru.
  An empty part means that the others may be absent. Braces may stand inside braces.
- `#` stands for a number in digits. Only in phrases.
- `*` stands for any letters, also none: `ressort*`. Only in phrases.
- `~` at the end stands for any ending of the language's `endings`. Only in words of money.
"""

import re
from collections.abc import Iterator
from itertools import product

# An entry has at most this many forms: more is a slip, and slow.
MAX_FORMS = 4_000
_SPECIAL = re.compile(r"([\\.^$+?()\[\]|{}*])")

_Part = str | tuple["_Sequence", ...]
_Sequence = tuple[_Part, ...]


class NotationError(ValueError):
    """An entry whose braces do not match, or that means too much."""


def expand(entry: str) -> list[str]:
    """Returns all forms that an entry stands for, in order, each once.

    Raises:
        NotationError: Braces do not match, or there are more than MAX_FORMS forms.
    """
    if "{" not in entry and "}" not in entry:
        return [entry]
    return list(dict.fromkeys(_forms(_parse(entry))))


def as_pattern(phrase: str) -> str:
    """Returns the regular expression of a phrase. It captures nothing and anchors nothing.

    Raises:
        NotationError: Braces do not match.
    """
    return _pattern(_parse(phrase))


def _forms(sequence: _Sequence) -> Iterator[str]:
    choices = [
        [part] if isinstance(part, str) else [form for each in part for form in _forms(each)]
        for part in sequence
    ]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MAX_FORMS:
        raise NotationError(f"stands for {count} forms, more than {MAX_FORMS}")
    return ("".join(parts) for parts in product(*choices))


def _pattern(sequence: _Sequence) -> str:
    return "".join(_literal(part) if isinstance(part, str) else _choice(part) for part in sequence)


def _literal(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace(r"\*", r"\w*").replace("#", r"\d+")


def _choice(parts: tuple[_Sequence, ...]) -> str:
    patterns = [_pattern(part) for part in parts if part]
    optional = "?" if len(patterns) < len(parts) else ""
    if all(len(pattern) == 1 and pattern != "-" for pattern in patterns):
        return (patterns[0] if len(patterns) == 1 else f"[{''.join(patterns)}]") + optional
    return f"(?:{'|'.join(patterns)}){optional}"


def _parse(entry: str) -> _Sequence:
    sequence, rest = _parse_sequence(entry, depth=0)
    if rest:
        raise NotationError("a } without its {")
    return sequence


def _parse_sequence(text: str, depth: int) -> tuple[_Sequence, str]:
    """Reads up to the end, or inside braces up to the next comma or closing brace."""
    parts: list[_Part] = []
    while text:
        plain = re.match(r"[^{}]*" if depth == 0 else r"[^{},]*", text)
        assert plain is not None  # the pattern matches the empty string
        if plain[0]:
            parts.append(plain[0])
            text = text[plain.end() :]
        if not text.startswith("{"):
            break
        choice, text = _parse_choice(text[1:], depth + 1)
        parts.append(choice)
    return tuple(parts), text


def _parse_choice(text: str, depth: int) -> tuple[tuple[_Sequence, ...], str]:
    choices: list[_Sequence] = []
    while True:
        sequence, text = _parse_sequence(text, depth)
        choices.append(sequence)
        if text.startswith("}"):
            break
        if not text:
            raise NotationError("a { without its }")
        text = text[1:]
    if len(choices) == 1 or not any(choices):
        raise NotationError("braces hold two parts or more, with a comma between them")
    return tuple(choices), text[1:]
