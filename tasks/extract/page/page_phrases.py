"""What pages say when they are no article: the phrases of all languages, as patterns."""

import re

from tasks.printed.phrases import any_of, any_word_of
from tasks.printed.small_letters import SmallPattern

# Whole titles of error pages and bot checks.
ERROR_TITLE = re.compile(
    r"^\W*(?:(?:http\s*)?(?:error\s*)?(?:40[0-9]|410|429|50[0-4])"
    rf"(?:\W*{any_of('page', 'error_codes')})?"
    rf"|{any_of('page', 'error_titles', 'error_title_patterns')})"
    r"\W*(?:[|\-–—:].{0,40})?$",
    re.IGNORECASE,
)
# What an error page or a bot check tells its visitor.
ERROR_TEXT = re.compile(any_of("page", "error_texts"), re.IGNORECASE)

# Cookies, consent, partners, buttons and privacy: a consent wall speaks of several. The cheapest
# come first: a story has neither of these two.
CONSENT_TEXT = (
    SmallPattern(
        rf"\b{any_of('page', 'partner_openings')} (?:\d+ )?{any_of('page', 'partners')}\b"
    ),
    SmallPattern(any_word_of("page", "cookies")),
    SmallPattern(any_word_of("page", "consents")),
    SmallPattern(any_word_of("page", "privacy")),
)

PAYWALL_TEXT = re.compile(any_word_of("page", "paywalls"), re.IGNORECASE)
# What a page says whose content a script would have brought.
SHELL_TEXT = re.compile(
    rf"{any_of('page', 'shells')}|^[^\w\n]*{any_of('page', 'loading')}[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
