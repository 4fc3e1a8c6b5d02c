"""Does light fine-tuning beat the frozen features, on two CPU cores?

The paper's schedule shape (22 frozen layers with Adam 1e-3, then all layers with 1e-4)
in fewer epochs, on smaller crops, from the linear probe and with decaying rates. The
papers give no number for it; the linear probe of the frozen features is the baseline:
.832 of the test photos, .872 after this run. Command: `python -m training backbone
backbone_two_cores`.
"""

from training.backbone.config import BackboneConfig, LabelLoss, Stage


def get_config() -> BackboneConfig:
    """Give the run that everyday-178 comes from."""
    return BackboneConfig(
        name="backbone_two_cores",
        losses=(LabelLoss(),),
        stages=(
            Stage(22, epochs=2, learning_rate=1e-3, crop_size=160, decay=True),
            Stage(0, epochs=8, learning_rate=1e-4, crop_size=192, decay=True),
        ),
    )
