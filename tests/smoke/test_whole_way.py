"""The whole way once, on drawn photos: folders in, a bundle and interests out."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from photo_interests.cli import app

COLOURS = {
    "berries": (200, 20, 40),
    "leaves": (30, 160, 40),
    "lakes": (30, 60, 210),
    "none": (130, 130, 130),
}
PHOTOS_A_CLASS = 30


@pytest.fixture
def album(tmp_path: Path, draw_album) -> Path:
    draw_album(tmp_path / "album", COLOURS, PHOTOS_A_CLASS)
    return tmp_path / "album"


def small_scenario():
    from training.simulation.config import get_config

    counts = {"train": 60, "validation": 40, "test": 20}
    return replace(
        get_config(),
        users=counts,
        galleries=dict.fromkeys(counts, 4),
        interest_free=dict.fromkeys(counts, 4),
        large_galleries=(),
        groups=3,
        candidate_interests=(1, 2),
        gallery_sizes=(100,),
        gallery_interests={100: (1, 3)},
    )


@pytest.mark.slow
def test_folders_in_interests_out(
    album: Path, draw_album, weights_data: Path, tmp_path: Path
):
    from export.bundle import BundleParts, write_bundle
    from export.extractor import compare, convert_extractor, write_extractor
    from export.lineage import origin_of
    from export.verify import failures, verify
    from photo_interests.bundle.card_sections import PhotoCounts, Source, Training
    from training.aggregators.fit import fit
    from training.backbone.config import Stage
    from training.backbone.fit import BackboneRun
    from training.configs import config_named
    from training.features.extract import extract_feature_set
    from training.metrics.extractor_accuracy import extractor_accuracy
    from training.photos.pixels import load_pixels, pack_pixels
    from training.photos.prepare import prepare_photos
    from training.simulation.scenario_names import USERS
    from training.simulation.simulate import simulate
    from training.simulation.user_sets import UserSets

    runs = tmp_path / "runs"
    runs.mkdir()
    table, catalogue = prepare_photos(album, own_set=True)
    table.to_parquet(runs / "photos.parquet", index=False)
    pack_pixels(album, table, runs / "pixels.npy")

    stage = Stage(22, epochs=1, learning_rate=1e-4, crop_size=64, decay=True)
    config = replace(config_named("backbone_two_cores"), stages=(stage,))
    run = BackboneRun(
        config,
        load_pixels(runs / "pixels.npy"),
        table,
        catalogue.index,
        weights_data,
        runs / "backbone",
    )
    run.fit()

    calibration = load_pixels(runs / "pixels.npy")[:40]
    quantised, floating = convert_extractor(run.tuned_extractor(), calibration)
    similarity = compare(quantised, floating, calibration[:4])
    write_extractor(runs / "extractor", quantised, floating, similarity, {})
    accuracy = extractor_accuracy(run, runs / "extractor")["sources"]["all"]["top1"]
    assert accuracy["float"]["value"] > 0.8
    assert abs(accuracy["int8"]["value"] - accuracy["float"]["value"]) < 0.1
    feature_set = extract_feature_set(
        runs / "pixels.npy",
        runs / "photos.parquet",
        runs / "extractor" / "extractor.tflite",
        tuple(catalogue.index),
        {},
        tmp_path / "features",
        threads=2,
    )

    users = UserSets(simulate(feature_set, small_scenario()))
    evidence = replace(
        config_named("photo_evidence", quick=True), scenarios=((USERS, 1.0),)
    )
    aggregator = fit(evidence, feature_set, users, runs / "aggregators")
    trained = runs / "aggregators" / evidence.name / "aggregator.keras"
    bundle = write_bundle(
        BundleParts(
            name="colours",
            version="0.0.1",
            extractor=runs / "extractor",
            aggregator=aggregator,
            features=feature_set.features,
            origin=origin_of(trained, feature_set, runs),
            catalogue=catalogue,
            training=Training(
                summary="A test.",
                photos=PhotoCounts(train=1, validation=1, test=1),
                sources=(Source(name="drawn", license="CC0", attribution="here"),),
                commands=("pytest",),
                config="none",
            ),
            metrics={},
        ),
        tmp_path / "models",
    )
    assert not failures(verify(bundle))

    draw_album(tmp_path / "mine", {"lakes": COLOURS["lakes"]}, 6, first_seed=90_000)
    answer = tmp_path / "answer.json"
    arguments = ["predict", str(tmp_path / "mine"), "--json", str(answer)]
    result = CliRunner().invoke(app, [*arguments, "--bundle", str(bundle)])

    assert result.exit_code == 0, result.output
    predicted = json.loads(answer.read_text())["probabilities"]
    assert max(predicted, key=predicted.get) == "album.lakes"
    assert (
        predicted["album.lakes"]
        > 0.5
        > max(predicted["album.berries"], predicted["album.leaves"])
    )
