"""What each part of photo evidence is worth."""

from collections.abc import Mapping
from typing import Any

from training.experiments.mil_ablation.study import UNSEEN
from training.experiments.mil_ablation.variants import BASE
from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table
from training.simulation.scenario_names import (
    CONTRIBUTORS,
    INTEREST_FREE_UNSEEN,
    USERS,
    gallery,
)

COLUMNS = {
    "users: MAP": (USERS, "map"),
    "recall": (USERS, "recall"),
    "false": (USERS, "false_interests"),
    "galleries of 100: MAP": (gallery(100), "map"),
    "of 500: MAP": (gallery(500), "map"),
    "false in 500": (gallery(500), "false_interests"),
    "of 4,096: MAP": (gallery(4096), "map"),
    "false in 4,096": (gallery(4096), "false_interests"),
}
LEAST = {"map": 0.005, "recall": 0.02, "false_interests": 0.2}
"""Differences that are told: about half an interval of the scenarios' users."""
OF_SPLIT = {
    "validation": {"false of unseen kinds": (UNSEEN, "false_interests")},
    "test": {
        "false of unseen kinds": (INTEREST_FREE_UNSEEN, "false_interests"),
        "contributors: MAP": (CONTRIBUTORS, "map"),
    },
}


def evidence_study(measurement: Measurement) -> str:
    """Variants that change one thing, on validation users and on the test."""
    variants = measurement.values["variants"]
    tables = (_table(variants, split).markdown() for split in OF_SPLIT)
    return (
        f"Each row is *{BASE}* with one thing changed; this base has no search of "
        "settings, and its classifier has learnt from the training photos alone, "
        "where the released one has learnt from validation photos, too. Scalars are "
        "fitted on validation users (in fold: on training users, whose photos the "
        "classifier knows), so that false interests of one variant are fewer where it "
        "is better, not where it is shyer: recall (of true interests above .5) stands "
        "beside them. Unseen kinds on validation are categories held out from the "
        "classifier, on the test kinds of nothing that training never had. False is "
        "false interests of a user. Validation users are those that scalars and "
        "context are fitted on (but for those in fold): context out of fold is ahead "
        "there because it knows them, and only the test tells its worth. All users "
        "and galleries are simulated but the contributors. What is published was "
        "chosen before this table was made (README, Decisions).\n\n"
        f"{_what_it_tells(variants)}\n\n" + "\n".join(tables)
    )


def _table(variants: Mapping[str, Any], split: str) -> Table:
    columns = COLUMNS | OF_SPLIT[split]
    measured = variants[BASE][split]
    columns = {name: where for name, where in columns.items() if where[0] in measured}
    rows = [
        [name, *(f"{one[split][w][m]:.3f}" for w, m in columns.values())]
        for name, one in variants.items()
    ]
    return Table(f"On {split} users", ["variant", *columns], rows)


def _what_it_tells(variants: Mapping[str, Any]) -> str:
    """Tells of each variant what it changes on the test by more than chance would."""
    base = variants[BASE]["test"]
    lines = []
    for name, one in variants.items():
        if name == BASE:
            continue
        changes = []
        for column, (scenario, metric) in (COLUMNS | OF_SPLIT["test"]).items():
            if scenario in base:
                change = one["test"][scenario][metric] - base[scenario][metric]
                if abs(change) > LEAST[metric]:
                    changes.append(f"{column} {change:+.3f}")
        lines.append(f"- {name}: {', '.join(changes) if changes else 'no difference'}")
    return (
        "What each change does on the test, where MAP moves by more than "
        f"{LEAST['map']}, recall by more than {LEAST['recall']} or false interests by "
        f"more than {LEAST['false_interests']}:\n\n" + "\n".join(lines)
    )


SECTIONS = (
    Section("Parts of photo evidence, one at a time", "evidence-study", evidence_study),
)
