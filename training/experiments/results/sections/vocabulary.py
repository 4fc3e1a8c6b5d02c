"""What the large vocabulary knows, and what it costs the labelled categories."""

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval
from training.simulation.scenario_names import title


def vocabulary(measurement: Measurement) -> str:
    """Agreement with the teacher, the first bundle side by side, checks by labels."""
    values = measurement.values
    return "\n".join(
        (
            _catalogue(values),
            _agreement(values),
            _comparison(values),
            _kinds(values),
            _further(values),
        )
    )


def _catalogue(values: dict) -> str:
    counts = values["catalogue"]
    return (
        f"{counts['categories']:,} categories in {counts['areas']} areas: "
        f"{counts['labelled']} learnt from labelled photos, the others taught by the "
        f"pretrained classifier. Of its {counts['taught']:,} classes "
        f"{counts['taught_that_are_labelled']} are labelled categories, and "
        f"{counts['taught_that_are_joined']} share a category with another class.\n"
    )


def _agreement(values: dict) -> str:
    rows = [
        [source, f"{one['photos']:,}", with_interval(one)]
        for source, one in values["agreement"].items()
    ]
    return (
        Table(
            "Test photos on which the student names the teacher's class",
            ["photos from", "number", "agreement"],
            rows,
        ).markdown()
        + f"\nThe features are those of `{values['backbone']}`, in bytes; the student "
        f"learnt from {values['student']['copies']} augmented views of each training "
        "photo beside the photo. Released is what reaches .85 from every source and "
        "tells the labelled categories no worse than the first bundle: nobody's MAP "
        "below it by more than the interval of the difference.\n"
    )


def _comparison(values: dict) -> str:
    rows = [
        [
            title(scenario),
            metric.replace("_", " "),
            with_interval(found["first"]),
            with_interval(found["ours"]),
        ]
        for scenario, metrics in values["worlds"].items()
        for metric, found in metrics.items()
    ]
    rows += [
        [
            f"photos of {source}",
            "top-1",
            with_interval(one["top1"]["first"]),
            with_interval(one["top1"]["ours"]),
        ]
        for source, one in values["photos"].items()
    ]
    return (
        Table(
            "The labelled categories alone",
            ["", "measure", values["first"], "large vocabulary"],
            rows,
        ).markdown()
        + "\nThe same test users and photos, each read by its own extractor; the large "
        f"vocabulary has {values['hidden']} hidden units for the labels.\n\n"
        + _differences(values)
    )


def _differences(values: dict) -> str:
    rows = [
        [title(scenario), with_interval(one)]
        for scenario, one in values["map_differences"].items()
    ]
    return (
        Table(
            f"MAP of the large vocabulary less that of {values['first']}",
            ["users", "difference"],
            rows,
        ).markdown()
        + "\nOver the same users, with the interval of the difference.\n"
    )


def _kinds(values: dict) -> str:
    rows = [
        [
            kind.replace("_", " "),
            f"{one['photos']}",
            f"{one['top1']:.2f}",
            f"{one['top1_further']:.2f}",
        ]
        for kind, one in values["kinds"].items()
    ]
    return (
        Table(
            "Test photos of kinds that were nothing of interest and are now",
            ["kind", "photos", "likeliest of all", "likeliest of the further ones"],
            rows,
        ).markdown()
        + "\nShares whose likeliest category is right. Their labels taught nobody but "
        'the "none" of the labelled categories.\n'
    )


def _further(values: dict) -> str:
    rows = [
        [title(scenario), f"{mean:.2f}"]
        for scenario, mean in values["further_interests"].items()
    ]
    return (
        Table(
            "Further interests told to a test user", ["users", "mean"], rows
        ).markdown()
        + "\nNo label says which of these are true: the photos of these users were "
        "chosen for their labelled categories.\n"
    )


SECTIONS = (Section("A vocabulary for real galleries", "vocabulary", vocabulary),)
