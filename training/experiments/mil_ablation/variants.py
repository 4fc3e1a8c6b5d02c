"""What is changed in photo evidence, one thing at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from training.aggregators.evidence_scalars import Pool, log_sum_exp
from training.experiments.mil_ablation.pools import (
    mean_probability,
    noisy_or,
    top_3_mean,
)

HARD = 20.0
"""Inverse temperature at which log-sum-exp is the maximum, within log(photos) / 20."""


@dataclass(frozen=True)
class Variant:
    """Photo evidence with one thing changed.

    Attributes:
        name: Shown in the report.
        config: Fields of `PhotoEvidenceConfig` that differ; those of the classifier
            cost a training of it.
        background_share: Share of the background classes that training has.
        none: What recognises background: the learned class, or a score.
        pool: How evidence is pooled.
        fixed: Scalars that are not fitted.
        raised: Whether the set-size penalty rises until galleries have few false
            positives.
        fitted_on: Split whose users the scalars are fitted on; the classifier has
            learnt from the photos of `train`.
        context: Whether an adapter is fitted on top, on users of that split.
    """

    name: str
    config: Mapping[str, Any] = field(default_factory=dict)
    background_share: float = 1.0
    none: Literal["class", "energy", "mahalanobis"] = "class"
    pool: Pool = log_sum_exp
    fixed: Mapping[str, float] = field(default_factory=dict)
    raised: bool = True
    fitted_on: str = "validation"
    context: bool = False

    @property
    def classifier(self) -> tuple[object, ...]:
        """Settings that its classifiers depend on."""
        fields = ("feature_limit", "none_penalty")
        return (*(self.config.get(name) for name in fields), self.background_share)


BASE = "photo evidence, quick"
VARIANTS = (
    Variant(BASE),
    Variant("pooled by the maximum", fixed={"inverse_temperature": HARD}),
    Variant("pooled by plain log-sum-exp", fixed={"inverse_temperature": 1.0}),
    Variant("pooled by noisy-or", pool=noisy_or, fixed={"inverse_temperature": 1.0}),
    Variant(
        "pooled by the mean", pool=mean_probability, fixed={"inverse_temperature": 1.0}
    ),
    Variant(
        "pooled by the mean of the three largest",
        pool=top_3_mean,
        fixed={"inverse_temperature": 1.0},
    ),
    Variant("no correction of class frequencies", {"prior_correction": 0.0}),
    Variant("full correction of class frequencies", {"prior_correction": 1.0}),
    Variant("scalars fitted in fold", fitted_on="train"),
    Variant("with context, out of fold", context=True),
    Variant("with context, in fold", fitted_on="train", context=True),
    Variant("no set-size penalty", fixed={"set_size_penalty": 0.0}, raised=False),
    Variant("set-size penalty as fitted, not tuned", raised=False),
    Variant("features not clipped", {"feature_limit": 1e6}),
    Variant("no held-out classes in the fit", {"held_out_weight": 0.0}),
    Variant("held-out classes weigh five times", {"held_out_weight": 1.0}),
    Variant("background class regularised like a category", {"none_penalty": 1.0}),
    Variant("half of the background classes", background_share=0.5),
    Variant("a fifth of the background classes", background_share=0.2),
    Variant("background probability by energy", none="energy"),
    Variant("background probability by Mahalanobis distance", none="mahalanobis"),
)
POOLING = tuple(v for v in VARIANTS if v.name == BASE or v.name.startswith("pooled by"))
"""The pooling rules of the literature over the same classifier of labelled photos."""
