"""What int8 weights of the released aggregator cost."""

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval
from training.simulation.scenario_names import title


def int8_aggregator(measurement: Measurement) -> str:
    """Compare the bundle's int8 aggregator with its float one by scenario."""
    values = measurement.values
    differences = values["map_differences"]
    rows = [
        [
            title(scenario),
            metric.replace("_", " "),
            with_interval(found["float"]),
            with_interval(found["int8"]),
            with_interval(differences[scenario]) if metric == "map" else "",
        ]
        for scenario, metrics in values["worlds"].items()
        for metric, found in metrics.items()
    ]
    return (
        f"Both aggregators of {values['bundle']} on the TFLite runtime and the test "
        "users; int8 ones are what `predict` and the app run.\n\n"
        + Table(
            "Predictions by float and by int8 weights",
            ["", "measure", "float", "int8", "int8 less float"],
            rows,
        ).markdown()
    )


SECTIONS = (Section("The aggregator in int8", "int8-aggregator", int8_aggregator),)
