"""What every test may ask for, and the loud list of tests that cannot run here."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("MPLBACKEND", "Agg")

# Time is a matter of benchmarks; and CI sees the same examples in every run.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("project")

ROOT = Path(__file__).parent.parent
PHOTOS = Path(os.environ.get("PHOTO_DATA", ROOT.parent / "shared" / "data"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIREMENTS = {
    "needs_photos": (PHOTOS.is_dir(), f"the labelled photos at {PHOTOS}"),
    "needs_browser": (CHROMIUM is not None, "Debian's chromium and chromium-driver"),
    "needs_python311": (shutil.which("python3.11") is not None, "python3.11"),
}
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


@pytest.fixture
def photo_data() -> Path:
    """The folder with the labelled photo sets; only with `needs_photos`."""
    return PHOTOS


@pytest.fixture(scope="session")
def project_root() -> Path:
    return ROOT
