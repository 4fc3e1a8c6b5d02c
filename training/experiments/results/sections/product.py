"""What is exported, and how fast and large it is."""

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table


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
    Section("Exported aggregators", "aggregator-parity", aggregator_parity),
    Section("Prediction from photo files", "predict-throughput", predict_throughput),
    Section("Disk", "bundle", bundle),
)
