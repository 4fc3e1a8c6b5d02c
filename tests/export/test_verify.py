import json
import shutil

import numpy as np
import pytest

from export.answers import cosine, largest_difference
from export.verify import CHECKS, failures, verify
from photo_interests.bundle.card import record_file


def failed(bundle) -> set[str]:
    return {result.name for result in failures(verify(bundle))}


def edit_card(bundle, change) -> None:
    path = bundle / "card.json"
    card = json.loads(path.read_text())
    change(card)
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")


def seal(bundle) -> None:
    """Give the card the hashes of the damaged files: deeper checks must see them."""

    def update(card):
        for name in list(card["files"]):
            record = record_file(bundle / name)
            card["files"][name] = {"sha256": record.sha256, "bytes": record.bytes}

    edit_card(bundle, update)


def test_a_good_bundle_passes_every_check(released):
    results = verify(released)
    assert not failures(results)
    assert [result.name for result in results] == ["card and hashes", *CHECKS]


def test_without_a_card_everything_has_failed(bundle):
    (bundle / "card.json").unlink()
    results = verify(bundle)
    assert len(results) == len(CHECKS) + 1
    assert len(failures(results)) == len(results)


def flip_a_byte(path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_flipped_byte_in_any_file(bundle):
    names = list(json.loads((bundle / "card.json").read_text())["files"])
    assert len(names) > 30
    for name in names:
        whole = (bundle / name).read_bytes()
        flip_a_byte(bundle / name)
        assert "card and hashes" in failed_card(bundle), name
        (bundle / name).write_bytes(whole)


def failed_card(bundle):
    from photo_interests.bundle.card import CardError, load_card

    try:
        load_card(bundle, verify=True)
    except CardError:
        return {"card and hashes"}
    return set()


def extra_file(bundle):
    (bundle / "golden" / "notes.txt").write_text("mine")


def link_for_a_file(bundle):
    label = bundle / "labels.txt"
    shutil.copy(label, bundle.parent / "elsewhere.txt")
    label.unlink()
    label.symlink_to(bundle.parent / "elsewhere.txt")


def missing_file(bundle):
    (bundle / "extractor-float.tflite").unlink()


def unknown_key(bundle):
    edit_card(bundle, lambda card: card.update(colour="red"))


def missing_key(bundle):
    edit_card(bundle, lambda card: card["input"].pop("filter"))


def compact_card(bundle):
    path = bundle / "card.json"
    path.write_text(json.dumps(json.loads(path.read_text())))


def renamed_category(bundle):
    def rename(card):
        card["categories"][3]["names"]["en"] = "Something else"

    edit_card(bundle, rename)


def swapped_categories(bundle):
    def swap(card):
        categories = card["categories"]
        categories[0], categories[1] = categories[1], categories[0]

    edit_card(bundle, swap)


def better_metric(bundle):
    edit_card(bundle, lambda card: card["metrics"].update(top1_test_int8=0.99))


def other_license(bundle):
    edit_card(bundle, lambda card: card["training"]["sources"][0].update(license="?"))


def renamed_label(bundle):
    path = bundle / "labels.txt"
    path.write_text(path.read_text().replace("dalmatian", "leopard"))
    seal(bundle)


def swapped_signatures(bundle):
    def swap(card):
        signatures = card["aggregator"]["signatures"]
        names = ("update", "finish")
        signatures.update(zip(names, [signatures[n] for n in names[::-1]], strict=True))

    edit_card(bundle, swap)


def other_feature_scale(bundle):
    edit_card(bundle, lambda card: card["features"].update(scale=0.5))


def other_zero_point(bundle):
    edit_card(bundle, lambda card: card["input"].update(zero_point=128))


def older_runtime(bundle):
    edit_card(bundle, lambda card: card.update(application_runtime="1.5.0"))


def other_minimum_runtime(bundle):
    def change(card):
        card["minimum_runtime"]["extractor.tflite"] = "1.5.0"

    edit_card(bundle, change)


def float_for_int8(bundle):
    shutil.copy(bundle / "extractor-float.tflite", bundle / "extractor.tflite")
    seal(bundle)


def stripped_metadata(bundle):
    path = bundle / "extractor.tflite"
    content = path.read_bytes()
    assert content.count(b"M001") == 1
    path.write_bytes(content.replace(b"M001", b"M002"))
    seal(bundle)


def cut_labels(bundle):
    """Drop the archive at the end of the aggregator."""
    path = bundle / "aggregator.tflite"
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"PK\x03\x04")])
    seal(bundle)


def padded_aggregator(bundle):
    path = bundle / "aggregator.tflite"
    content = path.read_bytes()
    place = content.index(b"PK\x03\x04")
    path.write_bytes(content[:place] + bytes(90_000) + content[place:])
    seal(bundle)


def change_array(bundle, name, dtype, change):
    path = bundle / "golden" / name
    values = np.fromfile(path, dtype)
    change(values).astype(dtype).tofile(path)
    seal(bundle)


def shifted_pixels(bundle):
    change_array(bundle, "rotated.rgb", np.uint8, lambda v: np.roll(v, 3 * 224 * 9))


def other_image(bundle):
    shutil.copy(bundle / "golden" / "cmyk.jpg", bundle / "golden" / "grey_tall.jpg")
    seal(bundle)


def shuffled_features(bundle):
    change_array(bundle, "tiny.features", np.uint8, lambda v: v[::-1])


def lower_probability(bundle):
    def change(values):
        values[9] -= 0.05
        return values

    change_array(bundle, "set.probabilities.f32", np.float32, change)


def undefined_contribution(bundle):
    def change(values):
        values[0] = np.nan
        return values

    change_array(bundle, "set.contributions.f32", np.float32, change)


def other_aggregator_weights(bundle):
    """Flip the signs of some weights: still a valid file."""
    path = bundle / "aggregator.tflite"
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    for place in range(middle, middle + 40_000):
        content[place] ^= 0x80
    path.write_bytes(content)
    seal(bundle)


DAMAGES = {
    extra_file: "no unlisted files",
    link_for_a_file: "no unlisted files",
    missing_file: "card and hashes",
    unknown_key: "card and hashes",
    missing_key: "card and hashes",
    compact_card: "card is written as ours",
    renamed_category: "labels",
    swapped_categories: "packed labels",
    better_metric: "attribution",
    other_license: "attribution",
    renamed_label: "labels",
    swapped_signatures: "aggregator tensors",
    other_feature_scale: "extractor tensors",
    other_zero_point: "embedded metadata",
    older_runtime: "minimum runtime",
    other_minimum_runtime: "minimum runtime",
    float_for_int8: "extractor tensors",
    stripped_metadata: "embedded metadata",
    cut_labels: "packed labels",
    padded_aggregator: "sizes",
    shifted_pixels: "golden pixels",
    other_image: "golden pixels",
    shuffled_features: "golden features",
    lower_probability: "golden answer",
    undefined_contribution: "golden answer",
    other_aggregator_weights: "int8 answer",
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damage_is_found(damage, bundle):
    damage(bundle)
    assert DAMAGES[damage] in failed(bundle)


def test_measures():
    one = np.array([1.0, 0.0])
    assert cosine(one, one) == 1 and cosine(one, 0 * one) == 0
    assert cosine(0 * one, 0 * one) == 1
    assert largest_difference(one, np.array([1.0, 0.25])) == 0.25
    assert largest_difference(one, np.ones(3)) == float("inf")
    assert np.isnan(largest_difference(one, np.array([np.nan, 0])))
