"""The command of this experiment; see its README.

python -m training.experiments.everyday_galleries evaluate
"""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from training.commands.command_line import run
from training.experiments.everyday_galleries import baselines, evaluate, extract, fit
from training.experiments.everyday_galleries.config import DRAWS, HERE, STORED, STRONG
from training.experiments.everyday_galleries.cross_validation import Fitter
from training.experiments.everyday_galleries.photos import (
    load_everyday_photos,
    save_everyday_photos,
)
from training.experiments.everyday_galleries.pooling_variants import VARIANTS
from training.experiments.everyday_galleries.robustness import (
    ALTERATIONS,
    Lists,
    altered,
    kept_in_other_sets,
)
from training.features.feature_set import FeatureSet
from training.interests.photo_head import PhotoHead
from training.vocabulary.interests import Interests, load_interests

NEW_HEAD = HERE / "new_head.npz"
FITTED = HERE / "fitted.json"
RESULTS = HERE / "results.json"
VARIANTS_FILE = HERE / "variants.json"
ANSWERS = STORED / "answers.npz"
"""Interests on each photo by a head that learned from other sources, not calibrated."""
FEATURES = Path("training/features/everyday-1105")
LARGE_DRAWS = 5
SHORT_DRAWS = 3

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
Data = Annotated[Path, typer.Option(help="Photo sets and pretrained weights.")]
Cache = Annotated[Path, typer.Option(help="Folder for extracted features.")]


@app.command("extract")
def extract_photos(
    data: Data = Path("../shared/data"), cache: Cache = Path("runs/everyday")
) -> None:
    """Extract the photos of the benchmark; writes `photos/`."""
    cache.mkdir(parents=True, exist_ok=True)
    bundle = find_bundle(fit.BUNDLE)
    save_everyday_photos(extract.everyday_photos(data, bundle, cache), STORED)


@app.command("fit")
def fit_all(
    data: Data = Path("../shared/data"), cache: Cache = Path("runs/everyday")
) -> None:
    """Fit heads, calibration and read-outs, and measure interests and kinds.

    Writes `new_head.npz`, `fitted.json`, `photos/answers.npz` and `results.json`.
    """
    cache.mkdir(parents=True, exist_ok=True)
    interests, photos = load_interests(), load_everyday_photos()
    stored = FeatureSet.load(FEATURES)
    heads = fit.fit_heads(data, cache, stored, interests)
    kinds = fit.out_of_source(heads, photos)
    np.savez_compressed(ANSWERS, interests=_rolled(kinds, interests))
    _save_new_head(heads[""])
    benchmark = evaluate.make_benchmark(photos, interests, DRAWS, LARGE_DRAWS)
    results = _baselines(benchmark, data, cache)
    results["repetition"], fitted = _interests(benchmark, _rolled(kinds, interests))
    by_kind = Fitter(
        photos,
        kinds,
        benchmark.truth.kinds,
        np.ones(len(interests.kinds), bool),
        used=(1, 2),  # the share of a kind ranks simulated users worse
    )
    results["repetition, kinds"] = _measured(
        benchmark, by_kind.read_out, benchmark.truth.kinds
    )
    everything = np.ones(len(photos.names), bool)
    fitted["kinds"] = _plain(by_kind.fit(everything, seed=1))
    _write(FITTED, fitted)
    _write(RESULTS, results)


@app.command("robustness")
def measure_robustness(
    data: Data = Path("../shared/data"), cache: Cache = Path("runs/everyday")
) -> None:
    """Alter the photos and say how many interests stay; writes `robustness.json`."""
    from training.experiments.everyday_galleries import exported  # TensorFlow

    photos, interests = load_everyday_photos(), load_interests()
    galleries = evaluate.make_benchmark(photos, interests, DRAWS, 1).galleries["small"]
    parts = exported.load_parts(NEW_HEAD, FITTED, interests, FEATURES)
    lists = Lists(parts.calibration, parts.interests, parts.shown)
    rolled = _rolled(parts.head.kind_probabilities(photos.features), interests)
    results = kept_in_other_sets(lists, rolled, galleries)
    before = [lists.shown(rolled, one.rows) for one in galleries]
    folder = data / "everyday" / "photos"
    paths = [folder / row["photo"] for row in extract.everyday_rows(data, "labels.csv")]
    extractor = Extractor(find_bundle(fit.BUNDLE))
    for name, alteration in ALTERATIONS.items():
        pixels = altered(paths, alteration)
        features = extract.features_of(f"everyday {name}", pixels, extractor, cache)
        other = _rolled(parts.head.kind_probabilities(features), interests)
        after = [lists.shown(other, one.rows) for one in galleries]
        results[name] = lists.kept(before, after)
    for name, share in results.items():
        typer.echo(f"{name:24s} {share:.2f}")
    _write(HERE / "robustness.json", results)


@app.command("variants")
def compare_variants() -> None:
    """Compare ways of pooling; writes `variants.json`."""
    photos = load_everyday_photos()
    benchmark = evaluate.make_benchmark(photos, load_interests(), DRAWS, LARGE_DRAWS)
    fitter, _ = evaluate.interest_fitter(benchmark, _stored_answers())
    results = {}
    for name, read in {"additive (chosen)": fitter.read, **VARIANTS}.items():
        columns = read(fitter.probabilities[:3]).shape[1]
        other = replace(fitter, read=read, used=tuple(range(columns)))
        results[name] = _measured(benchmark, other.read_out, benchmark.truth.interests)
        for size, measured in results[name].items():
            _print(f"{name}, {size}", measured)
    _write(VARIANTS_FILE, results)


