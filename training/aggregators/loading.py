"""Reads trained aggregators back, whatever their class."""

import importlib
import pkgutil
from pathlib import Path

import keras

from training import aggregators
from training.aggregators.aggregator import Aggregator


def load_aggregator(path: Path) -> Aggregator:
    """Read a trained aggregator.

    Args:
        path: `aggregator.keras`: the layer, or a model around it.

    Raises:
        ValueError: no such file, or no aggregator in it.
    """
    if not path.is_file():
        raise ValueError(f"expected a trained aggregator, received no file {path}")
    # Keras finds a class only after its module has registered it.
    for module in pkgutil.walk_packages(aggregators.__path__, "training.aggregators."):
        importlib.import_module(module.name)
    loaded = keras.saving.load_model(path, compile=False)
    layers = [loaded, *getattr(loaded, "layers", [])]
    found = [layer for layer in layers if isinstance(layer, Aggregator)]
    if len(found) != 1:
        raise ValueError(
            f"{path}: expected one aggregator, received {type(loaded).__name__} "
            f"with {len(found)}"
        )
    return found[0]
