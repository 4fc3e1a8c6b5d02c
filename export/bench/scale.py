"""docs/SCALE.md: what a large department would cost, from measured unit costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from training.reports.table import Table

REVIEWS, PICTURES, USERS = 10**8, 10**7, 10**6


@dataclass(frozen=True)
class Assumptions:
    """What is not measured but assumed, all of it.

    Attributes:
        machines: Of the cluster.
        cores: Of each machine.
        dollars_a_core_hour: Rented by the hour, at list price.
        dollars_a_gigabyte_month: Of storage that all machines see.
        months: That pictures and features are kept.
        requests_per_second: Of pictures, which the shop's servers bear from us;
            `amazon-pictures` asks no faster unless told to.
        epochs: Of training on sets.
        photos: Of a user, as in the sources.
    """

    machines: int = 10
    cores: int = 16
    dollars_a_core_hour: float = 0.05
    dollars_a_gigabyte_month: float = 0.03
    months: int = 3
    requests_per_second: float = 5.0
    epochs: int = 30
    photos: int = 16


ASSUMED = Assumptions()
TITLES = {
    "machines": "machines of the cluster",
    "cores": "cores of each",
    "dollars_a_core_hour": "price of a core for an hour, $",
    "dollars_a_gigabyte_month": "price of a gigabyte for a month, $",
    "months": "months that pictures and features are kept",
    "requests_per_second": "pictures asked for a second",
    "epochs": "epochs of training on sets",
    "photos": "photos of a user (8 to 9 in the sources; the next size measured)",
}


@dataclass(frozen=True)
class Step:
    """One step of the whole way.

    Attributes:
        name: What is done.
        seconds: Of one core for one unit, measured.
        units: How many.
        at_once: How many cores can work on it; None for all there are.
    """

    name: str
    seconds: float
    units: float
    at_once: int | None = None

    @property
    def core_hours(self) -> float:
        """Hours of one core."""
        return self.seconds * self.units / 3600

    def hours(self, cores: int) -> float:
        """Wall clock hours on so many cores, of which all work all the time."""
        return self.core_hours / min(cores, self.at_once or cores)


def steps(values: Mapping[str, Mapping[str, Any]]) -> list[Step]:
    """Take the unit costs from the bench's measurements."""
    amazon, learning = values["amazon"], values["learning"]
    (few, first), (many, last) = (
        (int(number), one["seconds"]) for number, one in amazon["reviews"].items()
    )
    pictures = amazon["pictures"]
    cores = values["reading"]["cores"]
    extraction = pictures["spark"]["milliseconds"] / 1000 / pictures["pictures"] * cores
    evidence = values["aggregators"]["by_photos"]["photo_evidence"]
    items = {int(number): seconds for number, seconds in learning["items"].items()}
    network = next(iter(learning["networks"].values()))
    return [
        Step("unpack the review file (one gzip, one task)",
             1 / amazon["lines_per_second"], REVIEWS, at_once=1),
        Step("parse, join and filter reviews", (last - first) / (many - few), REVIEWS),
        Step("decode and extract pictures, by Spark", extraction, PICTURES),
        Step(f"train `average` on sets, {ASSUMED.epochs} epochs, tf.distribute",
             cores / network["ours"], USERS * ASSUMED.epochs),
        Step("interests of every user, photo evidence",
             evidence[str(ASSUMED.photos)]["milliseconds"] / 1000, USERS),
        Step("rank every item for every user, one by one",
             items[max(items)] / max(items), float(USERS) * PICTURES),
    ]  # fmt: skip


