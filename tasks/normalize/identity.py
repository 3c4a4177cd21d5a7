"""What an article and its content are known by."""

import hashlib

_ARTICLE_ID_DIGITS = 20


def digest_content(title: str | None, text: str | None) -> str:
    """Returns the SHA-256 (hex) of title and text: equal where a page says the same."""
    return digest(f"{title or ''}\n{text or ''}")


def identify_article(canonical_url: str | None, content_digest: str) -> str:
    """Returns the article_id: of the canonical URL, or of the content where none is known."""
    return digest(canonical_url or content_digest)[:_ARTICLE_ID_DIGITS]


def digest(text: str) -> str:
    """Returns the SHA-256 (hex) of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
