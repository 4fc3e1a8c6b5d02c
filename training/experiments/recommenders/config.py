"""What a comparison of rankers is made of."""

from dataclasses import dataclass

from training.experiments.recommenders.layouts.simulated import ShopConfig
from training.experiments.recommenders.ranker import Ranker

OURS = "ours"


@dataclass(frozen=True)
class RankersConfig:
    """A comparison.

    Attributes:
        name: Of it.
        rankers: By name, settings and all; `OURS` is what others are compared with.
        left_one_out: Names of those measured by leave-one-out as well.
        picture_size: Height and width of pictures for rankers that see them.
        shop: The simulated shop.
    """

    name: str
    rankers: dict[str, Ranker]
    left_one_out: tuple[str, ...]
    picture_size: int
    shop: ShopConfig

    def __post_init__(self) -> None:
        unknown = {OURS, *self.left_one_out} - set(self.rankers)
        if unknown:
            raise ValueError(
                f"rankers: expected {sorted(unknown)} among them, "
                f"received {sorted(self.rankers)}"
            )
