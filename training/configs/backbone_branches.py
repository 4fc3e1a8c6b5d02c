"""Can one extractor keep what the pretrained classifier knows and tell labels as well?

One end cannot, see `backbone_vocabulary`: what either wins the other loses. Two ends
behind eight shared blocks: one stays pretrained, projected to 448 features, on which
least squares agree with the classifier on .89 of the validation and test photos (.86
with 384, .91 with 512); the other starts at `backbone_two_cores` and learns to give the
released features and the labels again, after blocks that were never tuned. With ten
shared blocks instead of eight a kernel machine tells 1.2 points less of the labels from
all features of both ends (scripts outside the repository, four epochs each).
Command: `python -m training backbone --config backbone_branches`.
"""

from training.backbone.config import BackboneConfig, Branches, Following, Stage, Start


def get_config() -> BackboneConfig:
    """Give the run that the larger vocabulary's bundle comes from."""
    return BackboneConfig(
        name="backbone_branches",
        objective="softmax",
        positive_weight=1.0,
        stages=(Stage(17, epochs=6, learning_rate=3e-4, crop_size=224, decay=True),),
        start=Start("backbone_two_cores", share=1.0),
        branches=Branches(blocks=8, kept_features=448),
        following=Following("everyday-178", weight=2.0),
        head_units=256,
        precision="mixed_bfloat16",
    )
