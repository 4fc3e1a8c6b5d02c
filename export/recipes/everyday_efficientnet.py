"""everyday-efficientnet: the interests of everyday on EfficientNet-lite0.

    python -m training release everyday-efficientnet

Extractor, its answers of ImageNet, labelled classifier and classifier of scenes are
those that `python -m training.experiments.everyday_galleries base` wrote. What needs
everyday photos is committed, so that they are read only where config or inputs change.
"""

from export.recipes.recipe import InterestsRecipe
from training.interests.bases import EFFICIENTNET


def get_recipe() -> InterestsRecipe:
    """Give the recipe of everyday-efficientnet 1.0.0."""
    return InterestsRecipe(
        name=EFFICIENTNET.bundle, version="1.0.0", base=EFFICIENTNET.name
    )
