"""Currencies: codes, signs, and families that share a name. Their words: schemas/languages."""
