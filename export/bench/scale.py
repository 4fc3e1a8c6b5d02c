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
        photos: Of a user.
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
FEATURE_BYTES = 1024
BATCH_USERS = 128
"""Of `SetTrainingConfig`, whose import would load TensorFlow."""
GRADIENT_BYTES = 4 * 1_025_000
"""Of the sources' average network with 1,000 categories."""


@dataclass(frozen=True)
class Step:
    """One step of the whole way.

    Attributes:
        name: What is done.
        source: Where in BENCHMARKS.md the cost comes from.
        here: Seconds of the bench's machine for one unit; None where it has no such
            step.
        core: Seconds of one core of the cluster for one unit.
        units: How many.
        fixed: Seconds of the cluster however few units there are.
        at_once: How many cores can work on it; None for all there are.
        paid: How many cores are paid for meanwhile; None for all there are.
    """

    name: str
    source: str
    here: float | None
    core: float
    units: float
    fixed: float = 0.0
    at_once: int | None = None
    paid: int | None = None

    def hours(self, cores: int) -> float:
        """Wall clock hours on a cluster of so many cores."""
        seconds = self.core * self.units / min(cores, self.at_once or cores)
        return (self.fixed + seconds) / 3600

    def hours_here(self) -> float | None:
        """Wall clock hours on the bench's machine."""
        return None if self.here is None else self.here * self.units / 3600

    def dollars(self, cores: int) -> float:
        """What the cluster's cores cost meanwhile, those without work too."""
        return self.hours(cores) * (self.paid or cores) * ASSUMED.dollars_a_core_hour


def steps(values: Mapping[str, Mapping[str, Any]]) -> list[Step]:
    """Take the unit costs from the bench's measurements."""
    amazon, learning, reading = values["amazon"], values["learning"], values["reading"]
    cores = reading["cores"]
    _, alone = _line({n: one["seconds"] for n, one in amazon["reviews"].items()})
    fixed, spark = _line(amazon["spark"])
    pictures = amazon["pictures"]["spark"]
    count = 1000 * amazon["pictures"]["pictures"]
    evidence = values["aggregators"]["by_photos"]["photo_evidence"]
    evidence_seconds = evidence[str(ASSUMED.photos)]["milliseconds"] / 1000
    items = {int(number): seconds for number, seconds in learning["items"].items()}
    ranking = items[max(items)] / max(items)
    name, network = next(iter(learning["networks"].items()))
    return [
        Step("hand out the lines of the reviews (one gzip, one task)",
             "the Amazon commands: lines that one task of Spark hands out",
             None, 1 / amazon["spread_lines_per_second"], REVIEWS, at_once=1),
        Step("reviews and metadata to histories",
             "the same: what the largest file takes longer than the next, without and "
             "by Spark",
             alone, spark * cores, REVIEWS, fixed=fixed),
        Step("ask for the pictures", "assumed", 1 / ASSUMED.requests_per_second,
             1 / ASSUMED.requests_per_second, PICTURES, at_once=1, paid=1),
        Step("decode and extract the pictures",
             f"the same: {amazon['pictures']['pictures']} pictures by all cores, and "
             "by Spark",
             pictures["reference_milliseconds"] / count,
             pictures["milliseconds"] / count * cores, PICTURES),
        Step(f"train `{name}`, {ASSUMED.epochs} epochs, on one machine",
             "training and ranking: users a second; no more cores than were measured",
             1 / network["ours"], cores / network["ours"], USERS * ASSUMED.epochs,
             at_once=cores, paid=ASSUMED.cores),
        Step("interests of every user",
             f"aggregators: photo evidence over {ASSUMED.photos} photos",
             evidence_seconds / cores, evidence_seconds, USERS),
        Step("score every item for every user",
             f"training and ranking: {max(items):,} items for a person, as if all "
             "cores had worked",
             ranking, ranking * cores, float(USERS) * PICTURES),
    ]  # fmt: skip


def _line(costs: Mapping[Any, float]) -> tuple[float, float]:
    """Draw a line through the two largest sizes.

    Returns:
        Seconds however few there are, none if that is less, and those of one more.
    """
    (few, first), (many, last) = sorted((int(n), s) for n, s in costs.items())[-2:]
    one_more = max(last - first, 0.0) / (many - few)
    return max(last - one_more * many, 0.0), one_more


