"""`python -m training.experiments.split_leakage`: what crosses the split of photos."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from training.commands.command_line import run
from training.commands.options import DATA, FEATURES, RUNS, Data, Features, Runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from training.experiments.split_leakage.strict_split import Pairs, StrictSplit
    from training.features.feature_set import FeatureSet

TUNED = "last blocks fine-tuned"
"""Features of the extractors of --fine-tune."""
app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def split_leakage(
    retrain: Annotated[
        bool,
        typer.Option(
            "--retrain",
            help="Train photo evidence under both splits; written as strict-split.",
        ),
    ] = False,
    fine_tune: Annotated[
        bool,
        typer.Option(
            "--fine-tune",
            help="Fine-tune an extractor under each split first, and train photo "
            "evidence on its features; written as strict-extractor.",
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Splits of --fine-tune: strict, in_use; both if none."),
    ] = None,
    frozen: Annotated[
        Path | None,
        typer.Option(help="The photos' features before fine-tuning, for --retrain."),
    ] = None,
    seeds: Annotated[
        int, typer.Option(min=1, help="Scenarios of --retrain and --fine-tune.")
    ] = 12,
    data: Data = DATA,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Measure neighbours and mirror images across splits, and a stricter split.

    Reads the photos in DATA, which must be those of the feature set.
    """
    from training.configs import config_named
    from training.experiments.split_leakage.strict_split import (
        StrictSplit,
        burst_pairs,
        split_strictly,
        unit_features,
    )
    from training.experiments.split_leakage.study import study_leakage
    from training.features.feature_set import FeatureSet
    from training.reports.measurement import measuring

    feature_set = FeatureSet.load(features)
    photos, mirrors = _photos_and_mirrors(data, features, feature_set)
    config = StrictSplit()
    if unknown := set(only or ()) - {"in_use", "strict"}:
        raise ValueError(f"--only: expected strict or in_use, received {unknown}")
    if not (retrain or fine_tune):
        classifier = config_named("photo_evidence", "aggregator", quick=True)
        with measuring("split-leakage", runs / "results") as values:
            values |= study_leakage(feature_set, photos, mirrors, config, classifier)
        return
    from training.experiments.split_leakage.retrained import retrain as train_again
    from training.simulation.config import get_config

    sources = photos["source"].to_numpy(str)
    bursts = burst_pairs(unit_features(feature_set), sources, config.cosine)
    splits = {
        "in_use": photos,
        "strict": split_strictly(photos, bursts, mirrors, config),
    }
    photo, of_sets = (
        config_named(name, "aggregator")
        for name in ("photo_evidence", "set_labels_photo_evidence")
    )
    sets = {"fine-tuned": {split: feature_set for split in splits}}
    configs = {"fine-tuned": [photo, of_sets]}
    if frozen:
        pretrained = FeatureSet.load(frozen)
        sets["frozen"] = {split: pretrained for split in splits}
        configs["frozen"] = [photo]
    name = "strict-split"
    if fine_tune:
        name = "strict-extractor"
        chosen = {split: splits[split] for split in only or splits}
        sets = {TUNED: _tuned(chosen, config, data, runs)}
        configs = {TUNED: [photo, of_sets]}
    with measuring(name, runs / "results") as values:
        values |= train_again(
            sets,
            splits,
            configs,
            get_config(),
            range(1, seeds + 1),
            runs / "strict-split",
        )


def _tuned(
    splits: "Mapping[str, pd.DataFrame]", config: "StrictSplit", data: Path, runs: Path
) -> "dict[str, FeatureSet]":
    """Fine-tune under each split, or load what was fine-tuned before."""
    from training.experiments.split_leakage.last_blocks import LastBlocks
    from training.experiments.split_leakage.tuned_extractor import (
        strict_workspace,
        tuned_features,
    )
    from training.workspace import Workspace

    place = Workspace(runs, data)
    found = {}
    for split, photos in splits.items():
        folder = runs / "strict-split" / "workspace"
        is_strict = split == "strict"
        own = strict_workspace(place, photos, config, folder) if is_strict else place
        found[split] = tuned_features(own, LastBlocks())
    return found


def _photos_and_mirrors(
    data: Path, features: Path, feature_set: "FeatureSet"
) -> "tuple[pd.DataFrame, Pairs]":
    """Label the photos of a feature set again, and pair those that are mirror images.

    Raises:
        ValueError: The photos in `data` are others.
    """
    from training.photos.duplicates import mirror_pairs, perceptual_hashes
    from training.photos.prepare import prepare_photos

    photos, _ = prepare_photos(data)
    columns = ["source", "label", "split", "group"]
    known = feature_set.photos[columns].astype(photos[columns].dtypes.to_dict())
    if not known.equals(photos[columns]):
        raise ValueError(
            f"{data}: expected the {len(known)} photos of {features} in their order, "
            f"received {len(photos)} others"
        )
    paths = [data / path for path in photos["path"]]
    return photos, mirror_pairs(
        perceptual_hashes(paths), perceptual_hashes(paths, mirrored=True)
    )


if __name__ == "__main__":
    run(app)
