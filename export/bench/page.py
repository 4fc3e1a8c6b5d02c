"""docs/BENCHMARKS.md, from the measurements of the bench alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from export.bench.figures import AGGREGATORS, GROWTH
from export.bench.goals import GOALS
from training.reports.measurement import Measurement
from training.reports.table import Table

COLUMNS = ("what", "ratio (quartiles)", "ms", "against, ms")


def benchmarks_markdown(measurements: Mapping[str, Measurement]) -> str:
    """Make the text of BENCHMARKS.md."""
    values = {name: one.values for name, one in measurements.items()}
    parts = [
        _preface(measurements),
        Table(
            "What the bench is to show",
            ["goal", "bound", "measured (quartiles)", "result"],
            [goal.row(measurements) for goal in GOALS],
        ).markdown(),
        _machine(values["machine"], values["extractors"], values["reading"]),
        _extractors(values["extractors"]),
        _aggregators(values["aggregators"]),
        _reading(values["reading"]),
        _starting(values["starting"]),
        _learning(values["learning"]),
        _amazon(values["amazon"]),
        _parts(measurements),
    ]
    return "\n".join(parts)


def _preface(measurements: Mapping[str, Measurement]) -> str:
    minutes = sum(one.seconds for one in measurements.values()) / 60
    busy = max(one.values["busy_before"] for one in measurements.values())
    cores = measurements["machine"].values["cores"]
    return f"""# Benchmarks

Written by `make bench`, which took {minutes:.0f} minutes, from the files in
[benchmarks/](benchmarks/); nothing here is typed by hand. Things compared run in turns
in one process, each turn in the reverse order of the last; a ratio is the median of the
turns' own ratios, with its quartiles. Trust ratios, not milliseconds: before its parts
began, up to {busy:.1f} processes wanted a core of this machine in the last minute, the
bench's own part before among them.
{_caution(busy, cores)}[SCALE.md](SCALE.md) says what follows for data that one machine
cannot hold.
"""


def _caution(busy: float, cores: int) -> str:
    if busy <= cores:
        return ""
    return """**The machine was not idle**: what two processes gain over one cannot
be seen then, quartiles are wide, and an idle machine may meet a goal that is missed.
"""


def _machine(
    values: Mapping[str, Any], extractors: Mapping[str, Any], reading: Mapping[str, Any]
) -> str:
    packages = ", ".join(f"{name} {v}" for name, v in values["packages"].items())
    spent = extractors["one_thread"]["float"]
    reached = [
        extractors["macs"] / (spent[key] / 1000) / 1e9
        for key in ("milliseconds", "reference_milliseconds")
    ]
    full = next(iter(reading["decode"].values()))["reference_milliseconds"]
    return f"""## The machine and its limits

{values["cpu"]}, {values["cores"]} cores, {values["memory_bytes"] / 2**30:.0f} GiB,
{values["system"]}, Python {values["python"]}; {packages}.

- **Multiply-accumulates.** A photo needs {extractors["macs"] / 1e6:,.0f} million. One
  thread does {reached[0]:.0f} billion a second in int8 and {reached[1]:.0f} in float;
  numpy's product of float32 matrices reaches
  {values["float_macs_per_second"] / 1e9:.0f} on all cores.
- **Memory.** One thread reads and writes
  {values["copied_bytes_per_second"] / 1e9:.1f} GB a second; the features of 4,096
  photos are 4 MB, a float32 copy of them 16 MB.
- **JPEG.** Decoding {reading["megapixels"]} megapixels in full takes {full:.0f} ms,
  against {spent["milliseconds"]:.1f} ms of the extractor: to read photos is to decode.
