"""Do two ends keep what they know when all layers are trained, the shared ones too?

`backbone_branches` has two ends behind blocks that are the pretrained network's as they
came. Here all layers go on from there on three lessons at once: the teacher's answers,
read from the kept features alone, the released features, and the labels. Weights and
activations are rounded as their bytes will be, so that training makes up for that too.
The first stage is gentle, until heads and rounding have settled; the second one is what
moves the weights away from those it came with. docs/RESULTS.md has what the network
keeps and what it tells. About an hour and a quarter on two cores.
Command: `python -m training backbone --config backbone_joint`.
"""

from training.backbone.config import (
    BackboneConfig,
    Distillation,
    Following,
    Stage,
    Start,
)


def get_config() -> BackboneConfig:
    """Give the run that the released bundle's extractor comes from."""
    return BackboneConfig(
        name="backbone_joint",
        objective="softmax",
        positive_weight=1.0,
        stages=(
            Stage(0, epochs=6, learning_rate=3e-5, crop_size=224, decay=True),
            Stage(0, epochs=3, learning_rate=1.5e-4, crop_size=224, decay=True),
        ),
        start=Start("backbone_branches", share=1.0),
        distillation=Distillation(3.0, 2.0),
        following=Following("everyday-178", weight=4.0),
        head_units=256,
        rounded=True,
    )
