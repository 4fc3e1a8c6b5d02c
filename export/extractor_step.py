"""The step from a fine-tuned backbone to the two files of its extractor, as a run."""

from dataclasses import asdict
from typing import Any

import keras
import numpy as np

from export.bundle_inputs import split_rows
from export.extractor import (
    QUANTISED_NAME,
    choose_calibration,
    compare,
    convert_extractor,
    write_extractor,
)
from export.recipes.recipe import Quantisation
from training.photos.pixels import load_pixels, resize
from training.runs import Record, Run
from training.workspace import Workspace, existing

BACKBONE = "extractor.keras"


def extractor_step(
    place: Workspace,
    name: str,
    quantisation: Quantisation | None = None,
    force: bool = False,
) -> Record:
    """Convert a fine-tuned extractor: int8 with bytes at both ends, and float.

    Args:
        place: Where photos and runs are.
        name: Config name of the fine-tuning run.
        quantisation: How it is converted; as in the released bundles if None.
        force: Whether to repeat a finished run.
    """
    chosen = quantisation or Quantisation()
    backbone = existing(
        place.backbones / name / BACKBONE, f"python -m training backbone {name}"
    )
    run = Run(
        place.extractors,
        name,
        kind="extractor",
        config=chosen,
        inputs={"backbone": backbone, "pixels": place.pixels, "photos": place.photos},
        output=QUANTISED_NAME,
        force=force,
    )

    def drawn(split: str, count: int, size: int) -> np.ndarray:
        pixels = load_pixels(place.pixels)
        rows = split_rows(place.photos, split, len(pixels))
        return resize(choose_calibration(pixels, rows, count, chosen.seed), size)

    def compute(values: dict[str, Any]) -> None:
        model = keras.saving.load_model(backbone, compile=False)
        size = model.input_shape[1]
        calibration = drawn("train", chosen.calibration_photos, size)
        quantised, floating = convert_extractor(model, calibration)
        compared = drawn("test", chosen.compared_photos, size)
        similarity = compare(quantised, floating, compared)
        write_extractor(run.directory, quantised, floating, similarity, asdict(chosen))
        values |= asdict(similarity)

    return run.ensure(compute)
