from pathlib import Path
from xml.etree import ElementTree

import pytest

from training.commands.options import FEATURES
from training.experiments.aggregator_family.reliability import measure_reliability
from training.experiments.aggregator_family.reliability_figure import (
    MIN_PAIRS,
    draw_reliability,
)


def test_a_bundle_with_other_outputs_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 178 outputs, .* received 1105"):
        measure_reliability([Path("models/everyday-1105")], FEATURES.parent)


def test_tenths_of_few_predictions_are_not_drawn(tmp_path: Path) -> None:
    def tenth(pairs: int, predicted: float) -> dict[str, object]:
        true = {"value": predicted, "low": predicted - 0.1, "high": predicted + 0.1}
        return {"pairs": pairs, "predicted": predicted, "true": true}

    many, few = tenth(MIN_PAIRS, 0.25), tenth(MIN_PAIRS - 1, 0.85)
    sizes = []
    for number, curve in enumerate(([many], [many, few], [many, many])):
        path = tmp_path / f"{number}.svg"
        draw_reliability({"users": curve, "gallery-100": curve}, "it", path)
        ElementTree.parse(path)
        sizes.append(path.stat().st_size)
    assert sizes[0] == sizes[1] < sizes[2]
