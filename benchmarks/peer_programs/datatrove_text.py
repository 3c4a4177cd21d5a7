"""datatrove's own steps from WARC to texts, in its own executor.

    python datatrove_text.py FOLDER OUT WORKERS

A worker takes whole files, so FOLDER holds as many WARCs as there are workers.
"""

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.extractors import Trafilatura
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers.jsonl import JsonlWriter

# Its own limit of one second would lose pages on a machine that has other work.
_PAGE_S = 60


def main(folder: str, out: str, workers: str) -> None:
    """Writes the texts of all pages to OUT/texts."""
    LocalPipelineExecutor(
        pipeline=[
            WarcReader(folder),
            # Pages that the benchmark repeats are no duplicates to be dropped.
            Trafilatura(timeout=_PAGE_S, deduplicate=False),
            JsonlWriter(f"{out}/texts"),
        ],
        tasks=int(workers),
        workers=int(workers),
        logging_dir=f"{out}/logs",
    ).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
