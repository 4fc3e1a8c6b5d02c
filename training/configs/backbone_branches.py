"""Can one extractor keep what the pretrained classifier knows, and learn the labels?

A network of one branch cannot, see `training/experiments/large_vocabulary`: what one
loss wins the other loses. Here two branches share eight blocks. The teacher branch
stays pretrained and is projected to 512 features; the task branch starts at
`backbone_two_cores`, gives the 512 of its features that a classifier of the labels
weights most, and learns to give them again, and the labels, after shared blocks that
were never tuned for them. The shared blocks and the teacher branch are the pretrained
network's as they came; `backbone_joint` tunes them. About half an hour on two cores.
Command: `python -m training backbone backbone_branches`.
"""

from training.backbone.config import (
    BackboneConfig,
    DualBranch,
    FeatureDistillationLoss,
    LabelLoss,
    Stage,
)


def get_config() -> BackboneConfig:
    """Give the dual-branch run that `backbone_joint` starts from."""
    return BackboneConfig(
        name="backbone_branches",
        init=DualBranch("backbone_two_cores", shared_blocks=8, teacher_features=512),
        losses=(
            LabelLoss(hidden_units=256),
            FeatureDistillationLoss("everyday-178", weight=4.0),
        ),
        stages=(Stage(17, epochs=8, learning_rate=3e-4, crop_size=224, decay=True),),
        precision="mixed_bfloat16",
    )
