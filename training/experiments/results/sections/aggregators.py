"""How well sets of photos are read."""

from statistics import median

from training.experiments.results.goals import USERS_GOAL
from training.experiments.results.sections.section import Section
from training.reports.comparison import (
    at_k_table,
    difference_table,
    scenarios_of,
    summary_table,
)
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval
from training.simulation.config import get_config
from training.simulation.scenario_names import CONTRIBUTORS, USERS, title

TRAINED_ON = """What each was trained on differs, as their makers mean it, so a
difference is one of the whole recipe and not of the architecture alone. The average and
attention-2 with gating learn from the features of the 20,000 users of the training
split, as in the sources, and stop by validation users. Photo evidence learns its
classifier from single training and validation photos, and six scalars from validation
users and, at a small weight, galleries of 100, 500 and 4,096 photos and people who show
nothing but categories that the classifier was not taught; one scalar, which lets the
bar grow with the number of photos, is then raised until validation galleries of each
size have at most two false interests on average. Of its settings the correction of
class frequencies was chosen with test numbers of an earlier scenario in view, and so
was the general shape of the two newest (features cut at one standard deviation, the
growing bar), whose values come from validation. The average's probabilities saturate
on people who show clothes alone: its false interests among the real contributors are
most of all 178.
"""


def aggregators(measurement: Measurement) -> str:
    """Every scenario's tables and curves, and what so few real people can tell."""
    values = measurement.values
    parts = [
        "P, R and F1 of the first k interests come in two readings: the plain one "
        "divides hits by k; the other counts only interests whose probability is above "
        ".5 among the first k, and moves with calibration alone. Users without "
        "interests count in false interests only.\n",
        TRAINED_ON,
    ]
    if values["map_differences"]:
        parts.append(difference_table(values).markdown())
    for scenario in scenarios_of(values):
        parts.append(f"### {title(scenario)}\n")
        parts.append(summary_table(values, scenario).markdown())
        table = at_k_table(values, scenario)
        if table.rows:
            parts.append(table.markdown())
            parts.append(f"![{title(scenario)}: curves](figures/{scenario}.svg)\n")
        if scenario == CONTRIBUTORS:
            parts.append(_what_few_people_tell(measurement))
    return "\n".join(parts)


def _what_few_people_tell(measurement: Measurement) -> str:
    aggregators = measurement.values["aggregators"]
    scenarios = {name: one["worlds"] for name, one in aggregators.items()}
    people = next(iter(scenarios.values()))[CONTRIBUTORS]["users"]
    widths = {
        scenario: max(
            (
                w[scenario]["metrics"]["map"]["high"]
                - w[scenario]["metrics"]["map"]["low"]
            )
            / 2
            for w in scenarios.values()
        )
        for scenario in (CONTRIBUTORS, USERS)
    }
    return (
        f"What {people} real people can tell: the interval of a MAP reaches up to "
        f"{widths[CONTRIBUTORS]:.3f} to either side, against {widths[USERS]:.3f} for "
        "simulated users, so only larger differences (or paired ones whose interval "
        "leaves out 0) mean anything. These people show clothes and nothing else: no "
        "other interest and no photo of no interest, so nothing is learnt here of "
        "false interests in a gallery, nor of how interests drift.\n"
    )


def other_scenarios(measurement: Measurement) -> str:
    """MAP on simulated users of scenarios of other seeds."""
    by_name = measurement.values["map"]
    rows = [
        [name, *(with_interval(one) for one in by_seed.values())]
        for name, by_seed in by_name.items()
    ]
    seeds = [f"seed {seed}" for seed in next(iter(by_name.values()))]
    reference, maps = next(iter(by_name.items()))
    values = [one["value"] for one in maps.values()]
    return (
        "A seed draws which categories are popular and who likes what. All numbers "
        f"above are of seed {get_config().seed}, in which the aggregators were "
        "trained and one of the easier ones (`training/simulation/config.py`)."
        f" Over these {len(values)} seeds {reference} has a MAP of {min(values):.3f} "
        f"to {max(values):.3f} with a median of {median(values):.3f}, and the goal of "
        f"{USERS_GOAL} is met in {sum(v >= USERS_GOAL for v in values)} of them. The "
        "pooled aggregators lose more in scenarios other than their own: part of what "
        "they learn is the population.\n\n"
        + Table(
            "MAP on simulated users, by scenario", ["aggregator", *seeds], rows
        ).markdown()
    )


SECTIONS = (
    Section("Aggregators", "aggregators", aggregators),
    Section("Other simulated scenarios", "other-worlds", other_scenarios),
)
