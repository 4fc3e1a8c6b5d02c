"""A network with the best settings of its search, trained as long as the recipe."""

from dataclasses import replace
from pathlib import Path

from training.aggregators.config import SetTrainingConfig
from training.configs import config_named
from training.experiments.aggregator_family.recipe import EPOCHS, QUICK_EPOCHS
from training.experiments.aggregator_family.search_space import with_settings
from training.reports.measurement import Measurement
from training.simulation.config import get_config
from training.workspace import existing

SEARCH = Path(__file__).parents[3] / "docs" / "results" / "search.json"


def searched(
    name: str, base: str, quick: bool = False, search: Path = SEARCH
) -> SetTrainingConfig:
    """Give a network the settings that were best on validation users.

    Args:
        name: Names the run.
        base: Config of the network that was searched.
        quick: For a short test: few epochs.
        search: Measurement of the search.

    Raises:
        FileNotFoundError: There is no such measurement.
        ValueError: It is of other networks.
    """
    command = "python -m training.experiments.aggregator_family search"
    found = Measurement.load(existing(search, command)).values["networks"]
    if base not in found:
        raise ValueError(
            f"{search}: expected the search of {base}, received {sorted(found)}; run "
            f"`{command} --network {base}` first"
        )
    epochs = QUICK_EPOCHS if quick else EPOCHS
    users = get_config().users["train"]
    config = config_named(base, "aggregator")
    chosen = with_settings(config, found[base]["settings"], users, epochs)
    return replace(chosen, name=name, patience=epochs)
