"""Ways in which scenes are evidence, and what int8 changes."""

import pytest

pytest.importorskip("tensorflow")

from photo_interests.bundle.location import find_bundle
from training.experiments.everyday_galleries.quantised import compare_files
from training.experiments.everyday_galleries.scene_variants import VARIANTS
from training.galleries.benchmark import Benchmark, make_benchmark
from training.galleries.photos import load_everyday_photos
from training.interests.scene_evidence import load_scene_evidence
from training.vocabulary.interests import load_interests


@pytest.fixture(scope="module")
def benchmark() -> Benchmark:
    return make_benchmark(load_everyday_photos(), load_interests(), 1, 1)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_way_reads_scenes_that_name_the_interest(benchmark, name) -> None:
    photos = benchmark.photos
    scenes = load_scene_evidence(benchmark.interests)
    evidence = VARIANTS[name](scenes, photos.features)
    assert evidence.shape == (len(photos.names), len(benchmark.ids))
    assert not evidence[:, benchmark.interests.index["dogs"]].any()
    forests = evidence[:, benchmark.interests.index["forests"]]
    is_forest = photos.has("forest")
    difference = forests[is_forest].mean() - forests[~is_forest].mean()
    assert difference == 0 if name == "none" else difference > 0.1


def test_int8_hardly_changes_what_is_shown(benchmark) -> None:
    found = compare_files(find_bundle("everyday"), benchmark)
    assert found["galleries"] == 9
    assert found["shown"] > 50
    assert found["changed"] <= 0.02 * found["shown"]
    assert 0 < found["median of largest changes"] <= found["largest change"] < 0.02
