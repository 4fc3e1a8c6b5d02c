"""Does the pruned network come back within a point, if it is trained once more?

As `backbone_pruned`, and then four epochs like those of `backbone_fast`.
Command: `python -m training backbone --config backbone_light`.
"""

from training.backbone.config import BackboneConfig, Following, Stage, Start


def get_config() -> BackboneConfig:
    """Give the run: `backbone_fast`, pruned, trained."""
    return BackboneConfig(
        name="backbone_light",
        objective="softmax",
        positive_weight=1.0,
        stages=(Stage(11, epochs=4, learning_rate=1e-4, crop_size=128, decay=True),),
        start=Start("backbone_fast", share=1.0),
        input_size=160,
        width=0.875,
        following=Following("everyday-178", weight=1.0),
    )
