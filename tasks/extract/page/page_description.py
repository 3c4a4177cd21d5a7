"""The description that a page declares: its lead, where an editor wrote one.

JSON-LD's `description`, og:description and their kin. Templates fill them in too: with the site's
slogan, the headline, or the text's first words cut by length. Such are not believed.
"""

import re
from collections.abc import Iterator
from itertools import islice
from math import ceil

from schemas.declared_reasons import NotBelieved
from tasks.extract.page.declared import (
    Declared,
    first_believed,
    is_template,
    not_believed,
    outlet_keys,
    own_articles,
)
from tasks.extract.page.structured_data import StructuredData
from tasks.printed.squashing import content_words, holds_word, plain_line, squash

_METAS = ("og:description", "twitter:description", "description", "dcterms.description")
_JSON_LD = "json_ld"
# `as_line` keeps a thousand characters; leads have a few hundred.
_MAX_CHARS = 999
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
# Stand behind the last word of a text that was cut, in brackets or quotation marks or not.
_DOTS = ("...", "…")
# Few words of a lead are not in the article too. Of 671 real descriptions 15 share less than this,
# 12 of them the site's words about itself.
_MIN_SHARED = 0.2
# Characters by which the end of a description is found again in the text.
_END = 40


def resolve_description(
    structured: StructuredData, title: str | None, titles: frozenset[str], text: str
) -> Declared:
    """Returns the description that the page declares of its article, as printed.

    Args:
        structured: of the page.
        title: the headline that was chosen.
        titles: the squashed candidates for the headline.
        text: the article's.
    """
    printed = dict(_declared(structured, title))
    if not printed:
        return Declared()
    judge = _Judge(titles | outlet_keys(structured), titles, f"{title or ''} {text}")
    return first_believed(
        judge.judge(description, source, printed) for description, source in printed.items()
    )


def _declared(structured: StructuredData, title: str | None) -> Iterator[tuple[str, str]]:
    """Yields each description with its source; the last source of the same text counts least."""
    found = [(node.get("description"), _JSON_LD) for node in own_articles(structured, title)] + [
        (content, name) for name in _METAS for content in structured.meta(name)
    ]
    seen: set[str] = set()
    for value, source in found:
        text = plain_line(value) if isinstance(value, str) else ""
        text = plain_line(_TAG.sub(" ", text)) if "<" in text else text
        if text and text not in seen:
            seen.add(text)
            yield text, source


class _Judge:
    """Tells which descriptions are believed, of one article."""

    def __init__(self, names: frozenset[str], titles: frozenset[str], article: str) -> None:
        self._names = names
        self._titles = titles
        self._article = article
        self._folded = article.casefold()

    def judge(self, description: str, source: str, others: dict[str, str]) -> Declared:
        """Returns a description, or why it is not believed; of one that is cut the whole one."""
        if self._is_cut(description):
            start = squash(description)
            for other, other_source in others.items():
                if squash(other).startswith(start) and not self._is_cut(other):
                    return self.judge(other, other_source, {})
        reason = self._refuse(description)
        return not_believed(reason) if reason else Declared(description, source)

    def _refuse(self, description: str) -> NotBelieved | None:
        if is_template(description):
            return NotBelieved.PLACEHOLDER
        if len(description) > _MAX_CHARS:
            return NotBelieved.TOO_LONG
        key = squash(description)
        if key in self._names:
            return NotBelieved.TITLE if key in self._titles else NotBelieved.OUTLET
        if self._is_unrelated(description):
            return NotBelieved.UNRELATED
        return NotBelieved.CUT if self._is_cut(description) else None

    def _is_unrelated(self, description: str) -> bool:
        words = content_words(description)
        enough = _MIN_SHARED * len(words)
        shared = (word for word in words if holds_word(self._folded, word))
        return sum(1 for _ in islice(shared, ceil(enough))) < enough

    def _is_cut(self, description: str) -> bool:
        """Tells whether a description ends in dots, or where the article's sentence goes on."""
        if any(dots in _tail(description) for dots in _DOTS):
            return True
        if not description[-1].isalnum():
            return description[-1] in ",-–—("
        at = self._article.find(description[-_END:]) if len(description) > _END else -1
        behind = self._article[at + _END : at + _END + 2] if at >= 0 else ""
        return bool(behind.strip()) and (behind[0].isalnum() or behind[0] in " ,;")


def _tail(text: str) -> str:
    """Returns the signs behind the last letter or digit of a text."""
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    return text[end:]
