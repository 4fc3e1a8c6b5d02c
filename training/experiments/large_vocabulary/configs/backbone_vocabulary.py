"""How much of the labels and of the teacher can one network know, as of today?

The mean of `backbone_taught` and `backbone_labels`, nothing trained. With shares of 0,
.35, .5 and .65 of the latter, a least-squares student of 4,000 training photos agrees
with the teacher on .938, .866, .837 and .809 of the validation photos, and a linear
classifier of the same photos tells .831, .843, .845 and .850 of the labels (measured
once on float features; no command repeats it). The share is the largest that keeps .85.
Command: `python -m training backbone --config backbone_vocabulary`.
"""

from training.backbone.config import BackboneConfig, Start


def get_config() -> BackboneConfig:
    """Give the run that the large vocabulary comes from."""
    return BackboneConfig(
        name="backbone_vocabulary",
        objective="softmax",
        positive_weight=1.0,
        stages=(),
        start=Start("backbone_labels", share=0.35, rest="backbone_taught"),
    )
