"""How far does pruning go: is half of the channels enough?

It takes a quarter of the work of `backbone_fast`. Much is lost at once, so all layers
are tuned again, at a higher rate than those of `backbone_light`. Top-1 is .760 of the
test photos against .864 of everyday-178's extractor: too little.
Command: `python -m training backbone backbone_half`.
"""

from training.backbone.config import (
    BackboneConfig,
    FeatureDistillationLoss,
    FromRun,
    LabelLoss,
    Stage,
)


def get_config() -> BackboneConfig:
    """Give the run: `backbone_fast`, pruned to half, tuned."""
    return BackboneConfig(
        name="backbone_half",
        init=FromRun("backbone_fast", pruned_width=0.5),
        losses=(LabelLoss(), FeatureDistillationLoss("everyday-178", weight=1.0)),
        stages=(Stage(0, epochs=6, learning_rate=3e-4, crop_size=128, decay=True),),
        input_size=160,
    )
