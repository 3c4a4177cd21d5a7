"""Pages read from Python."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

import newsmill
from schemas.reasons import Reason
from tests.conftest import PROJECT

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ferry returns - Harbour Post</title><meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2024-03-05T08:00:00+01:00"></head><body><article>
<h1>Ferry returns</h1><p class="byline">By A. Reporter</p>
<p>The ferry returns to the harbour on Monday, the council said, after two years of repairs.</p>
<p>The work has cost €5 million, and the town hopes that visitors will return with the boats.</p>
</article></body></html>"""
URL = "https://harbourpost.example/2024/03/05/ferry"


def test_a_page_is_read_without_a_run() -> None:
    article = newsmill.read(PAGE, url=URL)
    assert article.is_article
    assert (article.title, article.authors, article.language) == (
        "Ferry returns",
        ("A. Reporter",),
        "en",
    )
    assert article.published_at == datetime(2024, 3, 5, 7, tzinfo=UTC)
    assert (article.published_date, article.outlet_name) == (date(2024, 3, 5), "Harbour Post")
    assert article.text is not None
    (amount,) = article.money
    assert (amount.amount, amount.currency_code) == (Decimal(5_000_000), "EUR")
    assert article.text[amount.start : amount.end] == amount.surface == "€5 million"


def test_bytes_are_read_in_their_own_charset() -> None:
    page = PAGE.replace("utf-8", "windows-1252").replace("Ferry returns", "Fähre")
    assert newsmill.read(page.encode("windows-1252"), url=URL).title == "Fähre"
    # Text has no charset left: what the page says of it is not asked.
    assert newsmill.read(page, url=URL).title == "Fähre"


def test_what_is_no_article_says_why() -> None:
    article = newsmill.read(b"%PDF-1.7\n\0\1\2")
    assert not article.is_article
    assert article.reasons == (Reason.CONTENT_TYPE_NOT_HTML.value,)
    assert newsmill.read("").reasons == (Reason.DOCUMENT_EMPTY.value,)


def test_relative_days_are_counted_from_the_fetch() -> None:
    page = PAGE.replace('content="2024-03-05T08:00:00+01:00"', "").replace(
        "By A. Reporter", "Yesterday"
    )
    zone = timezone(timedelta(hours=1))
    fetched_at = datetime(2024, 3, 6, 12, tzinfo=zone)
    url = "https://harbourpost.example/ferry"
    assert newsmill.read(page, url=url, fetched_at=fetched_at).published_date == date(2024, 3, 5)
    assert newsmill.read(page, url=url).published_date is None
    with pytest.raises(ValueError, match="no time zone"):
        newsmill.read(page, fetched_at=datetime(2024, 3, 6))  # noqa: DTZ001


def test_an_own_registry_names_the_outlet(tmp_path: Path) -> None:
    registry = tmp_path / "outlets.csv"
    registry.write_text(
        "outlet_id,name,domains,country,languages,timezone\n"
        "my-post,My Post,harbourpost.example,NO,nb,Europe/Oslo\n"
    )
    article = newsmill.read(PAGE, url=URL, registry=registry)
    assert (article.outlet_id, article.outlet_name) == ("my-post", "My Post")


def test_many_pages_come_back_in_order() -> None:
    pages: list[newsmill.Page | str] = [newsmill.Page(PAGE, f"{URL}-{n}") for n in range(5)]
    pages[2] = ""
    articles = list(newsmill.read_many(pages, workers=2))
    assert [article.url for article in articles] == [
        None if n == 2 else f"{URL}-{n}" for n in range(5)
    ]
    assert articles[2].reasons == (Reason.DOCUMENT_EMPTY.value,)
    one = newsmill.read(PAGE, url=f"{URL}-4")
    assert articles[4] == one


def test_a_script_needs_no_guard_and_may_lie_beside_folders_of_our_names(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "__init__.py").write_text("raise SystemExit('not yours')")
    script = tmp_path / "scripts" / "many.py"
    script.parent.mkdir()
    script.write_text(
        "import newsmill\n"
        "print([page.reasons for page in newsmill.read_many(['', ''], workers=2)])\n"
    )
    command = [sys.executable, script]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout == "[('document_empty',), ('document_empty',)]\n"
    assert not found.stderr


def test_the_command_line_does_not_import_what_reads_pages() -> None:
    code = "import sys; sys.argv[0] = '/usr/bin/newsmill'; import newsmill, newsmill.__main__"
    code += "; print('trafilatura' in sys.modules, newsmill.read.__name__)"
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "read"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        newsmill.raed  # noqa: B018
    assert set(newsmill.__all__) <= set(dir(newsmill))
