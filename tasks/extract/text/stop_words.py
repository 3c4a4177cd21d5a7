"""The words by which trafilatura's last resort, justext, knows running text, of 100 languages.

trafilatura keeps all 154,000 in a tuple. justext makes a set of it once, and finds that again by
the tuple, whose hash takes 7 ms for each page. Tuple and set have letters of their own, 12 MB each.
"""

from collections.abc import Iterator

from justext.core import define_stoplist
from justext.utils import get_stoplist, get_stoplists
from trafilatura import external


class StopWords:
    """The words of all languages, read whenever they are walked through.

    An object is found again by what it is, and justext walks through it once.
    """

    def __iter__(self) -> Iterator[str]:
        for language in get_stoplists():
            yield from get_stoplist(language)


_WORDS = StopWords()


def share_stop_words() -> None:
    """Lets trafilatura take the words of justext's set, which it makes when they are needed."""
    external.JT_STOPLIST = _WORDS  # type: ignore[assignment]


def load_stop_words() -> None:
    """Has justext make its set now, which takes .2 s and 18 MB."""
    share_stop_words()
    define_stoplist(_WORDS)
