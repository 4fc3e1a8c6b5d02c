"""`backbone_full` is what the paper prints of its fine-tuning."""

from training.backbone.config import LabelLoss
from training.backbone.label_loss import LabelTerm
from training.backbone.mobilenet import build_extractor
from training.backbone.multi_task_model import MultiTaskModel
from training.configs import config_named

CATEGORIES = 5


def test_ten_epochs_with_22_frozen_layers_then_twenty_of_all():
    config = config_named("backbone_full", "backbone")
    stages = [(s.frozen_convolutions, s.epochs, s.learning_rate) for s in config.stages]
    assert stages == [(22, 10, 1e-3), (0, 20, 1e-4)]
    assert {(s.crop_size, s.decay) for s in config.stages} == {(224, False)}
    assert config.batch_size == 64


def test_the_classifier_has_the_hidden_layer_and_the_loss_of_the_paper():
    (loss,) = config_named("backbone_full", "backbone").losses
    assert isinstance(loss, LabelLoss)
    assert (loss.objective, loss.positive_weight) == ("sigmoid", 36.0)
    tasks = MultiTaskModel([LabelTerm(loss, CATEGORIES, seed=1)])
    network = tasks.build(build_extractor(32, 0.25))
    hidden, classifier = (
        network.get_layer(name) for name in ("hidden_units", "photo_classifier")
    )
    assert hidden.kernel.shape == (256, 2048)
    assert classifier.kernel.shape == (2048, CATEGORIES)
    (dropout,) = (one for one in network.layers if "dropout" in one.name)
    assert dropout.rate == 0.5
