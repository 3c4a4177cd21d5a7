"""Signs of life: of any run the last, of scheduled ones a few."""

from pathlib import Path

from tasks.collect.memory.signs import Signs, expect_no_sign, leave_sign, read_signs
from tasks.collect.memory.state import open_state


def test_of_any_run_the_last_sign_is_kept_and_of_scheduled_ones_nine(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        assert read_signs(state) == Signs(None, ())
        for at in range(12):
            leave_sign(state, float(at), is_scheduled=True)
        leave_sign(state, 20.0, is_scheduled=False)
    with open_state(tmp_path) as state:
        assert read_signs(state) == Signs(20.0, tuple(map(float, range(3, 12))))
        with state.transaction():
            expect_no_sign(state)
        assert read_signs(state) == Signs(20.0, ())
