"""The site's pages and their order, for MkDocs (a hook, named in mkdocs.yml).

Each page keeps its place in the checkout, so that links work on a code host and here.
"""

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

CHECKOUT = Path(__file__).parents[2]
# Documents at the top of the checkout; the two licences are copied as they are.
TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "DECISIONS.md", "CHANGELOG.md")
TOP_FILES = ("LICENSE", "NOTICE")

_PART = re.compile(r"\*\*(.+)\*\*")
_ENTRY = re.compile(r"\d+\. \[(.+?)\]\((.+?)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Takes the navigation from docs/index.md: parts in bold, and a numbered link for each page."""
    parts: list[dict[str, Any]] = []
    for line in (CHECKOUT / "docs/index.md").read_text(encoding="utf-8").splitlines():
        if part := _PART.fullmatch(line):
            parts.append({part[1]: []})
        elif entry := _ENTRY.match(line):
            (pages,) = parts[-1].values()
            pages.append({entry[1]: _place(entry[2])})
    # The site begins with the README, which is thus no page of its part.
    beginning = parts[0][next(iter(parts[0]))].pop(0)
    config.nav = [beginning, {"All documents": "docs/index.md"}, *parts]
    return config


def _place(link: str) -> str:
    """The place in the checkout that a link in docs/index.md leads to."""
    return (CHECKOUT / "docs" / link).resolve().relative_to(CHECKOUT).as_posix()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the documents at the top, and puts those of docs/ into docs/."""
    theme = [file for file in files if file.src_dir != config.docs_dir]
    written = {f"docs/{file.src_uri}": file.abs_src_path for file in files if file not in theme}
    written |= {name: str(CHECKOUT / name) for name in (*TOP, *TOP_FILES)}
    pages = [
        File.generated(config, place, abs_src_path=path) for place, path in sorted(written.items())
    ]
    return Files([*theme, *pages])
