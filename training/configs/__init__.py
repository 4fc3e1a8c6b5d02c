"""Configs of the released and compared runs, one file each, and how to find any config.

Configs of an experiment lie in `training/experiments/NAME/configs` and are found by the
same functions. Names are listed from the files, so that a wrong one is refused before
TensorFlow is imported.
"""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

if TYPE_CHECKING:
    from training.backbone.config import BackboneConfig

TRAINING = Path(__file__).parents[1]
PREFIXES = ("backbone", "rankers")
"""Kinds that a config's name starts with; any other config is an aggregator's."""


def names(kind: str | None = None) -> list[str]:
    """List all configs, or those of one kind, sorted by name."""
    return sorted(name for name in _modules() if kind in (None, kind_of(name)))


def kind_of(name: str) -> str:
    """Read `backbone`, `rankers` or `aggregator` from a config's name."""
    kinds = (kind for kind in PREFIXES if name.startswith(f"{kind}_"))
    return next(kinds, "aggregator")


@overload
def config_named(
    name: str, kind: Literal["backbone"], **options: Any
) -> "BackboneConfig": ...
@overload
def config_named(name: str, kind: str | None = None, **options: Any) -> Any: ...
def config_named(name: str, kind: str | None = None, **options: Any) -> Any:
    """Make a config by its name.

    Args:
        name: A file of this package or of an experiment's `configs`, without `.py`.
        kind: `backbone`, `rankers` or `aggregator`: the only kind that is accepted;
            None accepts every kind.
        options: Passed to its `get_config`.

    Raises:
        ValueError: There is no such config, or it is of another kind.
    """
    check_name(name, kind)
    return importlib.import_module(_modules()[name]).get_config(**options)


def check_name(name: str, kind: str | None = None) -> None:
    """Check the name of a config without importing anything.

    Args:
        name: As in `config_named`.
        kind: As in `config_named`.

    Raises:
        ValueError: There is no such config, or it is of another kind.
    """
    if name not in _modules():
        raise ValueError(f"config: expected one of {names(kind)}, received {name!r}")
    received = kind_of(name)
    if kind not in (None, received):
        raise ValueError(f"config {name}: expected kind {kind}, received {received}")


def _modules() -> dict[str, str]:
    """Module of each config by name, found without importing any."""
    files = [
        file
        for pattern in ("configs/*.py", "experiments/*/configs/*.py")
        for file in sorted(TRAINING.glob(pattern))
        if file.stem != "__init__"
    ]
    modules: dict[str, str] = {}
    for file in files:
        parts = file.relative_to(TRAINING.parent).with_suffix("").parts
        known = modules.setdefault(file.stem, ".".join(parts))
        if known != ".".join(parts):
            raise ValueError(f"config {file.stem}: expected one file, received two")
    return modules
