"""What a worker process of the page pool does: it starts, and it processes documents in limits.

The process that hands work over names these functions. All rules of extraction and normalization,
40 MB and .7 s of CPU, are loaded where one of them is called.
"""

import ctypes
import gc
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from schemas.settings import Limits
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.read.document import ContentForm, Document, Origin
from tasks.stage.work_orders import Item, WorkOrder

T = TypeVar("T")
Subject = TypeVar("Subject")
Order = TypeVar("Order")

# The exit code of a worker whose document spent its CPU time. The timer counts that of all threads
# of the process, in C code too, and the signal's default action is to end the process.
CPU_SPENT = -signal.SIGPROF
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_template: int | None = None
# What the template has read and compiled: the registry and the rates that newsmill brings.
_WARM_REFERENCE = ReferenceSource()
# Long enough for a text: the words of trafilatura's last resort take a third of a second to load,
# and few pages need them.
_PARAGRAPH = (
    b"<p>The %d. bridge was repaired, which cost $5 million and 3 euros a head, and since "
    b"then the ferry has been waiting for those who would rather cross the water by boat, at the "
    b"old prices, from the same pier, on all days but those of the market.</p>"
)
_WARM_UP = (
    b"<html><body><article><h1>Title</h1><p>By A. Reporter, 5 March 2024, 4:30 p.m.</p>"
    + b"".join(_PARAGRAPH % number for number in range(1, 7))
    + b"</article></body></html>"
)
# An address loads the Public Suffix List, 6 MB, and the zones of countries: most pages need both.
_WARM_UP_URL = "https://www.bridge-courier.co.uk/2024/03/05/bridge"
_TWICE_ENCODED = "cafÃ©"
# The words of money of one take 6 ms and .6 MB.
_COMMON_LANGUAGES = 12


def start_template(*, for_many: bool = False) -> None:
    """Makes this process one that workers are forked of.

    Args:
        for_many: whether to load what few pages need, too: worker after worker would.
    """
    global _template  # noqa: PLW0603 - forked processes know it by this
    _template = os.getpid()
    if for_many:
        _load_what_few_need()
    warm_up(_WARM_REFERENCE)


def start_worker(reference: ReferenceSource) -> None:
    """Makes a forked process a worker, which does not outlive its template."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    if sys.platform == "linux":
        # Its template tells what becomes of it. Without that, it would be taken for dead, and live.
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if _template not in (None, os.getppid()):
            os._exit(1)
    if _template is None or reference != _WARM_REFERENCE:
        warm_up(reference)


def _load_what_few_need() -> None:
    """Loads by its first use what few pages need: each of many workers would load it by itself.

    The words of trafilatura's last resort; what mends double encoding; the words of money of all
    languages, for texts of an unknown one, and of those that most registered outlets write in.
    Together .4 s, and 31 MB of a worker's own.
    """
    from tasks.extract.text.stop_words import load_stop_words  # noqa: PLC0415 - as all rules
    from tasks.normalize.currencies.lexicon import lexicon_for  # noqa: PLC0415
    from tasks.read.bytes.double_encoding import mend_double_encoding  # noqa: PLC0415

    load_stop_words()
    mend_double_encoding(_TWICE_ENCODED, _TWICE_ENCODED.encode())
    registry = load_reference(ReferenceSource()).registry
    outlets = registry.outlets.values() if registry else ()
    written = Counter(language for outlet in outlets for language in outlet.languages)
    for language in (None, *(language for language, _ in written.most_common(_COMMON_LANGUAGES))):
        lexicon_for(language)


def warm_up(reference: ReferenceSource) -> None:
    """Loads what every document needs, and compiles it by use, before the first limit runs."""
    order = WorkOrder(batch_id="", pipeline_version="", limits=Limits(), reference=reference)
    for form, content in ((ContentForm.HTML, _WARM_UP), (ContentForm.TEXT, _WARM_UP)):
        origin = Origin(raw_path="", raw_digest="", url=_WARM_UP_URL)
        process_by_rules(Document(origin=origin, form=form, content=content), order)
    # What is loaded now stays: no search for cycles has to look at it for each page.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def process_by_rules(document: Item, order: WorkOrder) -> Record:
    """Turns a document into its record; see `tasks.stage.documents.process_document`."""
    from tasks.stage.documents import process_document  # noqa: PLC0415 - see above

    return process_document(document, order)


def process_group(
    process: Callable[[Item, WorkOrder], Record], group: Sequence[Item], order: WorkOrder
) -> list[Record]:
    """Processes documents one after the other, each within its limit of CPU time.

    A document that spends it ends this process, which cannot tell of it: see `CPU_SPENT`.
    """
    return [call_within(order.limits, process, document, order) for document in group]


def call_within(
    limits: Limits, function: Callable[[Subject, Order], T], subject: Subject, order: Order
) -> T:
    """Calls a function within a document's limit of CPU time; see `CPU_SPENT`."""
    signal.setitimer(signal.ITIMER_PROF, limits.page_deadline_s)
    try:
        return function(subject, order)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