def scale_markdown(values: Mapping[str, Mapping[str, Any]]) -> str:
    """Make the text of SCALE.md."""
    machine, amazon = values["machine"], values["amazon"]
    here, there = machine["cores"], ASSUMED.machines * ASSUMED.cores
    found = steps(values)
    rows = [
        [
            step.name,
            _seconds(step.seconds),
            f"{step.units:.0e}",
            _hours(step.hours(here)),
            _hours(step.hours(there)),
            f"{step.core_hours * ASSUMED.dollars_a_core_hour:,.2f}",
        ]
        for step in found
    ]
    costs = Table(
        "Processors",
        ["step", "a unit, one core", "units", f"{here} cores", f"{there} cores", "$"],
        rows,
    )
    assumed = Table(
        "Assumed",
        ["what", "value"],
        [[TITLES[name], f"{value:g}"] for name, value in vars(ASSUMED).items()],
    )
    dimension = 1024
    picture_bytes = amazon["pictures"]["mean_bytes"] * PICTURES
    feature_bytes = dimension * PICTURES
    stored = (picture_bytes + feature_bytes) / 1e9
    storage = stored * ASSUMED.dollars_a_gigabyte_month * ASSUMED.months
    asking = PICTURES / ASSUMED.requests_per_second / 86_400
    *work, ranking = found
    needed = sum(step.hours(there) for step in work)
    paid = sum(step.core_hours for step in work) * ASSUMED.dollars_a_core_hour + storage
    fits = machine["memory_bytes"] / (2 * dimension)
    gain = values["reading"]["cores_gain"]
    return f"""# Beyond one machine: a plan on paper

{REVIEWS:,} reviews, {PICTURES:,} pictures and {USERS:,} users: about a whole
large shop. Nothing of this size was run. Unit costs are those that `make bench`
measured on {machine["cores"]} cores ([BENCHMARKS.md](BENCHMARKS.md)); prices are
assumed, and so is that work spreads evenly, which was seen from one core to
{values["reading"]["cores"]} only (a gain of {gain["value"]:.2f}). Parsing is one
machine's, without what Spark adds by moving rows between machines.{_caution(values)}

{assumed.markdown()}
{costs.markdown()}
**All but the ranking: {_hours(needed)} on the cluster, $ {paid:,.0f}** with
{stored:,.0f} GB of pictures and features stored for {ASSUMED.months} months
($ {storage:,.0f}), and before it {asking:,.0f} days of asking for pictures.

## What breaks first

In this order.

1. **Politeness.** At {ASSUMED.requests_per_second:g} requests a second the pictures
   take {asking:,.0f} days, whatever machines there are. Only whoever has the pictures
   can shorten that.
2. **Ranking one by one.** {ranking.core_hours:,.0f} core-hours
   ($ {ranking.core_hours * ASSUMED.dollars_a_core_hour:,.0f}) to score every item for
   every user. Above 100,000 products `recommend` asks a neighbour index first (usearch,
   `photo_interests/candidates.py`); here it would have to be spread as well.
3. **One process holds all features.** `amazon-features` collects the checkpoints into
   one array and holds them twice while it does:
   {machine["memory_bytes"] / 2**30:.0f} GiB are full at {fits / 1e6:.0f} million
   pictures. The checkpoints are Parquet files already; a memory map is the next step.
4. **One gzip is one task.** A file of {REVIEWS:,} reviews takes
   {_hours(found[0].hours(1))} to unpack before anything is spread. Departments are
   files of their own; one that is too large is to be cut once.
5. **A worker of tf.distribute that dies stops them all**: TensorFlow's collectives do
   with no fewer workers than they began with. All must be started again, by hand or by
   whatever runs them; they go on from the last whole epoch. Spark does again what a
   lost worker had, by itself. `make test-long` kills a worker of either.

What does not break: reading photos (peak memory grows by the exponent
{values["reading"]["memory_exponent"]:.2f} in their number), histories (the database
spills to the disk), and profiles on phones, which see a person's photos, not the shop.
"""


def _caution(values: Mapping[str, Mapping[str, Any]]) -> str:
    busy = max(part["busy_before"] for part in values.values())
    if busy <= 1:
        return ""
    return """ The machine had other work
meanwhile, so its costs are too high rather than too low."""


def _seconds(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def _hours(hours: float) -> str:
    if hours < 1 / 60:
        return f"{hours * 3600:.0f} s"
    if hours < 2:
        return f"{hours * 60:.0f} min"
    return f"{hours:,.1f} h" if hours < 48 else f"{hours / 24:,.0f} days"
