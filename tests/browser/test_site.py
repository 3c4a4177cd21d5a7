"""The documents as a site: complete, without broken links, and without a network."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from playwright.sync_api import Browser

from tests.conftest import PROJECT

PHONE, DESK = (390, 844), (1280, 900)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make site` builds; it fails where a link leads nowhere or a document is not listed."""
    folder = tmp_path_factory.mktemp("site")
    command = [Path(sys.executable).with_name("mkdocs"), "build", "--quiet", "--strict"]
    finished = subprocess.run(
        [*command, "--config-file", "docs/site/mkdocs.yml", "--site-dir", folder],
        cwd=PROJECT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return folder


def _pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}


def test_every_document_is_a_page(site: Path) -> None:
    documents = [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")]
    places = {path.relative_to(PROJECT).with_suffix(".html").as_posix() for path in documents}
    places = (places - {"README.html"}) | {"index.html", "404.html"}
    assert set(_pages(site)) == places


def test_nothing_is_loaded_from_elsewhere_and_files_that_are_linked_are_there(site: Path) -> None:
    for place, text in _pages(site).items():
        loaded = re.findall(r'<(?:script|img|source|iframe)\b[^>]* src="([^"]+)"', text)
        loaded += re.findall(r'<link\b[^>]* href="([^"]+)"', text)
        if place != "404.html":  # which a server shows for any address
            assert [link for link in loaded if re.match("(https?:)?//", link)] == []
            links = [*loaded, *re.findall(r'<a\b[^>]* href="([^"]+)"', text)]
            files = {urldefrag(link).url for link in links if not re.match(r"\w+:", link)} - {""}
            missing = [file for file in files if not (site / place).parent.joinpath(file).is_file()]
            assert missing == [], place
    for style in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//", style.read_text())


def test_no_markup_is_left_in_the_text(site: Path) -> None:
    """A list without a blank line before it, and a block indented too little, read as text."""
    for place, text in _pages(site).items():
        prose = re.sub(r"<(pre|code)\b.*?</\1>", "", text, flags=re.S)
        assert "```" not in prose, place
        assert not re.search(r"<p>[^<]*\n(?:[-*]|\d+\.) ", prose), place
        assert not re.search(r"<p>\|", prose), place


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_fits_and_its_search_works_as_a_file(
    browser: Browser, site: Path, size: tuple[int, int], scheme: str
) -> None:
    heard: list[str] = []
    asked: set[str] = set()
    viewport = {"width": size[0], "height": size[1]}
    with browser.new_context(viewport=viewport, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: asked.add(request.url))
        for place in ("index", "docs/columns", "docs/operations"):
            page.goto((site / f"{place}.html").as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") == size[0], place
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (background == "rgb(255, 255, 255)") is (scheme == "light")
        if size is PHONE:
            page.locator("label.md-header__button[for=__search]").click()
        page.locator("input.md-search__input").click()
        page.keyboard.type("rensa")
        first = page.locator("a.md-search-result__link").first
        assert "DECISIONS.html" in unquote(first.get_attribute("href") or "")
    assert heard == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
