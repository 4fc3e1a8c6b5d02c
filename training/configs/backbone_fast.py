"""Can the released network read photos of 160 pixels as well as those of 224?

It costs half the work. Crops of 128 pixels for photos of 160, since things look larger
on crops (Touvron et al., 2019, "Fixing the train-test resolution discrepancy").
Command: `python -m training backbone --config backbone_fast`.
"""

from training.backbone.config import BackboneConfig, Following, Stage, Start


def get_config() -> BackboneConfig:
    """Give the run: from `backbone_two_cores`, following what came of it."""
    return BackboneConfig(
        name="backbone_fast",
        objective="softmax",
        positive_weight=1.0,
        stages=(Stage(11, epochs=4, learning_rate=1e-4, crop_size=128, decay=True),),
        start=Start("backbone_two_cores", share=1.0),
        input_size=160,
        following=Following("everyday-178", weight=1.0),
    )
