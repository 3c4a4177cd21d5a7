"""Comparing printed texts."""


def squash(text: str) -> str:
    """Returns a text's letters and digits in lower case: what two printings have in common."""
    return "".join(character for character in text.casefold() if character.isalnum())
