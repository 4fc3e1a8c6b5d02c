"""How good is photo evidence with the supervision that the published networks have?

Classifier and scalars are trained end to end on users' sets alone: no label of a photo
is read. Independent implementations reached .959 and .962 of MAP on the same users.
Command: `python -m training aggregators set_labels_photo_evidence`;
all of them: `python -m training.experiments.aggregator_family tuned`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.photo_evidence import PhotoEvidence
from training.experiments.aggregator_family.recipe import FEATURE_LIMIT, QUICK_EPOCHS
from training.simulation.config import get_config as get_simulation


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    simulation = get_simulation()
    epochs = QUICK_EPOCHS if quick else 12
    return SetTrainingConfig(
        name="set_labels_photo_evidence",
        aggregator=PhotoEvidence,
        options={"feature_limit": FEATURE_LIMIT},
        epochs=epochs,
        patience=epochs,
        learning_rate=2e-3,
        cosine_decay=True,
        weight_decay=0.1,
        training_users=simulation.users["train"],
        redrawn_users=simulation,
    )
