"""What the last blocks of EfficientNet-lite0 learn from: maps, targets and answers."""

from dataclasses import dataclass

import keras
import numpy as np
from scipy.special import softmax

from training.experiments.everyday_galleries.backbones import (
    LABELLED,
    Backbone,
    start_of,
)
from training.experiments.everyday_galleries.frozen_maps import (
    FEATURE_STEP,
    FrozenBlocks,
)
from training.features.feature_set import FeatureSet
from training.interests import photo_groups
from training.interests.drawn_kinds import DRAWINGS
from training.interests.fit_heads import fit_head, gather
from training.interests.fit_photo_head import HeadConfig
from training.interests.photo_head import PhotoHead
from training.interests.training_photos import FOLDERS, TargetConfig, Targets
from training.vocabulary.interests import Interests

GROUPS = (LABELLED, photo_groups.SCENES, *DRAWINGS, photo_groups.SUNSET)
"""Photos to learn from, in the order of `gather`."""


@dataclass(frozen=True)
class TuningConfig:
    """How the last blocks are fine-tuned.

    Attributes:
        first_trained_block: Number of the first block that is not frozen.
        epochs: Passes over the photos, each with one random view.
        batch_size: Photos in a step.
        learning_rate: AdamW's at the start; it falls to 0 along a cosine.
        weight_decay: Of AdamW.
        dropout: Share of the features that the new head does not see in a step.
        distillation: Weight of the pretrained network's answers by themselves.
        scenes: Weight of scenes among scenes.
        smoothing: Share of a scene's target that goes to all scenes.
        held_out: Every so many photos one is for validation and never trained on.
        calibration_photos: Number of training photos that set ranges of int8 steps.
        seed: Of shuffling, views and dropout.
    """

    first_trained_block: int = 14
    epochs: int = 3
    batch_size: int = 64
    learning_rate: float = 3e-4
    weight_decay: float = 0.01
    dropout: float = 0.3
    distillation: float = 1.0
    scenes: float = 1.0
    smoothing: float = 0.1
    held_out: int = 12
    calibration_photos: int = 300
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Examples:
    """Photos to learn from, with many views.

    Attributes:
        maps: By group, uint8 `(photos, views, height, width, channels)`.
        answers: By group, of the pretrained network in the student's order, float16
            `(photos, views, S)`.
        targets: Of all groups, float32 `(all photos, S + M)`.
        group: Of each photo, int `(all photos,)`.
        row: Of each photo in its group, int `(all photos,)`.
    """

    maps: list[np.ndarray]
    answers: list[np.ndarray]
    targets: np.ndarray
    group: np.ndarray
    row: np.ndarray


class MapsReader:
    """Features and answers of the pretrained network above the frozen blocks."""

    def __init__(self, blocks: FrozenBlocks) -> None:
        self.blocks = blocks
        self.head: PhotoHead | None = None

    def features(self, group: str) -> np.ndarray:
        """Give stored features of the photos as they are, uint8 `(photos, D)`."""
        return self.blocks.stored_features(group)[:, 0]

    def answers(self, group: str) -> np.ndarray:
        """Give the pretrained network's probabilities, in the student's order."""
        assert self.head is not None
        return answers_of(self.head, self.blocks.read(group).features[:, 0])


def answers_of(head: PhotoHead, features: np.ndarray) -> np.ndarray:
    """Probabilities of the student's classes for real features `(photos, D)`."""
    standardised = (features.astype(np.float32) - head.mean) * head.inverse_deviation
    return np.asarray(softmax(head.student_logits(standardised), axis=1))


def collect(
    blocks: FrozenBlocks,
    classifier: tuple[np.ndarray, np.ndarray],
    stored: FeatureSet,
    interests: Interests,
) -> tuple[Examples, PhotoHead]:
    """Read all photos to learn from, and fit the head that training starts with.

    Args:
        blocks: Give maps and the pretrained network's features.
        classifier: Kernel and bias of ImageNet's classes.
        stored: The labelled photos.
        interests: The taxonomy.
    """
    reader = MapsReader(blocks)
    rows = stored.rows("train")
    table = stored.photos.iloc[rows].reset_index(drop=True)
    kind = table["photo"].to_numpy().dtype
    table["photo"] = np.arange(len(table)).astype(kind)
    train = FeatureSet(
        reader.features(LABELLED),
        FEATURE_STEP,
        table,
        stored.categories,
    )
    pretrained = Backbone(
        "pretrained", lambda pixels: pixels, FEATURE_STEP, *classifier
    )
    start = reader.head = start_of(pretrained, train, interests)
    targets = Targets(interests, start, TargetConfig())
    found = gather(blocks.data, reader, train, targets, without=tuple(FOLDERS))
    head = fit_head(start, found, HeadConfig())
    groups = [blocks.read(name) for name in GROUPS]
    counts = [len(one.maps) for one in groups]
    if sum(counts) != len(found.targets):
        raise ValueError(
            f"targets: expected those of {sum(counts)} photos, "
            f"received {len(found.targets)}"
        )
    answers = []
    for one in groups:
        flat = answers_of(start, one.features.reshape(-1, one.features.shape[-1]))
        answers.append(flat.reshape(*one.maps.shape[:2], -1).astype(np.float16))
    examples = Examples(
        [one.maps for one in groups],
        answers,
        found.targets,
        np.repeat(np.arange(len(groups)), counts),
        np.concatenate([np.arange(count) for count in counts]),
    )
    return examples, head


class Batches(keras.utils.PyDataset):
    """Batches of maps, with targets and answers side by side.

    Args:
        examples: Photos.
        chosen: Numbers of the photos to give.
        config: Batch size and seed.
        shuffled: Whether photos and views are drawn; else all in order, as they are.
    """

    def __init__(
        self,
        examples: Examples,
        chosen: np.ndarray,
        config: TuningConfig,
        shuffled: bool,
    ) -> None:
        super().__init__()
        self.examples, self.chosen, self.config = examples, chosen, config
        self.shuffled, self.epoch = shuffled, 0
        self._draw()

    def __len__(self) -> int:
        return -(-len(self.chosen) // self.config.batch_size)

    def __getitem__(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """Give maps uint8 (batch, ...) and float32 (batch, S + M + S)."""
        size, examples = self.config.batch_size, self.examples
        photos = self.order[number * size : (number + 1) * size]
        maps, answers = [], []
        for photo in photos:
            group, row = examples.group[photo], examples.row[photo]
            views = examples.maps[group].shape[1]
            view = int(self.draws[photo] * views) if self.shuffled else 0
            maps.append(examples.maps[group][row, view])
            answers.append(examples.answers[group][row, view])
        wanted = [examples.targets[photos], np.array(answers, np.float32)]
        return np.stack(maps), np.concatenate(wanted, axis=1)

    def on_epoch_end(self) -> None:
        """Draw the next order and views."""
        self.epoch += 1
        self._draw()

    def _draw(self) -> None:
        random = np.random.default_rng([self.config.seed, self.epoch])
        order = random.permutation(self.chosen)
        self.order = order if self.shuffled else self.chosen
        self.draws = random.random(len(self.examples.group))