"""


def _extractors(values: Mapping[str, Any]) -> str:
    names = {
        "reference": "the reference extractor (quantisation-aware training)",
        "plain_int8": "a plain int8 export of the network",
        "float": "our float export",
        "keras": "Keras, compiled, one thread",
    }
    tables = [
        _ratios(
            f"Time of the int8 extractor over another's, {title}",
            ((names[name], one) for name, one in values[key].items()),
        ).markdown()
        for key, title in (("one_thread", "1 thread"), ("two_threads", "2 threads"))
    ]
    missing = "" if "reference" in values["one_thread"] else (
        "\nThe reference extractor was not there to be compared with.\n"
    )  # fmt: skip
    return "## Extractor\n\n" + "\n".join(tables) + missing


def _aggregators(values: Mapping[str, Any]) -> str:
    by_photos = values["by_photos"]
    sizes = list(next(iter(by_photos.values())))
    rows = [
        [
            name,
            *(f"{times[size]['value']:.3g}" for size in sizes),
            f"{values['photo_exponents'][name]:.2f}",
        ]
        for name, times in by_photos.items()
    ]
    shown = {"released": "everyday-178", "vocabulary": "the larger vocabulary"}
    works = {
        "many": f"{values['many_photos']:,} photos at once",
        "add": "add one photo to a profile",
        "add_in_a_row": f"the same, each of {values['row']} one after the other",
        "add_and_answer": "add one and answer",
        "many_float": f"{values['many_photos']:,} photos in floating point",
        "multiply": "their features by the float32 weights, and nothing else",
        "add_float": "add one photo in floating point",
    }
    columns = ["network", *sizes, "exponent"]
    table = Table("Extractor calls by number of photos", columns, rows)
    profile = _ratios(
        "Photo evidence, in extractor calls",
        (
            (f"D = {values[size]['categories']:,} ({title}): {what}", values[size][key])
            for size, title in shown.items()
            for key, what in works.items()
        ),
    )
    return f"""## Aggregators

With random weights, on one thread. Photo evidence ships, and runs, with int8 weights
where these change its answers little enough (README); the other networks, and the rows
that say so, are in floating point. Each is timed straight after an extractor call, with
the processor's caches full of that. A profile is a row of numbers, one a category and
one for how many photos are in it, so adding to it costs the same at any size. The
interpreter that adds keeps its sizes, as the app's does; the app stores features first
and then adds many at once.

![Time by photos]({_figure(AGGREGATORS)})

{table.markdown()}
The exponent is fitted from 256 photos on. In categories, over
{values["many_photos"]:,} photos, photo evidence grows with the exponent
{values["category_exponent"]:.2f}.

{profile.markdown()}
{_floor(values)}
"""


def _floor(values: Mapping[str, Any]) -> str:
    """Says what floating point costs, and how much of it are products of weights."""
    large = values["vocabulary"]
    parts = [
        f"{one['many_float']['value']:.2f} calls at D = {one['categories']:,}, of "
        f"which {one['multiply']['value']:.2f} are products of features and weights,"
        for one in (values["released"], large)
    ]
    return (
        f"In floating point {values['many_photos']:,} photos at once take "
        f"{' and '.join(parts)} below which no way to pool comes. Adding one photo "
        "reads every weight once; an extractor call leaves few of them, and little of "
        "the interpreter, in the processor's caches, and that is most of its time."
    )


def _reading(values: Mapping[str, Any]) -> str:
    peaks = ", ".join(
        f"{int(n):,} photos {size / 2**20:,.0f} MiB"
        for n, size in values["peak_bytes"].items()
    )
    decode = _ratios(
        f"Time to decode {values['megapixels']} megapixels, over a full decode",
        values["decode"].items(),
    )
    folder = _ratios(
        f"A folder of {values['photos']} such photos: how much longer the other takes",
        (
            ("the plain loop, over predict with one process", values["one_process"]),
            (
                f"the plain loop, over predict with {values['cores']} processes",
                values["all_cores"],
            ),
            (
                f"predict with one process, over {values['cores']} processes",
                values["cores_gain"],
            ),
        ),
    )
    return f"""## Reading photos

