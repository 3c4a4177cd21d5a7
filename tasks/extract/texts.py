"""The text of an article, by trafilatura."""

from trafilatura import bare_extraction

from tasks.extract.page import Page


def extract_text(page: Page) -> str:
    """Returns the article's text, paragraphs separated by one newline. Consumes the page's tree."""
    document = bare_extraction(
        page.tree, fast=True, with_metadata=False, include_comments=False, include_tables=True
    )
    return document.text or "" if document is not None else ""
