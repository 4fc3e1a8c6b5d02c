"""Can one extractor keep what the pretrained classifier knows and tell labels as well?

One end cannot, see `backbone_vocabulary`: what either wins the other loses. Here two
ends read the same eight blocks. One stays pretrained and is projected to 512 features;
the other starts at `backbone_two_cores` and learns to give the released features and
the labels again, behind blocks that were never tuned for them.

Measured on a run with 448 kept features (six epochs in 16 minutes on two cores;
validation and test photos together, in bytes; scripts outside the repository): least
squares on the kept features agree with the classifier on .844, where in floating point
they do on .878 and with 512 on .91, so 512 are kept now, of which no run is finished. A
kernel machine tells .879 of the labels, .884 from the released features, .868 from
those of `backbone_vocabulary`. With ten shared blocks instead of eight it tells 1.2
points less from all features of both ends, after four epochs each.
Command: `python -m training backbone --config backbone_branches`.
"""

from training.backbone.config import BackboneConfig, Branches, Following, Stage, Start


def get_config() -> BackboneConfig:
    """Give the run that is to give the larger vocabulary its features."""
    return BackboneConfig(
        name="backbone_branches",
        objective="softmax",
        positive_weight=1.0,
        stages=(Stage(17, epochs=8, learning_rate=3e-4, crop_size=224, decay=True),),
        start=Start("backbone_two_cores", share=1.0),
        branches=Branches(blocks=8, kept_features=512),
        following=Following("everyday-178", weight=4.0),
        head_units=256,
        precision="mixed_bfloat16",
    )
