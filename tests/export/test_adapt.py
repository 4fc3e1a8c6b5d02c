"""A bundle adapted to one's own users, by the command and into a bundle that works."""

from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from typer.testing import CliRunner

from export import adapt_command
from photo_interests import console
from photo_interests.bundle.card import load_card
from photo_interests.models.interest_model import InterestModel
from training.photos.catalogue import load_catalogue

pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"
)
USERS = 120
IDS = [category.id for category in load_catalogue().categories]


@pytest.fixture(scope="module")
def aggregator(aggregators, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("run") / "aggregator.keras"
    keras.saving.save_model(aggregators["photo_evidence"], path)
    return path


@pytest.fixture
def stored(tmp_path) -> Path:
    """Features of four photos a user."""
    random = np.random.default_rng(0)
    np.save(tmp_path / "f.npy", random.integers(0, 90, (4 * USERS, 1024), np.uint8))
    return tmp_path / "f.npy"


def table(folder: Path, interests) -> Path:
    """Users of four photos each, and the interests of each."""
    rows = [(user, 4 * user + n, "") for user in range(USERS) for n in range(4)]
    rows += [(user, "", one) for user in range(USERS) for one in interests(user)]
    path = folder / "users.csv"
    pd.DataFrame(rows, columns=["user", "photo", "category"]).to_csv(path, index=False)
    return path


def adapt(*options):
    return CliRunner().invoke(adapt_command.app, list(map(str, options)))


def test_learns_a_population_and_writes_a_bundle(
    released, aggregator, stored, tmp_path
):
    users = table(tmp_path, lambda user: IDS[:3] if user % 2 else IDS[3:6])
    before = (released / "card.json").read_bytes()
    done = adapt(
        users, "--out", tmp_path / "ours", "--bundle", released,
        "--features", stored, "--aggregator", aggregator,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "on held-out users" in done.output
    card = load_card(tmp_path / "ours")
    assert (card.name, card.aggregator.kind) == ("ours", "adapted_evidence")
    assert card.metrics["held_out_adapted_map"] > card.metrics["held_out_universal_map"]
    answer = InterestModel(tmp_path / "ours", card)(np.load(stored)[:5])
    assert answer.probabilities[:6].min() > answer.probabilities[6:].max()
    assert (released / "card.json").read_bytes() == before


def test_refuses_interests_that_follow_from_nothing(
    released, aggregator, stored, tmp_path
):
    random = np.random.default_rng(1)
    users = table(tmp_path, lambda user: random.choice(IDS, 5, replace=False))
    done = adapt(
        users, "--out", tmp_path / "ours", "--bundle", released,
        "--features", stored, "--aggregator", aggregator,
    )  # fmt: skip
    assert done.exit_code == adapt_command.REFUSED
    assert "no bundle was written" in done.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["f.npy", "users.csv"]


def test_reads_photo_files_beside_the_table(
    released, aggregator, photos, tmp_path, monkeypatch
):
    for number, pixels in enumerate(photos[:3]):
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
    users = tmp_path / "users.csv"
    users.write_text(f"user,photo,category\nann,0.png,{IDS[0]}\nbob,1.png,\n")
    options = ("--out", tmp_path / "x", "--bundle", released)
    done = adapt(users, *options, "--aggregator", aggregator)
    assert done.exit_code == 2
    assert "at least 50 with interests" in done.output
    users.write_text(f"user,photo,category\nann,lost.png,{IDS[0]}\n")
    done = adapt(users, *options, "--aggregator", aggregator)
    assert done.exit_code == 2
    assert "lost.png" in done.output.replace("\n", "")
    users.write_text(f"user,photo,category\nann,../0.png,{IDS[0]}\n")
    done = adapt(users, *options, "--aggregator", aggregator)
    assert done.exit_code == 2
    assert "a picture beside the table" in " ".join(done.output.split())


def test_another_aggregator_than_the_bundle_s_is_refused(
    released, make_aggregator, features, feature_scale, stored, tmp_path
):
    other = make_aggregator("photo_evidence", features, feature_scale)
    other.offset.assign(2.0)
    keras.saving.save_model(other, tmp_path / "aggregator.keras")
    done = adapt(
        table(tmp_path, lambda user: IDS[:1]), "--out", tmp_path / "ours",
        "--bundle", released, "--features", stored,
        "--aggregator", tmp_path / "aggregator.keras",
    )  # fmt: skip
    assert done.exit_code == 2
    assert "received one of other answers" in done.output.replace("\n", " ")


def test_a_table_that_is_not_there_is_named(tmp_path):
    done = adapt(tmp_path / "lost.csv", "--out", tmp_path / "ours")
    assert done.exit_code == 2
    assert "no such file" in done.output


def test_without_the_extra_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(console, "find_spec", lambda name: None)
    done = adapt(tmp_path / "users.csv", "--out", tmp_path / "ours")
    assert done.exit_code == 2
    assert ".[train]" in done.output
