"""Regular expressions of the phrases in the language files (schemas/languages)."""

import re

from schemas.languages.compiled_tables import entries

# Scripts that print words without spaces, or glue endings to them: no word ends in them.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_NOTHING = "(?!)"


def any_of(section: str, *keys: str) -> str:
    """Returns the pattern of any entry of some lists in any language.

    Entries are tried in the order of the files: common, then by precedence. The pattern is a
    group that captures nothing; it anchors nothing.
    """
    found = [entry for key in keys for entry in entries(section, key)]
    return f"(?:{'|'.join(found)})" if found else _NOTHING


def any_word_of(section: str, key: str) -> str:
    """Returns the pattern of any entry as whole words; in scripts without spaces, anywhere."""
    found = entries(section, key)
    spaced = [entry for entry in found if not _UNSPACED.search(entry)]
    unspaced = [entry for entry in found if _UNSPACED.search(entry)]
    patterns = [rf"\b(?:{'|'.join(spaced)})\b"] * bool(spaced) + unspaced
    return f"(?:{'|'.join(patterns)})" if patterns else _NOTHING


def any_plain(section: str, *keys: str) -> str:
    """Returns the pattern of any plain entry (`Words`), which may hold signs."""
    found = [re.escape(entry) for key in keys for entry in entries(section, key)]
    return f"(?:{'|'.join(found)})" if found else _NOTHING
