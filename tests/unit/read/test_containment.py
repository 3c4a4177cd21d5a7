"""What a reader did not foresee costs its record, and says where; the world's faults are raised."""

from collections.abc import Iterator

import pytest

from schemas.reasons import Reason
from tasks.read.containment import contain_container, contain_record
from tasks.read.document import ContentForm, Document, Refusal
from tasks.read.origins import Evidence, file_origin_of, make_origin

ORIGIN = file_origin_of("feed/2024-03-05/a.jsonl")


def _document(offset: int) -> Document:
    origin = make_origin(ORIGIN, "0" * 64, Evidence(), offset)
    return Document(origin=origin, form=ContentForm.TEXT, content=b"x")


def _refusal(outcome: Document | Refusal) -> Refusal:
    assert isinstance(outcome, Refusal)
    return outcome


def _break() -> Document:
    raise ZeroDivisionError("nobody thought of this")


def test_a_record_that_was_not_foreseen_is_refused_with_its_place() -> None:
    refused = _refusal(contain_record(_break, ORIGIN, 40))
    assert refused.reason is Reason.INTERNAL_ERROR
    assert refused.origin.raw_offset == 40
    assert refused.detail.startswith("feed/2024-03-05/a.jsonl#40 cannot be read: Traceback")
    assert "nobody thought of this" in refused.detail


def test_a_container_keeps_what_was_read_before() -> None:
    def read() -> Iterator[Document | Refusal]:
        yield _document(7)
        yield _document(60)
        yield _break()

    first, second, rest = contain_container(read(), ORIGIN, 0)
    assert [first.origin.raw_offset, second.origin.raw_offset] == [7, 60]
    assert _refusal(rest).origin.raw_offset == 61


def test_a_slice_that_fails_at_once_is_named_by_its_start() -> None:
    (refused,) = contain_container((_break() for _ in range(1)), ORIGIN, 5_000)
    assert _refusal(refused).origin.raw_offset == 5_000


@pytest.mark.parametrize("fault", [OSError, MemoryError])
def test_what_the_world_does_is_raised(fault: type[Exception]) -> None:
    def read() -> Document:
        raise fault

    with pytest.raises(fault):
        contain_record(read, ORIGIN, None)
    with pytest.raises(fault):
        list(contain_container((read() for _ in range(1)), ORIGIN, 0))
