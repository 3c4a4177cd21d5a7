"""When a live blog was published, whose CMS renews its stamps with every entry."""

from datetime import UTC, date, datetime

import pytest

from schemas.date_sources import DateSource
from tasks.extract.evidence import DateClue, DateKind
from tasks.normalize.dates.resolve_date import DateContext, resolve_dates
from tasks.normalize.decisions import DateDecision

OPENED, RENEWED = "2023-05-05T07:00:00Z", "2023-05-07T14:10:00Z"


def stamp(
    name: str, text: str, kind: DateKind = DateKind.PUBLISHED, source: str = "json_ld"
) -> DateClue:
    return DateClue(text=text, source=DateSource(source), position=name, name=name, kind=kind)


def decide(*clues: DateClue) -> DateDecision:
    return resolve_dates(list(clues), DateContext())


META = stamp("article:published_time", RENEWED, source="meta")
STARTED = stamp("LiveBlogPosting.coverageStartTime", OPENED, DateKind.EVENT)
ENTRY = stamp("BlogPosting.datePublished", OPENED, DateKind.COMMENT)


@pytest.mark.parametrize(
    "clues",
    [
        (stamp("LiveBlogPosting.datePublished", OPENED), META),
        (stamp("LiveBlogPosting.datePublished", RENEWED), STARTED, META),
        (stamp("LiveBlogPosting.datePublished", RENEWED), ENTRY, META),
    ],
)
def test_the_opening_is_the_publication(clues: tuple[DateClue, ...]) -> None:
    decision = decide(*clues)
    assert decision.published_at == datetime(2023, 5, 5, 7, tzinfo=UTC)
    assert decision.modified_at == datetime(2023, 5, 7, 14, 10, tzinfo=UTC)


def test_within_a_day_the_stated_publication_counts() -> None:
    stated = stamp("LiveBlogPosting.datePublished", "2023-05-05T11:48:00Z")
    assert decide(stated, STARTED, ENTRY).published_at == datetime(2023, 5, 5, 11, 48, tzinfo=UTC)


def test_another_page_s_live_blog_says_nothing() -> None:
    teaser = stamp("LiveBlogPosting.datePublished", OPENED, DateKind.RELATED)
    article = stamp("NewsArticle.datePublished", RENEWED)
    assert decide(article, teaser, META).published_date == date(2023, 5, 7)
