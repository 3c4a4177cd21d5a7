"""The last step of each reader: bytes with their evidence become a document, or a refusal."""

import hashlib
from dataclasses import replace

from schemas.reasons import Reason
from tasks.read.bytes.content_types import (
    is_feed,
    is_markup,
    name_without_article,
    sniff_form,
)
from tasks.read.bytes.wrappings import unwrap
from tasks.read.document import ContentForm, Document, Refusal
from tasks.read.origins import Evidence, FileOrigin, make_origin
from tasks.read.saved_pages import complete_from_comment

_A_FEED = "a feed, not a page; in a file named *.xml, *.rss or *.atom its entries are read"


def make_document(
    content: bytes,
    form: ContentForm | None,
    *,
    file_origin: FileOrigin,
    evidence: Evidence,
    offset: int | None = None,
    charset: str | None = None,
) -> Document | Refusal:
    """Make a document of decoded bytes.

    Args:
        content: the document's bytes; what is only white space is refused, and XML of no article.
        form: as declared; None where nothing told it but the bytes. Bytes that begin as markup are
            a page whatever is declared; binary data is refused.
        file_origin: the file.
        evidence: what arrived with it; a saved page's comment completes it.
        offset: in a container.
        charset: as declared by the transport.
    """
    digest = hashlib.sha256(content).hexdigest()
    if not content or content.isspace():
        origin = make_origin(file_origin, digest, evidence, offset)
        detail = "nothing but white space" if content else "no content"
        return Refusal(origin=origin, reason=Reason.DOCUMENT_EMPTY, detail=detail)
    content, undone = unwrap(content)
    if undone:
        charset = "utf-8"
        evidence = replace(evidence, faults=(*evidence.faults, undone))
    if is_none := _A_FEED if is_feed(content) else name_without_article(content):
        origin = make_origin(file_origin, digest, evidence, offset)
        return Refusal(origin=origin, reason=Reason.FORM_UNSUPPORTED, detail=is_none)
    # Bytes speak above labels: servers and exports call pages plain text.
    form = ContentForm.HTML if form is not ContentForm.HTML and is_markup(content) else form
    form = form or sniff_form(content)
    if form is None:
        origin = make_origin(file_origin, digest, evidence, offset)
        detail = "no type is declared, and the bytes are neither a page nor a text"
        return Refusal(origin=origin, reason=Reason.CONTENT_TYPE_NOT_HTML, detail=detail)
    if form is ContentForm.HTML:
        evidence = complete_from_comment(evidence, content)
    origin = make_origin(file_origin, digest, evidence, offset)
    return Document(origin=origin, form=form, content=content, charset=charset)
