"""everyday: 117 interests of 1,213 kinds, by repetition, on the extractor of 1105.

    python -m training release everyday

Extractor, student and labelled classifier are those of the released everyday-1105. A
new head, calibration and read-outs are fitted on everyday photos; what needs these
photos is committed, so that they are read only where config or inputs are changed.
"""

from export.recipes.recipe import InterestsRecipe


def get_recipe() -> InterestsRecipe:
    """Give the recipe of everyday 2.2.0."""
    return InterestsRecipe(name="everyday", version="2.2.0")
