"""Files in the layouts of 2014 and 2023, through `training.experiments.amazon`."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.experiments.amazon.made_files import write_shop
from training.experiments.amazon.filters import Rules
from training.experiments.amazon.histories import (
    Source,
    load_histories,
    write_histories,
)
from training.experiments.recommenders.layouts.amazon import load_amazon


@pytest.fixture(scope="module", params=[2014, 2023])
def histories(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("amazon")
    reviews, metadata = write_shop(folder / "files", request.param)
    (folder / "histories").mkdir()
    write_histories(
        Source([reviews], [metadata]),
        Rules(core=3, categories=4),
        folder / "histories",
        folder / "scratch",
    )
    return folder / "histories"


@pytest.fixture
def ids(histories):
    return sorted(set(load_histories(histories).interactions["item"]))


def test_the_last_of_each_user_is_the_test(histories, ids):
    data = load_amazon(histories, ids, np.zeros((len(ids), 5), np.uint8))
    table = load_histories(histories).interactions
    total = len(data.train) + len(data.validation) + len(data.test)
    assert total == len(table) and len(data.test) == len(data.users)
    last = table.groupby("user")["day"].max()
    for user, item in data.test:
        rows = table[
            (table["user"] == data.users[user]) & (table["item"] == data.items[item])
        ]
        assert rows["day"].item() == last[data.users[user]]
    assert set(data.categories) == {0, 1, 2, 3}


def test_an_item_without_picture_is_named_or_left_out(histories, ids):
    features = np.zeros((len(ids) - 1, 5), np.uint8)
    with pytest.raises(ValueError, match=f"a picture, received '{ids[-1]}'"):
        load_amazon(histories, ids[:-1], features)
    data = load_amazon(histories, ids[:-1], features, leave_out_unseen=True)
    assert ids[-1] not in data.items


def test_an_id_twice(histories, ids):
    with pytest.raises(ValueError, match=f"received '{ids[0]}' again"):
        load_amazon(histories, [*ids, ids[0]], np.zeros((len(ids) + 1, 5)))
