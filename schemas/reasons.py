"""Reason codes: why a document did not become an article.

A reason is declared here, code and meaning, and nowhere else: `make docs` writes the tables in
README.md and docs/columns.md. A code is stable: it is published in `quarantine/reasons`, queried by
users and named in `newsmill quarantine replay --reason CODE`. Codes are added, never renamed.
"""

from schemas.described import DescribedEnum


class Reason(DescribedEnum):
    """The step that refuses a document names one of these; validate adds names of expectations."""

    # read: the bytes did not give a page or a text
    FORM_UNSUPPORTED = (
        "form_unsupported",
        "A file of a form that newsmill does not read (PDF, image, ...).",
    )
    LINK_OUTSIDE_RAW = "link_outside_raw", "A link that leads out of raw/: it is not followed."
    LINK_BROKEN = "link_broken", "A link that leads to nothing."
    FILE_CORRUPT = (
        "file_corrupt",
        "The file could not be decompressed or parsed as what its name says.",
    )
    DOCUMENT_EMPTY = "document_empty", "Nothing but white space."
    DOCUMENT_TOO_LARGE = "document_too_large", "More bytes than the limit on one document."
    COMPRESSION_RATIO_EXCEEDED = (
        "compression_ratio_exceeded",
        "Expands beyond the limit: a decompression bomb.",
    )
    CONTAINER_TRUNCATED = "container_truncated", "The container ends inside this record."
    CONTAINER_RECORD_BROKEN = (
        "container_record_broken",
        "A record inside a container that cannot be read.",
    )
    ENTRY_ENCRYPTED = "entry_encrypted", "An entry of an archive that a password protects."
    ENTRY_OUTSIDE_ARCHIVE = (
        "entry_outside_archive",
        "An entry whose name leads out of its archive: it is not read.",
    )
    FEED_EXCERPT_ONLY = (
        "feed_excerpt_only",
        "An entry of a feed with an excerpt of the article, or none of its text.",
    )
    HTTP_STATUS_NOT_OK = "http_status_not_ok", "The server's answer was not 200."
    CONTENT_TYPE_NOT_HTML = (
        "content_type_not_html",
        "A response that is neither HTML nor plain text.",
    )
    WARC_REVISIT = "warc_revisit", "A revisit record: it points at a body that lies elsewhere."

    # extract: the page holds no article
    NESTING_TOO_DEEP = "nesting_too_deep", "Elements nested beyond the limit."
    TEXT_MISSING = "text_missing", "No article text was found on the page."
    PAGE_IS_LISTING = "page_is_listing", "A front page, section, tag or search page."
    PAGE_IS_CONSENT = "page_is_consent", "A consent or cookie wall instead of the article."
    PAGE_IS_ERROR = "page_is_error", "An error or not-found page, or a bot check, served as a page."
    PAGE_IS_PAYWALL_STUB = (
        "page_is_paywall_stub",
        "A paywall with no more than the first lines of the article.",
    )
    PAGE_IS_EMPTY_SHELL = "page_is_empty_shell", "A shell that a script would have filled."

    # normalize: a value that an article cannot do without is not known
    PUBLISHED_DATE_UNKNOWN = (
        "published_date_unknown",
        "Nothing on the page says when it was published.",
    )
    PUBLISHED_DATE_AMBIGUOUS = (
        "published_date_ambiguous",
        "The printed date can be read as two days.",
    )

    # stage: a person asked for it
    ERASED = (
        "erased",
        "Forgotten on request: nothing of it is kept but where it lies in raw/ (docs/erasure.md).",
    )

    # containment: the page cost its worker
    PAGE_DEADLINE_EXCEEDED = (
        "page_deadline_exceeded",
        "Twice not done within its limit of CPU time, or of wall time.",
    )
    WORKER_DIED = "worker_died", "The worker process died on it twice, or had no memory for it."
    INTERNAL_ERROR = (
        "internal_error",
        "A fault of newsmill; many of them hold the run back. See `detail`.",
    )


# What another moment may let pass: another machine, more memory. The next run tries once more.
OF_THE_MOMENT = frozenset({Reason.PAGE_DEADLINE_EXCEEDED, Reason.WORKER_DIED})
