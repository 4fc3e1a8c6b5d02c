"""Do two branches keep their knowledge when all layers are tuned, the shared ones too?

`backbone_branches` has two branches after blocks that are the pretrained network's as
they came. Here all layers are tuned on three losses at once: distillation from the
pretrained classifier, read from the teacher branch alone; the released features; and
the labels. Training is quantization-aware. The first stage is gentle, until heads and
quantisation have settled; the second one moves the weights away from the pretrained
ones. docs/results/photos.md has the agreement with the teacher and the accuracy. About
an hour and a quarter on two cores.
Command: `python -m training backbone backbone_joint`.
"""

from training.backbone.config import (
    BackboneConfig,
    DistillationLoss,
    FeatureDistillationLoss,
    FromRun,
    LabelLoss,
    Stage,
)


def get_config() -> BackboneConfig:
    """Give the run that everyday-1105 comes from."""
    return BackboneConfig(
        name="backbone_joint",
        init=FromRun("backbone_branches"),
        losses=(
            LabelLoss(hidden_units=256),
            DistillationLoss(weight=3.0, temperature=2.0),
            FeatureDistillationLoss("everyday-178", weight=4.0),
        ),
        stages=(
            Stage(0, epochs=6, learning_rate=3e-5, crop_size=224, decay=True),
            Stage(0, epochs=3, learning_rate=1.5e-4, crop_size=224, decay=True),
        ),
        quantization_aware=True,
    )
