"""One file per experiment."""

import importlib
import pkgutil
from typing import Any


def config_named(name: str, **options: Any) -> Any:
    """Make the config of an experiment.

    Args:
        name: A file of this package, without its ending.
        options: Passed to its `get_config`.

    Raises:
        ValueError: There is no such experiment.
    """
    known = sorted(module.name for module in pkgutil.iter_modules(__path__))
    if name not in known:
        raise ValueError(f"config: expected one of {known}, received {name!r}")
    return importlib.import_module(f"{__name__}.{name}").get_config(**options)
