"""The commands of this experiment; see its README.

python -m training.experiments.analyzers accuracy
"""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.location import cache_folder
from photo_interests.analysis.text.text_interests import InterestWords
from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.files import write_atomically
from photo_interests.search.word_vectors import read_words
from training.commands.command_line import run
from training.experiments.analyzers import (
    ablation,
    accuracy,
    combined,
    descriptions,
    scenes,
    search,
    species,
    text,
    text_times,
    texts,
    times,
)
from training.experiments.analyzers.detections import installed, read_detections
from training.experiments.analyzers.photo_labels import read_photo_labels
from training.galleries.benchmark import make_benchmark
from training.galleries.config import DRAWS
from training.galleries.photos import load_everyday_photos
from training.interests.steps import load_answers
from training.runs.record import rounded
from training.vocabulary.interests import load_interests

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
BUNDLE = "everyday-1105"

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
Data = Annotated[Path, typer.Option(help="Photo sets.")]
Cache = Annotated[Path, typer.Option(help="Folder for features and detections.")]


@app.command("scenes")
def fit_scenes(
    data: Data = Path("../shared/data"), cache: Cache = Path("runs/analyzers")
) -> None:
    """Train the classifier of scenes and measure it; writes its weights."""
    _store("scenes", scenes.fit_and_measure(data, cache, find_bundle(BUNDLE)))


@app.command("accuracy")
def measure_accuracy(
    data: Data = Path("../shared/data"), cache: Cache = Path("runs/analyzers")
) -> None:
    """Measure objects, people, faces, scenes and sentences on everyday photos."""
    photos = read_detections(data, cache)
    thresholds = {
        name: _card(name).thresholds["score"] for name in ("objects", "faces")
    }
    measured = accuracy.measure(photos, thresholds["objects"], thresholds["faces"])
    _store("everyday", {"thresholds": thresholds, **measured})
    _store("everyday_scenes", scenes.measure_everyday())
    _store("descriptions", descriptions.measure(photos, thresholds))


@app.command("text")
def measure_text(data: Data = Path("../shared/data")) -> None:
    """Measure text on drawn and real receipts, and its gate on everyday photos."""
    _store("text", text.measure(installed("text"), find_bundle(DEFAULT_BUNDLE), data))


@app.command("search")
def measure_search(
    data: Data = Path("../shared/data"), cache: Cache = Path("runs/analyzers")
) -> None:
    """Measure search by words, and detector and classifier together."""
    photos = read_detections(data, cache)
    cards = {name: _card(name) for name in ("scene", "objects", "faces", "words")}
    labels = read_photo_labels(find_bundle(DEFAULT_BUNDLE), cards, photos)
    score = cards["objects"].thresholds["score"]
    words = cards["words"]
    vectors = read_words(installed("words") / words.model)
    nearest = words.thresholds["similarity"]
    _store("search", search.measure(labels, vectors, nearest, score))
    faces = cards["faces"].thresholds["score"]
    _store("combined", combined.measure(labels, photos, score, faces))


@app.command("identity")
def measure_identity(
    data: Data = Path("../shared/data"), turns: int = 30, cost: bool = True
) -> None:
    """Measure groups of faces of the same person, and what they cost."""
    from training.experiments.analyzers import identity  # TensorFlow

    folder = installed("identity")
    _store("identity", identity.measure(data, folder))
    if cost:
        bundle = find_bundle(BUNDLE)
        times_of = identity.measure_times(data, bundle, folder, turns)
        _store("identity_cost", times_of)


@app.command("many-faces")
def measure_many_faces(data: Data = Path("../shared/data")) -> None:
    """Cluster 100,000 synthetic faces in several orders."""
    from training.experiments.analyzers import many_faces  # TensorFlow

    _store("many_faces", many_faces.measure(data, installed("identity")))


@app.command("species")
def measure_species(data: Data = Path("../shared/data")) -> None:
    """Measure the packs of birds and insects on photos of some families and none."""
    _store("species", species.measure(data, find_bundle(DEFAULT_BUNDLE)))


@app.command("ablation")
def measure_ablation(
    data: Data = Path("../shared/data"), cache: Cache = Path("runs/analyzers")
) -> None:
    """Measure interests of everyday galleries with and without each analyzer."""
    photos = load_everyday_photos()
    benchmark = make_benchmark(photos, load_interests(), DRAWS, 1)
    thresholds = {
        name: _card(name).thresholds["score"] for name in ("objects", "faces")
    }
    index = benchmark.interests.index
    evidence = ablation.detected(read_detections(data, cache), thresholds, index)
    evidence["scene"] = ablation.scenes(photos.features, index)
    bundle = find_bundle(DEFAULT_BUNDLE)
    lines = texts.read_texts(photos, bundle, data, cache)
    evidence["text"] = texts.named(lines, InterestWords(load_card(bundle)), index)
    typer.echo(
        f"text names interests on {int(evidence['text'].any(axis=1).sum())} photos"
    )

    def report(name: str, measured: dict[str, Any]) -> None:
        values = "  ".join(
            f"{key} {measured[key]['value']:.3f}" for key in ablation.MEASURES
        )
        typer.echo(f"{name:24s} {values}  strong {measured['strong']['all'][0]:.3f}")

    _store("ablation", ablation.ablate(benchmark, load_answers()[0], evidence, report))


@app.command("fit-int8")
def fit_int8(data: Data = Path("../shared/data")) -> None:
    """Fit the ranges with which both detectors are converted; writes them."""
    from training.experiments.analyzers import int8  # TensorFlow

    def report(step: int, loss: float) -> None:
        if step % 10 == 0:
            typer.echo(f"step {step}  loss {loss:.2f}")

    _store("int8_before_fitting", int8.fit(data, report))


@app.command("int8")
def measure_int8(data: Data = Path("../shared/data")) -> None:
    """Compare both detectors in int8 with those in floating point."""
    from training.experiments.analyzers import int8  # TensorFlow

    _store("int8", {name: int8.compare(data, name) for name in int8.BUILD})


@app.command("times")
def measure_times(data: Data = Path("../shared/data"), turns: int = 30) -> None:
    """Time each analyzer beside the extractor, in turns, and list sizes."""
    _store("cost", times.measure(data, find_bundle(BUNDLE), turns))


@app.command("text-times")
def measure_text_times(data: Data = Path("../shared/data"), turns: int = 15) -> None:
    """Time finding lines, reading one, and photos, beside the extractor."""
    bundle, folder = find_bundle(DEFAULT_BUNDLE), installed("text")
    _store("text_cost", text_times.measure(bundle, folder, data, turns))


@app.command("text-heights")
def measure_text_heights(data: Data = Path("../shared/data"), turns: int = 15) -> None:
    """Compare the heights and widths at which lines of text can be read."""
    from training.experiments.analyzers import text_heights  # TensorFlow

    downloads = cache_folder().parent / "third_party"
    measured = text_heights.measure(data, installed("text"), downloads, turns)
    _store("text_heights", measured)


def _card(name: str) -> Any:
    return load_analyzer(installed(name), name)


def _store(key: str, value: dict[str, Any]) -> None:
    content = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    content[key] = value
    write_atomically(RESULTS, json.dumps(rounded(content), indent=1) + "\n")


if __name__ == "__main__":
    run(app)
