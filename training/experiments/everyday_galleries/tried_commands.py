"""Commands for what was tried beside the released bundle, and what it was judged by."""

from typing import Annotated

import typer

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.bundle.location import find_bundle
from training.experiments.everyday_galleries import limits
from training.experiments.everyday_galleries.augmentation import (
    compare_copies,
    on_galleries,
)
from training.experiments.everyday_galleries.imagenet_top5 import measure_top5
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
from training.experiments.everyday_galleries.scene_variants import compare_scenes
from training.features.feature_set import FeatureSet
from training.galleries import benchmark as measuring
from training.galleries.config import DRAWS
from training.galleries.photos import load_everyday_photos
from training.interests.parts import FEATURES, load_parts
from training.interests.steps import committed_values, load_answers
from training.vocabulary.interests import load_interests
from training.vocabulary.vocabulary import load_vocabulary

app = typer.Typer()


@app.command("imagenet")
def measure_imagenet() -> None:
    """Compare kinds with the distilled head's, by ImageNet; writes `imagenet.json`."""
    stored = FeatureSet.load(FEATURES)
    results = measure_top5(load_parts().head, stored, load_vocabulary())
    for name, measured in results.items():
        top = measured["top 5"]
        shares = ", ".join(f"{one} {top[one]['value']:.3f}" for one in top)
        typer.echo(f"{name}: {measured['photos']}, top 5: {shares}")
    write_results(HERE / "imagenet.json", results)


@app.command("quantised")
def measure_quantised() -> None:
    """Compare int8 with float32 on small galleries; writes `quantised.json`."""
    from training.experiments.everyday_galleries import quantised  # TensorFlow

    benchmark = released_benchmark(quantised.DRAWS, 1)
    results = quantised.compare_files(find_bundle(DEFAULT_BUNDLE), benchmark)
    typer.echo(", ".join(f"{name} {value:.3f}" for name, value in results.items()))
    write_results(HERE / "quantised.json", results)


@app.command("scenes")
def compare_scene_evidence() -> None:
    """Compare ways in which scenes are evidence; writes `scenes.json`."""
    benchmark = released_benchmark(DRAWS, 1)
    results = compare_scenes(benchmark, load_answers()[0])
    for name, measured in results.items():
        echo_measured(name, measured["small"])
        typer.echo(f"{name}: cross-entropy {measured['cross_entropy']:.4f}")
    write_results(HERE / "scenes.json", results)


@app.command("limits")
def measure_limits(data: Data = DATA, cache: Cache = CACHE) -> None:
    """Draw the curves of goals that are not reached; writes `limits.json`."""
    cache.mkdir(parents=True, exist_ok=True)
    benchmark = released_benchmark(DRAWS, 1)
    fitter = released_fitter(benchmark)
    results = {
        "sizes": limits.sizes(data, cache, load_parts(), benchmark.interests),
        "thresholds": limits.thresholds(benchmark, fitter),
    }
    for name, curve in (results["sizes"] | results["thresholds"]).items():
        row = ", ".join(f"{one} {value:.3f}" for one, value in curve.items())
        typer.echo(f"{name}: {row}")
    write_results(HERE / "limits.json", results)


@app.command("augmentation")
def compare_augmentation(data: Data = DATA, cache: Cache = CACHE) -> None:
    """Fit heads on altered copies of training photos too; `augmentation.json`."""
    cache.mkdir(parents=True, exist_ok=True)
    stored, interests = FeatureSet.load(FEATURES), load_interests()
    results, chosen, heads = compare_copies(data, cache, stored, interests)
    for name, measured in results.items():
        for part, shares in measured.items():
            row = ", ".join(f"{one} {share:.3f}" for one, share in shares.items())
            typer.echo(f"{name}: {part}: {row}")
    galleries = on_galleries(data, cache, heads, load_everyday_photos(), interests)
    for name, one in galleries.items():
        echo_measured(name, one["interests"]["small"])
        typer.echo(f"{name}: kept {one['kept']}")
    write_results(
        HERE / "augmentation.json",
        {"held out": results, "chosen": chosen, "galleries": galleries},
    )


@app.command("published")
def compare_published(
    set_labels: Annotated[
        bool,
        typer.Option(
            "--set-labels",
            help="Photo evidence from the same set labels alone; `set-labels.json`.",
        ),
    ] = False,
    data: Data = DATA,
    cache: Cache = CACHE,
) -> None:
    """Train the published networks under the same supervision; `published.json`."""
    from training.experiments.everyday_galleries.published_family import (  # TensorFlow
        NETWORKS,
        SET_LABELS,
        measure_family,
    )
    from training.experiments.everyday_galleries.training_sets import head_photos

    cache.mkdir(parents=True, exist_ok=True)
    benchmark = released_benchmark(DRAWS, 1)
    stored = FeatureSet.load(FEATURES)
    photos = head_photos(data, cache, stored, benchmark.interests)
    fitter = released_fitter(benchmark)
    ours = committed_values()["interests"]["small"]
    networks = SET_LABELS if set_labels else NETWORKS
    allowed = ours["false"]["value"]
    claims = measure_family(benchmark, photos, fitter, allowed, networks)
    results = {
        name: measuring.measure(benchmark, one, "small", benchmark.truth.interests)
        for name, one in claims.items()
    }
    for name, measured in results.items():
        echo_measured(name, measured)
    if set_labels:
        write_results(HERE / "set-labels.json", results)
        return
    write_results(HERE / "published.json", {**results, "repetition": ours})
