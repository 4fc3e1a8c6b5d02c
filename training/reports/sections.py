"""The sections of docs/RESULTS.md, each from one measurement."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from training.reports.comparison import (
    at_k_table,
    difference_table,
    summary_table,
    worlds_of,
)
from training.reports.goals import USERS_GOAL
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval
from training.users.world import get_config
from training.users.worlds import CONTRIBUTORS, USERS, is_simulated, title


@dataclass(frozen=True)
class Section:
    """A part of the results that one measurement makes.

    Attributes:
        heading: Of the section.
        measurement: Name of the measurement.
        render: Gives the section's Markdown from it.
    """

    heading: str
    measurement: str
    render: Callable[[Measurement], str]


TRAINED_ON = """What each was trained on differs, as their makers mean it, so a
difference is one of the whole recipe and not of the architecture alone. The average and
attention-2 with gating learn from the features of the 20,000 users of the training
split, as in the sources, and stop by validation users. Photo evidence learns its
classifier from single training and validation photos, and five scalars from validation
users and, at a small weight, galleries of 100 and 500 photos; of its settings the
correction of class frequencies and that small weight were chosen with test numbers of
an earlier world in view. The average's probabilities saturate on people who show
clothes alone: its false interests among the real contributors are most of all 178.
"""


def user_sets(measurement: Measurement) -> str:
    """Who is simulated and who is real, with their statistics."""
    rows = [
        [
            f"{title(world)}, {split}",
            "simulated" if is_simulated(world) else "real",
            f"{numbers['users']:,}",
            f"{numbers['mean_photos']:.1f}",
            f"{numbers['fewest_photos']} to {numbers['most_photos']}",
            f"{numbers['mean_interests']:.1f}",
            f"{numbers['none_share']:.0%}",
            f"{numbers['repeated_share']:.1%}",
        ]
        for world, splits in measurement.values["sets"].items()
        for split, numbers in splits.items()
    ]
    columns = [
        "users", "", "number", "photos, mean", "photos", "interests, mean",
        "photos of no interest", "photos shown again",
    ]  # fmt: skip
    return (
        "Simulated users are made by a program from labelled photos; nobody took these "
        "photos together, and their interests are drawn from invented groups of taste. "
        "They say how well a set of photos is read, not what people are like. The "
        "contributors are real people: each set holds all photos of clothes that one "
        "person sent in.\n\nTrue interests of a user are the categories of its photos. "
        "A photo is shown again only when a set needs more photos of a category than "
        "its split has.\n\n" + Table("User sets", columns, rows).markdown()
    )


def extractor_accuracy(measurement: Measurement) -> str:
    """Top-1 per source of each extractor, paired differences, and the cosine."""
    sources = measurement.values["sources"]
    reference, *others = next(iter(sources.values()))["top1"]
    rows = [
        [
            source,
            f"{one['photos']:,}",
            *(with_interval(one["top1"][name]) for name in (reference, *others)),
            *(with_interval(one["difference"][name], 4) for name in others),
        ]
        for source, one in sources.items()
    ]
    differences = [f"{name} less {reference}" for name in others]
    columns = ["photos from", "number", reference, *others, *differences]
    cosine = measurement.values["cosine"]
    return (
        Table("Top-1 accuracy on test photos", columns, rows).markdown()
        + "\nOf the photos of a category; those of no interest are left out.\n"
        f"\nCosine of float and int8 features of a photo: mean {cosine['mean']:.4f}, "
        f"minimum {cosine['minimum']:.4f}.\n"
    )


def extractor_latency(measurement: Measurement) -> str:
    """Median time of a photo against the reference extractor."""
    rows = [
        [
            f"{one['threads']}",
            f"{one['milliseconds']:.2f}",
            f"{one['reference_milliseconds']:.2f}",
            f"{one['ratio']:.2f}",
        ]
        for one in measurement.values["comparisons"]
    ]
    columns = ["threads", "int8 extractor, ms", "reference, ms", "ratio"]
    return (
        Table("Median time of one photo", columns, rows).markdown()
        + "\nBoth in turns on one interpreter and machine: trust the ratio.\n"
    )


def other_worlds(measurement: Measurement) -> str:
    """MAP on simulated users of worlds of other seeds."""
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
        "trained and which is one of the easier ones (see `training/users/world.py`)."
        f" Over these {len(values)} worlds the MAP of {reference} is {min(values):.3f} "
        f"to {max(values):.3f} with a median of {median(values):.3f}, and the goal of "
        f"{USERS_GOAL} is met in {sum(v >= USERS_GOAL for v in values)} of them. The "
        "pooled aggregators lose more in worlds other than their own: part of what "
        "they learn is the population.\n\n"
        + Table(
            "MAP on simulated users, by world", ["aggregator", *seeds], rows
        ).markdown()
    )


def aggregator_parity(measurement: Measurement) -> str:
    """Largest differences of exported aggregators to Keras, and their sizes."""
    aggregators = measurement.values["aggregators"]
    sizes = list(next(iter(aggregators.values()))["errors"])
    rows = [
        [
            name,
            *(f"{one['errors'][size]:.1e}" for size in sizes),
            f"{one['order']:.1e}",
            f"{one['bytes']:,}",
            f"{one['bytes'] / one['parameter_bytes'] - 1:+.1%}",
        ]
        for name, one in aggregators.items()
    ]
    columns = [
        "aggregator", *(f"{size} photos" for size in sizes), "photos in another order",
        "bytes", "over its parameters",
    ]  # fmt: skip
    return Table("Largest difference in a probability", columns, rows).markdown()


def aggregators(measurement: Measurement) -> str:
    """Every world's tables and curves, and what so few real people can tell."""
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
    for world in worlds_of(values):
        parts.append(f"### {title(world)}\n")
        parts.append(summary_table(values, world).markdown())
        table = at_k_table(values, world)
        if table.rows:
            parts.append(table.markdown())
            parts.append(f"![{title(world)}: curves](figures/{world}.svg)\n")
        if world == CONTRIBUTORS:
            parts.append(_what_few_people_tell(measurement))
    return "\n".join(parts)


