from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from training.photos.duplicates import groups, near_pairs, perceptual_hashes


def drawing(path: Path, seed: int) -> Path:
    random = np.random.default_rng(seed)
    image = Image.new("RGB", (320, 240), tuple(random.integers(0, 256, 3).tolist()))
    pen = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, w, h = (random.random(4) * (300, 220, 120, 90)).tolist()
        colour = tuple(random.integers(0, 256, 3).tolist())
        pen.ellipse((x, y, x + w, y + h), fill=colour)
    image.save(path, quality=95)
    return path


def test_a_smaller_recompressed_copy_joins_its_original_and_others_do_not(tmp_path):
    paths = [drawing(tmp_path / f"{seed}.jpg", seed) for seed in range(4)]
    copy = tmp_path / "copy.jpg"
    with Image.open(paths[2]) as image:
        image.resize((200, 150)).save(copy, quality=40)

    group = groups(perceptual_hashes([*paths, copy]))

    assert group[4] == group[2]
    assert len(set(group[:4].tolist())) == 4


def test_nearness_is_transitive_and_ties_join():
    hashes = np.zeros((4, 8), np.uint8)
    hashes[1, 0] = 0b11111  # 5 bits from the first
    hashes[2, :2] = 0b11111  # 5 bits from the second, 10 from the first
    hashes[3] = 255

    assert near_pairs(hashes) == [(0, 1), (1, 2)]
    assert groups(hashes).tolist() == [0, 0, 0, 1]
    assert groups(hashes, [(3, 0)]).tolist() == [0, 0, 0, 0]
