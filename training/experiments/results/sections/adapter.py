"""What the adapter gains, and where it hurts."""

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval

CASES = {
    "same photos": "simulated users held out, whose photos others share",
    "other photos": "simulated users of the same population with other photos",
    "another population": "real contributors, by the adapter of simulated users",
    "contributors": "real contributors held out, by an adapter of the others",
    "interests of others": "simulated users, each with the interests of another",
}


def adapter(measurement: Measurement) -> str:
    """MAP and false interests with and without an adapter."""
    rows = []
    for case, title in CASES.items():
        trial = measurement.values[case]
        gain = trial["gain"]
        rows.append(
            [
                title,
                f"{trial['users']:,}",
                with_interval(trial["universal_map"]),
                with_interval(trial["adapted_map"]),
                f"{gain['value']:+.4f} ({gain['low']:+.4f} to {gain['high']:+.4f})",
                f"{trial['universal_false']['value']:.2f}",
                f"{trial['adapted_false']['value']:.2f}",
                "adapts" if trial["helps"] else "refuses",
            ]
        )
    columns = [
        "who", "users", "MAP, universal", "MAP, adapted", "gain", "false interests",
        "adapted", "verdict",
    ]  # fmt: skip
    return (
        "`photo-interests adapt` adds to the universal logits an offset for each "
        "interest and what the other interests say of it, fitted on a deployer's own "
        "users, and refuses where held-out users do not gain more MAP than chance "
        "explains. All photos here are of the test split, which the photo classifier "
        "has never seen. Holding out users alone flatters it where their photos are "
        "also others': the second line, of other photos, is what it gains. The last "
        "line is no mistake: who is popular can be learnt without any photo, and where "
        "photos tell nothing that is a gain.\n\n"
        + Table("An adapter's gain", columns, rows).markdown()
    )


SECTIONS = (Section("Adapter", "adapter", adapter),)
