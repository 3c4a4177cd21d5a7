"""What a worker process of the page pool does: it starts, and it processes documents in limits."""

import gc
import signal
from collections.abc import Callable, Sequence

from schemas.settings import Limits
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource
from tasks.read.document import ContentForm, Document, Origin
from tasks.stage.documents import Item, WorkOrder, process_document

# The exit code of a worker whose document spent its CPU time. The timer counts that of all threads
# of the process, in C code too, and the signal's default action is to end the process.
CPU_SPENT = -signal.SIGPROF
_WARM_UP = (
    b"<html><body><article><h1>Title</h1><p>By A. Reporter, 5 March 2024</p>"
    b"<p>It cost $5 and 3 euros.</p></article></body></html>"
)


def start_worker(reference: ReferenceSource, limits: Limits) -> None:
    """Loads what every document needs, and compiles it by use, before the first limit runs."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    order = WorkOrder(batch_id="", pipeline_version="", limits=limits, reference=reference)
    for form, content in ((ContentForm.HTML, _WARM_UP), (ContentForm.TEXT, _WARM_UP)):
        origin = Origin(raw_path="", raw_digest="")
        process_document(Document(origin=origin, form=form, content=content), order)
    # What is loaded now stays: no search for cycles has to look at it for each page.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def process_group(
    process: Callable[[Item, WorkOrder], Record], group: Sequence[Item], order: WorkOrder
) -> list[Record]:
    """Processes documents one after the other, each within its limit of CPU time.

    A document that spends it ends this process, which cannot tell of it: see `CPU_SPENT`.
    """
    records = []
    for document in group:
        signal.setitimer(signal.ITIMER_PROF, order.limits.page_deadline_s)
        try:
            records.append(process(document, order))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return records
