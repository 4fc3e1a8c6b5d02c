"""One file per experiment."""

import importlib
import pkgutil
from typing import Any


def names(kind: str | None = None) -> list[str]:
    """List all experiments, or those of one kind."""
    known = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [name for name in known if kind in (None, kind_of(name))]


def kind_of(name: str) -> str:
    """Tell `backbone`, `rankers` or `aggregator` from an experiment's name."""
    kinds = (kind for kind in ("backbone", "rankers") if name.startswith(f"{kind}_"))
    return next(kinds, "aggregator")


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
    if name not in names():
        raise ValueError(f"config: expected one of {names()}, received {name!r}")
    received = kind_of(name)
    if kind not in (None, received):
        raise ValueError(f"config {name}: expected one of {kind}, received {received}")
    return importlib.import_module(f"{__name__}.{name}").get_config(**options)
