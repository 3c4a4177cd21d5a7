"""trafilatura's rules on names, asked once for each set of names.

Its XPaths call regular expressions in Python for each element of a tree. Templates repeat their
names, within a page and over pages, so the answers are kept. Most names hold none of the words that
the rules look for, and those are not asked at all.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import XPath
    from lxml.html import HtmlElement

# The attributes that the rules ask for.
_NAMES = frozenset({
    "id", "class", "style", "role", "aria-hidden", "data-component", "data-lp-replacement-content",
})  # fmt: skip
# A tag and its named attributes in their order: `@id|@class` is the first of both.
_Signature = tuple[str, ...]
_MAX_KNOWN = 16_384
_OTHER_TAG = "other"
# The attributes whose values are looked through for words.
_WORDED = frozenset({"id", "class"})
_NONE: frozenset[int] = frozenset()
# What an XPath compares names with. What translate() is given are letters in either case. A
# flag says the same, but for i, k and s, which have a third: "ı", "K", "ſ".
_QUOTED = re.compile(r"'([^']*)'")
_FLAGGED = re.compile(r"('[^'IKSiks]*'), *'i'\)")
_TRANSLATED = re.compile(r"translate\((@[\w-]+), *'[^']*', *'[^']*'\)")
# What words are read from in a regular expression: (?:groups) without others in them, and literals
# between what is optional or has a choice.
_LOOKAHEAD = re.compile(r"\(\?![^()\\]*\)")
_GROUP = re.compile(r"\(\?:([^()\\]*)\)(?![?*+{])")
_OPTIONAL_GROUP = re.compile(r"\(\?:[^()\\]*\)[?*]")
_BETWEEN = re.compile(r"\[[^][\\]*\]\??|[\w -]\?|[\^$\n]")
_LITERAL = re.compile(r"[\w: -]*")
_MIN_LITERAL = 2


class NamedRules:
    """Several lists of XPaths, each of which finds elements by their own tag and names.

    A rule that asks for what an element holds as well finds more here than alone: that one with
    this tag and these names could be meant.
    """

    def __init__(self, *lists: "Sequence[XPath]", max_known: int = _MAX_KNOWN) -> None:
        self._max_known = max_known
        self._rules = [(n, rule) for n, rules in enumerate(lists) for rule in rules]
        self._words = {word for _, rule in self._rules for word in words_of_rule(rule.path)}
        self._known: dict[_Signature, frozenset[int]] = {}

    def may_find(self, elements: "Sequence[HtmlElement]") -> bool:
        """Tells whether an id or class holds a word; for rules that ask for no other names."""
        names = [element.get(name) or "" for name in _WORDED for element in elements]
        values = "\n".join(names).lower()
        return any(word in values for word in self._words)

    def find(self, elements: "Iterable[HtmlElement]") -> "dict[int, list[HtmlElement]]":
        """Returns the elements that each list finds, by its number and in the order given."""
        signed = []
        for element in elements:
            if attributes := element.items():
                names = [part for item in attributes if item[0] in _NAMES for part in item]
                signed.append((element, (element.tag, *names)))
        answers = self._answer({signature for _, signature in signed})
        found: dict[int, list[HtmlElement]] = {}
        for element, signature in signed:
            for number in answers[signature]:
                found.setdefault(number, []).append(element)
        return found

    def _answer(self, signatures: set[_Signature]) -> "dict[_Signature, frozenset[int]]":
        """Returns which lists find an element of each signature, at least of those given."""
        if len(self._known) > self._max_known:
            self._known = {}
        known = self._known
        if new := [signature for signature in signatures if signature not in known]:
            known |= dict.fromkeys(new, _NONE) | self._ask(self._with_words(new))
        return known

    def _with_words(self, signatures: list[_Signature]) -> list[_Signature]:
        """Returns the signatures that may be found: those with a word in them, or other names."""
        values = ["\n".join(signature[2::2]).lower() for signature in signatures]
        all_values = "\n".join(values)
        words = [word for word in self._words if word in all_values]
        return [
            signature
            for signature, value in zip(signatures, values, strict=True)
            if any(word in value for word in words) or not _WORDED.issuperset(signature[1::2])
        ]

    def _ask(self, signatures: list[_Signature]) -> "dict[_Signature, frozenset[int]]":
        if not signatures:
            return {}
        outline = etree.Element("body")
        answers: dict[etree._Element, set[int]] = {}
        for tag, *attributes in signatures:
            # No rule asks for "fb:like", and no tree takes it.
            is_plain = tag.isascii() and tag.isalnum()
            part = etree.SubElement(outline, tag if is_plain else _OTHER_TAG)
            for name, value in zip(attributes[::2], attributes[1::2], strict=True):
                part.set(name, value)
            answers[part] = set()
        for number, rule in self._rules:
            for part in cast("list[etree._Element]", rule(outline)):
                answers[part].add(number)
        return dict(zip(signatures, map(frozenset, answers.values()), strict=True))


def words_of_rule(path: str) -> set[str]:
    """Returns words, one of which is in the id or class of all that a rule on these finds.

    Args:
        path: an XPath that finds elements by strings and regular expressions in their names.

    Returns:
        Words in lower case; the empty one, which is in any name, where there might be others.
    """
    patterns = _QUOTED.findall(_FLAGGED.sub(r"\1)", _TRANSLATED.sub(r"\1", path)))
    if not patterns or '"' in path:
        return {""}
    return {word.lower() for pattern in patterns for word in _words_of(pattern)}


def _words_of(pattern: str) -> set[str]:
    """Returns the longest literal of each branch, those of its group where it has no other."""
    pattern = _OPTIONAL_GROUP.sub("^", _LOOKAHEAD.sub("", pattern))
    groups = iter(_GROUP.findall(pattern))
    words: set[str] = set()
    for branch in _GROUP.sub("\n", pattern).split("|"):
        inner = [next(groups) for _ in range(branch.count("\n"))]
        literals = _BETWEEN.sub("\n", branch).split("\n")
        if not all(map(_LITERAL.fullmatch, literals)):
            return {""}
        longest = max(literals, key=len)
        words |= _words_of(inner[0]) if inner and len(longest) < _MIN_LITERAL else {longest}
    return words
