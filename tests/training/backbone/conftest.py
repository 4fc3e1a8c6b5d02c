from pathlib import Path

import keras
import pytest

from training.backbone.mobilenet import build_extractor
from training.backbone.pretrained import load_pretrained


@pytest.fixture
def extractor(weights_data: Path) -> keras.Model:
    """The pretrained network for photos of 32 pixels."""
    network = build_extractor(32)
    load_pretrained(network, weights_data)
    return network
