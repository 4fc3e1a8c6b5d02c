"""The sources' family: its attention, its sizes, and how fast it is trained."""

from collections.abc import Mapping
from typing import Any

from training.experiments.aggregator_family.published_numbers import POSTER_MB
from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table

BYTES = 1e6


def attention_study(measurement: Measurement) -> str:
    """What keeps two blocks from learning, told by variants that change one thing."""
    values = measurement.values
    variants = values["variants"]
    body = []
    for name, one in variants.items():
        first, last = one["course"][0], one["course"][-1]
        body.append(
            [
                name,
                f"{one['best_map']:.3f}",
                f"{first['score_spread']:.1f}",
                f"{first['photos_seen']:.2f}",
                f"{last['photos_seen']:.2f}",
                f"{first.get('repeats_first', 0):.2f}",
                f"{first['gradient_query']:.1e}",
                f"{first['gradient_head']:.1e}",
            ]
        )
    columns = [
        "variant",
        "best MAP",
        "spread of scores at the start",
        "photos seen at the start",
        "and at the end",
        "second query like r0",
        "gradient of q",
        "gradient of the head",
    ]
    table = Table("Attention along a short training", columns, body)
    return (
        f"Each network is trained for {values['epochs']} epochs on {values['users']:,} "
        "users, with context gating and the hidden layer of 2,048; MAP is of "
        "validation users. Photos seen is the exponential of the entropy of the last "
        "block's weights over the number of photos: 1 if all count alike, and one over "
        f"that number if one counts alone.\n\n{_what_it_tells(variants)}\n\n"
        f"{table.markdown()}\n"
        "![MAP and share of photos looked at, by epoch](figures/attention-study.svg)\n"
    )


def _what_it_tells(variants: Mapping[str, Any]) -> str:
    courses = {name: one["course"] for name, one in variants.items()}
    published = courses["two blocks as published"]
    small = courses["the same, W starts at a hundredth"]
    scaled = courses["scores divided by 32"]
    one_block = courses["one block as published"]
    best = {name: one["best_map"] for name, one in variants.items()}
    two = [name for name in best if not name.startswith("one block")]
    best_two = max(two, key=lambda name: best[name])
    best_one = max(set(best) - set(two), key=lambda name: best[name])
    return (
        "A query of tanh is up to 1 in each of a thousand features, so nothing bounds "
        "the scores. As published they spread within a set by "
        f"{published[0]['score_spread']:.0f} before training and by "
        f"{published[1]['score_spread']:.0f} after an epoch, and the softmax sees "
        f"{published[1]['photos_seen']:.2f} of the photos. Starting W small only "
        f"delays it: {small[0]['photos_seen']:.2f} before training, "
        f"{small[1]['photos_seen']:.2f} after an epoch. Divided by the root of the "
        f"dimension, scores spread by {scaled[-1]['score_spread']:.1f} in the end and "
        f"{scaled[-1]['photos_seen']:.2f} of the photos are seen; one block as "
        f"published sees {one_block[-1]['photos_seen']:.2f}. The best MAP of two "
        f"blocks is {best[best_two]:.3f} ({best_two}), of one block "
        f"{best[best_one]:.3f} ({best_one}), and of the published two "
        f"{best['two blocks as published']:.3f}. Trainings are short: this tells why "
        "they differ, not how good each can become."
    )


def head_throughput(measurement: Measurement) -> str:
    """Users a second in training, against plain Keras on padded batches."""
    networks = measurement.values["networks"]
    one = next(iter(networks.values()))
    body = [
        [
            name,
            f"{r['ours']:,.0f}",
            f"{r['plain']:,.0f}",
            f"{r['ratio']:.2f}",
            f"{r['prepared_seconds']:.2f} s",
        ]
        for name, r in networks.items()
    ]
    columns = ["network", "ours, users a second", "plain Keras", "ratio", "ours, once"]
    return (
        f"The same network, loss, optimiser and {one['users']:,} users, epochs in "
        "turns. Plain is `keras.Model.fit` with its defaults on arrays padded with "
        f"zeros to the longest set, {one['longest']} photos. Ours standardises every "
        "photo once before the first epoch, and where the pool learns nothing pools "
        "every set once; the last column says how long that took. Twice as fast was "
        f"asked for: {_verdicts(networks)}.\n\n"
        + Table("Training of networks on sets", columns, body).markdown()
    )


def family_sizes(measurement: Measurement) -> str:
    """Parameters, bytes and times of each network, for 178 and 1,000 categories."""
    tables = []
    for categories, networks in measurement.values.items():
        body = []
        for name, one in networks.items():
            poster = f"{POSTER_MB[name]:g}" if name in POSTER_MB else ""
            sizes = [
                f"{one[f'{kind}_bytes'] / BYTES:.2f}" for kind in ("float", "int8")
            ]
            times = [f"{told:.3f}" for told in one["milliseconds"].values()]
            cells = [f"{one['parameters']:,}", *sizes, *times]
            body.append([name, *cells, *([poster] if categories == "1000" else [])])
        photos = next(iter(networks.values()))["milliseconds"]
        columns = ["network", "parameters", "float32, MB", "int8, MB"]
        columns += [f"{number} photos, ms" for number in photos]
        columns += ["the poster's, MB"] if categories == "1000" else []
        tables.append(Table(f"{int(categories):,} categories", columns, body))
    return (
        "TFLite files that only decide, of untrained weights (neither size nor time "
        "depends on them), 1,024 features a photo. Times are medians of processor time "
        "of the floating-point file on one thread, all networks in turns. The poster "
        "has a column for the decision time, whose numbers we do not have. Reading "
        "the photos takes far longer ([BENCHMARKS.md](BENCHMARKS.md)).\n\n"
        + "\n".join(table.markdown() for table in tables)
    )


def _verdicts(networks: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} {'meets' if one['ratio'] >= 2 else 'misses'} it"
        for name, one in networks.items()
    )


SECTIONS = (
    Section("Sizes and decision times of the family", "family-sizes", family_sizes),
    Section("Why two attention blocks fail", "attention-study", attention_study),
    Section("Training of networks on sets", "head-throughput", head_throughput),
)
