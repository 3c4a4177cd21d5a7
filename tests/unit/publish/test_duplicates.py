"""Which article an article repeats: the earliest near one of 72 hours, whatever the order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.settings import Settings
from tasks.normalize.record import Record, seal_record
from tasks.normalize.signatures import SIGNATURE, sign_text
from tasks.publish.duplicates import find_duplicates
from tasks.publish.partitions import publish_partition
from tasks.publish.select import Partition, select_partitions
from tasks.stage.staged_rows import write_records
from tasks.storage.records import remove_batch
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD, consistent

START = np.datetime64("2024-03-30T12:00", "us")


@dataclass(frozen=True)
class Article:
    """An article by its text and the hour it came out."""

    name: str
    text: str
    hour: float = 0


def _story(seed: int, words: int = 120) -> str:
    rng = Random(seed)
    return " ".join("".join(rng.choices("abcdefghij", k=6)) for _ in range(words))


def _repeated(articles: Sequence[Article]) -> dict[str, str]:
    signatures = np.zeros(len(articles), SIGNATURE)
    for row, article in enumerate(articles):
        if signature := sign_text(article.text):
            signatures[row] = np.frombuffer(signature, SIGNATURE)[0]
    names = [article.name for article in articles]
    published = [START + np.timedelta64(int(a.hour * 3600), "s") for a in articles]
    found = find_duplicates(np.array(names), np.array(published), signatures)
    return {names[row]: names[of] for row, of in enumerate(found) if of >= 0}


STORY = _story(1)


def test_copies_point_to_the_earliest_and_the_earliest_to_none() -> None:
    copies = [Article("c", STORY, 30), Article("a", STORY, 20), Article("b", STORY, 10)]
    assert _repeated(copies) == {"a": "b", "c": "b"}


def test_of_two_at_the_same_instant_the_smaller_id_is_the_earlier() -> None:
    assert _repeated([Article("b", STORY), Article("a", STORY)]) == {"b": "a"}


def test_the_window_is_72_hours() -> None:
    assert _repeated([Article("a", STORY), Article("b", STORY, 72)]) == {"b": "a"}
    assert _repeated([Article("a", STORY), Article("b", STORY, 72.001)]) == {}


def test_no_chain_is_followed_out_of_the_window() -> None:
    chain = [Article("a", STORY), Article("b", STORY, 48), Article("c", STORY, 96)]
    assert _repeated(chain) == {"b": "a", "c": "b"}


def test_no_chain_is_followed_to_a_text_that_is_not_near() -> None:
    a = _story(1).split()
    b = a[:96] + _story(2, 24).split()
    c = b[24:] + _story(3, 24).split()
    texts = {"a": a, "b": b, "c": c}
    chain = [Article(name, " ".join(words), n) for n, (name, words) in enumerate(texts.items())]
    assert _repeated(chain) == {"b": "a", "c": "b"}


def test_a_copy_without_its_tail_repeats_and_a_story_that_grew_stands() -> None:
    head = " ".join(STORY.split()[:65])
    assert _repeated([Article("whole", STORY), Article("cut", head, 1)]) == {"cut": "whole"}
    assert _repeated([Article("first", head), Article("grown", STORY, 1)]) == {}


def test_an_intro_and_a_signature_do_not_hide_a_copy() -> None:
    dressed = f"{_story(8, 20)} (AGENCY) {STORY.upper()} {_story(9, 10)}"
    assert _repeated([Article("a", STORY), Article("b", dressed, 5)]) == {"b": "a"}


def test_a_report_with_other_numbers_is_another_report() -> None:
    report, words = [], STORY.split()
    for shift in (0, 100):
        numbers = iter(range(1 + shift, 100 + shift))
        parts = [f"{word} {next(numbers)}" if n % 15 == 0 else word for n, word in enumerate(words)]
        report.append(" ".join(parts))
    monday, tuesday = report
    assert _repeated([Article("mon", monday), Article("tue", tuesday, 24)]) == {}
    assert _repeated([Article("mon", monday), Article("copy", monday, 24)]) == {"copy": "mon"}


def test_texts_too_short_to_compare_repeat_nothing() -> None:
    assert (
        _repeated([Article("a", "Storm closes port."), Article("b", "Storm closes port.", 1)]) == {}
    )
    assert _repeated([]) == {}


def test_a_copy_is_found_among_hundreds_of_texts_off_one_template() -> None:
    """None of the reports repeats another; the last is a copy of one in their middle."""
    words = STORY.split()
    reports = []
    for number in range(300):
        own = iter(_story(1000 + number, 40).split())
        text = " ".join(next(own) if n % 5 == 0 else word for n, word in enumerate(words))
        reports.append(Article(f"{number:03}", text, number / 10))
    assert _repeated([*reports, Article("copy", reports[150].text, 40)]) == {"copy": "150"}


_ARTICLES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 200)), min_size=1, max_size=14
).flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(range(len(drawn)))))


@settings(max_examples=60, deadline=None)
@given(_ARTICLES)
def test_the_outcome_is_that_of_comparing_all_with_all(
    drawn: tuple[list[tuple[int, int]], list[int]],
) -> None:
    stories, order = drawn
    articles = [Article(f"{n:02}", _story(s), hour) for n, (s, hour) in enumerate(stories)]
    expected = {}
    for later in articles:
        earlier = [
            (other.hour, other.name)
            for other in articles
            if other.text == later.text
            and (other.hour, other.name) < (later.hour, later.name)
            and later.hour - other.hour <= 72
        ]
        if earlier:
            expected[later.name] = min(earlier)[1]
    assert _repeated([articles[position] for position in order]) == expected


MARCH, APRIL = Partition("articles", "2024-03"), Partition("articles", "2024-04")


def _record(number: int, published: datetime | None, day: date, text: str = STORY) -> Record:
    record = replace(
        GOOD,
        article_id=f"{number:020x}",
        raw_path=f"{number}.html",
        text=text,
        text_signature=sign_text(text),
        published_at=published,
        published_date=day,
        published_precision="minute" if published else "day",
        published_offset_minutes=0 if published else None,
        fetched_at=datetime(2024, 4, 9, tzinfo=UTC),
    )
    record = consistent(replace(record, money=()))
    return seal_record(record, batch_id=str(number), pipeline_version="1", reference_version="1")


def _publish(warehouse: Warehouse) -> list[Partition]:
    validate_batches(warehouse)
    stale = select_partitions(warehouse, Settings())
    for partition in stale:
        publish_partition(warehouse, partition, Settings())
    return stale


def _published(warehouse: Warehouse) -> dict[str, str | None]:
    rows = [
        row
        for path in warehouse.partitions("articles").values()
        for row in pq.read_table(path, partitioning=None).to_pylist()
    ]
    return {row["article_id"][-1]: (row["duplicate_of"] or "")[-1:] or None for row in rows}


def test_a_copy_points_into_another_partition_until_its_original_goes(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    late = datetime(2024, 3, 31, 22, 0, tzinfo=UTC)
    records = [
        _record(3, late, date(2024, 3, 31)),
        # Where only the day is known it stands for its first instant: before the one at noon.
        _record(2, None, date(2024, 4, 1)),
        _record(1, late + timedelta(hours=14), date(2024, 4, 1)),
        _record(4, late, date(2024, 3, 31), text=_story(7)),
    ]
    for record in records:
        write_records(warehouse, record.batch_id, [record], {"state": record.record_digest})
    assert _publish(warehouse) == [MARCH, APRIL]
    assert _published(warehouse) == {"3": None, "4": None, "2": "3", "1": "3"}
    remove_batch(warehouse, "3")
    assert _publish(warehouse) == [MARCH, APRIL]
    assert _published(warehouse) == {"4": None, "2": None, "1": "2"}
