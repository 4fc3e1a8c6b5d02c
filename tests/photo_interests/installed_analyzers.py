"""Analyzers with the real models, where these can be had."""

from collections.abc import Callable
from pathlib import Path

import pytest

from export.third_party.install import install
from photo_interests.analysis.location import cache_folder
from tests.conftest import PHOTOS

Install = Callable[[str], Path]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, not_run) -> Install:
    """Gives the folder of an analyzer; downloads are kept from run to run."""
    analyzers = tmp_path_factory.mktemp("installed") / "analyzers"
    done: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in done:
            downloads = cache_folder().parent / "third_party"
            try:
                done[name] = install(name, analyzers, PHOTOS / "models", downloads)
            except (OSError, ImportError) as error:
                not_run(f"the model of analyzer {name}", str(error))
        return done[name]

    return get
