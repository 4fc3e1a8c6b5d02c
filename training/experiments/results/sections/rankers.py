"""How well products are ranked, and what others print of theirs."""

from collections.abc import Mapping
from typing import Any

from training.experiments.recommenders.config import OURS
from training.experiments.recommenders.ranker_tables import (
    GROUP_TITLES,
    cost_table,
    difference_table,
    group_table,
    main_tables,
)
from training.experiments.recommenders.ranking import METRICS
from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval

PUBLISHED = {
    "CuratorNet": ".66931 .01955 .03803 .00190 .02226 .07884 .00078 .02943",
    "VBPR": ".77846 .02169 .05565 .00278 .02684 .13821 .00138 .04105",
    "DVBPR": ".83168 .04507 .12152 .00607 .05814 .25695 .00256 .08245",
    "ACF": ".80409 .01594 .05473 .00273 .02127 .14935 .00149 .03781",
}
"""Wikimedia Commons, as the README of the tutorial of ACM IUI 2021 prints it."""
FASHION_AUC = {
    "BPR-MF": ".628",
    "factorisation machine": ".709",
    "VBPR": ".748",
    "DVBPR": ".796",
}
"""AmazonFashion, all items: cited for Kang et al. (ICDM 2017), not read there by us."""

WORLD = """A simulated shop: nobody bought anything. Test photos are parted into
products and the pictures that simulated users take; what a user photographs and takes
follows the same interests, and a planted visual preference chooses within a category
(see `training/rankers/layouts/simulated.py`). Rankers learn from interactions before a
day; a fifth of the products appear after it. Every ranker orders the whole catalogue
less what the user took before. Preference and photos are made of the features that
VBPR, nearest neighbours and our profile all read, so the order of these says something,
and the size of their distance on real shoppers nothing.
"""
OURS_IS = """Ours learns nothing of a user: it is the profile of everyday-178,
scored against pictures (`photo_interests/item_scores.py`), with the popularity of items
and categories counted. What it knows beforehand is the bundle's photo classifier, which
was trained on other photos of the same categories. “Categories told” and factorisation
machines know the category of every product; ours alone reads it off the picture.
"""


def rankers(measurement: Measurement) -> str:
    """Every group's table, the other protocols, cost, and others' numbers."""
    values = measurement.values
    compared = values["temporal"]
    data = compared["data"]
    parts = [
        WORLD,
        OURS_IS,
        f"{data['items']:,} products, of which {data['items_never_taken']:,} were "
        f"never taken in training; {data['train']:,} interactions in training and "
        f"{data['test']:,} in the test.\n",
        _verdict(compared),
        *(table.markdown() for table in main_tables(compared)),
        difference_table(compared).markdown(),
        "### New products\n\nProducts that nobody took in training, ranked among "
        "themselves: where only looks and categories can tell.\n",
        *(
            group_table(compared, group, "new_items", METRICS).markdown()
            for group in GROUP_TITLES
        ),
        "### Against 100 drawn products\n\nAs the DVBPR paper measures its AUC. Such "
        "lists are easier, and flatter all rankers.\n",
        *(
            group_table(compared, group, "sampled", ("AUC", "RR", "nDCG@20")).markdown()
            for group in GROUP_TITLES
        ),
        "### Leave-one-out\n\nThe last interaction of each user is the test, as the "
        "tutorial and the DVBPR paper split. Every user is in training.\n",
        *(table.markdown() for table in main_tables(values["leave_one_out"])),
        "### Cost\n\nTaken while other work ran on the same cores.\n",
        cost_table(compared).markdown(),
        _planted(values["planted"]),
        _throughput(values["throughput"]),
        _published(),
    ]
    return "\n".join(parts)


def _verdict(compared: Mapping[str, Any]) -> str:
    lines = []
    for group, title in GROUP_TITLES.items():
        scores = {
            name: one["metrics"]["catalogue"][group]["nDCG@20"]["value"]
            for name, one in compared["rankers"].items()
            if not name.startswith(OURS)
        }
        best = max(scores, key=lambda name: scores[name])
        ours = compared["rankers"][OURS]["metrics"]["catalogue"][group]["nDCG@20"]
        difference = with_interval(compared["differences"][best][group])
        lines.append(
            f"- {title}: nDCG@20 {with_interval(ours)}; the best of the others is "
            f"{best} with {scores[best]:.3f}, a difference of {difference}."
        )
    return "Ours (categories read off pictures):\n\n" + "\n".join(lines) + "\n"


def _planted(planted: Mapping[str, Any]) -> str:
    rows = [
        [name, with_interval(groups["warm"]["AUC"])]
        for name, groups in planted.items()
        if isinstance(groups, dict)
    ]
    return (
        "### A planted visual preference\n\nA drawn scenario in which looks alone tell "
        f"who takes what: {planted['users']} users and {planted['new_items']} products "
        "that nobody took before (`training/rankers/layouts/planted.py`). VBPR reads "
        "noisy features, DVBPR the pixels.\n\n"
        + Table("AUC on products nobody took", ["ranker", "AUC"], rows).markdown()
    )


def _throughput(speed: Mapping[str, Any]) -> str:
    names = {
        "vbpr": "our VBPR, in batches",
        "numpy_loop": "VBPR as a plain NumPy loop",
        "cornac_bpr": "cornac's BPR (no visual part: less work)",
    }
    rows = [
        [
            name,
            f"{speed[key]:,.0f}",
            f"{speed[key] / speed['numpy_loop']:,.1f}",
        ]
        for key, name in names.items()
    ]
    table = Table(
        f"Triples a second of processor time, {speed['factors']} latent and "
        f"{speed['visual_factors']} visual factors, {speed['dimension']:,} features",
        ["", "triples/s", "times the loop"],
        rows,
    )
    return table.markdown()


def _published() -> str:
    rows = [[name, *row.split()] for name, row in PUBLISHED.items()]
    wikimedia = Table(
        "Published, Wikimedia Commons (tutorial, ACM IUI 2021): another data set, "
        "not comparable with ours",
        ["ranker", *METRICS],
        rows,
    )
    fashion = Table(
        "Published, AmazonFashion, all items (cited for the DVBPR paper, ICDM 2017; "
        "not checked there): another data set, against 100 drawn items",
        ["ranker", "AUC"],
        [[name, value] for name, value in FASHION_AUC.items()],
    )
    return (
        "### What others print\n\nNumbers of their data sets, not ours: neither can be "
        "had here. The loaders for both layouts are in `training/rankers/layouts`.\n\n"
        + wikimedia.markdown()
        + "\n"
        + fashion.markdown()
    )


SECTIONS = (Section("Ranking products", "rankers", rankers),)
