"""The words of trafilatura's last resort."""

from importlib import import_module

import pytest
from justext.core import define_stoplist
from lxml.html import document_fromstring
from trafilatura import external

from tasks.extract.text.stop_words import StopWords

_PAGE = (
    "<html><body><p>"
    + "The council said on Tuesday that it would repair the old bridge over the river. " * 4
    + "</p><p>Home News Sport Weather</p></body></html>"
)


def _rescue() -> list[str | None]:
    tree = document_fromstring(_PAGE)
    return [line.text for line in external.try_justext(tree, None, None)]


def test_they_are_those_that_trafilatura_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "JT_STOPLIST", None)
    words = set(external.jt_stoplist_init())
    assert define_stoplist(StopWords()) == words
    assert len(words) > 100_000


def test_trafilatura_makes_no_others() -> None:
    import_module("tasks.extract.text.article_text")
    ours = external.JT_STOPLIST
    assert isinstance(ours, StopWords)
    before = _rescue()
    read = define_stoplist.cache_info().misses
    assert _rescue() == before != []
    assert define_stoplist.cache_info().misses == read
    assert external.JT_STOPLIST is ours
