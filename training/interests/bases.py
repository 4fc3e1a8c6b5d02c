"""What bundles of interests are built on: extractors with classifiers of their own."""

from dataclasses import dataclass
from pathlib import Path

from training.scenes.head_file import HEAD as SCENE_HEAD
from training.workspace import EXTRACTOR_FILE

MODELS = Path("models")
FEATURE_SETS = Path("training/features")
HERE = Path(__file__).parent
FITTED = HERE / "fitted"
"""Committed, so that the photos are not needed to export: the steps' outputs."""


@dataclass(frozen=True)
class Base:
    """An extractor, and what was fitted on its features before interests are.

    Attributes:
        name: Name of its feature set of labelled photos.
        bundle: Released bundle that has the extractor.
        fitted: Folder of the steps' committed outputs.
        scenes: File of the classifier of scenes.
        heads: File of student and labelled classifier; None where the bundle's
            aggregator has them, and the pretrained MobileNet v1 is the teacher.
    """

    name: str
    bundle: str
    fitted: Path
    scenes: Path
    heads: Path | None = None

    @property
    def extractor(self) -> Path:
        """File of the extractor."""
        return MODELS / self.bundle / EXTRACTOR_FILE

    @property
    def features(self) -> Path:
        """Folder of its feature set of labelled photos."""
        return FEATURE_SETS / self.name

    @property
    def head_file(self) -> Path:
        """File that student and labelled classifier are read from."""
        return self.heads or MODELS / self.bundle / "aggregator.tflite"

    @property
    def photos(self) -> Path:
        """Folder of the committed features of the galleries' photos."""
        return self.fitted / "everyday-photos" / "photos"


MOBILENET = Base("everyday-1105", "everyday-1105", FITTED, SCENE_HEAD)
"""MobileNet v1, fine-tuned with two branches: the extractor of everyday-1105."""
EFFICIENTNET = Base(
    "efficientnet-lite0",
    "everyday-efficientnet",
    FITTED / "efficientnet-lite0",
    SCENE_HEAD.with_name("efficientnet_lite0.npz"),
    HERE / "efficientnet_lite0_heads.npz",
)
"""EfficientNet-lite0 with its last blocks fine-tuned; it is its own teacher."""
BASES = {one.name: one for one in (MOBILENET, EFFICIENTNET)}
OF_BUNDLES = {"everyday": MOBILENET, EFFICIENTNET.bundle: EFFICIENTNET}
"""Bundles of interests, and what each is built on."""


def base_named(name: str) -> Base:
    """Give a base by its name.

    Raises:
        ValueError: There is none of that name.
    """
    if name not in BASES:
        raise ValueError(f"base: expected one of {sorted(BASES)}, received {name!r}")
    return BASES[name]
