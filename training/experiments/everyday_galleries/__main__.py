"""The command of this experiment; see its README.

python -m training.experiments.everyday_galleries evaluate
"""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from photo_interests.bundle.location import find_bundle
from training.commands.command_line import run
from training.experiments.everyday_galleries import (
    backbone_commands,
    baselines,
    tried_commands,
)
from training.experiments.everyday_galleries.halves import measure_halves
from training.experiments.everyday_galleries.pooling_variants import VARIANTS
from training.experiments.everyday_galleries.records import (
    CACHE,
    DATA,
    HERE,
    Cache,
    Data,
    echo_measured,
    write_results,
)
from training.experiments.everyday_galleries.released_benchmark import (
    released_benchmark,
    released_fitter,
)
from training.experiments.everyday_galleries.robustness import measure_kept
from training.galleries import benchmark as measuring
from training.galleries.benchmark import Benchmark
from training.galleries.config import DRAWS, LARGE_DRAWS
from training.interests import extract
from training.interests.bases import MOBILENET
from training.interests.fit_interests import (
    measure_all,
    measure_interests,
)
from training.interests.released_heads import BUNDLE
from training.interests.steps import committed_values, load_answers

RESULTS = HERE / "results.json"
VARIANTS_FILE = HERE / "variants.json"
SHORT_DRAWS = 3

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.add_typer(backbone_commands.app)
app.add_typer(tried_commands.app)


@app.command("measure")
def measure_systems(data: Data = DATA, cache: Cache = CACHE) -> None:
    """Measure the systems to compare with; writes `results.json`.

    What interests and kinds reach is what their fit measured.
    """
    cache.mkdir(parents=True, exist_ok=True)
    benchmark = released_benchmark(DRAWS, LARGE_DRAWS)
    results = _baselines(benchmark, data, cache)
    fitted = committed_values()
    results["repetition"] = fitted["interests"]
    results["repetition, kinds"] = fitted["kinds"]
    write_results(RESULTS, results)


@app.command("robustness")
def measure_robustness(data: Data = DATA, cache: Cache = CACHE) -> None:
    """Alter the photos and say how many interests stay; writes `robustness.json`."""
    cache.mkdir(parents=True, exist_ok=True)
    results = measure_kept(MOBILENET, data, cache)
    for name, share in results.items():
        typer.echo(f"{name:24s} {share:.2f}")
    write_results(HERE / "robustness.json", results)


@app.command("halves")
def fit_on_halves() -> None:
    """Fit on one half of the photo sets, measure on the other; writes `halves.json`."""
    results = measure_halves(released_benchmark(1, 1), load_answers()[0])
    for name, measured in results.items():
        echo_measured(name, measured)
    write_results(HERE / "halves.json", results)


@app.command("variants")
def compare_variants() -> None:
    """Compare ways of pooling; writes `variants.json`."""
    benchmark = released_benchmark(DRAWS, LARGE_DRAWS)
    fitter = released_fitter(benchmark)
    results = {}
    for name, read in {"additive (chosen)": fitter.read, **VARIANTS}.items():
        columns = read(fitter.probabilities[:3]).shape[1]
        other = replace(fitter, read=read, used=tuple(range(columns)))
        results[name] = measure_all(
            benchmark, other.read_out, benchmark.truth.interests
        )
        for size, measured in results[name].items():
            echo_measured(f"{name}, {size}", measured)
    write_results(VARIANTS_FILE, results)


@app.command("evaluate")
def evaluate_stored(
    short: Annotated[bool, typer.Option(help="Few galleries, for the demo.")] = False,
) -> None:
    """Print what interests reach, from the committed features and answers alone."""
    draws = SHORT_DRAWS if short else DRAWS
    benchmark = released_benchmark(draws, 1 if short else LARGE_DRAWS)
    small, features = benchmark.galleries["small"], benchmark.photos.features
    claims, _ = baselines.released(find_bundle(BUNDLE), features, small)
    kinds = benchmark.truth.kinds[:, : claims.shown.shape[1]]
    echo_measured(BUNDLE, measuring.measure(benchmark, claims, "small", kinds))
    _, results = measure_interests(benchmark, load_answers()[0])
    for size in benchmark.galleries:
        echo_measured(f"repetition, {size}", results[size])


def _baselines(benchmark: Benchmark, data: Path, cache: Path) -> dict[str, Any]:
    results: dict[str, Any] = {}
    kinds = benchmark.truth.kinds
    for name in (BUNDLE, "everyday-178"):
        bundle = find_bundle(name)
        features = extract.everyday_photos(data, bundle, cache).features
        for size, galleries in benchmark.galleries.items():
            claims, answers = baselines.released(bundle, features, galleries)
            support = kinds[:, : answers.shape[1]]
            rows = results.setdefault(name, {})
            rows[size] = measuring.measure(benchmark, claims, size, support)
            two = baselines.counted(answers, galleries, photos=2)
            rows = results.setdefault(f"{name}, two photos at .5", {})
            rows[size] = measuring.measure(benchmark, two, size, support)
    answers = baselines.load_pretrained(kinds.shape[1])
    for photos, words in ((1, "one photo"), (2, "two photos")):
        results[f"MobileNet v1, {words} at .5"] = {
            size: measuring.measure(
                benchmark, baselines.counted(answers, galleries, photos), size, kinds
            )
            for size, galleries in benchmark.galleries.items()
        }
    return results


if __name__ == "__main__":
    run(app)
