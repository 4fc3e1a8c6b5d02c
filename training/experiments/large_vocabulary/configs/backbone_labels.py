"""What do the labelled categories win when the teacher counts a tenth as much?

Goes on from `backbone_taught` with three times its learning rate. The labels come back
and the teacher is soon forgotten: after five epochs the student names the teacher's
class on .73 of the training crops, where `backbone_taught` left off at .93. It is an
end to mix with, see `backbone_vocabulary`.
Command: `python -m training backbone --config backbone_labels`.
"""

from training.backbone.config import BackboneConfig, Distillation, Stage, Start


def get_config() -> BackboneConfig:
    """Give the run that the larger vocabulary has its labels from."""
    return BackboneConfig(
        name="backbone_labels",
        objective="softmax",
        positive_weight=1.0,
        stages=(Stage(11, epochs=5, learning_rate=3e-4, crop_size=192, decay=True),),
        start=Start("backbone_taught", share=1.0),
        distillation=Distillation(weight=0.2, temperature=2.0),
    )
