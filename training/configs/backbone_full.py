"""What does the paper's full schedule give?

22 frozen layers, 10 epochs, Adam 1e-3, batch 64; then all layers, 20 epochs, 1e-4;
weighted binary cross-entropy with positive weight 36, the paper's best; a hidden layer
of 2,048 with dropout .5 before the classifier. A night on two cores.
Command: `python -m training backbone backbone_full`.
"""

from training.backbone.config import BackboneConfig, LabelLoss, Stage


def get_config() -> BackboneConfig:
    """Give the paper's schedule."""
    return BackboneConfig(
        name="backbone_full",
        losses=(
            LabelLoss(
                "sigmoid",
                positive_weight=36.0,
                dropout=0.5,
                hidden_units=2048,
                fitted_init=False,
            ),
        ),
        stages=(
            Stage(22, epochs=10, learning_rate=1e-3, crop_size=224, decay=False),
            Stage(0, epochs=20, learning_rate=1e-4, crop_size=224, decay=False),
        ),
    )
