"""everyday-1105: the labelled categories and 927 distilled from the pretrained network.

    python -m training release everyday-1105

The extractor has two branches of 512 features: the pretrained classifier is distilled
from the first, and the labels are classified, behind a hidden layer, from the second.
"""

from export.recipes.recipe import Recipe
from training.aggregators.config import PhotoEvidenceConfig
from training.configs import config_named
from training.vocabulary.config import StudentConfig


def get_recipe() -> Recipe:
    """Give the recipe of everyday-1105 1.0.0."""
    return Recipe(
        name="everyday-1105",
        version="1.0.0",
        backbone=config_named("backbone_joint", "backbone"),
        aggregator=PhotoEvidenceConfig(
            "photo_evidence", hidden=256, linear_feature_offset=512
        ),
        student=StudentConfig(copies=2),
    )
