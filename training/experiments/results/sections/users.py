"""Who is measured."""

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table
from training.simulation.scenario_names import is_simulated, title


def user_sets(measurement: Measurement) -> str:
    """Who is simulated and who is real, with their statistics."""
    rows = [
        [
            f"{title(scenario)}, {split}",
            "simulated" if is_simulated(scenario) else "real",
            f"{numbers['users']:,}",
            f"{numbers['mean_photos']:.1f}",
            f"{numbers['minimum_photos']} to {numbers['most_photos']}",
            f"{numbers['mean_interests']:.1f}",
            f"{numbers['none_share']:.0%}",
            f"{numbers['repeated_share']:.1%}",
        ]
        for scenario, splits in measurement.values["sets"].items()
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


SECTIONS = (Section("Simulated users and real people", "users", user_sets),)
