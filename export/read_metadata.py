"""Reads a bundle's embedded metadata back with tflite-support.

All it finds is held to the card: labels, normalisation, tensors, signatures.
tflite-support 0.4.4 needs Python 3.11 and cannot live beside TensorFlow 2.21, so this
file runs alone in an environment of its own and imports nothing of the project:

    python -m venv ENV && ENV/bin/pip install -r requirements/metadata.lock
    ENV/bin/python export/read_metadata.py models/everyday-178
"""

import ctypes
import json
import sys
from pathlib import Path
from typing import Any

import libusb_package

# tflite-support loads an audio library that wants libusb-1.0, from wherever it is.
ctypes.CDLL(str(libusb_package.get_library_path()), mode=ctypes.RTLD_GLOBAL)

from tflite_support import metadata as tflite_metadata  # noqa: E402

TOLERANCE = 1e-4


def read(path: Path) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Metadata of a model file, and the lines of each file packed with it."""
    displayer = tflite_metadata.MetadataDisplayer.with_model_file(str(path))
    files = {
        name: displayer.get_associated_file_buffer(name).decode().splitlines()
        for name in displayer.get_packed_associated_file_list()
    }
    return json.loads(displayer.get_metadata_json()), files


def compare_extractor(card: dict[str, Any], path: Path) -> list[str]:
    """What an extractor's metadata says that the card does not."""
    metadata, files = read(path)
    rule = card["input"]
    graph = metadata["subgraph_metadata"][0]
    image = graph["input_tensor_metadata"][0]
    options = image["process_units"][0]["options"]
    content = image["content"]["content_properties"]
    size = content["default_size"]
    problems = _different("files", files, {})
    problems += _different("outputs", _names(graph, "output"), ["features"])
    problems += _far("mean", options["mean"], [rule["zero_point"]])
    problems += _far("std", options["std"], [1 / rule["scale"]])
    problems += _different("colours", content["color_space"], rule["channels"])
    problems += _different("height", size["height"], rule["height"])
    problems += _different("width", size["width"], rule["width"])
    # The name is that of the bundle which the extractor was first released with.
    return problems + _compare_model(card, metadata, ("license",))


def compare_aggregator(card: dict[str, Any], path: Path) -> list[str]:
    """What an aggregator's metadata says that the card does not."""
    metadata, files = read(path)
    problems = _different("labels", files, _labels(card))
    signatures = card["aggregator"]["signatures"]
    graphs = {graph["name"]: graph for graph in metadata["subgraph_metadata"]}
    problems += _different("signatures", sorted(graphs), sorted(signatures))
    for name, signature in signatures.items():
        graph = graphs.get(name, {})
        for side in ("input", "output"):
            received = sorted(_names(graph, side))
            problems += _different(name, received, sorted(signature[f"{side}s"]))
    for tensor in graphs.get("predict", {}).get("output_tensor_metadata", []):
        named = [file["name"] for file in tensor["associated_files"]]
        of_kinds = "kind" in tensor["name"]
        expected = [one for one in _labels(card) if one.startswith("kinds") == of_kinds]
        problems += _different(tensor["name"], named, expected)
    return problems + _compare_model(card, metadata, ("name", "version", "license"))


def _compare_model(
    card: dict[str, Any], metadata: dict[str, Any], keys: tuple[str, ...]
) -> list[str]:
    problems = []
    for key in keys:
        problems += _different(key, metadata[key], card[key])
    return problems


def _labels(card: dict[str, Any]) -> dict[str, list[str]]:
    interests = card["interests"] if "interests" in card else card["categories"]
    labels = {}
    for stem, named in (("labels", interests), ("kinds", card.get("kinds", []))):
        if not named:
            continue
        labels[f"{stem}.txt"] = [one["id"] for one in named]
        for language in sorted(named[0]["names"]):
            labels[f"{stem}-{language}.txt"] = [one["names"][language] for one in named]
    return labels


def _names(graph: dict[str, Any], side: str) -> list[str]:
    return [tensor["name"] for tensor in graph.get(f"{side}_tensor_metadata", [])]


def _different(what: str, received: object, expected: object) -> list[str]:
    if received == expected:
        return []
    return [f"{what}: expected {expected}, received {received}"]


def _far(what: str, received: list[float], expected: list[float]) -> list[str]:
    pairs = zip(received, expected, strict=True)
    if all(abs(one - two) <= TOLERANCE for one, two in pairs):
        return []
    return [f"{what}: expected {expected}, received {received}"]


def main(bundle: Path) -> int:
    """Compare all model files of a bundle; 1 where any differs from the card."""
    card = json.loads((bundle / "card.json").read_text(encoding="utf-8"))
    extractor, aggregator = card["extractor"], card["aggregator"]
    names = [
        (extractor["file"], compare_extractor),
        (extractor["float_file"], compare_extractor),
        (aggregator["file"], compare_aggregator),
        (aggregator["int8_file"], compare_aggregator),
    ]
    failed = 0
    for name, compare in names:
        if name is None:
            continue
        problems = compare(card, bundle / name)
        failed += bool(problems)
        print(f"{name}: {'; '.join(problems) or 'as the card says'}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
