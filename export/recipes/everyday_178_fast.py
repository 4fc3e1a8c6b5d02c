"""everyday-178-fast: photos of 160 pixels and an eighth fewer channels, half the time.

    python -m training release everyday-178-fast

Its fine-tuning follows the features of everyday-178's released extractor.
"""

from export.recipes.recipe import Recipe
from training.aggregators.config import PhotoEvidenceConfig
from training.configs import config_named


def get_recipe() -> Recipe:
    """Give the recipe of everyday-178-fast 1.1.0."""
    return Recipe(
        name="everyday-178-fast",
        version="1.1.0",
        backbone=config_named("backbone_light", "backbone"),
        aggregator=PhotoEvidenceConfig("photo_evidence"),
    )
