"""What `newsmill explain` says of a document: its winner first, its cuts named, its relatives."""

import json
import shutil
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.code_meanings import describe_code, describe_failure
from schemas.settings import Limits
from schemas.tables import STAGED
from tasks.inspect.explained_candidates import list_decisions
from tasks.inspect.explanation import Explanation, explain_document
from tasks.inspect.page_account import account_for_dump, account_for_page
from tasks.read.document import ContentForm, Document, Origin
from tests.reliability.raw_folders import Page, write_pages
from tests.unit.reported import Reported
from tests.unit.reported_pages import QUAY, page
from tests.warehouses import make_warehouse


def _explain(made: Reported, word: str, raw: Path | None = None) -> Explanation:
    (explanation,) = explain_document(made.warehouse, word, raw or made.raw, Limits())
    return explanation


def test_a_document_is_found_by_path_address_and_id(reported: Reported) -> None:
    found = _explain(reported, "desk/2024-03-06/copy.html")
    for word in (
        str(reported.raw / "desk/2024-03-06/copy.html"),
        "https://northern.example/story",
        "https://NORTHERN.example/story#top",
        found.record["article_id"],
        found.record["article_id"][:8],
    ):
        assert _explain(reported, word).name == found.name
    assert explain_document(reported.warehouse, "desk/2024-03-06/copy.htm", None, Limits()) == []
    assert (
        explain_document(reported.warehouse, found.record["article_id"][:7], None, Limits()) == []
    )


def test_both_fetches_of_an_article_are_found_by_its_address(reported: Reported) -> None:
    found = explain_document(
        reported.warehouse, "https://harbour.example/story", reported.raw, Limits()
    )
    standing = {explanation.name: explanation.standing for explanation in found}
    assert standing == {
        "desk/2024-03-06/quay.html": "article",
        "press/2024-03-05/quay.html": "earlier revision",
    }


def test_a_copy_and_its_original_know_each_other(reported: Reported) -> None:
    copy = _explain(reported, "desk/2024-03-06/copy.html")
    assert copy.standing == "article"
    assert copy.relatives.original is not None
    assert copy.relatives.original.name == "desk/2024-03-06/quay.html"
    original = _explain(reported, "desk/2024-03-06/quay.html")
    assert [relative.name for relative in original.relatives.copies] == [copy.name]
    assert original.relatives.copy_count == 1


def test_a_quarantined_document_says_why(reported: Reported) -> None:
    undated = _explain(reported, "desk/2024-03-06/undated.html")
    assert undated.standing == "quarantined"
    ((code, meaning),) = undated.reasons
    assert code == "published_date_unknown"
    assert meaning == "Nothing on the page says when it was published."
    picture = _explain(reported, "desk/2024-03-06/picture.pdf")
    assert picture.decisions == ()
    assert picture.account.pieces == ()
    assert "refused before" in picture.account.note


def test_a_failed_expectation_is_told_with_its_meaning() -> None:
    said = describe_failure("word_count_out_of_range")
    assert said.startswith("word_count is 1 to 250000. The longest live blogs have 100,000 words")
    assert "published_precision" in describe_failure("published_at_missing")
    assert describe_code("a_code_of_another_version") == ""


def test_the_winner_comes_first_then_the_heaviest(reported: Reported) -> None:
    explanation = _explain(reported, "desk/2024-03-06/quay.html")
    decisions = {decision.subject: decision for decision in explanation.decisions}
    date = decisions["date"]
    assert date.value == "2024-03-04 08:00:00 UTC"
    assert date.candidates[0].is_chosen
    assert date.candidates[0].position == "json_ld, NewsArticle.datePublished"
    assert sum(candidate.is_chosen for candidate in date.candidates) == 1
    assert decisions["outlet"].candidates[0].text == "The Harbour"
    assert decisions["outlet"].candidates[0].is_chosen
    title = decisions["title"]
    assert (title.value, title.candidates[0].is_chosen) == ("Old quay closes", True)
    assert title.candidates[0].score == 3
    assert decisions["authors"].value == "A. Reporter"


def test_a_title_that_was_not_chosen_says_how_it_differs(reported: Reported) -> None:
    explanation = _explain(reported, "desk/2024-03-06/quay.html")
    (title,) = (d for d in explanation.decisions if d.subject == "title")
    assert [candidate.verdict for candidate in title.candidates] == [
        "",
        "says the same",
        "says the same",
    ]


def test_what_is_no_money_is_told_without_the_raw_page(reported: Reported, tmp_path: Path) -> None:
    (group,) = _explain(reported, "desk/2024-03-06/undated.html", tmp_path).rejected_amounts or ()
    assert (group.rule, group.count, group.has_currency) == ("everyday_word", 1, True)
    (amount,) = group.amounts
    assert amount.text == "300 crowns"
    assert amount.before.endswith("has brought in ")


SCORES = st.lists(
    st.tuples(st.sampled_from(["1 May", "2 May", "3 May"]), st.floats(0, 9)), max_size=6
)


@given(SCORES)
def test_candidates_are_all_there_in_order_of_their_scores(scores: list[tuple[str, float]]) -> None:
    weighed = [
        {
            "text": text,
            "source": "byline",
            "position": "p",
            "read_as": None,
            "score": score,
            "verdict": "another day, outweighed",
        }
        for text, score in scores
    ]
    record: dict[str, Any] = dict.fromkeys(STAGED.names)
    record |= {"extraction": "{}", "candidates": json.dumps({"dates": weighed})}
    shown = list_decisions(record)[0].candidates
    assert sorted(candidate.text for candidate in shown) == sorted(text for text, _ in scores)
    assert [c.score for c in shown] == sorted((score for _, score in scores), reverse=True)


