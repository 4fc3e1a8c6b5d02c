"""`prepare`: files to features in one go, the same by either engine."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from failing_server import FailingServer, failing_server
from made_files import as_parquet, write_shop
from standalone_cluster import StandaloneCluster
from typer.testing import CliRunner

from photo_interests.bundle.card import load_card
from photo_interests.photos.pixels import read_pixels
from training.experiments.amazon import engines
from training.experiments.amazon.__main__ import ALL_CORES, app
from training.experiments.amazon.features import category_ids, is_of_first_stage
from training.experiments.amazon.histories import load_histories
from training.experiments.amazon.pictures import outcomes
from training.features.feature_set import FeatureSet
from training.photos.folders import read_folder_per_class
from training.steps import load_data

ITEMS = 40


@pytest.fixture(scope="module")
def server() -> Iterator[FailingServer]:
    with failing_server() as running:
        yield running


@pytest.fixture(scope="module")
def files(
    server: FailingServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("files")
    return write_shop(folder, 2018, users=160, items=ITEMS, address=server.address)


def prepare(files: tuple[Path, Path], out: Path, *more: object, status: int = 0) -> str:
    reviews, metadata = files
    options = ["--reviews", reviews, "--metadata", metadata, "--out", out]
    options += ["--core", 3, "--per-second", 1000, "--processes", 1, *more]
    result = CliRunner().invoke(app, ["prepare", *map(str, options)])
    if status:
        assert isinstance(result.exception, ValueError | OSError)
        return str(result.exception)
    assert result.exit_code == 0, result.exception
    return " ".join(result.output.split())


@pytest.fixture(scope="module")
def prepared(
    files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("prepared") / "shop"
    assert f"aggregators --features {out / 'features'}" in prepare(files, out)
    return out


def written(out: Path) -> dict[str, int]:
    """When each file was written, but for the ledger and remembered hashes."""
    files = (path for path in out.rglob("*") if path.is_file())
    return {
        str(path.relative_to(out)): path.stat().st_mtime_ns
        for path in files
        if not path.name.startswith((".", "pictures.sqlite"))
    }


def assert_same(one: Path, other: Path) -> None:
    first, second = (load_histories(out / "histories") for out in (one, other))
    pd.testing.assert_frame_equal(first.interactions, second.interactions)
    pd.testing.assert_frame_equal(first.items, second.items)
    (left, left_users), (right, right_users) = (
        load_data(out / "features") for out in (one, other)
    )
    np.testing.assert_array_equal(left.features, right.features)
    pd.testing.assert_frame_equal(left.photos, right.photos)
    pd.testing.assert_frame_equal(left_users.table, right_users.table)
    assert left.categories == right.categories
    assert left.provenance == right.provenance


@pytest.mark.slow
def test_spark_prepares_the_same_rows(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    engine = ("--engine", "spark", "--master", "local[2]")
    prepare(files, tmp_path / "spark", *engine)
    assert_same(prepared, tmp_path / "spark")
    before = written(tmp_path / "spark")
    prepare(files, tmp_path / "spark")  # one machine, too, sees that all is done
    assert written(tmp_path / "spark") == before


@pytest.mark.long
def test_a_cluster_that_loses_a_worker_prepares_the_same_rows(
    cluster: StandaloneCluster, server: FailingServer, tmp_path: Path
) -> None:
    """The worker goes while reviews are filtered, with rows that others wait for."""
    files = write_shop(
        tmp_path / "files", 2014, users=20_000, items=ITEMS, address=server.address
    )
    prepare(files, tmp_path / "shop")
    out = tmp_path / "spark"

    whole_at_the_kill: list[bool] = []

    def kill_in_mid_job() -> None:
        while not list(out.glob("histories-*/unfinished/tables/reviews/*.parquet")):
            time.sleep(0.05)
        cluster.kill_worker(0)
        whole_at_the_kill.append((out / "histories").exists())

    killer = threading.Thread(target=kill_in_mid_job, daemon=True)
    killer.start()
    prepare(files, out, "--engine", "spark", "--master", cluster.url)
    killer.join(timeout=10)
    assert whole_at_the_kill == [False]
    assert cluster.alive() == 1
    assert_same(tmp_path / "shop", out)


def test_parquet_of_the_same_keys_gives_the_same_rows(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    reviews, metadata = (as_parquet(path, tmp_path) for path in files)
    prepare((reviews, metadata), tmp_path / "shop")
    assert_same(prepared, tmp_path / "shop")


def test_what_is_done_is_not_done_again(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path, server: FailingServer
) -> None:
    out = shutil.copytree(prepared, tmp_path / "shop", symlinks=True)
    before, asked = written(out), server.asked.total()
    assert "160" in prepare(files, out)
    assert written(out) == before and server.asked.total() == asked


def test_features_that_were_changed_since_are_named(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = shutil.copytree(prepared, tmp_path / "shop", symlinks=True)
    np.savez(out / "features" / "features.npz", features=np.zeros((4, 8), np.uint8))
    error = prepare(files, out, status=2)
    assert "features-" in error and "expected the output with sha256" in error


def test_another_option_does_again_what_it_touches(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = shutil.copytree(prepared, tmp_path / "shop", symlinks=True)
    before = written(out)
    prepare(files, out, "--apart", "--fewest-items", 1)
    after = written(out)
    assert before.items() <= after.items(), "nothing finished is changed"
    added = {name.split("-")[0] for name in after.keys() - before.keys()}
    assert added == {"features", "histories"}
    photos = FeatureSet.load(out / "features").photos
    assert (photos.groupby("group")["split"].nunique() == 1).all()


def test_a_run_that_failed_resumes(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "shop"
    output = prepare(files, out, "--no-download", status=2)
    assert "received none; the first: never requested" in output
    before = written(out)
    assert before.keys() and not (out / "features").exists()
    prepare(files, out)
    assert before.items() <= written(out).items()
    assert_same(prepared, out)


def test_a_picture_that_is_gone_is_asked_for_again_and_not_read_again(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = shutil.copytree(prepared, tmp_path / "shop", symlinks=True)
    gone = next(path for path in (out / "pictures").rglob("*") if len(path.name) == 64)
    gone.unlink()
    output = prepare(files, out, "--no-download")
    assert "no longer in the folder" in output and "39" in output
    prepare(files, out)
    assert gone.is_file()
    assert_same(prepared, out)
    (store,) = (out / "extracted").iterdir()
    assert len(list(store.iterdir())) == 1


def test_what_cannot_be_is_said_before_anything_is_written(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "shop"
    assert "--engine spark" in prepare(files, out, "--master", "local", status=2)
    assert "no such file" in prepare((tmp_path / "lost", files[1]), out, status=2)
    monkeypatch.setattr(engines.importlib.util, "find_spec", lambda name: None)
    assert "'.[spark]'" in prepare(files, out, "--engine", "spark", status=2)
    assert not out.exists()


def test_the_help_explains_engines() -> None:
    output = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["prepare", "--help"]).output
    assert ALL_CORES in output and "spark://HOST:7077" in output


def test_data_of_one_category_are_warned_of(
    files: tuple[Path, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prepare(files, tmp_path / "shop", "--categories", 1)
    assert "one category only: every user has the same interest" in caplog.text
    assert len(FeatureSet.load(tmp_path / "shop" / "features").categories) == 1


def test_data_of_several_categories_are_not(
    files: tuple[Path, Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prepare(files, tmp_path / "shop")
    assert "one category only" not in caplog.text


def test_the_first_stage_has_the_pictures_of_users_who_are_in_no_set(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = shutil.copytree(prepared, tmp_path / "shop", symlinks=True)
    output = prepare(files, out, "--first-stage", 0.5)
    assert f"training photos --own-set {out / 'first-stage'}" in output
    histories = load_histories(out / "histories")
    users = histories.interactions["user"].unique()
    chosen = {user for user in users if is_of_first_stage(user, 0.5, seed=1)}
    assert 0.3 < len(chosen) / len(users) < 0.7
    _, sets = load_data(out / "features")
    assert sets.table.groupby("split")["user"].nunique().sum() == len(users) - len(
        chosen
    )
    taken = histories.interactions[histories.interactions["user"].isin(chosen)]
    photos = read_folder_per_class(out / "first-stage")
    found = outcomes(histories.items["url"], out / "pictures")
    sha256 = dict(zip(histories.items["item"], (o.sha256 for o in found), strict=True))
    assert {Path(photo.path).stem for photo in photos} == set(taken["item"].map(sha256))
    categories = histories.items.set_index("item")["category"]
    wanted = category_ids(taken["item"].map(categories)).values()
    assert {photo.label for photo in photos} == set(wanted)
    rule = load_card(Path("models/everyday-178")).input
    for photo in photos[:3]:
        assert read_pixels(out / "first-stage" / photo.path, rule).any()


def test_a_first_stage_without_users_is_refused(
    prepared: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = shutil.copytree(prepared, tmp_path / "shop", symlinks=True)
    error = prepare(files, out, "--first-stage", 0.01, "--seed", 8, status=2)
    assert "--first-stage 0.01: expected users with a picture, received" in error
