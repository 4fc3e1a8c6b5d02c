"""What int8 weights of the released aggregator cost."""

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval
from training.simulation.scenarios import title


def int8_aggregator(measurement: Measurement) -> str:
    """Set the int8 aggregator of the bundle beside its float one, world by world."""
    values = measurement.values
    differences = values["map_differences"]
    rows = [
        [
            title(world),
            metric.replace("_", " "),
            with_interval(found["float"]),
            with_interval(found["int8"]),
            with_interval(differences[world]) if metric == "map" else "",
        ]
        for world, metrics in values["worlds"].items()
        for metric, found in metrics.items()
    ]
    return (
        f"Both aggregators of {values['bundle']} on the TFLite runtime and the test "
        "users; int8 ones are what `predict` and the app run.\n\n"
        + Table(
            "Answers by float and by int8 weights",
            ["", "measure", "float", "int8", "int8 less float"],
            rows,
        ).markdown()
    )


SECTIONS = (Section("The aggregator in int8", "int8-aggregator", int8_aggregator),)
