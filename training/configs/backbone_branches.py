"""Can one extractor keep what the pretrained classifier knows and tell labels as well?

One end cannot, see `backbone_vocabulary`: what either wins the other loses. Here two
ends read the same eight blocks. One stays pretrained and is projected to 512 features;
the other starts at `backbone_two_cores`, gives the 512 of its features that tell the
labels, and learns to give them again, and the labels, behind blocks that were never
tuned for them. README's Decisions has what it keeps, tells and costs. What it shares
and keeps is the pretrained network as it came; `backbone_joint` trains it on. About
half an hour on two cores.
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
