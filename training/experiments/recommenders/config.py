"""Config of a comparison of rankers."""

from dataclasses import dataclass

from training.experiments.recommenders.layouts.simulated import ShopConfig
from training.experiments.recommenders.ranker import Ranker

PROPOSED = "proposed"


@dataclass(frozen=True)
class RankersConfig:
    """A comparison.

    Attributes:
        name: Name of the config.
        rankers: By name, settings and all; `PROPOSED` is what others are compared with.
        left_one_out: Names of rankers measured by leave-one-out as well.
        picture_size: Height and width of pictures for rankers that see them.
        shop: The simulated shop.
    """

    name: str
    rankers: dict[str, Ranker]
    left_one_out: tuple[str, ...]
    picture_size: int
    shop: ShopConfig

    def __post_init__(self) -> None:
        unknown = {PROPOSED, *self.left_one_out} - set(self.rankers)
        if unknown:
            raise ValueError(
                f"rankers: expected {sorted(unknown)} among them, "
                f"received {sorted(self.rankers)}"
            )
