"""Currencies: codes, signs, families that share a name, and the words of each language."""

from schemas.currencies import words_germanic
from schemas.currencies.vocabulary import Vocabulary

LANGUAGES: dict[str, Vocabulary] = {**words_germanic.LANGUAGES}
