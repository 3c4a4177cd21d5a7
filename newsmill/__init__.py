"""Turns raw news pages into Parquet that analysts can trust.

    import newsmill

    article = newsmill.read(html, url="https://news.example/2024/03/05/ferry")
    article.title, article.published_at, article.outlet_name, article.money

    with newsmill.open("warehouse") as published:
        articles = published.articles.to_pandas()

`docs/python.md` tells the rest.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsmill.article import Article as Article
    from newsmill.published import Dataset as Dataset
    from newsmill.published import Published as Published
    from newsmill.published import open_published as open
    from newsmill.reading import Page as Page
    from newsmill.reading import read as read
    from newsmill.reading import read_many as read_many

__all__ = ["Article", "Dataset", "Page", "Published", "open", "read", "read_many"]

_HOMES = {
    "Article": ("newsmill.article", "Article"),
    "Dataset": ("newsmill.published", "Dataset"),
    "Page": ("newsmill.reading", "Page"),
    "Published": ("newsmill.published", "Published"),
    "open": ("newsmill.published", "open_published"),
    "read": ("newsmill.reading", "read"),
    "read_many": ("newsmill.reading", "read_many"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = globals()[name] = getattr(import_module(module), attribute)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


# Who imports newsmill reads pages, and pays for what that takes when importing. The command line
# pays only for what its command needs; the interpreter calls it `-m` until it knows the file.
if Path(sys.argv[0] if sys.argv else "").name not in ("-m", "newsmill"):
    import_module("newsmill.reading")
