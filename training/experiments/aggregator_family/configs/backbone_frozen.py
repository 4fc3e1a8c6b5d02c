"""What do the aggregators reach on features that are not fine-tuned?

The pretrained network as it is, for the part of the family's comparison on frozen
features:

    python -m training backbone backbone_frozen
    python -m export extractor backbone_frozen
    python -m training features frozen --extractor runs/extractors/backbone_frozen
    python -m training users --features runs/features/frozen
    python -m training.experiments.aggregator_family sweep --frozen runs/features/frozen
"""

from training.backbone.config import BackboneConfig


def get_config() -> BackboneConfig:
    """Give the run without training."""
    return BackboneConfig(name="backbone_frozen", losses=(), stages=())
