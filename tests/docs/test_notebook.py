"""The tutorial runs from its first cell to its last, and is stored without outputs."""

import nbformat
import pytest
from nbclient import NotebookClient


@pytest.fixture
def notebook(project_root):
    path = project_root / "docs" / "tutorial.ipynb"
    return nbformat.read(path, as_version=nbformat.current_nbformat)


def test_the_tutorial_is_stored_without_outputs(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_tutorial_runs_and_shows_interests_with_reasons(
    notebook, project_root, monkeypatch
):
    monkeypatch.setenv("PYTHONPATH", str(project_root))
    where = {"metadata": {"path": str(project_root / "docs")}}
    NotebookClient(notebook, timeout=300, resources=where).execute()
    shown = [
        str(output.get("data", output).get("text/plain", output.get("text", "")))
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    ]
    assert any("117 interests in 18 areas" in text for text in shown)
    assert any("largest share" in text and "True" in text for text in shown)
