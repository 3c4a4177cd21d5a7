"""What holds for any text dump whatever."""

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.dumps.text_dump import extract_text_dump
from tasks.extract.evidence import BlockKind
from tasks.read.document import Origin

ORIGIN = Origin(raw_path="dump.txt", raw_digest="0" * 64)

PRINTED = st.sampled_from(
    (
        "",
        "",
        "-",
        "•",
        "• Home",
        "• Sport",
        "News",
        "Council votes for a new bridge",
        "By A. Reporter",
        "3 March 2023, 08:15",
        "28 March 2024 / 22:36 RU",
        "Advertisement",
        "Read more:",
        "3 Comments",
        "anna says:",
        "#bridge #council",
        "Photo: D. Camera",
        "© 2024 Example",
        "$ 1.70",
        "The council voted for a new bridge on Monday, after a debate that lasted until midnight.",
        "Opponents of the plan say that the old one could be repaired. They will go to court, they "
        "said, and they hope that the judges will listen to them before the works begin.",
        "Вчера совет проголосовал за новый мост, и работы начнутся уже в июне.",
        "議会は月曜日、新しい橋の建設を賛成多数で決めた。工事は六月に始まる。",
    )
)
DUMPS = st.lists(st.one_of(PRINTED, st.text(max_size=60)), max_size=40).map("\n".join)


def printed_lines(text: str) -> list[str]:
    return re.split(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]", text)


@settings(max_examples=150, deadline=None)
@given(DUMPS)
def test_every_line_is_in_exactly_one_block(text: str) -> None:
    lines = printed_lines(text)
    blocks = extract_text_dump(text, ORIGIN).blocks
    numbers = [block.line for block in blocks]
    assert numbers == sorted(set(numbers))
    for number, line in enumerate(lines, start=1):
        if any(char.isalnum() for char in line):
            assert number in numbers
    assert all(block.text in lines[block.line - 1] for block in blocks)
    assert all(block.text and block.reason for block in blocks)


@settings(max_examples=150, deadline=None)
@given(DUMPS)
def test_the_text_is_made_of_the_input_s_lines_in_order(text: str) -> None:
    found = extract_text_dump(text, ORIGIN)
    kept = [b for b in found.blocks if b.kind in {BlockKind.LEAD, BlockKind.BODY}]
    # A paragraph that was broken to a width is one line of the text.
    assert found.text.replace("\n", " ") == " ".join(block.text for block in kept)
    assert bool(found.text) == bool(kept)


@settings(max_examples=50, deadline=None)
@given(DUMPS)
def test_the_same_dump_gives_the_same_extraction(text: str) -> None:
    assert extract_text_dump(text, ORIGIN) == extract_text_dump(text, ORIGIN)
    # Line ends of another system change nothing but themselves.
    other = extract_text_dump(text.replace("\r", "").replace("\n", "\r\n"), ORIGIN)
    assert other.text == extract_text_dump(text.replace("\r", ""), ORIGIN).text


def test_the_cost_grows_no_faster_than_the_lines() -> None:
    def cost(count: int) -> float:
        text = "\n".join(
            f"• Menu item {number}" if number % 3 else f"The council met {number} times that year."
            for number in range(count)
        )
        started = time.process_time()
        extract_text_dump(text, ORIGIN)
        return time.process_time() - started

    cost(100)
    # Four times the lines: a cost that grew with their square would be sixteen times as much.
    assert cost(8_000) < 8 * cost(2_000)
