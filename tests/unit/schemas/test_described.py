"""Names that say what they mean."""

import pickle

import pytest

from schemas.described import DescribedEnum
from schemas.rate_statuses import RateStatus
from schemas.reasons import Reason
from tasks.normalize.currencies.grounds import Ground


class _Fruit(DescribedEnum):
    APPLE = "apple", "Grows on trees."


def test_a_member_is_its_name_and_says_what_it_means() -> None:
    assert _Fruit("apple") is _Fruit.APPLE
    assert (f"{_Fruit.APPLE}", _Fruit.APPLE.description) == ("apple", "Grows on trees.")
    assert pickle.loads(pickle.dumps(Reason.TEXT_MISSING)) is Reason.TEXT_MISSING


def test_a_name_without_a_meaning_is_refused() -> None:
    with pytest.raises(TypeError, match="plum"):

        class _Bare(DescribedEnum):
            PLUM = "plum"


@pytest.mark.parametrize("names", [Reason, RateStatus, Ground])
def test_no_two_names_mean_the_same(names: type[DescribedEnum]) -> None:
    assert len({member.description for member in names}) == len(names)
    assert [member.value for member in names] == [member.name.lower() for member in names]