def test_candidates_that_an_older_version_staged_are_shown_as_it_wrote_them() -> None:
    """Version 2 had name, score and choice in the verdict, for people: it is printed, not read."""
    record: dict[str, Any] = dict.fromkeys(STAGED.names)
    outlets = [
        {"text": "Harbour Post", "place": "meta og:site_name", "verdict": "Harbour Post: 3.5"},
        {"text": "Quay", "place": "title", "verdict": "Quay: 1.2 (too weak alone)"},
    ]
    record |= {
        "extraction": "{}",
        "candidates": json.dumps({"outlet": outlets}),
        "outlet_text": "Harbour Post",
        "outlet_rule": "alias:og:site_name",
    }
    shown = list_decisions(record)[1].candidates
    assert [(candidate.verdict, candidate.is_chosen) for candidate in shown] == [
        ("Harbour Post: 3.5", True),
        ("Quay: 1.2 (too weak alone)", False),
    ]


def test_what_was_cut_of_a_page_is_named(reported: Reported) -> None:
    account = _explain(reported, "desk/2024-03-06/quay.html").account
    assert [piece.text for piece in account.pieces if piece.is_kept][:4] == list(QUAY)
    cut = {piece.text: piece.reason for piece in account.pieces if not piece.is_kept}
    assert cut == {
        "Harbour": "menu, figure, aside, footer",
        "Weather": "menu, figure, aside, footer",
        "Old quay closes": "headline: the title",
        "By A. Reporter": "byline, stamp or label",
        "Read more": "menu, figure, aside, footer",
        "Gulls come back early": "menu, figure, aside, footer",
        "All rights reserved.": "menu, figure, aside, footer",
    }
    assert sum(account.cut_by_reason.values()) == sum(map(len, cut))
    assert 0.8 < account.kept_share < 0.9


def test_a_raw_document_that_is_gone_or_changed_is_not_accounted_for(
    reported: Reported, tmp_path: Path
) -> None:
    raw = Path(shutil.copytree(reported.raw, tmp_path / "raw"))
    path = "desk/2024-03-06/quay.html"
    (raw / path).write_text(page("Another", QUAY, "harbour.example", None))
    changed = _explain(reported, path, raw).account
    assert (changed.pieces, "has changed" in changed.note) == ((), True)
    (raw / path).unlink()
    gone = _explain(reported, path, raw).account
    assert (gone.pieces, "not at hand" in gone.note) == ((), True)


def test_lines_of_a_dump_keep_their_labels() -> None:
    account = account_for_dump(
        [
            {"line": 1, "text": "Menu", "kind": "menu", "reason": "above_title"},
            {"line": 2, "text": "The lead.", "kind": "lead", "reason": "prose_under_title"},
            {"line": 3, "text": "The body.", "kind": "body", "reason": "prose"},
        ]
    )
    assert [(piece.is_kept, piece.reason) for piece in account.pieces] == [
        (False, "menu: above_title"),
        (True, "lead: prose_under_title"),
        (True, "body: prose"),
    ]


@given(
    st.lists(st.sampled_from(["<p>one two</p>", "three", "<b>four</b>", "<br>", "<li>five</li>"]))
)
def test_every_printed_word_is_in_exactly_one_piece(parts: list[str]) -> None:
    source = f"<html><body><div>start {''.join(parts)} end</div></body></html>"
    origin = Origin(raw_path="a.html", raw_digest="")
    account = account_for_page(
        Document(origin=origin, form=ContentForm.HTML, content=source.encode()), {}, Limits()
    )
    words = source
    for tag in ("html", "body", "div", "p", "b", "br", "li"):
        words = words.replace(f"<{tag}>", " " if tag in {"p", "li", "br", "div"} else "")
        words = words.replace(f"</{tag}>", " " if tag in {"p", "li", "div"} else "")
    shown = " ".join(piece.text for piece in account.pieces)
    assert sorted("".join(shown.split())) == sorted("".join(words.split()))


def test_an_outlet_that_is_joined_by_its_name_says_to_which() -> None:
    record: dict[str, Any] = dict.fromkeys(STAGED.names)
    record |= {"extraction": "{}", "outlet_id": "~harbour-post", "outlet_name": "Harbour Post"}
    details = {
        published: list_decisions(record, published)[1].details
        for published in (None, "~harbour-post", "~harbourpost.example")
    }
    assert details[None] == details["~harbour-post"] == (("id", "~harbour-post"),)
    assert details["~harbourpost.example"][1:] == (("joined by its name", "~harbourpost.example"),)


def test_an_article_tells_which_outlet_it_is_published_with(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    named, told = Page(article=1, published=0, story=1, dumped=True), Page(article=3, published=1)
    dump, _ = write_pages(raw, (named, told))
    warehouse, _ = make_warehouse(raw, tmp_path / "town")
    (found,) = explain_document(warehouse, dump.relative_to(raw).as_posix(), raw, Limits())
    outlet = next(decision for decision in found.decisions if decision.subject == "outlet")
    assert found.standing == "article"
    assert dict(outlet.details)["joined by its name"] == "~harbourpost.example"
