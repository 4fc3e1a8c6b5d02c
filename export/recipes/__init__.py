"""Recipes of the released bundles: everything that one is made from, in one file each.

Nothing here imports TensorFlow, so that a wrong name is refused at once.
"""

import importlib
from pathlib import Path

from export.recipes.recipe import InterestsRecipe, Recipe

HERE = Path(__file__).parent


def names() -> list[str]:
    """List the names of all recipes, which are those of the bundles."""
    known = {"__init__", "recipe"}
    stems = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in known)
    return [stem.replace("_", "-") for stem in stems]


def recipe_named(name: str) -> Recipe | InterestsRecipe:
    """Load a recipe by the name of its bundle.

    Raises:
        ValueError: There is none of that name; lists those that there are.
    """
    if name not in names():
        raise ValueError(f"recipe: expected one of {names()}, received {name!r}")
    module = importlib.import_module(f"export.recipes.{name.replace('-', '_')}")
    recipe: Recipe | InterestsRecipe = module.get_recipe()
    return recipe
