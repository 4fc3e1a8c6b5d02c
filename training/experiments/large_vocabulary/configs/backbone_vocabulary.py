"""How much of the labels and of the teacher does the mean of two networks keep?

The mean of `backbone_taught` and `backbone_labels`, without training. With shares of 0,
.35, .5 and .65 of the latter, a least-squares student of 4,000 training photos agrees
with the teacher on .938, .866, .837 and .809 of the validation photos, and a linear
classifier of the same photos is right on .831, .843, .845 and .850 of the labels
(measured once on float features; no command repeats it). The share is the largest that
keeps .85.
Command: `python -m training backbone backbone_vocabulary`.
"""

from training.backbone.config import BackboneConfig, MeanOfRuns


def get_config() -> BackboneConfig:
    """Give the mean."""
    return BackboneConfig(
        name="backbone_vocabulary",
        init=MeanOfRuns("backbone_labels", share=0.35, other="backbone_taught"),
        losses=(),
        stages=(),
    )
