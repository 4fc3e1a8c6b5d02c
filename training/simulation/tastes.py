"""What simulated people like: groups of taste, and interests that come and go."""

from dataclasses import dataclass

import numpy as np

from training.simulation.config import SimulationConfig

DRAWS = 2
"""Draws per interest: popular categories are drawn repeatedly and count once."""


@dataclass(frozen=True, eq=False)
class Interests:
    """The interests given to each user, `slots` at maximum.

    Attributes:
        categories: int `(users, slots)`, output indices; those that count differ.
        peaks: float `(users, slots)`, when an interest is strongest, within [0, 1).
        strengths: float `(users, slots)`, log weights at the peak; -inf: not counted.
    """

    categories: np.ndarray
    peaks: np.ndarray
    strengths: np.ndarray

    def draw(
        self,
        random: np.random.Generator,
        users: np.ndarray,
        times: np.ndarray,
        span: float,
    ) -> np.ndarray:
        """Draw what the photos that users take at some times are of.

        The weight of an interest falls off as a bell curve around its peak.

        Args:
            random: Source of chance.
            users: int `(photos,)`, row of each photo's user.
            times: float `(photos,)`, within [0, 1).
            span: Standard deviation of the bell curve.

        Returns:
            int `(photos,)`, output indices of categories.
        """
        distance = (times[:, None] - self.peaks[users]) / span
        weights = self.strengths[users] - 0.5 * distance**2
        slots = np.argmax(weights + random.gumbel(size=weights.shape), axis=1)
        return self.categories[users, slots]


def group_tastes(scenario: SimulationConfig, categories: int) -> np.ndarray:
    """Draw the groups of taste, the same for every split.

    Returns:
        float `(groups, categories)`; each row sums to 1, and their mean tends to the
        Zipf popularity.
    """
    random = np.random.default_rng([scenario.seed, 0])
    ranks = random.permutation(categories) + 1.0
    popularity = ranks**-scenario.zipf_exponent
    popularity /= popularity.sum()
    return random.dirichlet(scenario.group_concentration * popularity, scenario.groups)


def draw_interests(
    random: np.random.Generator,
    tastes: np.ndarray,
    users: int,
    bounds: tuple[int, int],
    scenario: SimulationConfig,
) -> Interests:
    """Give users their interests.

    A user's share in each group moves in a straight line, over the whole time, from
    its start towards other groups; an interest is drawn from the groups that the user
    belongs to when the interest peaks.

    Args:
        random: Source of chance.
        tastes: float `(groups, categories)` from `group_tastes`.
        users: How many.
        bounds: Interests of a user.
        scenario: Concentration of the memberships and their drift.
    """
    minimum, maximum = bounds
    shape = (users, DRAWS * maximum)
    peaks = random.random(shape)
    groups = _groups_at(random, peaks, len(tastes), scenario)
    categories = _categories_of(random, groups, tastes)
    counts = random.integers(minimum, maximum, users, endpoint=True)
    new = _first_of_its_kind(categories)
    given = new & (np.cumsum(new, axis=1) <= counts[:, None])
    strengths = np.where(given, random.normal(0.0, 0.5, shape), -np.inf)
    return Interests(categories, peaks, strengths)


def _first_of_its_kind(values: np.ndarray) -> np.ndarray:
    """Mark the first occurrence of each value in each row."""
    order = np.argsort(values, axis=1, kind="stable")
    repeats = np.diff(np.take_along_axis(values, order, axis=1), axis=1) == 0
    first = np.ones(values.shape, bool)
    np.put_along_axis(first, order[:, 1:], ~repeats, axis=1)
    return first


def _groups_at(
    random: np.random.Generator,
    times: np.ndarray,
    groups: int,
    scenario: SimulationConfig,
) -> np.ndarray:
    users, slots = times.shape
    alpha = np.full(groups, scenario.membership_concentration)
    start, elsewhere = (random.dirichlet(alpha, users)[:, None] for _ in range(2))
    moved = (scenario.drift * times)[:, :, None]
    cumulative = np.cumsum((1 - moved) * start + moved * elsewhere, axis=2)
    chosen = (random.random((users, slots, 1)) > cumulative).sum(axis=2)
    return np.minimum(chosen, groups - 1)


def _categories_of(
    random: np.random.Generator, groups: np.ndarray, tastes: np.ndarray
) -> np.ndarray:
    """Draw a category from the taste of each group, all by one sorted search."""
    count, categories = tastes.shape
    cumulative = np.cumsum(tastes, axis=1) / tastes.sum(axis=1, keepdims=True)
    stacked = (cumulative + np.arange(count)[:, None]).ravel()
    found = np.searchsorted(stacked, groups + random.random(groups.shape), "right")
    return np.minimum(found - groups * categories, categories - 1)
