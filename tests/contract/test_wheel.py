"""The wheel, as somebody installs it: no TensorFlow, and away from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.cli import app
from tests.photo_interests.drawn import busy, encoded, four_corners

pytestmark = pytest.mark.slow
RELEASED = (DEFAULT_BUNDLE, "analyzers/scene")
SOURCES = (
    "photo_interests",
    *(f"models/{name}" for name in RELEASED),
    "pyproject.toml",
    "README.md",
)
COMMANDS = sorted(command.callback.__name__ for command in app.registered_commands)
SCRIPT = """
import json
from pathlib import Path
import photo_interests

if __name__ == "__main__":
    bundle = photo_interests.load_bundle()
    prediction = bundle.predict("photos")
    ranked = photo_interests.recommend(prediction, "shop", top=2)
    print(json.dumps({
        "bundle": bundle.card.name,
        "photos": len(prediction.photos),
        "interests": len(prediction.interests(threshold=0, top=5)),
        "products": [each.item.id for each in ranked],
        "inside": Path(photo_interests.__file__).parent in bundle.folder.parents,
    }))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory, project_root, not_run) -> Path:
    """What `python -m build` gives: an sdist from the checkout, and a wheel from it."""
    root = tmp_path_factory.mktemp("build")
    for name in (*SOURCES, "LICENSE"):
        source, target = project_root / name, root / "source" / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, ignore=ignored)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    command = [*_pip_environment(root / "builder", not_run, "build"), "-m", "build"]
    done = _run(*command, "--outdir", root / "dist", root / "source")
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = (root / "dist").glob("*.whl")
    assert len(list((root / "dist").glob("*.tar.gz"))) == 1
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory, not_run) -> Path:
    """Folder of the programs of an environment that has the wheel alone."""
    root = tmp_path_factory.mktemp("installed") / "environment"
    (python,) = _pip_environment(root, not_run, str(wheel))
    return Path(python).parent


@pytest.fixture
def home(tmp_path) -> Path:
    for folder in ("photos", "shop"):
        (tmp_path / folder).mkdir()
        for seed in range(2):
            picture = encoded(busy(160, 120, seed=seed), "JPEG")
            (tmp_path / folder / f"{seed}.jpg").write_bytes(picture)
    (tmp_path / "photos" / "2.heic").write_bytes(encoded(four_corners(), "HEIF"))
    return tmp_path


def _pip_environment(folder: Path, not_run, *packages: str) -> list[str]:
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    command = (python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet")
    done = _run(*command, *packages)
    if done.returncode and "No matching distribution" not in done.stderr:
        not_run("a package registry that pip can reach", done.stderr)
    assert done.returncode == 0, done.stderr
    return [python]


def _run(*command, **options) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value for key, value in os.environ.items() if key != "PYTHONPATH"
    }
    return subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        env={**environment, "NO_COLOR": "1", "COLUMNS": "100"},
        **options,
    )


def test_it_has_the_library_and_the_default_bundle_alone(wheel, project_root):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert "photo_interests" in tops
    assert {top.rpartition(".")[2] for top in tops - {"photo_interests"}} == {
        "dist-info"
    }
    sources = {
        path.relative_to(project_root).as_posix()
        for path in (project_root / "photo_interests").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    folder = project_root / "models"
    models = {
        f"photo_interests/bundles/{path.relative_to(folder).as_posix()}"
        for name in RELEASED
        for path in (folder / name).rglob("*")
        if path.is_file()
    }
    received = {name for name in names if name.startswith("photo_interests/")}
    assert received == sources | models


def test_neither_training_nor_tensorflow_is_there(installed, tmp_path):
    code = (
        "from importlib.util import find_spec\n"
        "names = ('tensorflow', 'keras', 'training', 'export', 'pandas')\n"
        "print([name for name in names if find_spec(name)])"
    )
    done = _run(installed / "python", "-c", code, cwd=tmp_path)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_every_command_has_help(installed, command, tmp_path):
    done = _run(installed / "photo-interests", *command, "--help", cwd=tmp_path)
    assert done.returncode == 0 and "Usage: photo-interests" in done.stdout
    assert done.stderr == ""


def test_predict(installed, home):
    done = _run(
        installed / "photo-interests", "predict", "photos", "--threshold", 0,
        "--html", "page.html", "--json", "report.json", cwd=home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"3 photos read by {DEFAULT_BUNDLE}" in done.stdout
    assert len(json.loads((home / "report.json").read_text())["photos"]) == 3
    assert (home / "page.html").read_text().endswith("</html>\n")


def test_catalogue_and_recommend(installed, home):
    program = installed / "photo-interests"
    done = _run(program, "catalogue", "shop", "--out", "shop.catalogue", cwd=home)
    assert done.stdout == "2 products in shop.catalogue: 2 read, 0 dropped\n"
    done = _run(
        program, "recommend", "photos", "--catalogue", "shop.catalogue",
        "--html", "page.html", cwd=home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (home / "page.html").read_text().count("<article>") == 2


def test_the_api(installed, home, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    (home / "script.py").write_text(SCRIPT)
    done = _run(installed / "python", "script.py", cwd=home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "bundle": DEFAULT_BUNDLE,
        "photos": 3,
        "interests": 5,
        "products": json.loads(done.stdout)["products"],
        "inside": True,
    }
    assert sorted(json.loads(done.stdout)["products"]) == ["0.jpg", "1.jpg"]
    assert sys.executable != str(installed / "python")
