"""The steps that fit interests, without the photos that they need when they change."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.interests import steps
from training.interests.bases import OF_BUNDLES, Base
from training.interests.config import InterestsConfig
from training.interests.fit_heads import dense, sparse
from training.interests.fit_photo_head import HeadConfig
from training.runs import Record, lineage
from training.workspace import Workspace

CONFIG = InterestsConfig()


@pytest.fixture(scope="module", params=OF_BUNDLES)
def bundle(request) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def base(bundle) -> Base:
    return OF_BUNDLES[bundle]


@pytest.fixture(scope="module")
def place(tmp_path_factory, bundle) -> Workspace:
    folder = tmp_path_factory.mktemp("place")
    return Workspace(folder / "runs", folder / "no photos here")


@pytest.fixture(scope="module")
def folders(place, base) -> tuple[Path, Path, Path]:
    photos = steps.gallery_photos_step(place, base)
    head = steps.head_step(place, CONFIG, photos, base)
    return photos, head, steps.interests_step(place, CONFIG, photos, head, base)


def test_all_steps_resume_from_what_is_committed(place, base, folders) -> None:
    photos, head, fitted = folders
    steps.users_step(place, head, fitted, base)
    for name in (steps.PHOTOS, steps.HEAD, steps.INTERESTS, steps.USERS):
        committed = base.fitted / name
        resumed = place.runs / "interests" / name
        files = [one for one in committed.rglob("*") if one.is_file()]
        assert files
        for file in files:
            copy = resumed / file.relative_to(committed)
            assert copy.read_bytes() == file.read_bytes(), file.name


def test_the_records_lead_from_the_read_outs_to_the_photos(place, folders) -> None:
    found = lineage(Record.load(folders[2]), place.runs)
    assert [one.name for one in found] == [
        steps.PHOTOS,
        steps.HEAD,
        steps.INTERESTS,
    ]


def test_another_config_needs_the_photos(place, base, folders) -> None:
    other = replace(CONFIG, head=HeadConfig(epochs=1))
    with pytest.raises(FileNotFoundError, match="no photos here"):
        steps.head_step(place, other, folders[0], base)


def test_from_photos_takes_nothing_that_is_committed(place, base) -> None:
    with pytest.raises(FileNotFoundError, match="no photos here"):
        steps.gallery_photos_step(
            replace(place, runs=place.runs / "other", from_photos=True), base
        )


def test_every_record_was_written_by_the_command_that_needs_the_photos(
    bundle, base
) -> None:
    for name in (steps.PHOTOS, steps.HEAD, steps.INTERESTS, steps.USERS):
        command = Record.load(base.fitted / name).command
        assert command == f"python -m export release {bundle} --from-photos", name


def test_kinds_survive_being_stored_sparsely() -> None:
    kinds = np.random.default_rng(1).dirichlet(np.full(40, 0.05), 7).astype(np.float32)
    assert (kinds < 1e-4).any()
    np.testing.assert_allclose(dense(sparse(kinds)), kinds, atol=5e-4)