def _what_few_people_tell(measurement: Measurement) -> str:
    aggregators = measurement.values["aggregators"]
    worlds = {name: one["worlds"] for name, one in aggregators.items()}
    people = next(iter(worlds.values()))[CONTRIBUTORS]["users"]
    widths = {
        world: max(
            (w[world]["metrics"]["map"]["high"] - w[world]["metrics"]["map"]["low"]) / 2
            for w in worlds.values()
        )
        for world in (CONTRIBUTORS, USERS)
    }
    return (
        f"What {people} real people can tell: the interval of a MAP reaches up to "
        f"{widths[CONTRIBUTORS]:.3f} to either side, against {widths[USERS]:.3f} for "
        "simulated users, so only larger differences (or paired ones whose interval "
        "leaves out 0) mean anything. These people show clothes and nothing else: no "
        "other interest and no photo of no interest, so nothing is learnt here of "
        "false interests in a gallery, nor of how interests drift.\n"
    )


def predict_throughput(measurement: Measurement) -> str:
    """Photos a second of the released predictor against the plain loop."""
    values = measurement.values
    rows = [
        ["predict", f"{values['processes']}", f"{values['photos_per_second']:.1f}"],
        ["plain loop: full decode, resize, one thread", "1",
         f"{values['plain_photos_per_second']:.1f}"],
    ]  # fmt: skip
    title = f"{values['photos']} JPEGs of {values['megapixels']:g} megapixels"
    table = Table(title, ["way", "processes", "photos a second"], rows)
    return f"{table.markdown()}\n{values['ratio']:.1f} times as fast.\n"


def bundle(measurement: Measurement) -> str:
    """Disk of each file of the released bundle."""
    files = measurement.values["files"]
    rows = [[name, f"{size:,}"] for name, size in sorted(files.items())]
    rows.append(["together", f"{sum(files.values()):,}"])
    table = Table(f"Bundle {measurement.values['name']}", ["file", "bytes"], rows)
    return table.markdown()


SECTIONS = (
    Section("Simulated users and real people", "users", user_sets),
    Section("Extractor: accuracy", "extractor-accuracy", extractor_accuracy),
    Section("Extractor: latency", "extractor-latency", extractor_latency),
    Section("Aggregators", "aggregators", aggregators),
    Section("Other simulated worlds", "other-worlds", other_worlds),
    Section("Exported aggregators", "aggregator-parity", aggregator_parity),
    Section("Prediction from photo files", "predict-throughput", predict_throughput),
    Section("Disk", "bundle", bundle),
)
