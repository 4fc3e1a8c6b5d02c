"""everyday-178: 178 labelled categories, the most accurate on them.

    python -m training release everyday-178

Fine-tuning takes an hour on two cores, all other steps some minutes together.
"""

from export.recipes.recipe import Recipe
from training.aggregators.config import PhotoEvidenceConfig
from training.configs import config_named


def get_recipe() -> Recipe:
    """Give the recipe of everyday-178 1.3.0."""
    return Recipe(
        name="everyday-178",
        version="1.3.0",
        backbone=config_named("backbone_two_cores", "backbone"),
        aggregator=PhotoEvidenceConfig("photo_evidence"),
    )