{decode.markdown()}
{folder.markdown()}
The plain loop decodes in full, resizes and extracts, one photo after the other, with
the same int8 extractor; predict counts the start of its processes and the interests.
Time grows with the number of photos by the exponent
{values["photos_exponent"]:.2f}, peak memory by
{values["memory_exponent"]:.3f} ({peaks}).
"""


def _starting(values: Mapping[str, Any]) -> str:
    return (
        "## Starting\n\n"
        + _ratios(
            "A fresh process, over a bare start of Python", values["starts"].items()
        ).markdown()
    )


def _learning(values: Mapping[str, Any]) -> str:
    rows = [
        [
            name,
            f"{one['users']:,}",
            f"{one['ours']:,.0f}",
            f"{one['plain']:,.0f}",
            f"{one['ratio']:.2f}",
        ]
        for name, one in values["networks"].items()
    ]
    heads = Table(
        "Users a second in training",
        ["network", "users", "ours", "plain Keras", "ratio"],
        rows,
    )
    rankers = values["rankers"]
    names = {"vbpr": "VBPR, ours", "numpy_loop": "VBPR, a plain NumPy loop",
             "cornac_bpr": "BPR, cornac (no pictures)"}  # fmt: skip
    speeds = Table(
        "Triples a second of processor time",
        ["ranker", "triples", "over the loop"],
        [
            [
                title,
                f"{rankers[name]:,.0f}",
                f"{rankers[name] / rankers['numpy_loop']:.1f}",
            ]
            for name, title in names.items()
        ],
    )
    return f"""## Training and ranking

{heads.markdown()}
{speeds.markdown()}
An epoch of `{next(iter(values["networks"]))}` grows with the number of users by the
exponent {values["users_exponent"]:.2f}; ranking a catalogue for a person of
{values["photos_of_a_person"]} photos with its items by {values["items_exponent"]:.2f}.

![Growth]({_figure(GROWTH)})
"""


def _amazon(values: Mapping[str, Any]) -> str:
    rows = [
        [
            f"{int(number):,}",
            f"{one['seconds']:.1f} s",
            f"{int(number) / one['seconds']:,.0f}",
            f"{one['peak_memory_bytes'] / 2**20:,.0f} MiB",
            f"{values['spark'][number]:.1f} s" if number in values["spark"] else "",
        ]
        for number, one in values["reviews"].items()
    ]
    table = Table(
        "amazon-histories on one machine, and by local Spark",
        ["reviews", "time", "reviews a second", "peak memory", "by Spark"],
        rows,
    )
    pictures = values["pictures"]
    spark = _ratios(
        f"Features of {pictures['pictures']} pictures of {pictures['side']} pixels, "
        "over one machine with all its cores",
        (("one process", pictures["one_process"]), ("local Spark", pictures["spark"])),
    )
    return f"""## The Amazon commands, and Spark

Over made-up files in the layout of 2018. Time grows by the exponent
{values["reviews_exponent"]:.2f}, peak memory by {values["memory_exponent"]:.2f} (the
database was held to {values["memory_mb"]} MB; below that it grows as it likes).

{table.markdown()}
**Spark's local overhead.** The largest file takes local Spark
{values["spark_overhead"]:.1f} times as long as it takes without. A session needs
{pictures["session_seconds"]:.1f} s before it takes work. Of the pictures, each chunk of
{pictures["chunk"]} starts a process of its own; the command's chunks are larger.

{spark.markdown()}"""


def _parts(measurements: Mapping[str, Measurement]) -> str:
    rows = [
        [
            name,
            f"{one.seconds:.0f} s",
            f"{one.peak_memory_bytes / 2**20:,.0f} MiB",
            f"{one.values['busy_before']:.1f}",
        ]
        for name, one in measurements.items()
    ]
    columns = ["part", "time", "peak memory of a process", "load before"]
    return (
        "## Parts\n\n" + Table("Each in a process of its own", columns, rows).markdown()
    )


def _ratios(title: str, named: Iterable[tuple[str, Mapping[str, Any]]]) -> Table:
    rows = [
        [
            name,
            f"{one['value']:.3g} ({one['low']:.3g} to {one['high']:.3g})",
            _milliseconds(one["milliseconds"]),
            _milliseconds(one["reference_milliseconds"]),
        ]
        for name, one in named
    ]
    return Table(title, COLUMNS, rows)


def _milliseconds(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _figure(name: str) -> str:
    return f"figures/{name}"
