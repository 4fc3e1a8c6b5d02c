"""How far does pruning go: is half of the channels enough?

It costs a quarter of the work of `backbone_fast`. Much is lost at once, so all layers
are trained again, at a higher rate than those of `backbone_light`.
Command: `python -m training backbone --config backbone_half`.
"""

from training.backbone.config import BackboneConfig, Following, Stage, Start


def get_config() -> BackboneConfig:
    """Give the run: `backbone_fast`, pruned to half, trained."""
    return BackboneConfig(
        name="backbone_half",
        objective="softmax",
        positive_weight=1.0,
        stages=(Stage(0, epochs=6, learning_rate=3e-4, crop_size=128, decay=True),),
        start=Start("backbone_fast", share=1.0),
        input_size=160,
        width=0.5,
        following=Following("everyday-178", weight=1.0),
    )
