from training.configs import config_named
from training.experiments.aggregator_family.sizes import PHOTOS, measure_sizes

NAMES = ("average", "squeezed_1", "photo_evidence")


def test_files_are_as_large_as_their_weights_and_smaller_in_int8() -> None:
    configs = {name: config_named(name, "aggregator") for name in NAMES}
    sizes = measure_sizes(configs, dimension=256, categories=90, repeats=1)
    assert list(sizes) == list(NAMES)
    assert sizes["average"]["parameters"] == 257 * 90
    for one in sizes.values():
        assert one["float_bytes"] > 4 * one["parameters"]
        assert one["int8_bytes"] < one["float_bytes"] / 2
        assert set(one["milliseconds"]) == {str(photos) for photos in PHOTOS}
        assert all(taken > 0 for taken in one["milliseconds"].values())
