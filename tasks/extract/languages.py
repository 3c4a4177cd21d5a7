"""The language of an article."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tasks.extract.page import Page
from tasks.extract.structured_data import ARTICLE_TYPES, nodes_of

_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)
_MIN_CHARS = 200


def resolve_language(page: Page, text: str) -> str | None:
    """Returns the ISO 639-1 code of the article's language."""
    declared = _declared(page)
    if declared is not None:
        return declared
    if len(text) < _MIN_CHARS:
        return None
    return str(_identifier().classify(text[:3000])[0])


def _declared(page: Page) -> str | None:
    values = [str(node.get("inLanguage")) for _, node in nodes_of(page.structured, ARTICLE_TYPES)]
    values.append(page.tree.get("lang") or "")
    values += page.structured.meta("og:locale", "content-language", "language")
    for value in values:
        if match := _CODE.match(value.strip()):
            return match[1].lower()
    return None


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