def scale_markdown(values: Mapping[str, Mapping[str, Any]]) -> str:
    """Make the text of SCALE.md."""
    machine, amazon = values["machine"], values["amazon"]
    here, there = machine["cores"], ASSUMED.machines * ASSUMED.cores
    found = steps(values)
    rows = [
        [
            step.name,
            f"{step.units:.0e}".replace("+", ""),
            "" if step.here is None else _seconds(step.here),
            _hours(step.hours_here()),
            _seconds(step.core),
            _hours(step.hours(there)),
            f"{step.dollars(there):,.2f}",
            step.source,
        ]
        for step in found
    ]
    costs = Table(
        "Hours and money",
        ["step", "units", f"a unit on {here} cores", "all", "a unit, one core there",
         f"all on {there} cores", "$", "from, in BENCHMARKS.md"],
        rows,
    )  # fmt: skip
    assumed = Table(
        "Assumed",
        ["what", "value"],
        [[TITLES[name], f"{value:g}"] for name, value in vars(ASSUMED).items()],
    )
    spread, histories, asking, extraction, training, interests, ranking = found
    picture_bytes = amazon["pictures"]["mean_bytes"]
    stored = (picture_bytes + FEATURE_BYTES) * PICTURES / 1e9
    storage = stored * ASSUMED.dollars_a_gigabyte_month * ASSUMED.months
    work = (spread, histories, extraction, training, interests)
    needed = sum(step.hours(there) for step in work)
    paid = sum(step.dollars(there) for step in (*work, asking)) + storage
    alone = sum(step.hours_here() or 0.0 for step in work)
    fits = machine["memory_bytes"] / FEATURE_BYTES
    gain = values["reading"]["cores_gain"]
    return f"""# Beyond one machine: a plan on paper

{REVIEWS:,} reviews, {PICTURES:,} pictures and {USERS:,} users: about a whole
large shop. **Nothing of this size was run, nor anything on more than one machine**: a
Spark cluster and two workers of tf.distribute were tried on one machine's loopback,
where they give the same rows and weights (`make test-long`). What a unit costs is what
`make bench` measured on {here} cores ([BENCHMARKS.md](BENCHMARKS.md)), over made-up
reviews and drawn pictures of {amazon["pictures"]["side"]} pixels and
{picture_bytes / 1000:.0f} kB, with {values["aggregators"]["released"]["categories"]}
categories. Prices are
assumed, and so is that a step spreads evenly over cores: from one core to
{values["reading"]["cores"]} the gain is {gain["value"]:.2f}.{_caution(values)}

{assumed.markdown()}
{costs.markdown()}
A cluster is paid for whole while a step runs, also where few of its cores have work.
Spark's cost of a review holds that of handing out its line, so that counts twice.

- **On the cluster: {_hours(needed)} and $ {paid:,.0f}**, of which $ {storage:,.0f} keep
  {stored:,.0f} GB of pictures and features ({picture_bytes:,.0f} and
  {FEATURE_BYTES:,} bytes each) for {ASSUMED.months} months and
  $ {asking.dollars(there):,.0f} pay one core that asks for pictures: that takes
  {_hours(asking.hours(there))} before. The last row is left out of both.
- **On the machine of the bench: {_hours(alone)}**, without asking and without the last
  row. One machine is enough for all but the pictures, which take it
  {_hours(extraction.hours_here())}.
- {_even(spread, histories, there)}
- Not counted: the review files themselves, traffic, and rows that move between
  machines: on one they move through its memory.
- Training on sets is not spread. A step of {BATCH_USERS} users is
  {1000 * BATCH_USERS * (training.here or 0.0):.0f} ms of work
  here; to divide it over machines would send {GRADIENT_BYTES / 1e6:.1f} MB of gradients
  (1,000 categories) to each of them and back,
  {USERS * ASSUMED.epochs / BATCH_USERS:,.0f} times. `--strategy workers` is meant for
  the backbone.

## What breaks first

In this order.

1. **Politeness.** At {ASSUMED.requests_per_second:g} requests a second the pictures
   take {_hours(asking.hours(there))}, whatever machines there are. Only whoever has the
   pictures can shorten that.
2. **Ranking one by one.** {_hours(ranking.hours(there))} of the cluster and
   $ {ranking.dollars(there):,.0f} to score every item for every user. Above 100,000
   products `recommend` asks a neighbour index first (usearch,
   `photo_interests/candidates.py`); here it would have to be spread as well.
3. **One process puts the users together.** Features go from the Parquet files to the
   set without being in memory all at once, but the tables of entries and pictures, with
   their names, are pandas in one process (not measured at this size), and training
   holds all features: {machine["memory_bytes"] / 2**30:.0f} GiB are full at
   {fits / 1e6:.0f} million pictures. Spark could write the tables too.
4. **One gzip is one task.** A file of {REVIEWS:,} reviews takes
   {_hours(spread.hours(there))} to hand out, with the cluster waiting. Departments are
   files of their own; one that is too large is to be cut once.
5. **A worker of tf.distribute that dies stops them all**: TensorFlow's collectives do
   with no fewer workers than they began with. All must be started again, by hand or by
   whatever runs them; they go on from the last whole epoch. Spark does again what a
   lost worker had, by itself. `make test-long` kills a worker of either.

What does not break: reading photos (peak memory grows by the exponent
{values["reading"]["memory_exponent"]:.2f} in their number), histories on one machine
(by {amazon["memory_exponent"]:.2f} in reviews: the database spills to the disk), and
profiles on phones, which see a person's photos, not the shop.
"""


def _even(spread: Step, histories: Step, cores: int) -> str:
    """Say from where on Spark makes histories faster than the bench's machine."""
    gain = (histories.here or 0.0) - spread.core - histories.core / cores
    start = (
        f"Histories gain little by Spark while one task hands out the lines: "
        f"{_hours(spread.hours(cores) + histories.hours(cores))}\n  against "
        f"{_hours(histories.hours_here())} here"
    )
    if gain <= 0:
        return f"{start}, and no single file is large enough to gain."
    return (
        f"{start}, and below about {histories.fixed / gain / 1e6:.0f} million reviews "
        "nothing,\n  since any department costs Spark "
        f"{histories.fixed:.0f} s."
    )


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


def _hours(hours: float | None) -> str:
    if hours is None:
        return ""
    if hours < 1 / 60:
        return f"{hours * 3600:.0f} s"
    if hours < 2:
        return f"{hours * 60:.0f} min"
    return f"{hours:,.1f} h" if hours < 48 else f"{hours / 24:,.0f} days"
