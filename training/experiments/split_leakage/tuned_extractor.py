"""An extractor fine-tuned under a split of its own, and the features that it gives."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from training.experiments.split_leakage.last_blocks import LastBlocks, fine_tune
from training.experiments.split_leakage.strict_split import StrictSplit
from training.features.feature_set import FeatureSet
from training.runs import Record, Run, writing
from training.workspace import Workspace, existing


def strict_workspace(
    place: Workspace, photos: pd.DataFrame, config: StrictSplit, runs: Path
) -> Workspace:
    """Write the photos under the strict split, for the steps of the pipeline.

    Args:
        place: Has the same photos under the split in use, and their pixels.
        photos: The photos under the strict split.
        config: How they are split.
        runs: Folder of the new workspace.
    """
    original = existing(place.photos, "python -m training photos")
    pixels = existing(place.pixels, "python -m training pixels")
    strict = Workspace(runs, place.data)
    run = Run(
        runs,
        "photos",
        kind="photos",
        config=config,
        inputs={"photos": original, "split": photos[["split", "group"]]},
        output="photos.parquet",
    )

    def compute(values: dict[str, Any]) -> None:
        with writing(run.directory / "photos.parquet") as path:
            photos.to_parquet(path, index=False)
        shutil.copytree(place.catalogue, run.directory / "catalogue")
        values["sources"] = Record.load(original.parent).values["sources"]

    run.ensure(compute)
    linked = runs / "pixels"
    if not linked.exists():
        linked.symlink_to(pixels.parent.resolve())
    return strict


def tuned_features(place: Workspace, config: LastBlocks) -> FeatureSet:
    """Fine-tune on a workspace's training photos, export in int8, extract features.

    Args:
        place: Its photos, under some split, and their pixels.
        config: How the extractor is fine-tuned.
    """
    from export.extractor_step import extractor_step
    from training.pipeline import features_step

    backbone_step(place, config)
    extractor_step(place, config.name)
    features_step(place, config.name, place.extractors / config.name, threads=1)
    return FeatureSet.load(place.features / config.name)


def backbone_step(place: Workspace, config: LastBlocks) -> Record:
    """Fine-tune the last convolutions: RUNS/backbone/NAME/extractor.keras.

    Args:
        place: Where photos and runs are.
        config: How they are fine-tuned.
    """
    from training.backbone.init import EXTRACTOR, save
    from training.backbone.mobilenet import build_extractor
    from training.backbone.pretrained import load_pretrained, pretrained_input
    from training.photos.catalogue import load_catalogue
    from training.photos.pixels import load_pixels

    run = Run(
        place.backbones,
        config.name,
        kind="backbone",
        config=config,
        inputs={
            "pixels": place.pixels,
            "photos": place.photos,
            "pretrained": pretrained_input(place.data, 1.0),
        },
        output=EXTRACTOR,
    )

    def compute(values: dict[str, Any]) -> None:
        table = pd.read_parquet(place.photos)
        index = load_catalogue(place.catalogue).index
        labels = np.array([index.get(one, len(index)) for one in table["category"]])
        rows = np.flatnonzero(table["split"] == "train")
        pixels = load_pixels(place.pixels)
        extractor = build_extractor(pixels.shape[1])
        load_pretrained(extractor, place.data)
        tuned, values["history"] = fine_tune(
            extractor, pixels, rows, labels[rows], config, run.scratch
        )
        save(tuned, run.directory / EXTRACTOR)

    return run.ensure(compute)
