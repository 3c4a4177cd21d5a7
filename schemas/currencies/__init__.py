"""Currencies: codes, signs, families that share a name, and the words of each language."""

from schemas.currencies import (
    words_asian,
    words_baltic_finnic_others,
    words_germanic,
    words_romance,
    words_slavic,
    words_turkic_caucasian,
)
from schemas.currencies.vocabulary import Vocabulary

# By ISO 639-1 code.
LANGUAGES: dict[str, Vocabulary] = {
    **words_germanic.LANGUAGES,
    **words_romance.LANGUAGES,
    **words_slavic.LANGUAGES,
    **words_turkic_caucasian.LANGUAGES,
    **words_baltic_finnic_others.LANGUAGES,
    **words_asian.LANGUAGES,
}
