"""The language of an article: what its text is written in, and what the page declares."""

import re
from functools import cache

from tasks.extract.page.language_model import language_identifier
from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import ARTICLE_TYPES, nodes_of

_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)
# langid is sure of a language from about two sentences on (py3langid's README).
_MIN_CHARS = 100
_MAX_CHARS = 350
# Where they agree with what the page declares, so few are enough, and cost a third of it.
_FEW_CHARS = 120
_MIN_PROBABILITY = 0.8
# ISO 639-1 has no codes of their own for these in news: bokmål and nynorsk are published as `no`.
_SAME = {
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "cn": "zh",
    "jp": "ja",
    "kr": "ko",
}
# Languages that an n-gram model confuses in a short text; between them the page's word decides.
_KIN = (
    frozenset({"no", "da", "sv"}),
    frozenset({"hr", "bs", "sr", "sl", "mk", "me"}),
    frozenset({"id", "ms", "jv"}),
    frozenset({"cs", "sk"}),
    frozenset({"zu", "xh", "st", "tn", "ss", "nr", "ts", "ve", "nso", "rw", "sw"}),
    frozenset({"es", "gl", "ca", "pt", "an", "oc", "ast"}),
    frozenset({"ru", "uk", "be", "bg"}),
    frozenset({"az", "tr", "tk", "uz"}),
    frozenset({"kk", "ky", "tt", "mn"}),
    frozenset({"hi", "mr", "ne"}),
    frozenset({"nl", "af", "fy"}),
    frozenset({"de", "lb"}),
    frozenset({"fa", "ps", "ur", "ar", "ku", "ug"}),
    frozenset({"et", "fi"}),
    frozenset({"is", "fo"}),
)


def resolve_language(page: Page, text: str) -> str | None:
    """Returns the ISO 639-1 code of the article's language, None where nothing tells.

    The text decides where the model is sure of it, for templates declare the language of the shop
    they were bought in; the page's word decides between kin and about short texts.
    """
    declared = _declared(page)
    if declared is not None and identify_language(text[:_FEW_CHARS]) == declared:
        return declared
    identified = identify_language(text)
    if identified is None or declared is None:
        return identified or declared
    knows = declared in _known_codes()
    if not knows or any(declared in kin and identified in kin for kin in _KIN):
        return declared
    return identified


def identify_language(text: str) -> str | None:
    """Returns the ISO 639-1 code of the language of a text, None where it is in doubt."""
    if len(text) < _MIN_CHARS and text.isascii():
        return None
    code, probability = language_identifier().classify(text[:_MAX_CHARS])
    if probability < _MIN_PROBABILITY:
        return None
    return _SAME.get(str(code), str(code))


def _declared(page: Page) -> str | None:
    values = [str(node.get("inLanguage")) for _, node in nodes_of(page.structured, ARTICLE_TYPES)]
    values.append(page.tree.get("lang") or "")
    values += page.structured.meta("og:locale", "content-language", "language")
    for value in values:
        if match := _CODE.match(value.strip()):
            code = match[1].lower()
            return _SAME.get(code, code)
    return None


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(map(str, language_identifier().labels))
