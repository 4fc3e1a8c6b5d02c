"""How well and how fast the extractor reads a photo."""

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval


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


SECTIONS = (
    Section("Extractor: accuracy", "extractor-accuracy", extractor_accuracy),
    Section("Extractor: latency", "extractor-latency", extractor_latency),
)