@app.command("export")
def export_graph(
    out: Path = Path("runs/everyday/interests.tflite"),
    int8: Annotated[bool, typer.Option("--int8", help="Quantise the weights.")] = False,
) -> None:
    """Write the interest graph as TFLite, compared with NumPy before."""
    from training.experiments.everyday_galleries import exported  # TensorFlow

    photos = load_everyday_photos()
    parts = exported.load_parts(NEW_HEAD, FITTED, load_interests(), FEATURES)
    model = exported.export(parts, int8)
    error = exported.largest_error(model, parts, photos.features[::20])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(model.content)
    typer.echo(f"{out}: {len(model.content):,} bytes, largest error {error:.1e}")


@app.command("evaluate")
def evaluate_stored(
    short: Annotated[bool, typer.Option(help="Few galleries, for the demo.")] = False,
) -> None:
    """Print what interests reach, from the committed features and answers alone."""
    draws = SHORT_DRAWS if short else DRAWS
    photos = load_everyday_photos()
    benchmark = evaluate.make_benchmark(
        photos, load_interests(), draws, 1 if short else LARGE_DRAWS
    )
    rolled = _stored_answers()
    small = benchmark.galleries["small"]
    claims, _ = baselines.released(find_bundle(fit.BUNDLE), photos.features, small)
    kinds = benchmark.truth.kinds[:, : claims.shown.shape[1]]
    _print("everyday-1105", evaluate.measure(benchmark, claims, "small", kinds))
    results, _ = _interests(benchmark, rolled)
    for size in benchmark.galleries:
        _print(f"repetition, {size}", results[size])


def _interests(
    benchmark: evaluate.Benchmark, rolled: np.ndarray
) -> tuple[dict[str, Any], dict[str, Any]]:
    fitter, calibration = evaluate.interest_fitter(benchmark, rolled)
    results = _measured(benchmark, fitter.read_out, benchmark.truth.interests)
    results["photos"] = evaluate.per_photo(benchmark, fitter.probabilities)
    claims = fitter.read_out(benchmark.galleries["small"])
    results["small"] |= evaluate.false_and_missed(benchmark, claims, "small", STRONG)
    readout = fitter.fit(np.ones(len(benchmark.photos.names), bool), seed=1)
    fitted = {"calibration": _plain(calibration), "interests": _plain(readout)}
    return results, fitted


def _measured(
    benchmark: evaluate.Benchmark, read_out: Any, support: np.ndarray
) -> dict[str, Any]:
    return {
        size: evaluate.measure(benchmark, read_out(galleries), size, support)
        for size, galleries in benchmark.galleries.items()
    }


def _baselines(
    benchmark: evaluate.Benchmark, data: Path, cache: Path
) -> dict[str, Any]:
    results: dict[str, Any] = {}
    kinds = benchmark.truth.kinds
    for name in (fit.BUNDLE, "everyday-178"):
        bundle = find_bundle(name)
        features = extract.everyday_photos(data, bundle, cache).features
        for size, galleries in benchmark.galleries.items():
            claims, answers = baselines.released(bundle, features, galleries)
            support = kinds[:, : answers.shape[1]]
            rows = results.setdefault(name, {})
            rows[size] = evaluate.measure(benchmark, claims, size, support)
            two = baselines.counted(answers, galleries, photos=2)
            rows = results.setdefault(f"{name}, two photos at .5", {})
            rows[size] = evaluate.measure(benchmark, two, size, support)
    answers = baselines.load_pretrained(kinds.shape[1])
    for photos, words in ((1, "one photo"), (2, "two photos")):
        results[f"MobileNet v1, {words} at .5"] = {
            size: evaluate.measure(
                benchmark, baselines.counted(answers, galleries, photos), size, kinds
            )
            for size, galleries in benchmark.galleries.items()
        }
    return results


def _stored_answers() -> np.ndarray:
    with np.load(ANSWERS) as stored:
        return stored["interests"].astype(np.float32)


def _rolled(kinds: np.ndarray, interests: Interests) -> np.ndarray:
    return np.minimum(kinds @ interests.weights, 1).astype(np.float16)


def _save_new_head(head: PhotoHead) -> None:
    np.savez_compressed(
        NEW_HEAD,
        new_kernel=head.new_kernel.astype(np.float16),
        new_bias=head.new_bias,
        student_scale=head.student_scale,
    )


def _plain(fitted: Any) -> dict[str, Any]:
    return {
        name: np.asarray(value, float).round(6).tolist()
        for name, value in fitted._asdict().items()
    }


def _write(path: Path, values: dict[str, Any]) -> None:
    text = json.dumps(_without_nan(values), indent=1, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _without_nan(value: Any) -> Any:
    """Give null for the mean of nothing: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: _without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _print(name: str, measured: dict[str, Any]) -> None:
    words = ("shown", "precision", "false", "fits_nameable", "ece")
    row = "  ".join(f"{word} {measured[word]['value']:.2f}" for word in words)
    strong = measured.get("strong")
    end = f"  strong shown {strong['all'][0]:.2f}" if strong else ""
    typer.echo(f"{name:40s} {row}{end}")


if __name__ == "__main__":
    run(app)
