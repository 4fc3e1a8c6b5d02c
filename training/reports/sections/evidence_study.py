"""What each part of photo evidence is worth."""

from collections.abc import Mapping
from typing import Any

from training.evidence_study.study import UNSEEN
from training.evidence_study.variants import BASE
from training.reports.measurement import Measurement
from training.reports.sections.section import Section
from training.reports.table import Table
from training.users.worlds import CONTRIBUTORS, INTEREST_FREE_UNSEEN, USERS, gallery

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
        "false interests of a user; differences of MAP under .005 mean nothing. What "
        "is published was chosen before this table was made (README, Decisions).\n\n"
        + "\n".join(tables)
        + f"\n{_what_it_tells(variants)}\n"
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
    """Names what is better than the base on validation where the base was chosen."""

    def told(name: str, world: str, metric: str) -> float:
        return float(variants[name]["validation"][world][metric])

    better = {
        text: [
            name
            for name in variants
            if sign * (told(name, world, metric) - told(BASE, world, metric)) > least
        ]
        for text, world, metric, sign, least in (
            ("a higher MAP of users by more than .005", USERS, "map", 1, 0.005),
            ("fewer false interests of unseen kinds", UNSEEN, "false_interests", -1, 0),
        )
        if world in variants[BASE]["validation"]
    }
    return " ".join(
        f"On validation users {', '.join(names) if names else 'no variant'} "
        f"{'have' if len(names) > 1 else 'has'} {text} than the base."
        for text, names in better.items()
    )


SECTIONS = (
    Section("Parts of photo evidence, one at a time", "evidence-study", evidence_study),
)
