"""What every test may ask for, and the loud list of tests that cannot run here."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from hypothesis import settings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("MPLBACKEND", "Agg")

# Time is a matter of benchmarks; and CI sees the same examples in every run.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")

ROOT = Path(__file__).parent.parent
PHOTOS = Path(os.environ.get("PHOTO_DATA", ROOT.parent / "shared" / "data"))
CHROMIUM = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
CHROMEDRIVER = shutil.which("chromedriver") or os.environ.get("SE_CHROMEDRIVER")
REQUIREMENTS = {
    "needs_photos": (PHOTOS.is_dir(), f"the labelled photos at {PHOTOS}"),
    "needs_browser": (
        CHROMIUM and CHROMEDRIVER is not None,
        "Debian's chromium and chromium-driver",
    ),
    "needs_atheris": (find_spec("atheris") is not None, "atheris (Linux)"),
    "needs_python311": (shutil.which("python3.11") is not None, "python3.11"),
}
NOT_RUN = "not run, needs "
_not_run: dict[str, list[str]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker, (present, what) in REQUIREMENTS.items():
            if item.get_closest_marker(marker) and not present:
                _not_run.setdefault(what, []).append(item.nodeid)
                item.add_marker(pytest.mark.skip(reason=f"needs {what}"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that cannot run is a failure, never a skip."""
    if _not_run and os.environ.get("CI"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, tests in _not_run.items():
        terminalreporter.section(f"NOT RUN: {len(tests)} tests need {what}", red=True)
        for test in tests:
            terminalreporter.line(test)


@pytest.fixture(scope="session")
def not_run():
    """To be called in a fixture that cannot give what its tests need."""

    def skip(what: str, why: str) -> NoReturn:
        pytest.skip(f"{NOT_RUN}{what}: {why}")

    return skip


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.skipped and call.excinfo is not None:
        message = str(call.excinfo.value)
        if message.startswith(NOT_RUN):
            what = message.removeprefix(NOT_RUN).partition(":")[0]
            _not_run.setdefault(what, []).append(item.nodeid)
    return report


@pytest.fixture
def photo_data() -> Path:
    """The folder with the labelled photo sets; only with `needs_photos`."""
    return PHOTOS


@pytest.fixture(scope="session")
def project_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def weights_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with MobileNet weights in the stored layout, random ones.

    They are drawn so that signals keep their size from layer to layer (He et al.,
    2015); Keras' own start would leave nothing of them without batch statistics.
    """
    from training.backbone.mobilenet import build_extractor
    from training.backbone.pretrained import STORED_WEIGHTS

    random = np.random.default_rng(1)
    arrays = {}
    for layer in build_extractor(32).layers:
        for variable, value in zip(layer.weights, layer.get_weights(), strict=True):
            if "kernel" in variable.name:
                inputs = 9 if value.shape[-1] == 1 else np.prod(value.shape[:-1])
                value = random.normal(0, (2 / inputs) ** 0.5, value.shape)
            arrays[f"{layer.name}/{variable.name}"] = value.astype(np.float32)
    arrays["conv_preds/kernel"] = random.normal(0, 0.1, (1, 1, 1024, 1000))
    arrays["conv_preds/bias"] = np.zeros(1000)
    stored = tmp_path_factory.mktemp("data") / STORED_WEIGHTS[1.0]
    stored.parent.mkdir()
    np.savez(stored, **arrays)
    return stored.parent.parent
