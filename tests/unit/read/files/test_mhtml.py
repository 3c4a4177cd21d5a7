"""A page saved as one file: the page, its address, and nothing of what it shows."""

import quopri
from datetime import UTC, datetime
from pathlib import Path

from schemas.reasons import Reason
from tasks.read.document import ContentForm
from tests.unit.read.archives import document, read_file, refusal

PAGE = "<!DOCTYPE html><html><body><p>Rådet stemte i går.</p></body></html>"
FRAME = "<html><body>An advertisement.</body></html>"


def _part(content: str, location: str, content_type: str = "text/html; charset=utf-8") -> bytes:
    head = (
        f"------B\r\nContent-Type: {content_type}\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {location}\r\n\r\n"
    )
    body = quopri.encodestring(content.encode()).replace(b"\n", b"\r\n")
    return head.encode() + body + b"\r\n"


def _saved(*parts: bytes) -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quay.example/a\r\n"
        "Date: Wed, 6 Mar 2024 05:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n'
    )
    return head.encode() + b"".join(parts) + b"------B--\r\n"


def test_the_page_is_taken_out(tmp_path: Path) -> None:
    content = _saved(
        _part(FRAME, "https://ads.example/"),
        _part("p { }", "https://quay.example/a.css", "text/css"),
        _part(PAGE, "https://quay.example/a"),
    )
    (read,) = read_file(tmp_path, "a.mhtml", content)
    found = document(read)
    assert (found.form, found.content.decode(), found.charset) == (ContentForm.HTML, PAGE, "utf-8")
    assert found.origin.url == "https://quay.example/a"
    assert found.origin.fetched_at == datetime(2024, 3, 6, 5, tzinfo=UTC)


def test_a_file_without_a_page_is_refused(tmp_path: Path) -> None:
    (read,) = read_file(
        tmp_path, "a.mht", _saved(_part("p { }", "https://quay.example/", "text/css"))
    )
    assert refusal(read).reason is Reason.FILE_CORRUPT
