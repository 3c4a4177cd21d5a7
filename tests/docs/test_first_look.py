"""docs/first-look.ipynb: each cell runs on the sample warehouse, and what it says is there."""

import base64
import shutil
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tests.conftest import PROJECT

NOTEBOOK = PROJECT / "docs" / "first-look.ipynb"


def test_the_notebook_runs_as_it_stands(sample_warehouse: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_warehouse, tmp_path / "warehouse")
    (tmp_path / "docs").mkdir()
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")
    folder = {"metadata": {"path": str(tmp_path / "docs")}}
    NotebookClient(notebook, kernel_name="python3", resources=folder).execute()
    outputs = [
        output.get("data", {})
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]
    pictures = [output["image/png"] for output in outputs if "image/png" in output]
    assert len(pictures) == 3
    assert all(base64.b64decode(picture).startswith(b"\x89PNG") for picture in pictures)
    assert outputs[-1]["text/plain"].startswith("('Ferry returns',\n 'Harbour Post',")
    # What it opened is given back.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "warehouse"]
