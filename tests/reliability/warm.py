"""What every run imports and loads, once: the processes of `steps` are forked from one that has."""

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest  # noqa: F401 - the main module of the processes' parent

from tests.reliability.raw_folders import Page, write_pages
from tests.reliability.steps import Run, run_steps

# What the libraries warn of while they are imported is no business of the runs.
warnings.simplefilter("ignore")
with TemporaryDirectory() as _folder:
    write_pages(Path(_folder, "raw"), [Page(article=0)])
    run_steps(Path(_folder, "raw"), Path(_folder, "warehouse"), Run())
