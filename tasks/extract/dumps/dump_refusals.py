"""Text dumps that hold no article: listings, consent walls, errors, paywall stubs.

Rejecting an article is worse than publishing a stub. So little text alone refuses nothing: each
rule asks for a second sign.
"""

from collections.abc import Sequence

from schemas.reasons import Reason
from tasks.extract.dumps.dump_lines import Line
from tasks.extract.page.page_phrases import ERROR_TEXT, ERROR_TITLE, PAYWALL_TEXT

# In words. An article of fewer is a headline with a caption.
_TRACE = 12.0
_SHORT = 60.0
_STUB = 90.0
_MIN_HEADLINES = 15
_HEADLINE_WORDS = (4.0, 25.0)
_FIRST_LINES = 40


def find_dump_refusal(
    lines: Sequence[Line], words: float, title: str | None
) -> tuple[Reason | None, str]:
    """Tells why a dump is no article.

    Args:
        lines: the dump's lines.
        words: how many words of article text were found.
        title: the headline, where one was found.

    Returns:
        The reason and what was seen; (None, "") for an article.
    """
    if words < _SHORT and (sign := _error_sign(lines, title)):
        return Reason.PAGE_IS_ERROR, f"says {sign!r}"
    if words < _SHORT and (about := _words_of_consent(lines)) > max(words, _TRACE):
        return Reason.PAGE_IS_CONSENT, f"{about:.0f} words on consent, {words:.0f} of text"
    if words < _SHORT and (count := _headlines(lines)) >= _MIN_HEADLINES:
        return Reason.PAGE_IS_LISTING, f"{count} headlines, {words:.0f} words of text"
    if words < _STUB and (sign := _paywall_sign(lines)):
        return Reason.PAGE_IS_PAYWALL_STUB, f"{words:.0f} words, says {sign!r}"
    if words < _TRACE:
        return Reason.TEXT_MISSING, f"{words:.0f} words of text in {len(lines)} lines"
    return None, ""


def _error_sign(lines: Sequence[Line], title: str | None) -> str:
    if title and ERROR_TITLE.match(title):
        return title
    for line in lines[:_FIRST_LINES]:
        if line.weight > 1 and ERROR_TITLE.match(line.text):
            return line.text
        if found := ERROR_TEXT.search(line.text):
            return found[0]
    return ""


def _words_of_consent(lines: Sequence[Line]) -> float:
    return sum(
        line.weight
        for line in lines
        if line.subjects & {"consent", "privacy"} and line.ends_sentence
    )


def _headlines(lines: Sequence[Line]) -> int:
    low, high = _HEADLINE_WORDS
    texts = {
        line.content
        for line in lines
        if low <= line.weight <= high and not line.ends_sentence and not line.subjects
    }
    return len(texts)


def _paywall_sign(lines: Sequence[Line]) -> str:
    return next((found[0] for line in lines if (found := PAYWALL_TEXT.search(line.text))), "")
