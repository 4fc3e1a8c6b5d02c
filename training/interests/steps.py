"""The steps from everyday photos to fitted interests, each of them a run.

What the photos are needed for is committed as it was left by these steps, with its
records, in `fitted/`: a step whose config and inputs are those of the record takes its
output from there, so that interests can be exported without the photos.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from training.features.feature_set import FeatureSet
from training.galleries import benchmark
from training.galleries.photos import load_everyday_photos, save_everyday_photos
from training.galleries.truth import TABLE as LABEL_INTERESTS
from training.interests import fit_heads
from training.interests.bases import FITTED, MOBILENET, Base
from training.interests.config import InterestsConfig
from training.interests.drawn_kinds import DRAWINGS
from training.interests.fit_interests import fit_interests, rolled_up
from training.interests.parts import (
    NEW_HEAD,
    READOUTS,
    load_parts,
    save_new_head,
)
from training.interests.released_heads import head_of
from training.interests.scene_evidence import load_scene_evidence
from training.interests.training_photos import SCENE_LABELS, Targets
from training.interests.users import measure_users
from training.runs import RECORD, Record, Run
from training.scenes.head_file import SCENES
from training.vocabulary.interests import HERE as VOCABULARY
from training.vocabulary.interests import load_interests
from training.workspace import Workspace

PHOTOS = "everyday-photos"
HEAD = "photo-head"
USERS = "interests-users"
INTERESTS = "interests"
ANSWERS = "answers.npz"
"""Interests on each photo by a head that learned from other sources, not calibrated."""
TAXONOMY = ("catalogue", "everyday_kinds", "interests", "kinds_to_interests")


def gallery_photos_step(place: Workspace, base: Base = MOBILENET) -> Path:
    """Extract the photos that galleries are drawn from; give their folder.

    Args:
        place: Where photos and runs are.
        base: Whose extractor.
    """
    run = Run(
        place.runs / INTERESTS,
        PHOTOS,
        kind="gallery photos",
        config={},
        inputs={"extractor": base.extractor},
        output="photos",
    )

    def compute(values: dict[str, Any]) -> None:
        from training.interests.extract import everyday_photos

        _check_photos(place)
        photos = everyday_photos(place.data, base.extractor, run.scratch)
        save_everyday_photos(photos, run.directory / "photos")
        values["photos"] = len(photos.names)

    _ensure(place, base, run, compute)
    return run.directory / "photos"


def head_step(
    place: Workspace, config: InterestsConfig, photos: Path, base: Base = MOBILENET
) -> Path:
    """Fit the new head and classify the galleries' photos; give the folder.

    Args:
        place: Where photos and runs are.
        config: How.
        photos: Folder of the galleries' photos.
        base: Whose extractor and classifiers.
    """
    run = Run(
        place.runs / INTERESTS,
        HEAD,
        kind="photo head",
        config={
            "head": config.head,
            "targets": config.targets,
            "drawn": list(DRAWINGS),
        },
        inputs={
            "extractor": base.extractor,
            "released heads": base.head_file,
            "features": base.features / "features.npz",
            "labelled photos": base.features / "photos.parquet",
            "gallery photos": photos,
            "scene labels": SCENE_LABELS,
            **_taxonomy(),
        },
        output="head",
    )

    def compute(values: dict[str, Any]) -> None:
        _check_photos(place)
        interests, stored = load_interests(), FeatureSet.load(base.features)
        start = head_of(base, interests)
        reader = fit_heads.BundleReader(place.data, run.scratch, base, start)
        heads = fit_heads.fit_heads(
            place.data,
            reader,
            stored,
            Targets(interests, start, config.targets),
            config.head,
        )
        kinds = fit_heads.out_of_source(heads, load_everyday_photos(photos))
        folder = run.directory / "head"
        folder.mkdir(exist_ok=True)
        save_new_head(heads[""], folder / NEW_HEAD)
        rolled = rolled_up(kinds, interests).astype(np.float16)
        arrays = {"interests": rolled, **fit_heads.sparse(kinds)}
        np.savez_compressed(folder / ANSWERS, allow_pickle=False, **arrays)
        values["sources held out"] = list(fit_heads.FOLDERS)

    _ensure(place, base, run, compute)
    return run.directory / "head"


def interests_step(
    place: Workspace,
    config: InterestsConfig,
    photos: Path,
    head: Path,
    base: Base = MOBILENET,
) -> Path:
    """Fit calibration and read-outs, measured across sources; give the run's folder.

    Args:
        place: Where runs are.
        config: On which galleries they are measured.
        photos: Folder of the galleries' photos.
        head: Folder of the new head and its answers.
        base: Whose features and classifier of scenes.
    """
    run = Run(
        place.runs / INTERESTS,
        INTERESTS,
        kind="interests",
        config={"galleries": config.galleries},
        inputs={
            "features": base.features / "features.npz",
            "gallery photos": photos,
            "photo head": head,
            "label interests": benchmark.HERE / LABEL_INTERESTS,
            "scene head": base.scenes,
            "scenes": SCENES,
            **_taxonomy(),
        },
        output=READOUTS,
    )

    def compute(values: dict[str, Any]) -> None:
        interests, drawn = load_interests(), config.galleries
        galleries = benchmark.make_benchmark(
            load_everyday_photos(photos),
            interests,
            drawn.draws,
            drawn.large_draws,
            load_scene_evidence(interests, head=base.scenes),
        )
        fitted, measured = fit_interests(galleries, *load_answers(head), drawn)
        text = json.dumps(fitted, indent=1, sort_keys=True, allow_nan=False)
        (run.directory / READOUTS).write_text(text + "\n", encoding="utf-8")
        values |= benchmark.without_nan(measured)

    _ensure(place, base, run, compute)
    return run.directory


def users_step(
    place: Workspace, head: Path, fitted: Path, base: Base = MOBILENET
) -> Record:
    """Measure what was fitted on simulated users and real contributors.

    Args:
        place: Where runs are.
        head: Folder of the new head.
        fitted: Folder of the read-outs.
        base: Whose features.
    """
    from training.steps import data_files, load_data  # TensorFlow

    run = Run(
        place.runs / INTERESTS,
        USERS,
        kind="interests on users",
        config={},
        inputs={
            **data_files(base.features),
            "photo head": head,
            "interests": fitted / READOUTS,
        },
        output=None,
    )

    def compute(values: dict[str, Any]) -> None:
        parts = load_parts(head, fitted, base=base)
        users = measure_users(parts, *load_data(base.features))
        values |= benchmark.without_nan(users)

    return _ensure(place, base, run, compute)


def load_answers(head: Path = FITTED / HEAD / "head") -> tuple[np.ndarray, np.ndarray]:
    """Read interests and kinds on each gallery photo by heads of other sources.

    Args:
        head: Folder of the new head.

    Returns:
        float32 `(photos, interests)` before calibration, and `(photos, kinds)`.
    """
    with np.load(head / ANSWERS) as stored:
        return stored["interests"].astype(np.float32), fit_heads.dense(stored)


def committed_values(name: str = INTERESTS) -> Mapping[str, Any]:
    """Give what a committed step measured."""
    return Record.load(FITTED / name).values


def _taxonomy() -> dict[str, Path]:
    return {name: VOCABULARY / f"{name}.csv" for name in TAXONOMY}


def _check_photos(place: Workspace) -> None:
    folder = place.data / "everyday"
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{folder}: expected the everyday photos, received no such folder; without "
            "them a step needs the config and inputs of its committed output"
        )


def _ensure(place: Workspace, base: Base, run: Run, compute: Any) -> Record:
    """Compute a run, or take what was committed if that is of this very run."""
    committed = base.fitted / run.name
    reused = not place.from_photos and (committed / RECORD).is_file()
    if reused and not run.finished:
        record = Record.load(committed)
        found = (record.kind, record.config, dict(record.inputs))
        if found == (run.kind, run.config, run.inputs):
            shutil.copytree(committed, run.directory, dirs_exist_ok=True)
    return run.ensure(compute)
