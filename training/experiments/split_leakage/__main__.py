"""`python -m training.experiments.split_leakage`: what crosses the split of photos."""

import typer

from training.commands.command_line import run
from training.commands.options import DATA, FEATURES, RUNS, Data, Features, Runs

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def split_leakage(
    data: Data = DATA, features: Features = FEATURES, runs: Runs = RUNS
) -> None:
    """Measure neighbours and mirror images across splits, and a stricter split.

    Reads the photos in DATA, which must be those of the feature set.
    """
    from training.configs import config_named
    from training.experiments.split_leakage.strict_split import StrictSplit
    from training.experiments.split_leakage.study import study_leakage
    from training.features.feature_set import FeatureSet
    from training.photos.duplicates import mirror_pairs, perceptual_hashes
    from training.photos.prepare import prepare_photos
    from training.reports.measurement import measuring

    feature_set = FeatureSet.load(features)
    photos, _ = prepare_photos(data)
    columns = ["source", "label", "split", "group"]
    known = feature_set.photos[columns].astype(photos[columns].dtypes.to_dict())
    if not known.equals(photos[columns]):
        raise ValueError(
            f"{data}: expected the {len(known)} photos of {features} in their order, "
            f"received {len(photos)} others"
        )
    paths = [data / path for path in photos["path"]]
    mirrors = mirror_pairs(
        perceptual_hashes(paths), perceptual_hashes(paths, mirrored=True)
    )
    config = config_named("photo_evidence", "aggregator", quick=True)
    with measuring("split-leakage", runs / "results") as values:
        values |= study_leakage(feature_set, photos, mirrors, StrictSplit(), config)


if __name__ == "__main__":
    run(app)
