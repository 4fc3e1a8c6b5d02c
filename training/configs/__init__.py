"""One file per experiment."""

import importlib
import pkgutil
from typing import Any


def config_named(name: str, kind: str | None = None, **options: Any) -> Any:
    """Make the config of an experiment.

    Args:
        name: A file of this package, without its ending.
        kind: `backbone`, `rankers` or `aggregator` where only such an experiment will
            do.
        options: Passed to its `get_config`.

    Raises:
        ValueError: There is no such experiment, or it is of another kind.
    """
    known = sorted(module.name for module in pkgutil.iter_modules(__path__))
    if name not in known:
        raise ValueError(f"config: expected one of {known}, received {name!r}")
    received = next(
        (other for other in ("backbone", "rankers") if name.startswith(f"{other}_")),
        "aggregator",
    )
    if kind not in (None, received):
        raise ValueError(f"config {name}: expected one of {kind}, received {received}")
    return importlib.import_module(f"{__name__}.{name}").get_config(**options)
