"""Reason codes: why a document did not become an article.

A code is stable: it is published in `quarantine/reasons`, queried by users and named in
`newsmill quarantine replay --reason CODE`. Codes are added, never renamed.
"""

from enum import StrEnum


class Reason(StrEnum):
    """The step that refuses a document names one of these; validate adds names of expectations."""

    # read: the bytes did not give a page or a text
    FORM_UNSUPPORTED = "form_unsupported"
    LINK_OUTSIDE_RAW = "link_outside_raw"
    LINK_BROKEN = "link_broken"
    FILE_CORRUPT = "file_corrupt"
    DOCUMENT_EMPTY = "document_empty"
    DOCUMENT_TOO_LARGE = "document_too_large"
    COMPRESSION_RATIO_EXCEEDED = "compression_ratio_exceeded"
    CONTAINER_TRUNCATED = "container_truncated"
    CONTAINER_RECORD_BROKEN = "container_record_broken"
    HTTP_STATUS_NOT_OK = "http_status_not_ok"
    CONTENT_TYPE_NOT_HTML = "content_type_not_html"
    WARC_REVISIT = "warc_revisit"

    # extract: the page holds no article
    NESTING_TOO_DEEP = "nesting_too_deep"
    TEXT_MISSING = "text_missing"
    PAGE_IS_LISTING = "page_is_listing"
    PAGE_IS_CONSENT = "page_is_consent"
    PAGE_IS_ERROR = "page_is_error"
    PAGE_IS_PAYWALL_STUB = "page_is_paywall_stub"
    PAGE_IS_EMPTY_SHELL = "page_is_empty_shell"

    # normalize: a value that an article cannot do without is not known
    PUBLISHED_DATE_UNKNOWN = "published_date_unknown"
    PUBLISHED_DATE_AMBIGUOUS = "published_date_ambiguous"

    # containment: the page cost its worker
    PAGE_DEADLINE_EXCEEDED = "page_deadline_exceeded"
    WORKER_DIED = "worker_died"
    INTERNAL_ERROR = "internal_error"


DESCRIPTIONS: dict[Reason, str] = {
    Reason.FORM_UNSUPPORTED: "A file of a form that newsmill does not read (PDF, image, ...).",
    Reason.LINK_OUTSIDE_RAW: "A link that leads out of raw/: it is not followed.",
    Reason.LINK_BROKEN: "A link that leads to nothing.",
    Reason.FILE_CORRUPT: "The file could not be decompressed or parsed as what its name says.",
    Reason.DOCUMENT_EMPTY: "Nothing but white space.",
    Reason.DOCUMENT_TOO_LARGE: "More bytes than the limit on one document.",
    Reason.COMPRESSION_RATIO_EXCEEDED: "Expands beyond the limit: a decompression bomb.",
    Reason.CONTAINER_TRUNCATED: "The container ends inside this record.",
    Reason.CONTAINER_RECORD_BROKEN: "A record inside a container that cannot be read.",
    Reason.HTTP_STATUS_NOT_OK: "The server's answer was not 200.",
    Reason.CONTENT_TYPE_NOT_HTML: "A response that is neither HTML nor plain text.",
    Reason.WARC_REVISIT: "A revisit record: it points at a body that lies elsewhere.",
    Reason.NESTING_TOO_DEEP: "Elements nested beyond the limit.",
    Reason.TEXT_MISSING: "No article text was found on the page.",
    Reason.PAGE_IS_LISTING: "A front page, section, tag or search page.",
    Reason.PAGE_IS_CONSENT: "A consent or cookie wall instead of the article.",
    Reason.PAGE_IS_ERROR: "An error or not-found page, or a bot check, served as a page.",
    Reason.PAGE_IS_PAYWALL_STUB: "A paywall with no more than the first lines of the article.",
    Reason.PAGE_IS_EMPTY_SHELL: "A shell that a script would have filled.",
    Reason.PUBLISHED_DATE_UNKNOWN: "Nothing on the page says when it was published.",
    Reason.PUBLISHED_DATE_AMBIGUOUS: "The printed date can be read as two days.",
    Reason.PAGE_DEADLINE_EXCEEDED: "Extraction did not end within the deadline.",
    Reason.WORKER_DIED: "The worker process died on this document.",
    Reason.INTERNAL_ERROR: "A fault of newsmill; the audit holds the run back. See `detail`.",
}
